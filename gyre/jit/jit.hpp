#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "gyre/jit/plugin.hpp"
#include "gyre/program/backend.hpp"

namespace gyre {

/// Programs as machine code for this machine, compiled by LLVM when they are first asked for, and
/// kept by structure: another value of a knob never compiles again.
///
/// Against the interpreter: products and sums are rounded once where the machine can, elementary
/// functions are within 4 units of the last place, a division by what no step changes is a product
/// with its reciprocal, and numbers below 2.2e-308 are zero. The same lane gives the same bits in
/// any block, on any number of threads, however its steps are split into runs.
///
/// In single precision steps round to 24 bits, and so does every number they start from; programs
/// that do not loop, such as the residual, and those that draw random numbers stay in double.
///
/// Where there is no LLVM, or a program cannot be compiled, the interpreter runs, and name() says
/// so.
class JitBackend final : public Backend {
 public:
  explicit JitBackend(jit::Target target = {});
  ~JitBackend() override;

  /// "jit (llvm 19, avx512, f64)", or the interpreter's name if that is what runs.
  std::string name() const override;
  void prepare(std::span<const Program* const> programs) const override;
  std::unique_ptr<Runner> runner(const Program& program, std::size_t lanes) const override;

  bool works() const { return problem_.empty(); }
  /// Why nothing is compiled, or why the last program that was not could not be; else empty.
  std::string problem() const;
  /// Programs compiled so far.
  std::size_t compilations() const { return compilations_; }

 private:
  struct Batch;
  struct Place {
    std::shared_ptr<Batch> batch;
    std::size_t index = 0;
  };
  jit::Job job_for(const Program& program) const;
  jit::Kernel kernel_of(const Program& program) const;
  void compile(Batch& batch) const;

  jit::Target target_;
  const jit::Plugin* plugin_ = nullptr;
  std::string set_, problem_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, Place> kernels_;  ///< by structure
  mutable std::string failed_;
  mutable std::atomic<std::size_t> compilations_{0};
};

/// The one that everybody shares, in double or single precision.
const JitBackend& jit_backend(bool single = false);

}  // namespace gyre
