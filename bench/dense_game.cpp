#include "bench/dense_game.hpp"

#include <fmt/format.h>

namespace gyre::bench {

std::string dense_game(int variables) {
  const int half = variables / 2;
  std::string text = fmt::format("min x[{}] max y[{}]: 0", half, half);
  for (int i = 1; i <= half; ++i) {
    text += fmt::format(" + x[{}]*(0", i);
    for (int j = 1; j <= half; ++j)  // small and unlike each other
      text += fmt::format(" + {:g}*y[{}]", (i == j ? 1.0 : 0.0) + 0.01 * ((7 * i + 3 * j) % 11), j);
    text += fmt::format(") + (x[{}]^4 - y[{}]^4)/40", i, i);
  }
  return text;
}

}  // namespace gyre::bench
