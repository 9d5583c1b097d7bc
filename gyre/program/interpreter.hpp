#pragma once

#include <cstdlib>
#include <memory>
#include <span>

#include "gyre/program/backend.hpp"
#include "gyre/program/kernels.hpp"
#include "gyre/program/program.hpp"

namespace gyre {

/// Runs a program on a block of lanes: each instruction goes over all lanes before the next one.
/// What a lane computes depends on nothing but its own inputs. The program must outlive the
/// interpreter.
class Interpreter final : public Runner {
 public:
  /// `lanes` is rounded up to whole quanta; lanes that nobody fills hold zeros.
  Interpreter(const Program& program, std::size_t lanes,
              const KernelSet& kernels = kernel_sets().front());
  Interpreter(const Program&&, std::size_t, const KernelSet& = kernel_sets().front()) = delete;

  std::size_t lanes() const override { return lanes_; }
  std::span<double> input(std::size_t i) override { return reg(program_.input(i)); }
  std::span<const double> output(std::size_t i) const override { return reg(program_.outputs[i]); }

  using Runner::run;
  void run(std::size_t times, std::size_t lanes) override;

 private:
  struct Call {
    Kernel kernel;
    double *to, *a, *b, *c;
  };
  struct Free {
    void operator()(double* p) const { std::free(p); }
  };

  std::span<double> reg(Register r) const { return {memory_.get() + r * lanes_, lanes_}; }

  const Program& program_;
  std::size_t lanes_;
  std::unique_ptr<double[], Free> memory_;
  std::vector<Call> calls_;
};

/// Interpreters as a backend. Every kernel set gives the same bits.
class InterpreterBackend final : public Backend {
 public:
  explicit InterpreterBackend(const KernelSet& kernels = kernel_sets().front())
      : kernels_(kernels) {}
  std::string name() const override;
  std::unique_ptr<Runner> runner(const Program& program, std::size_t lanes) const override;

 private:
  const KernelSet& kernels_;
};

/// The interpreter with the best kernels that the machine has.
const Backend& interpreter_backend();

/// Lanes a block so that the registers of a program stay in the nearest cache: 64 to 256.
std::size_t lanes_a_block(const Program& program);

}  // namespace gyre
