#pragma once

#include <array>
#include <functional>
#include <optional>

#include "gyre/gan/block.hpp"

namespace gyre::gan {

/// What AdamPass does, as unsettled blocks.
struct AdamStory {
  const Block *m, *s, *v, *w, *new_m, *new_s;
  double beta1, rest1, scale1, beta2, rest2, scale2, eps, eta;
  std::array<const Block*, 13> inside;  ///< below the last one; null where there are fewer

  /// The story that ends with `root`, if it is Adam's as rules/adam.hpp tells it, and none of it is
  /// for others: every block `is_for_one` reader, and none but new_m and new_s `is_held`.
  static std::optional<AdamStory> of(const Block* root,
                                     const std::function<bool(const Block*)>& is_for_one,
                                     const std::function<bool(const Block*)>& is_held);
};

}  // namespace gyre::gan
