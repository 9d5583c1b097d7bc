// For tests: a traced rule, run in one lane.
#pragma once

#include <vector>

#include "gyre/games/parse.hpp"
#include "gyre/program/interpreter.hpp"
#include "gyre/program/trace.hpp"

namespace gyre::testing {

class TracedRun {
 public:
  TracedRun(const Game& game, const std::string& pipe, const std::vector<double>& start)
      : traced(trace(game, parse_pipe(pipe))),
        step_(traced.step, 1),
        output_(traced.output, 1),
        residual_(traced.residual, 1) {
    Interpreter first(traced.start, 1);
    for (std::size_t i = 0; i < traced.dim; ++i) first.input(i)[0] = step_.input(i)[0] = start[i];
    for (std::size_t k = 0; k < traced.knobs.size(); ++k) {
      const double value = traced.knobs[k].value;
      first.input(traced.dim + k)[0] = residual_.input(traced.dim + k)[0] = value;
      step_.input(traced.state() + k)[0] = output_.input(traced.state() + k)[0] = value;
    }
    first.run();
    for (std::size_t i = traced.dim; i < traced.state(); ++i)
      step_.input(i)[0] = first.output(i - traced.dim)[0];
  }

  void step(int times = 1) { step_.run(static_cast<std::size_t>(times)); }

  /// The point and then the memory.
  std::vector<double> state() {
    std::vector<double> all;
    for (std::size_t i = 0; i < traced.state(); ++i) all.push_back(step_.input(i)[0]);
    return all;
  }
  std::vector<double> at() {
    std::vector<double> all = state();
    all.resize(traced.dim);
    return all;
  }
  std::vector<double> output() {
    for (std::size_t i = 0; i < traced.state(); ++i) output_.input(i)[0] = step_.input(i)[0];
    output_.run();
    return results(output_, traced.dim);
  }
  /// The squared length of what stands still at a solution.
  double residual() {
    for (std::size_t i = 0; i < traced.dim; ++i) residual_.input(i)[0] = step_.input(i)[0];
    residual_.run();
    return residual_.output(0)[0];
  }

  const Traced traced;

 private:
  static std::vector<double> results(const Interpreter& run, std::size_t count) {
    std::vector<double> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(run.output(i)[0]);
    return all;
  }

  Interpreter step_, output_, residual_;
};

}  // namespace gyre::testing
