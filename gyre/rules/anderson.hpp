#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/rule.hpp"

namespace gyre {

/// Anderson mixing: goes where the last images of the wrapped rule, weighted so that what it still
/// moves cancels best, would lead. One step of this rule is a whole cycle, at the end of which it
/// forgets what it has seen; so it needs no memory, and its number of operations is known.
template <class T = double>
struct Anderson {
  int window = 5;
  int restart = 6;

  static constexpr StageKind kind = StageKind::kWrapper;

  static RuleFacts facts() {
    return {.id = "anderson",
            .name = "Anderson mixing",
            .does =
                "Mixes the last images of the wrapped rule, with weights that sum to one, so that "
                "the moves it made cancel best; forgets all after a cycle of `restart` steps.",
            .paper = {"He, Zhao, Xi, Ho, Saad", 2022,
                      "GDA-AM: On the Effectiveness of Solving Minimax Optimization via Anderson "
                      "Mixing",
                      "arXiv:2110.02457"},
            .equations = {"restart times: image = rule(w); w = mixture(w, image, window)"},
            .calls = 6,
            .no_bilinear =
                "divides by the size of the moves, so the update map has no slope at the solution",
            .fails =
                "Over simultaneous steps on a purely rotating game all moves are at right angles: "
                "the best mixture is the first image, again and again. Noise misleads it."};
  }

  static auto params() {
    return std::tuple{
        param("window", &Anderson::window, Range{1, 20}, "older images in the mixture, at most"),
        param("restart", &Anderson::restart, Range{1, 50}, "steps of the wrapped rule in a cycle")};
  }

  template <InnerProductPoint V>
  V step(V w, Inner<V>& rule) const {
    std::vector<Seen<V>> seen;
    for (int i = 0; i < restart; ++i) {
      const V image = rule.step(w);
      if (seen.size() > static_cast<std::size_t>(window)) seen.erase(seen.begin());
      seen.push_back({image - w, image});
      w = rule.project(mixed(seen));
    }
    return w;
  }

 private:
  template <class V>
  struct Seen {
    V move, image;
  };

  /// Newest first, differences to the newest move are made orthogonal, and the images' go along;
  /// what is left counts as rounding if it is short beside the whole difference or the move.
  template <class V>
  static V mixed(const std::vector<Seen<V>>& seen) {
    V left = seen.back().move, mixture = seen.back().image;
    const T length = sqrt(dot(left, left));
    std::vector<Seen<V>> basis;
    for (std::size_t i = seen.size() - 1; i-- > 0;) {
      Seen<V> c{seen[i].move - seen.back().move, seen[i].image - seen.back().image};
      const T least = T(1e-6) * max(length, sqrt(dot(c.move, c.move)));
      for (const Seen<V>& b : basis) {
        const T along = dot(b.move, c.move);
        c = {c.move - along * b.move, c.image - along * b.image};
      }
      const T size = sqrt(dot(c.move, c.move));
      const T scale = less(least, size) / (size + T(1e-300));
      basis.push_back({scale * c.move, scale * c.image});
      const T along = dot(basis.back().move, left);
      left = left - along * basis.back().move;
      mixture = mixture - along * basis.back().image;
    }
    return mixture;
  }
};

}  // namespace gyre
