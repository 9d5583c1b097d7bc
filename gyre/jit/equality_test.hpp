// For tests: how far machine code and the interpreter are from each other on rules and games.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "gyre/core/random.hpp"
#include "gyre/jit/jit.hpp"
#include "gyre/program/interpreter.hpp"
#include "gyre/program/trace.hpp"

namespace gyre::testing {

inline constexpr std::size_t kLanesCompared = 16;

/// The state after each of `steps` steps from ordinary points, step by step, number by number. All
/// that goes in is moved by up to two units of its last place where `moved` is not zero.
inline std::vector<std::vector<double>> states(const Traced& t, const Backend& backend,
                                               std::size_t steps, std::uint64_t moved = 0) {
  const auto start = interpreter_backend().runner(t.start, kLanesCompared);
  const auto step = backend.runner(t.step, kLanesCompared);
  for (std::size_t l = 0; l < kLanesCompared; ++l) {
    Stream s(11, "start", l), m(moved, "moved", l);
    auto near = [&](double x) { return moved ? x * (1.0 + m.uniform(-2, 2) * 0x1p-52) : x; };
    for (std::size_t i = 0; i < t.dim; ++i)
      start->input(i)[l] = step->input(i)[l] = near(static_cast<float>(s.uniform(0.1, 0.9)));
    for (std::size_t k = 0; k < t.knobs.size(); ++k)
      start->input(t.dim + k)[l] = step->input(t.state() + k)[l] = near(t.knobs[k].value);
  }
  start->run();
  for (std::size_t i = t.dim; i < t.state(); ++i)
    for (std::size_t l = 0; l < kLanesCompared; ++l)
      step->input(i)[l] = start->output(i - t.dim)[l];
  std::vector<std::vector<double>> all;
  for (std::size_t n = 0; n < steps; ++n) {
    step->run(1);
    all.emplace_back();
    for (std::size_t i = 0; i < t.state(); ++i)
      all.back().insert(all.back().end(), step->output(i).begin(),
                        step->output(i).begin() + kLanesCompared);
  }
  return all;
}

/// The largest distance between the two, over steps, lanes and numbers, where 1 is a unit of the
/// last place of the lane's largest number, and as much again as the interpreter is from itself
/// when what goes in is moved by a unit or two: no arithmetic can be nearer than that. Lanes that
/// have grown beyond 1e6 are not compared.
inline double units_apart(const Traced& t, const JitBackend& jit, std::size_t steps) {
  const auto want = states(t, interpreter_backend(), steps), got = states(t, jit, steps);
  std::vector<std::vector<std::vector<double>>> near;
  for (std::uint64_t k = 1; k <= 4; ++k) near.push_back(states(t, interpreter_backend(), steps, k));
  double most = 0.0;
  for (std::size_t l = 0; l < kLanesCompared; ++l) {
    double scale = 1.0, spread = 0.0;
    for (std::size_t n = 0; n < steps; ++n) {
      for (std::size_t i = l; i < want[n].size(); i += kLanesCompared) {
        scale = std::max(scale, std::abs(want[n][i]));
        for (const auto& other : near) {
          const double apart = std::abs(other[n][i] - want[n][i]);
          spread = std::isnan(apart) ? HUGE_VAL : std::max(spread, apart);
        }
      }
      if (!(scale < 1e6)) break;
      for (std::size_t i = l; i < want[n].size(); i += kLanesCompared) {
        const double a = got[n][i], b = want[n][i];
        if (a == b || (std::isnan(a) && std::isnan(b))) continue;
        const double apart = std::abs(a - b) / (scale * 0x1p-52 + spread);
        most = std::isnan(apart) ? HUGE_VAL : std::max(most, apart);
      }
    }
  }
  return most;
}

}  // namespace gyre::testing
