#include <algorithm>
#include <memory>
#include <new>

#include "bench/report.hpp"
#include "bench/roof.hpp"
#include "bench/steps.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre::bench {

namespace {

constexpr std::size_t kLanes = 512, kSteps = 2'000;

struct Free {
  void operator()(double* p) const { std::free(p); }
};

/// A hand-written kernel with starts like those of Stepping.
class HandStepping {
 public:
  HandStepping(const HandKernel& kernel, std::size_t lanes)
      : kernel_(kernel), lanes_(lanes), state_(block()), begin_(block()) {
    for (std::size_t i = 0; i < kernel.state; ++i)
      for (std::size_t l = 0; l < lanes; ++l)
        // Decays begin at one, as the rules have it; other memories may hold anything.
        begin_.get()[i * lanes + l] = i < 6 ? start_at(l, i) : 1.0;
  }

  double run(std::size_t steps) {
    std::copy_n(begin_.get(), kernel_.state * lanes_, state_.get());
    kernel_.run(state_.get(), lanes_, steps);
    return static_cast<double>(lanes_) * static_cast<double>(steps);
  }

 private:
  using Memory = std::unique_ptr<double[], Free>;
  Memory block() const {
    Memory m(static_cast<double*>(std::aligned_alloc(64, kernel_.state * lanes_ * sizeof(double))));
    if (!m) throw std::bad_alloc();
    return m;
  }

  const HandKernel& kernel_;
  std::size_t lanes_;
  Memory state_, begin_;
};

double target_of(const RoofRow& row) {
  if (row.game == "xy") return 0.8;
  return row.game == "dirac-gan" ? 0.6 : 0.7;
}

}  // namespace

std::vector<RoofRow> measure_roof(const BenchOptions& options) {
  std::vector<RoofRow> rows;
  for (const HandKernel& k : hand_set().kernels)
    if (std::ranges::none_of(
            rows, [&](const RoofRow& r) { return r.game == k.game && r.rule == k.rule; }))
      rows.push_back({std::string(k.game), std::string(k.rule)});
  for (RoofRow& row : rows) {
    if (options.cancel && *options.cancel) break;
    if (options.progress) options.progress(row.rule + " on " + row.game);
    row.target = target_of(row);
    const std::size_t steps = options.quick ? kSteps / 20 : kSteps;
    Stepping compiled(row.game, row.rule, *options.compiled, kLanes);
    Stepping interpreted(row.game, row.rule, interpreter_backend(), kLanes);
    std::vector<Work> work{[&] { return compiled.run(steps); },
                           [&] { return interpreted.run(steps / 20); }};
    std::vector<std::shared_ptr<HandStepping>> hands;
    std::vector<int> interleaves;
    for (const HandKernel& k : hand_set().kernels)
      if (k.game == row.game && k.rule == row.rule) {
        hands.push_back(std::make_shared<HandStepping>(k, kLanes));
        interleaves.push_back(k.interleave);
        work.push_back([hand = hands.back(), steps] { return hand->run(steps); });
      }
    const std::vector<double> rates = race(work, options.quick ? 0.02 : 0.25);
    row.compiled = rates[0];
    row.interpreted = rates[1];
    const auto best = std::max_element(rates.begin() + 2, rates.end());
    row.by_hand = *best;
    row.interleave = interleaves[static_cast<std::size_t>(best - rates.begin() - 2)];
  }
  return rows;
}

}  // namespace gyre::bench
