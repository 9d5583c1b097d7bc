#include "gyre/program/interpreter.hpp"

#include <algorithm>
#include <new>

#include "gyre/core/assert.hpp"

namespace gyre {

Interpreter::Interpreter(const Program& program, std::size_t lanes, const KernelSet& kernels)
    : program_(program), lanes_((lanes + kLaneQuantum - 1) / kLaneQuantum * kLaneQuantum) {
  constexpr std::size_t kCacheLine = 64;
  const std::size_t count = std::max<std::size_t>(1, program.registers) * lanes_;
  memory_.reset(static_cast<double*>(std::aligned_alloc(kCacheLine, count * sizeof(double))));
  if (!memory_) throw std::bad_alloc();
  std::fill_n(memory_.get(), count, 0.0);
  for (std::size_t i = 0; i < program.constants.size(); ++i)
    std::fill_n(reg(static_cast<Register>(i)).data(), lanes_, program.constants[i]);
  for (const Instruction& i : program.code)
    calls_.push_back({kernels.kernels[i.op], reg(i.to).data(), reg(i.from[0]).data(),
                      reg(i.from[1]).data(), reg(i.from[2]).data()});
}

void Interpreter::run(std::size_t times, std::size_t lanes) {
  GYRE_ASSERT(times <= 1 || program_.loops);
  const std::size_t some =
      std::min(lanes_, (lanes + kLaneQuantum - 1) / kLaneQuantum * kLaneQuantum);
  for (std::size_t t = 0; t < times; ++t)
    for (const Call& c : calls_) c.kernel(c.to, c.a, c.b, c.c, some);
}

std::string InterpreterBackend::name() const {
  return "interpreter (" + std::string(kernels_.name) + ")";
}

std::unique_ptr<Runner> InterpreterBackend::runner(const Program& program,
                                                   std::size_t lanes) const {
  return std::make_unique<Interpreter>(program, lanes, kernels_);
}

const Backend& interpreter_backend() {
  static const InterpreterBackend best;
  return best;
}

std::size_t lanes_a_block(const Program& program) {
  constexpr std::size_t kCacheBytes = 24 * 1024;
  const std::size_t bytes = std::max<std::size_t>(1, program.registers) * sizeof(double);
  const std::size_t lanes = kCacheBytes / bytes / kLaneQuantum * kLaneQuantum;
  return std::clamp<std::size_t>(lanes, 64, 256);
}

}  // namespace gyre
