// Products with the Jacobian of a GAN's slopes without autograd. Of each player's loss, what a
// direction of some players' parameters does to the slopes that are wanted: all four kinds of
// products are that, for other directions and other slopes.
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "gyre/core/assert.hpp"
#include "gyre/gan/fused_motion.hpp"
#include "gyre/gan/gan_game.hpp"

namespace gyre::gan {

/// What product() works with, kept from one to the next.
struct GanGame::Products {
  /// Of one player's loss.
  struct Term {
    FusedMotion judged;  // by the layers before the score's last two
    FusedScore score;
    bool by_generator = false, by_discriminator = false;  // whose parameters move
    bool to_generator = false, to_discriminator = false;  // whose slopes are wanted
  };
  FusedMotion made;
  std::array<Term, 2> terms;
  Numbers fakes, fakes_move, moved, slopes_by_fakes, slopes_by_real;
  Numbers loss_slope, loss_moved, slope, slope_moved;
  Numbers back, back_moved;  // to the generator's work
};

void GanGame::ProductsDeleter::operator()(Products* products) const { delete products; }

void GanGame::make_products() {
  if (!fused_ || loss_ == Loss::kRelativistic || !is_piecewise_linear(fused_->generator) ||
      !is_score(fused_->discriminator))
    return;
  const FusedMlp& d = fused_->discriminator;
  const Products::Term term{FusedMotion(d, d.layers().size() - 2), FusedScore(d)};
  const FusedMlp& g = fused_->generator;
  products_.reset(new Products{FusedMotion(g, g.layers().size()), {term, term}});
}

/// How a loss's slopes by scores, `share` each, change with these.
void GanGame::curvatures(Part part, std::span<const float> slopes, std::span<float> to) const {
  const float share = 1.0f / static_cast<float>(settings_.batch);
  switch (loss_) {
    case Loss::kMinimax:
    case Loss::kNonSaturating: {  // of log(1 + exp), whose slope s says that it is s (1 - s)
      const float sign = part == Part::kGenerators && loss_ == Loss::kMinimax ? -1.0f : 1.0f;
      std::transform(slopes.begin(), slopes.end(), to.begin(), [&](float slope) {
        const float s = std::abs(slope) / share;
        return sign * share * s * (1.0f - s);
      });
      return;
    }
    case Loss::kLeastSquares:
      return std::fill(to.begin(), to.end(), share);
    case Loss::kWasserstein:
    case Loss::kHinge:
      return std::fill(to.begin(), to.end(), 0.0f);
    case Loss::kRelativistic:
      break;
  }
  GYRE_ASSERT(false);
}

std::vector<at::Tensor> GanGame::product(const std::vector<at::Tensor>& blocks,
                                         const std::vector<at::Tensor>& along, bool transposed,
                                         bool between) {
  GYRE_ASSERT(products_);
  Products& p = *products_;
  std::vector<at::Tensor> products;
  for (const at::Tensor& block : blocks) products.push_back(at::zeros({block.numel()}, at::kFloat));
  const std::array<bool, 2> all{true, true};
  for (const std::size_t owner : {kGenerator, kDiscriminator}) {
    std::array<bool, 2> own{}, others = all;
    own[owner] = true;
    if (between) others[owner] = false;
    const auto& [by, to] = transposed ? std::pair(own, others) : std::pair(others, own);
    Products::Term& term = p.terms[owner];
    term.by_generator = by[kGenerator], term.by_discriminator = by[kDiscriminator];
    term.to_generator = to[kGenerator], term.to_discriminator = to[kDiscriminator];
    const float* direction =
        term.by_discriminator ? along[kDiscriminator].data_ptr<float>() : nullptr;
    const float* parameters = blocks[kDiscriminator].data_ptr<float>();
    term.judged.begin(parameters, direction, settings_.batch);
    term.score.begin(parameters, direction, settings_.batch);
  }
  const bool made_moves = p.terms[0].by_generator || p.terms[1].by_generator;
  p.made.begin(blocks[kGenerator].data_ptr<float>(),
               made_moves ? along[kGenerator].data_ptr<float>() : nullptr, settings_.batch);
  const Products::Term& of_data = p.terms[kDiscriminator];
  const bool needs_real = of_data.by_discriminator && of_data.to_discriminator;
  for_rows(blocks, Half::kBoth, true, needs_real,
           [&](const Rows& rows) { add_products(rows, products); });
  for (Products::Term& term : p.terms)
    if (term.to_discriminator) term.score.end(products[kDiscriminator].data_ptr<float>());
  return products;
}

/// Adds what some rows add to products, but for what scores keep until the end.
void GanGame::add_products(const Rows& rows, std::vector<at::Tensor>& products) {
  Fused& f = *fused_;
  Products& p = *products_;
  const std::int64_t n = rows.count, size = static_cast<std::int64_t>(data_->size());
  const std::int64_t width = size + classes_;  // of a judged row
  const auto judged_size = static_cast<std::size_t>(n * width);
  const auto made_size = static_cast<std::size_t>(n * size);

  f.generator.forward(rows.generator, f.of_generator, rows.latent, n, f.made);
  const float* made_moves = p.made.forward(f.of_generator, f.made, nullptr);
  p.fakes.resize(judged_size);
  put_rows(rows, f.made.output(), p.fakes.data());
  for (std::int64_t i = 0; rows.fake_noise && i < n; ++i)
    for (std::int64_t k = 0; k < size; ++k)
      p.fakes[static_cast<std::size_t>(i * width + k)] += rows.fake_noise[i * size + k];
  if (made_moves) {
    p.fakes_move.assign(judged_size, 0.0f);  // what is told does not move
    for (std::int64_t i = 0; i < n; ++i)
      std::copy_n(made_moves + i * size, size, p.fakes_move.data() + i * width);
  }

  p.back.assign(made_size, 0.0f);
  p.back_moved.assign(made_size, 0.0f);
  f.discriminator.forward(rows.discriminator, f.of_discriminator, p.fakes.data(), n, f.on_fake);
  p.terms[0].score.slopes(f.on_fake, p.slopes_by_fakes);
  for (const std::size_t owner : {kGenerator, kDiscriminator}) {
    Products::Term& term = p.terms[owner];
    add_judged(owner, owner == kGenerator ? Part::kGenerators : Part::kOnFakes, f.on_fake,
               p.slopes_by_fakes, term.by_generator ? p.fakes_move.data() : nullptr,
               term.to_generator, products);
    if (!term.to_generator) continue;
    auto add_back = [&](const Numbers& from, Numbers& to) {
      for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t k = 0; k < size; ++k)
          to[static_cast<std::size_t>(i * size + k)] +=
              from[static_cast<std::size_t>(i * width + k)];
    };
    add_back(p.slope_moved, p.back_moved);
    // Where the generator does not move along, its slopes themselves meet nothing that does.
    if (term.by_generator) add_back(p.slope, p.back);
  }
  if (rows.real) {
    Products::Term& term = p.terms[kDiscriminator];
    put_rows(rows, rows.real, p.fakes.data());
    f.discriminator.forward(rows.discriminator, f.of_discriminator, p.fakes.data(), n, f.on_real);
    term.score.slopes(f.on_real, p.slopes_by_real);
    add_judged(kDiscriminator, Part::kOnData, f.on_real, p.slopes_by_real, nullptr, false,
               products);
  }
  if (p.terms[kGenerator].to_generator || p.terms[kDiscriminator].to_generator)
    p.made.backward(f.made, p.back, p.back_moved, products[kGenerator].data_ptr<float>(), false,
                    false);
}

