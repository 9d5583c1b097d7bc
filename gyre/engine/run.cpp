#include "gyre/engine/run.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <mutex>
#include <thread>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/engine/block.hpp"

namespace gyre {

Recorder::Recorder(std::size_t lanes, std::uint64_t every, std::span<const std::size_t> chosen)
    : every_(every), wanted_(lanes, false), recordings_(lanes) {
  for (const std::size_t lane : chosen) {
    GYRE_ASSERT(lane < lanes);
    wanted_[lane] = true;
  }
}

void Recorder::see(std::size_t lane, std::uint64_t step, std::span<const double> point) {
  if (!wanted_[lane]) return;
  recordings_[lane].steps.push_back(step);
  recordings_[lane].points.insert(recordings_[lane].points.end(), point.begin(), point.end());
}

namespace {

void check_lanes(const Traced& traced, const Lanes& lanes) {
  for (const std::vector<double>& start : lanes.starts) {
    if (start.size() != traced.dim)
      throw Error("the start has " + std::to_string(start.size()) +
                  (start.size() == 1 ? " number" : " numbers") + ", and this game has " +
                  std::to_string(traced.dim) + " variables");
    for (const double x : start)
      if (!std::isfinite(x)) throw Error("a start must be finite, and one holds " + number(x));
  }
  GYRE_ASSERT(lanes.seeds.empty() || lanes.seeds.size() == lanes.size());
  for (const auto& [name, values] : lanes.knobs) {
    GYRE_ASSERT(values.size() == lanes.size());
    std::vector<std::string> known;
    for (const Knob& k : traced.knobs) known.push_back(k.name);
    if (std::ranges::find(known, name) == known.end())
      throw Error("there is no parameter " + as_typed(name) + did_you_mean(name, known));
  }
}

/// Told by all blocks how far they are, and asked by all when to stop.
class Clock {
 public:
  Clock(const RunOptions& options, std::size_t blocks) : options_(options), blocks_(blocks) {}

  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

  Stopped ask() {
    if (options_.cancel && options_.cancel->load(std::memory_order_relaxed))
      return Stopped::kByUser;
    if (seconds() > options_.seconds) return Stopped::kByTime;
    return Stopped::kNo;
  }

  void tell(double of_this_block) {
    constexpr double kTellEvery = 0.1;
    if (!options_.progress) return;
    const std::lock_guard lock(mutex_);
    if (seconds() < told_ + kTellEvery) return;
    told_ = seconds();
    options_.progress(std::min(1.0, (done_ + of_this_block) / static_cast<double>(blocks_)));
  }

  void block_done() {
    const std::lock_guard lock(mutex_);
    done_ += 1.0;
  }

 private:
  const RunOptions& options_;
  std::size_t blocks_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  double done_ = 0.0, told_ = 0.0;
};

}  // namespace

RunResult run(const Traced& traced, const Lanes& lanes, const RunOptions& options) {
  check_lanes(traced, lanes);
  RunResult result;
  result.outcomes.resize(lanes.size());
  const std::size_t size =
      options.block_lanes ? options.block_lanes : lanes_a_block(traced.running_step(options.mean));
  const std::size_t blocks = (lanes.size() + size - 1) / size;
  Clock clock(options, blocks);

  if (options.backend && blocks > 0) {
    const Program* const programs[] = {&traced.running_start(options.mean),
                                       &traced.running_step(options.mean), &traced.output,
                                       &traced.residual};
    options.backend->prepare(programs);
  }

  std::atomic<std::size_t> next{0};
  std::exception_ptr problem;
  std::mutex mutex;
  auto work = [&] {
    try {
      BlockMemory memory;
      for (std::size_t b = next++; b < blocks; b = next++) {
        const std::size_t first = b * size;
        Block block(traced, lanes, options, first, std::min(size, lanes.size() - first), memory);
        block.run(result.outcomes, [&](double done) {
          clock.tell(done);
          return clock.ask();
        });
        clock.block_done();
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      problem = std::current_exception();
      next = blocks;
    }
  };
  const std::size_t wanted =
      options.threads ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(wanted, blocks); ++i) others.emplace_back(work);
    work();
  }
  if (problem) std::rethrow_exception(problem);
  result.seconds = clock.seconds();
  result.cancelled = clock.ask() == Stopped::kByUser;
  return result;
}

}  // namespace gyre
