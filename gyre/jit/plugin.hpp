#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gyre/program/program.hpp"

/// What stands between the library and the plugin that holds LLVM: the library opens the plugin
/// when a program is first compiled, so that nobody else waits for LLVM to load.
namespace gyre::jit {

/// Runs the first `groups` groups of lanes `times` over. Input i of lane l stands at
/// `inputs[i*stride + l]`, and so do outputs; of a program that loops, they are the first inputs.
/// Both begin at a cache line, and `stride` is a multiple of the lanes of a group.
using Entry = void (*)(double* inputs, double* outputs, std::size_t stride, std::size_t groups,
                       std::size_t times);

/// What a kernel is compiled for.
struct Target {
  bool single = false;          ///< computes in float; the numbers outside are doubles all the same
  std::size_t vector_bits = 0;  ///< 512, 256 or 128; 0: the widest that the machine has
  std::size_t vectors = 0;      ///< interleaved; 0: what the registers suffice for
};

struct Job {
  const Program* program = nullptr;
  Target target;  ///< of the same width as that of the others beside it
};

struct Kernel {
  Entry entry = nullptr;
  std::size_t group = 0;       ///< lanes a group
  std::shared_ptr<void> code;  ///< keeps the machine code
};

/// The plugin's table of functions. They may be called from any thread.
struct Plugin {
  const char* version;     ///< Gyre's, for which it was built
  std::size_t operations;  ///< that it knows
  const char* llvm;        ///< "llvm 19"
  /// The instruction set that kernels for this target use: "avx512". Empty: this machine cannot.
  std::string (*set)(const Target& target);
  /// Together, which is faster than one by one. Throws std::runtime_error if it cannot.
  std::vector<Kernel> (*compile)(std::span<const Job> jobs);
};

inline constexpr std::size_t kOperations = Ops::size + ExtraOps::size;

/// The name of the one function that the plugin shows: `extern "C" const Plugin*
/// gyre_jit_plugin()`.
inline constexpr const char* kPluginSymbol = "gyre_jit_plugin";

}  // namespace gyre::jit