/// The same of a part of a term's loss; leaves in `slope` and `slope_moved` what they are by the
/// judged rows, if that is wanted.
void GanGame::add_judged(std::size_t owner, Part part, FusedMlp::Trace& trace,
                         const Numbers& slopes, const float* rows_move, bool to_rows,
                         std::vector<at::Tensor>& products) {
  Products& p = *products_;
  Products::Term& term = p.terms[owner];
  const auto n = static_cast<std::size_t>(trace.batch);
  const float* x_moves = term.judged.forward(fused_->of_discriminator, trace, rows_move);
  term.score.motion(trace, slopes, x_moves, p.moved);
  p.loss_slope.resize(n), p.loss_moved.resize(n);
  const std::span scores(trace.output(), n);
  part == Part::kGenerators ? generator_slopes(scores, {}, p.loss_slope)
  : part == Part::kOnData   ? data_slopes(scores, p.loss_slope)
                            : fakes_slopes(scores, p.loss_slope);
  curvatures(part, p.loss_slope, p.loss_moved);
  for (std::size_t i = 0; i < n; ++i) p.loss_moved[i] *= p.moved[i];
  term.score.backward(trace, slopes, x_moves, p.loss_slope, p.loss_moved, term.to_discriminator,
                      p.slope, p.slope_moved);
  float* to = term.to_discriminator ? products[kDiscriminator].data_ptr<float>() : nullptr;
  if (to || to_rows) term.judged.backward(trace, p.slope, p.slope_moved, to, to_rows, to_rows);
}

}  // namespace gyre::gan
