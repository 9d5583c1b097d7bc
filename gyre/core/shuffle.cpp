#include "gyre/core/shuffle.hpp"

#include <numeric>
#include <utility>

namespace gyre {

std::vector<std::size_t> shuffled(std::size_t count, Stream stream) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1],
              order[static_cast<std::size_t>(stream.uniform() * static_cast<double>(i))]);
  return order;
}

}  // namespace gyre
