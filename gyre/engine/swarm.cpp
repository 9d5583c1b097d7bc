#include "gyre/engine/swarm.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/engine/closing_in.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/engine/swarm_block.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre {

namespace {

void check(const Traced& traced, const SwarmLanes& lanes, const SwarmOptions& options) {
  std::vector<std::string> known;
  for (const Knob& k : traced.knobs) known.push_back(k.name);
  if (traced.chance) known.push_back(kSeedKnob);
  for (const std::string& name : lanes.knobs)
    if (std::ranges::find(known, name) == known.end())
      throw Error("there is no parameter " + as_typed(name) + did_you_mean(name, known));
  constexpr std::uint64_t kMost = kNeverLeft - 1;
  if (options.steps > kMost)
    throw Error("lanes of a map take at most " + std::to_string(kMost) + " steps, not " +
                std::to_string(options.steps));
  if (options.attractors) {
    constexpr std::size_t kMostAttractors = std::numeric_limits<std::int16_t>::max();
    GYRE_ASSERT(options.attractors->size() <= kMostAttractors);
    for (const std::vector<double>& p : options.attractors->points)
      GYRE_ASSERT(p.size() == traced.dim);
  }
  if (!options.exit) return;
  const ExitRegion& exit = *options.exit;
  const std::size_t numbers = exit.box.empty() ? exit.centre.size() : exit.box.size();
  if (numbers != traced.dim)
    throw Error("the region to leave has " + std::to_string(numbers) +
                (numbers == 1 ? " coordinate" : " coordinates") + ", and this game has " +
                std::to_string(traced.dim) + " variables");
  for (const auto& [low, high] : exit.box)
    if (!(low <= high))
      throw Error("the box to leave ends at " + number(high) + ", before it begins at " +
                  number(low));
  if (exit.box.empty() && !(exit.radius >= 0.0))
    throw Error("the ball to leave has a radius of 0 or more, not " + number(exit.radius));
}

void make_room(SwarmResult& result, const SwarmKeep& keep, std::size_t lanes, std::size_t dim) {
  constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
  if (keep.outcome) result.outcome.assign(lanes, static_cast<std::uint8_t>(Verdict::kBudgetSpent));
  if (keep.attractor) result.attractor.assign(lanes, kNoAttractor);
  if (keep.steps) result.steps.assign(lanes, 0);
  if (keep.rate) result.rate.assign(lanes, kNone);
  if (keep.period) result.period.assign(lanes, kNone);
  if (keep.exit) result.exit.assign(lanes, kNeverLeft);
  if (keep.last) result.last.assign(lanes * dim, kUnknown);
}

std::size_t threads_of(const SwarmOptions& options) {
  return options.threads ? options.threads : std::max(1u, std::thread::hardware_concurrency());
}

/// Tells how far all threads are, now and then.
class Progress {
 public:
  Progress(const SwarmOptions& options, std::size_t lanes) : options_(options), lanes_(lanes) {}

  void add(std::size_t lanes) {
    constexpr auto kTellEvery = std::chrono::milliseconds(100);
    if (!options_.progress) return;
    const std::lock_guard lock(mutex_);
    done_ += lanes;
    if (std::chrono::steady_clock::now() < told_ + kTellEvery) return;
    told_ = std::chrono::steady_clock::now();
    options_.progress(static_cast<double>(done_) / static_cast<double>(lanes_));
  }

 private:
  const SwarmOptions& options_;
  std::size_t lanes_, done_ = 0;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
};

bool is_knob(const Traced& traced, const std::string& name) {
  return std::ranges::find(traced.knobs, name, &Knob::name) != traced.knobs.end();
}

}  // namespace

Lanes written_out(const Traced& traced, const SwarmLanes& lanes,
                  std::span<const std::size_t> numbers) {
  const std::size_t dim = traced.dim;
  Lanes some;
  std::vector<double> memory(dim + lanes.knobs.size());
  std::vector<double*> points, values;
  for (std::size_t i = 0; i < memory.size(); ++i)
    (i < dim ? points : values).push_back(memory.data() + i);
  for (const std::size_t lane : numbers) {
    lanes.fill(lane, 1, points, values);
    some.starts.emplace_back(memory.begin(), memory.begin() + static_cast<std::ptrdiff_t>(dim));
    some.numbers.push_back(lanes.first + lane);
    for (std::size_t k = 0; k < values.size(); ++k) {
      const std::string& name = lanes.knobs[k];
      if (name == kSeedKnob && !is_knob(traced, name))
        some.seeds.push_back(static_cast<std::uint64_t>(*values[k]));
      else
        some.knobs[name].push_back(*values[k]);
    }
  }
  return some;
}

