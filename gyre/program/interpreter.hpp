#pragma once

#include <cstdlib>
#include <memory>
#include <span>

#include "gyre/program/kernels.hpp"
#include "gyre/program/program.hpp"

namespace gyre {

/// Runs a program on a block of lanes: each instruction goes over all lanes before the next one.
/// What a lane computes depends on nothing but its own inputs. The program must outlive the
/// interpreter.
class Interpreter {
 public:
  /// `lanes` is rounded up to whole quanta; lanes that nobody fills hold zeros.
  Interpreter(const Program& program, std::size_t lanes,
              const KernelSet& kernels = kernel_sets().front());
  Interpreter(const Program&&, std::size_t, const KernelSet& = kernel_sets().front()) = delete;

  std::size_t lanes() const { return lanes_; }
  std::span<double> input(std::size_t i) { return reg(program_.input(i)); }
  std::span<const double> output(std::size_t i) const { return reg(program_.outputs[i]); }

  /// Once; or for a program that loops, `times` over.
  void run(std::size_t times = 1);

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

/// Lanes a block so that the registers of a program stay in the nearest cache: 64 to 256.
std::size_t lanes_a_block(const Program& program);

}  // namespace gyre
