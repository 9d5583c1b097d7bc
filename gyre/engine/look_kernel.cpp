// Compiled once for each instruction set, with GYRE_LOOK naming the set's function. Everything else
// here is local to the file: nothing compiled for one machine may be linked into code for another.
#include "gyre/engine/look_kernel.hpp"

namespace gyre {

std::size_t GYRE_LOOK(const LookSight& sight);

std::size_t GYRE_LOOK(const LookSight& sight) {
  constexpr std::size_t kTogether = 64;  // their numbers stay in registers or next to them
  constexpr std::size_t kSums = 8;
  double loud[kSums] = {};
  for (std::size_t first = 0; first < sight.lanes; first += kTogether) {
    const std::size_t n = sight.lanes - first < kTogether ? sight.lanes - first : kTogether;
    double moved[kTogether], length[kTogether];
    for (std::size_t l = 0; l < kTogether; ++l) moved[l] = length[l] = 0.0;
    for (std::size_t i = 0; i < sight.dim; ++i) {
      const double* now = sight.now[i] + first;
      double* before = sight.before[i] + first;
#pragma GCC ivdep
      for (std::size_t l = 0; l < n; ++l) {
        moved[l] += (now[l] - before[l]) * (now[l] - before[l]);
        length[l] += now[l] * now[l];
        before[l] = now[l];
      }
    }
    const double* escape = sight.escape + first;
    double *moved_out = sight.moved + first, *length_out = sight.length + first;
#pragma GCC ivdep
    for (std::size_t l = 0; l < n; ++l) {
      moved_out[l] = moved[l];
      length_out[l] = length[l];
      const double inside = length[l] <= escape[l] ? 1.0 : 0.0;  // 0 also for what is no number
      const double still = moved[l] <= sight.still * (1.0 + length[l]) ? 1.0 : 0.0;
      moved[l] = 1.0 - inside + inside * still;
    }
    for (std::size_t l = 0; l < kTogether; l += kSums)
      for (std::size_t k = 0; k < kSums; ++k) loud[k] += moved[l + k];
  }
  double all = 0.0;
  for (const double sum : loud) all += sum;
  return static_cast<std::size_t>(all);
}

}  // namespace gyre
