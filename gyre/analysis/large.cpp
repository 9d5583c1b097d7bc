#include "gyre/analysis/large.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/analysis/roots.hpp"
#include "gyre/analysis/sparse_field.hpp"
#include "gyre/core/error.hpp"
#include "gyre/games/domain.hpp"

namespace gyre {

bool is_large(const Game& game) { return game.dim() > kLargestSolved; }

SearchResult search_large(const Game& game, const SearchOptions& options) {
  constexpr std::size_t kRandom = 4;
  constexpr double kSame = 1e-6;
  if (is_confined(game))
    throw Error("with a domain, critical points are searched for in up to " +
                std::to_string(kLargestSolved) + " variables; this game has " +
                std::to_string(game.dim()));
  SearchResult result;
  result.box = options.box.empty() ? default_box(game) : options.box;
  check_box(game, result.box);
  std::vector<std::vector<double>> guesses;
  for (const KnownPoint& p : game.points) guesses.push_back(p.at);
  if (!game.start.empty()) guesses.push_back(game.start);
  guesses.emplace_back();
  for (const auto& [low, high] : result.box) guesses.back().push_back(0.5 * (low + high));
  for (std::vector<double>& start : random_starts(game, kRandom, options.seed))
    guesses.push_back(std::move(start));
  SparseField field(game);
  for (const std::vector<double>& guess : guesses) {
    if (options.cancel && options.cancel->load(std::memory_order_relaxed)) {
      result.cancelled = true;
      break;
    }
    ++result.starts;
    const auto root = sparse_root(field, guess);
    if (!root) continue;
    if (!in_box(result.box, *root)) {
      result.outside.push_back(*root);
      continue;
    }
    ++result.arrived;
    const auto known = std::ranges::find_if(result.points, [&](const FoundPoint& p) {
      double most = 0.0;
      for (std::size_t i = 0; i < p.at.size(); ++i)
        most = std::max(most, std::abs(p.at[i] - (*root)[i]));
      return most <= kSame;
    });
    if (known != result.points.end()) {
      ++known->hits;
      continue;
    }
    field.at(*root);
    result.points.push_back({*root, field.value.norm(), 1, 0, {}, {}});
  }
  result.confidence = result.points.empty()
                          ? 1.0 - std::pow(0.99, static_cast<double>(result.starts))
                          : all_found(result.points.size(), result.arrived);
  return result;
}

PointReport classify_large(const Game& game, std::span<const double> at, double tolerance) {
  using Sparse = Eigen::SparseMatrix<double>;
  SparseField field(game);
  field.at(at);
  PointReport report;
  report.field.assign(field.value.begin(), field.value.end());
  report.residual = field.value.norm();
  const Sparse& J = field.jacobian;
  double most = 0.0;
  for (Eigen::Index k = 0; k < J.nonZeros(); ++k) most = std::max(most, std::abs(J.valuePtr()[k]));
  const double zero = tolerance * most;
  const SpectrumEnds ends = spectrum_ends(J);
  for (const auto* list : {&ends.leftmost, &ends.rightmost, &ends.largest})
    for (const auto& e : *list)
      if (std::ranges::none_of(report.eigenvalues, [&](const auto& other) {
            return std::abs(other - e) <= 1e-8 * (1.0 + std::abs(e));
          }))
        report.eigenvalues.push_back(e);
  std::ranges::sort(report.eigenvalues, [](const auto& a, const auto& b) {
    return std::pair(a.real(), a.imag()) < std::pair(b.real(), b.imag());
  });
  report.flow = Flow::kMarginal;
  if (!ends.leftmost.empty() && !ends.rightmost.empty()) {
    const double low = ends.leftmost[0].real(), high = ends.rightmost[0].real();
    if (low > zero) report.flow = Flow::kAttracting;
    if (high < -zero) report.flow = Flow::kRepelling;
    if (low < -zero && high > zero) report.flow = Flow::kSaddle;
    if (std::abs(low) <= zero && std::abs(high) <= zero) report.flow = Flow::kCentre;
  }
  bool definite = true, semidefinite = true;
  for (const Player& p : game.players) {
    const auto first = static_cast<Eigen::Index>(p.first),
               count = static_cast<Eigen::Index>(p.count);
    const Sparse own = J.block(first, first, count, count);
    const Sparse symmetric = 0.5 * (own + Sparse(own.transpose()));
    const std::optional<double> least = least_eigenvalue(symmetric);
    report.curvatures.push_back({});
    if (least) report.curvatures.back().push_back(*least);
    definite = definite && least && *least > zero;
    semidefinite = semidefinite && least && *least >= -zero;
  }
  report.kind = definite       ? PointClass::kNash
                : semidefinite ? PointClass::kDegenerateNash
                               : PointClass::kNone;
  return report;
}

}  // namespace gyre
