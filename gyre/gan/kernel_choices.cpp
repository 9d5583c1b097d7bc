#include "gyre/core/instruction_sets.hpp"
#include "gyre/gan/flat.hpp"
#include "gyre/gan/kernels.hpp"
#include "gyre/gan/sign_kernels.hpp"
#include "gyre/gan/softplus.hpp"

namespace gyre::gan {

extern const Kernels kernels_baseline, kernels_avx2, kernels_avx512;
extern const SignKernels sign_kernels_baseline, sign_kernels_avx2, sign_kernels_avx512;
extern const FlatKernels flat_baseline, flat_avx2, flat_avx512;
extern const SoftplusKernel softplus_baseline, softplus_avx2, softplus_avx512;

std::span<const Kernels> kernel_choices() {
  static const auto choices = GYRE_USABLE_SETS(kernels);
  return choices;
}

std::span<const SignKernels> sign_kernel_choices() {
  static const auto choices = GYRE_USABLE_SETS(sign_kernels);
  return choices;
}

std::span<const FlatKernels> flat_choices() {
  static const auto choices = GYRE_USABLE_SETS(flat);
  return choices;
}

std::span<const SoftplusKernel> softplus_choices() {
  static const auto choices = GYRE_USABLE_SETS(softplus);
  return choices;
}

}  // namespace gyre::gan
