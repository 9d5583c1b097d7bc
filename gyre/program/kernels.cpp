// Compiled once for each instruction set, with GYRE_SET naming the set. Everything here is
// local to the file: nothing compiled for one machine may be linked into code for another.
#include "gyre/program/kernels.hpp"

namespace gyre {

namespace {

template <class O>
void kernel(double* to, const double* a, const double* b, const double* c, std::size_t lanes) {
  lanes &= ~(kLaneQuantum - 1);
#if defined(__clang__)
#pragma clang loop vectorize(assume_safety)
#elif defined(__GNUC__)
#pragma GCC ivdep
#endif
  for (std::size_t i = 0; i < lanes; ++i) {
    if constexpr (O::facts.arity == 1) to[i] = O::value(a[i]);
    if constexpr (O::facts.arity == 2) to[i] = O::value(a[i], b[i]);
    if constexpr (O::facts.arity == 3) to[i] = O::value(a[i], b[i], c[i]);
  }
}

template <class... Os>
constexpr auto table(OpList<Os...>) {
  return std::array<Kernel, sizeof...(Os)>{[] {
    if constexpr (Os::facts.arity > 0) return Kernel{&kernel<Os>};
    return Kernel{nullptr};
  }()...};
}

constexpr auto joined = [] {
  constexpr auto first = table(Ops{});
  constexpr auto then = table(ExtraOps{});
  std::array<Kernel, first.size() + then.size()> all{};
  for (std::size_t i = 0; i < first.size(); ++i) all[i] = first[i];
  for (std::size_t i = 0; i < then.size(); ++i) all[first.size() + i] = then[i];
  return all;
}();

}  // namespace

extern const KernelSet GYRE_SET;
const KernelSet GYRE_SET{GYRE_SET_NAME, joined};

}  // namespace gyre
