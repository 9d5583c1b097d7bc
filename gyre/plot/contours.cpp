#include "gyre/plot/contours.hpp"

#include <cmath>
#include <unordered_map>
#include <utility>

namespace gyre::plot {

namespace {
/// A grid edge, by the node at its lower left end and its direction.
using Edge = std::size_t;

struct Piece {
  Edge from, to;
  bool used = false;
};
}  // namespace

std::vector<Polyline> contour(const std::vector<double>& values, std::size_t columns,
                              double level) {
  if (columns < 2 || values.size() < 2 * columns) return {};
  const std::size_t rows = values.size() / columns;
  const auto across = [](std::size_t node) { return 2 * node; };
  const auto upward = [](std::size_t node) { return 2 * node + 1; };

  std::vector<Piece> pieces;
  for (std::size_t j = 0; j + 1 < rows; ++j)
    for (std::size_t i = 0; i + 1 < columns; ++i) {
      const std::size_t a = j * columns + i, b = a + 1, c = a + columns, d = c + 1;
      const double sum = values[a] + values[b] + values[c] + values[d];
      if (!std::isfinite(sum)) continue;
      const bool at_a = values[a] > level, at_b = values[b] > level;
      const bool at_c = values[c] > level, at_d = values[d] > level;
      const Edge below = across(a), above = across(c), left = upward(a), right = upward(b);
      std::vector<Edge> crossed;
      if (at_a != at_b) crossed.push_back(below);
      if (at_b != at_d) crossed.push_back(right);
      if (at_d != at_c) crossed.push_back(above);
      if (at_c != at_a) crossed.push_back(left);
      if (crossed.size() == 2) pieces.push_back({crossed[0], crossed[1]});
      if (crossed.size() == 4) {
        // A saddle: the middle decides which corners belong together.
        const bool middle = 0.25 * sum > level;
        if (middle == at_a)
          pieces.push_back({below, right}), pieces.push_back({above, left});
        else
          pieces.push_back({left, below}), pieces.push_back({right, above});
      }
    }

  std::unordered_multimap<Edge, std::size_t> at;
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    at.emplace(pieces[p].from, p);
    at.emplace(pieces[p].to, p);
  }
  const auto place = [&](Edge edge) {
    const std::size_t node = edge / 2, other = node + (edge % 2 ? columns : 1);
    const double share = (level - values[node]) / (values[other] - values[node]);
    const Dot dot{static_cast<double>(node % columns), static_cast<double>(node / columns)};
    return edge % 2 ? Dot{dot.x, dot.y + share} : Dot{dot.x + share, dot.y};
  };
  const auto follow = [&](Edge edge, Polyline& line) {
    while (true) {
      const auto [first, last] = at.equal_range(edge);
      auto next = first;
      while (next != last && pieces[next->second].used) ++next;
      if (next == last) return;
      Piece& piece = pieces[next->second];
      piece.used = true;
      edge = piece.from == edge ? piece.to : piece.from;
      line.push_back(place(edge));
    }
  };

  std::vector<Polyline> lines;
  for (Piece& piece : pieces) {
    if (piece.used) continue;
    piece.used = true;
    Polyline back{place(piece.from)}, forth{place(piece.to)};
    follow(piece.to, forth);
    follow(piece.from, back);
    Polyline line(back.rbegin(), back.rend());
    line.insert(line.end(), forth.begin(), forth.end());
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace gyre::plot
