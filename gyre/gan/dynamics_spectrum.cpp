#include "gyre/gan/dynamics_spectrum.hpp"

#include <ATen/ops/from_blob.h>

#include <algorithm>

#include "gyre/gan/arnoldi.hpp"

namespace gyre::gan {

namespace {

/// Numbers of doubles that a basis may take up.
constexpr std::int64_t kRoom = std::int64_t{1} << 26;

void put(const BlockPtr& block, double* to) {
  const at::Tensor all = at::from_blob(to, {block->kind().size}, at::TensorOptions(at::kDouble));
  if (block->is_constant())
    all.fill_(block->number());
  else
    all.copy_(value(block));
}

BlockPtr taken(const double* from, const BlockKind& kind) {
  const at::Tensor all =
      at::from_blob(const_cast<double*>(from), {kind.size}, at::TensorOptions(at::kDouble));
  return Block::tensor(all.to(at::TensorOptions(kind.type).device(kind.device), false, true));
}

}  // namespace

std::optional<SpectrumLook> spectrum_at(TensorField& field, const TensorPoint& w,
                                        const SpectrumOptions& options) {
  constexpr double kKnown = 0.1;
  constexpr std::int64_t kFewest = 8;
  const int before = field.products();
  std::vector<BlockKind> kinds;
  std::int64_t size = 0;
  for (const BlockPtr& block : w.blocks())
    kinds.push_back(block->kind()), size += kinds.back().size;
  const auto products = static_cast<int>(std::min<std::int64_t>(
      options.products, std::max(kFewest, kRoom / std::max<std::int64_t>(size, 1))));

  // Transposed products, which cost less: a matrix and its transposed have the same eigenvalues.
  const LinearMap whole = [&](const Eigen::VectorXd& x) {
    std::vector<BlockPtr> blocks;
    std::int64_t begin = 0;
    for (const BlockKind& kind : kinds) {
      blocks.push_back(taken(x.data() + begin, kind));
      begin += kind.size;
    }
    const TensorPoint y = field.vjp(w, TensorPoint(std::move(blocks)));
    settle({&y});
    Eigen::VectorXd result(size);
    begin = 0;
    for (std::size_t p = 0; p < kinds.size(); ++p) {
      put(y.block(p), result.data() + begin);
      begin += kinds[p].size;
    }
    return result;
  };
  auto own = [&](std::size_t player) -> LinearMap {
    return [&, player](const Eigen::VectorXd& x) {
      std::vector<BlockPtr> blocks;
      for (std::size_t p = 0; p < kinds.size(); ++p)
        blocks.push_back(p == player ? taken(x.data(), kinds[p]) : Block::constant(kinds[p], 0.0));
      const TensorPoint y = field.vjp(w, TensorPoint(std::move(blocks)));
      settle({&y});
      Eigen::VectorXd result(kinds[player].size);
      put(y.block(player), result.data());
      return result;
    };
  };

  SpectrumLook look;
  const std::vector<Ritz> all =
      leading_eigenvalues(whole, size, {.products = products, .seed = options.seed});
  if (all.empty()) return std::nullopt;
  const auto wanted = static_cast<std::size_t>(options.eigenvalues);
  for (const Ritz& e : all) {
    const bool parted = !look.eigenvalues.empty() && e.value.imag() != 0.0 &&
                        e.value == std::conj(look.eigenvalues.back());
    if (look.eigenvalues.size() >= wanted && !(look.eigenvalues.size() == wanted && parted)) break;
    if (e.residual > kKnown) continue;
    look.eigenvalues.push_back(e.value);
    look.residual = std::max(look.residual, e.residual);
  }
  for (const std::size_t p : {0, 1}) {
    const std::vector<Ritz> ends = symmetric_eigenvalues(
        own(p), kinds[p].size, {.products = (products + 1) / 2, .seed = options.seed + 1 + p});
    if (ends.empty()) return std::nullopt;
    look.curvature[p] = {ends.front().value.real(), ends.back().value.real()};
  }
  look.products = field.products() - before;
  return look;
}

}  // namespace gyre::gan
