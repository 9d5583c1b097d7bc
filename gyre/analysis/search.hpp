#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gyre/analysis/starts.hpp"
#include "gyre/games/game.hpp"

namespace gyre {

/// A critical point, or one of a whole line or surface of them.
struct FoundPoint {
  std::vector<double> at;
  double residual = 0.0;   ///< length of the field; of what is confined, of w - P(w - F(w))
  std::uint64_t hits = 0;  ///< starts from which it was reached
  /// In how many directions further critical points follow: 0 if it stands alone, 1 on a line.
  /// `at` is then the one nearest to the middle of the box, and `along` spans the directions there.
  std::size_t dimension = 0;
  std::vector<std::vector<double>> along;
  Box reach;  ///< of a line or surface: where its points were found
};

struct SearchOptions {
  /// Empty: default_box(), wider where the game states points beyond it, or where that is empty
  /// and points are met beyond it.
  Box box;
  std::uint64_t seed = 1;
  double confidence = 0.99;  ///< starts are added until this is reached, or there are very many
  const std::atomic<bool>* cancel = nullptr;
};

struct SearchResult {
  Box box;
  std::vector<FoundPoint> points;            ///< in the box and in the domain, from left to right
  std::vector<std::vector<double>> outside;  ///< some that were met beyond the box
  std::uint64_t starts = 0, arrived = 0;     ///< arrived at a point in the box
  /// Estimated probability that no point of the box was missed, by Boender and Rinnooy Kan (1987):
  /// as if starts were independent, and every number of points and every division of the box among
  /// them as likely as any other beforehand. Where nothing was found: the probability with which
  /// a point that draws 1 % of the box would have been.
  double confidence = 0.0;
  bool cancelled = false;
};

/// All critical points inside a box that Newton steps with Levenberg and Marquardt's damping find
/// from evenly spread starts, with residuals of at most 1e-12; see Root. Same game, box and seed,
/// same bits. Throws Error for a box that is not one of the game, and for a game with too many
/// coordinates.
SearchResult search_points(const Game& game, const SearchOptions& options = {});

/// Throws Error unless the box has two finite ends a coordinate, the lower one first.
void check_box(const Game& game, const Box& box);
bool in_box(const Box& box, std::span<const double> at);

/// The probability that `found` points, reached by `arrived` starts, are all there are.
double all_found(std::size_t found, std::uint64_t arrived);

/// How sure the search is and what that rests on, for people.
std::string confidence_words(const SearchResult& result);

}  // namespace gyre
