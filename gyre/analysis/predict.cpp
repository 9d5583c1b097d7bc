#include "gyre/analysis/predict.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/analysis/matrix_game.hpp"
#include "gyre/analysis/roots.hpp"
#include "gyre/games/domain.hpp"

namespace gyre {

std::optional<Spectrum> predict(const Traced& traced, std::span<const double> at) {
  return UpdateMap(traced).spectrum(at, knob_values(traced));
}

namespace {

double length(std::span<const double> a) {
  double squares = 0.0;
  for (const double x : a) squares += x * x;
  return std::sqrt(squares);
}

double distance(std::span<const double> a, std::span<const double> b) {
  double squares = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(squares);
}

}  // namespace

std::vector<std::vector<double>> find_critical_points(
    const Game& game, std::span<const std::vector<double>> guesses) {
  constexpr double kZero = 1e-12, kSame = 1e-6;
  std::vector<std::vector<double>> found;
  if (game.dim() > kLargestSolved) return found;
  RootFinder finder(game);
  for (const std::vector<double>& guess : guesses) {
    const std::optional<Root> root = finder.from(guess);
    const double scale = root ? 1.0 + length(root->at) : 1.0;
    if (!root || root->residual > kZero * scale || !is_inside(game, root->at, kZero) ||
        finder.jumps_at(root->at))
      continue;
    const bool known = std::ranges::any_of(found, [&](const std::vector<double>& p) {
      return distance(p, root->at) <= kSame * scale;
    });
    if (!known) found.push_back(root->at);
  }
  return found;
}

std::vector<std::vector<double>> reference_points(const Game& game,
                                                  std::span<const std::vector<double>> starts) {
  constexpr std::size_t kMostStarts = 8;
  // What the file states holds for its own parameters; what no longer is a solution is polished.
  std::vector<std::vector<double>> guesses;
  for (const KnownPoint& p : game.points) guesses.push_back(p.at);
  if (game.points.empty()) {
    guesses.emplace_back(game.dim(), 0.0);
    if (const auto mixes = matrix_equilibrium(game)) {
      if (game.dim() > kLargestSolved) return {*mixes};  // which needs no polishing
      guesses.push_back(*mixes);
    }
    for (const std::vector<double>& s : starts.first(std::min(starts.size(), kMostStarts)))
      guesses.push_back(s);
    for (const double side : {-1.0, 1.0}) {
      std::vector<double> corner;
      for (std::size_t i = 0; i < game.dim(); ++i) corner.push_back(i % 2 == 0 ? side : -side);
      guesses.push_back(corner);
      guesses.emplace_back(game.dim(), side);
    }
  }
  for (std::vector<double>& guess : guesses) project(game, guess);
  return find_critical_points(game, guesses);
}

}  // namespace gyre
