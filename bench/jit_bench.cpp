// Steps a second of compiled programs, of the interpreter, and of kernels written by hand for the
// same rule and game; and what a second thread brings. Each figure is the best of several runs.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <thread>
#include <vector>

#include "bench/hand_kernels.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/jit/jit.hpp"
#include "gyre/program/interpreter.hpp"
#include "gyre/program/trace.hpp"

namespace {

using namespace gyre;

constexpr std::size_t kLanes = 512;
constexpr int kRuns = 5;

/// Of this thread alone: others may be busy beside it.
double busy() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double seconds_of_work(auto&& work) {
  const double from = busy();
  work();
  return busy() - from;
}

double seconds(auto&& work) {
  const auto from = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

/// Row by row, the state and the knobs. Steps are small, so that all lanes stay where numbers are
/// ordinary.
std::vector<std::vector<double>> begin(const Traced& t) {
  const auto start = interpreter_backend().runner(t.start, kLanes);
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < t.dim; ++i) {
    rows.emplace_back();
    for (std::size_t l = 0; l < kLanes; ++l)
      rows.back().push_back(0.3 + 0.1 * static_cast<double>(i) + 1e-3 * static_cast<double>(l));
    std::ranges::copy(rows.back(), start->input(i).begin());
  }
  std::vector<std::vector<double>> knobs;
  for (const Knob& k : t.knobs) {
    const bool is_step = k.name.ends_with(".eta");
    knobs.emplace_back(kLanes, is_step ? 1e-4 : k.value);
    std::ranges::fill(start->input(t.dim + knobs.size() - 1), knobs.back()[0]);
  }
  start->run();
  for (std::size_t i = t.dim; i < t.state(); ++i)
    rows.emplace_back(start->output(i - t.dim).begin(), start->output(i - t.dim).end());
  rows.insert(rows.end(), knobs.begin(), knobs.end());
  return rows;
}

double rate(const Traced& t, const Backend& backend, std::size_t steps) {
  const auto step = backend.runner(t.step, kLanes);
  const auto rows = begin(t);
  double best = 1e300;
  for (int n = 0; n < kRuns; ++n) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      std::ranges::copy(rows[i], step->input(i).begin());
    best = std::min(best, seconds_of_work([&] { step->run(steps); }));
  }
  return static_cast<double>(kLanes * steps) / best;
}

/// The hand-written kernel, and how far its path is from the compiled one's after some steps.
double rate(const Traced& t, hand::Kernel kernel, std::size_t steps, double& apart) {
  const auto rows = begin(t);
  const std::unique_ptr<double[], void (*)(void*)> memory(
      static_cast<double*>(std::aligned_alloc(64, rows.size() * kLanes * sizeof(double))),
      [](void* p) { std::free(p); });
  double best = 1e300;
  for (int n = 0; n < kRuns; ++n) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      std::ranges::copy(rows[i], memory.get() + i * kLanes);
    best = std::min(best, seconds_of_work([&] { kernel(memory.get(), kLanes, steps); }));
  }
  constexpr std::size_t kFew = 50;  // before Adam, at rest, begins to amplify roundings
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::ranges::copy(rows[i], memory.get() + i * kLanes);
  kernel(memory.get(), kLanes, kFew);
  const auto step = jit_backend().runner(t.step, kLanes);
  for (std::size_t i = 0; i < rows.size(); ++i) std::ranges::copy(rows[i], step->input(i).begin());
  step->run(kFew);
  apart = 0.0;
  for (std::size_t i = 0; i < t.dim; ++i)
    for (std::size_t l = 0; l < kLanes; ++l)
      apart = std::max(apart, std::abs(step->output(i)[l] - memory[i * kLanes + l]));
  return static_cast<double>(kLanes * steps) / best;
}

/// Two threads with as much to do each as one alone: twice as fast where nothing is shared.
double two_threads(const Traced& t, std::size_t steps) {
  auto work = [&] { return rate(t, jit_backend(), steps); };
  const double one = seconds(work);
  const double two = seconds([&] {
    std::jthread other(work);
    work();
  });
  return 2.0 * one / two;
}

}  // namespace

int main(int count, char**) {
  const bool briefly = count > 1;  // any word: only that it runs
  fmt::print("{}; steps/s in 1e9, one core\n", jit_backend().name());
  fmt::print("{:<12}{:<28}{:>8}{:>8}{:>8}{:>8}{:>8}{:>10}\n", "game", "rule", "interp", "hand",
             "jit", "share", "f32", "2 threads");
  bool same = true;
  for (std::size_t k = 0; k < hand::kCount; ++k) {
    const hand::Entry& entry = hand::kKernels[k];
    const Traced t = trace(catalogue_game(entry.game), parse_pipe(entry.rule));
    const std::size_t steps = briefly ? 10 : 20'000;
    double apart = 0.0;
    const double by_hand = rate(t, entry.kernel, steps, apart);
    const double jit = rate(t, jit_backend(), steps);
    fmt::print("{:<12}{:<28}{:>8.2f}{:>8.2f}{:>8.2f}{:>8.2f}{:>8.2f}{:>10.2f}\n", entry.game,
               entry.rule, rate(t, interpreter_backend(), steps / 10) / 1e9, by_hand / 1e9,
               jit / 1e9, jit / by_hand, rate(t, jit_backend(true), steps) / 1e9,
               briefly ? 0.0 : two_threads(t, steps));
    if (apart > 1e-9) {
      fmt::print("  the two are {} apart: they do not compute the same\n", apart);
      same = false;
    }
  }
  return same ? 0 : 1;
}