namespace {

RunOptions run_options(const SwarmOptions& options) {
  RunOptions with;
  with.steps = options.steps;
  with.settle = options.settle, with.escape = options.escape;
  if (options.attractors) with.references = options.attractors->points;
  with.seed = options.seed;
  with.threads = options.threads;
  with.backend = options.backend;
  with.cancel = options.cancel;
  return with;
}

/// Those of the lanes that are not plainly closing in on a known point.
std::vector<std::size_t> sifted(const Traced& traced, const SwarmLanes& lanes,
                                const SwarmOptions& options, std::span<const std::size_t> numbers) {
  RunOptions with = run_options(options);
  ClosingIn closing(numbers.size(), options.steps, with.references);
  with.judge = false;
  with.observers = {&closing};
  run(traced, written_out(traced, lanes, numbers), with);
  std::vector<std::size_t> left;
  for (std::size_t k = 0; k < numbers.size(); ++k)
    if (!closing.is(k)) left.push_back(numbers[k]);
  return left;
}

/// Runs the lanes with these numbers once more, with all the care that a few lanes are given.
void judge(const Traced& traced, const SwarmLanes& lanes, const SwarmOptions& options,
           std::span<const std::size_t> numbers, SwarmResult& result) {
  std::vector<std::size_t> left(numbers.begin(), numbers.end());
  if (options.attractors && !options.attractors->points.empty())
    left = sifted(traced, lanes, options, numbers);
  const RunResult judged = run(traced, written_out(traced, lanes, left), run_options(options));
  result.judged += left.size();
  for (std::size_t k = 0; k < left.size(); ++k) {
    const Outcome& outcome = judged.outcomes[k];
    const std::size_t lane = left[k];
    if (options.keep.outcome) result.outcome[lane] = static_cast<std::uint8_t>(outcome.verdict);
    if (options.keep.attractor && options.attractors && outcome.verdict == Verdict::kSettled)
      result.attractor[lane] = point_at(*options.attractors, outcome.last);
    if (options.keep.rate && !std::isnan(outcome.rate))
      result.rate[lane] = static_cast<float>(outcome.rate);
    if (options.keep.period) result.period[lane] = static_cast<float>(outcome.period);
  }
}

}  // namespace

std::int16_t point_at(const Attractors& attractors, std::span<const double> place) {
  constexpr double kThere = 1e-5;
  double least = std::numeric_limits<double>::infinity(), squares = 0.0;
  std::int16_t nearest = kNoAttractor;
  for (const double x : place) squares += x * x;
  for (std::size_t k = 0; k < attractors.points.size(); ++k) {
    double sum = 0.0;
    for (std::size_t i = 0; i < place.size(); ++i) {
      const double gap = place[i] - attractors.points[k][i];
      sum += gap * gap;
    }
    if (sum < least) least = sum, nearest = static_cast<std::int16_t>(k);
  }
  return std::sqrt(least) <= kThere * (1.0 + std::sqrt(squares)) ? nearest : kNoAttractor;
}

SwarmResult run_swarm(const Traced& traced, const SwarmLanes& lanes, const SwarmOptions& options) {
  check(traced, lanes, options);
  const auto begin = std::chrono::steady_clock::now();
  SwarmResult result;
  make_room(result, options.keep, lanes.count, traced.dim);
  const NearCycle cycles(options.attractors ? *options.attractors : Attractors{});
  const std::size_t size =
      std::min(std::max<std::size_t>(1, lanes.count),
               options.block_lanes ? options.block_lanes : lanes_a_block(traced.step));
  const std::size_t blocks = (lanes.count + size - 1) / size;
  Progress progress(options, lanes.count);
  const auto cancelled = [&] {
    return options.cancel && options.cancel->load(std::memory_order_relaxed);
  };

  if (options.backend && blocks > 0) {
    const Program* const programs[] = {&traced.running_start(), &traced.running_step(),
                                       &traced.output, &traced.residual};
    options.backend->prepare(programs);
  }

  std::vector<std::size_t> unexplained;
  std::atomic<std::size_t> next{0};
  std::exception_ptr problem;
  std::mutex mutex;
  const auto work = [&] {
    try {
      SwarmBlock block(traced, lanes, options, cycles, size);
      std::vector<std::size_t> mine;
      for (std::size_t b = next++; b < blocks && !cancelled(); b = next++) {
        const std::size_t first = b * size, count = std::min(size, lanes.count - first);
        block.run(first, count, result, mine);
        progress.add(count);
      }
      const std::lock_guard lock(mutex);
      unexplained.insert(unexplained.end(), mine.begin(), mine.end());
    } catch (...) {
      const std::lock_guard lock(mutex);
      problem = std::current_exception();
      next = blocks;
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(threads_of(options), blocks); ++i)
      others.emplace_back(work);
    work();
  }
  if (problem) std::rethrow_exception(problem);

  constexpr std::size_t kTogether = 4096;
  std::ranges::sort(unexplained);
  const SwarmKeep& keep = options.keep;
  if (!keep.outcome && !keep.attractor && !keep.rate && !keep.period) unexplained.clear();
  for (std::size_t k = 0; k < unexplained.size() && !cancelled(); k += kTogether)
    judge(traced, lanes, options,
          std::span(unexplained).subspan(k, std::min(kTogether, unexplained.size() - k)), result);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  result.cancelled = cancelled();
  return result;
}

}  // namespace gyre
