#include "gyre/sweep/run.hpp"

#include <algorithm>
#include <exception>
#include <thread>

#include "gyre/analysis/attractors.hpp"
#include "gyre/analysis/predict.hpp"
#include "gyre/store/checksum.hpp"

namespace gyre {

namespace {

bool keeps(const SweepPlan& plan, Quantity q) { return std::ranges::count(plan.keep, q) > 0; }

SwarmOptions swarm_options(const SweepPlan& plan, const Attractors& attractors,
                           const SweepOptions& options) {
  SwarmOptions swarm{.steps = plan.steps,
                     .settle = plan.settle,
                     .escape = plan.escape,
                     .attractors = &attractors,
                     .backend = options.backend,
                     .cancel = options.cancel};
  swarm.seed = plan.seed;
  if (!plan.exit.empty()) swarm.exit = ExitRegion{.box = plan.exit};
  swarm.keep = {.outcome = true,
                .attractor = keeps(plan, Quantity::kAttractor),
                .steps = keeps(plan, Quantity::kSteps),
                .rate = keeps(plan, Quantity::kRate),
                .period = keeps(plan, Quantity::kPeriod),
                .exit = keeps(plan, Quantity::kExit),
                .last = keeps(plan, Quantity::kPoint)};
  return swarm;
}

template <class T>
void append(std::string& bytes, const std::vector<T>& values) {
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

void append(std::string& bytes, const SwarmResult& result, Quantity q) {
  switch (q) {
    case Quantity::kOutcome:
      return append(bytes, result.outcome);
    case Quantity::kAttractor:
      return append(bytes, result.attractor);
    case Quantity::kSteps:
      return append(bytes, result.steps);
    case Quantity::kRate:
      return append(bytes, result.rate);
    case Quantity::kPeriod:
      return append(bytes, result.period);
    case Quantity::kExit:
      return append(bytes, result.exit);
    case Quantity::kPoint:
      return append(bytes, result.last);
  }
}

SwarmLanes swarm_lanes(const SweepLanes& lanes, const Variant& variant, std::uint64_t first,
                       std::uint64_t count) {
  return {.first = first,
          .count = count,
          .knobs = variant.knobs,
          .fill = [&lanes, &variant, first](std::size_t from, std::size_t n,
                                            std::span<double* const> points,
                                            std::span<double* const> values) {
            lanes.fill(variant, first + from, n, points, values);
          }};
}

/// What all threads of a process share while tiles are done.
class Work {
 public:
  Work(const SweepPlan& plan, SweepLanes& lanes, const Attractors& attractors,
       std::span<const std::uint64_t> todo, const std::filesystem::path& unfinished, Ranks& ranks,
       const SweepOptions& options)
      : plan_(plan),
        lanes_(lanes),
        options_(options),
        swarm_(swarm_options(plan, attractors, options)),
        todo_(todo),
        tiles_(plan.lanes()),
        grids_(grid_files(plan)),
        ranks_(ranks),
        journal_(unfinished, ranks.rank()) {
    for (const GridFile& grid : grids_) files_.push_back(ranks.open(unfinished / grid.name));
  }

  void run() {
    const std::size_t wanted =
        options_.threads ? options_.threads : std::max(1u, std::thread::hardware_concurrency());
    {
      std::vector<std::jthread> others;
      for (std::size_t i = 1; i < std::min<std::size_t>(wanted, todo_.size()); ++i)
        others.emplace_back([this] { work(); });
      work();
    }
    if (problem_) std::rethrow_exception(problem_);
    for (const auto& file : files_) file->close();
  }

  bool cancelled() const {
    return options_.cancel && options_.cancel->load(std::memory_order_relaxed);
  }

 private:
  void work() {
    try {
      while (!cancelled() && !failed_) {
        const std::uint64_t next = ranks_.take();
        if (next >= todo_.size()) return;
        do_tile(todo_[next]);
        tell(next + 1);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!problem_) problem_ = std::current_exception();
      failed_ = true;
    }
    if (failed_ && ranks_.size() > 1)  // nothing is left for the others, who then stop, too
      while (ranks_.take() < todo_.size()) {
      }
  }

  void do_tile(std::uint64_t tile) {
    std::vector<std::string> bytes(grids_.size());
    const std::uint64_t end = tiles_.end(tile);
    for (std::uint64_t from = tiles_.begin(tile); from < end;) {
      const std::uint64_t v = from / lanes_.each();
      const std::uint64_t to = std::min(end, (v + 1) * lanes_.each());
      const Variant& variant = lanes_.variant(v);
      // Once on a cycle that attracts, always on it, unless chance kicks it off again.
      SwarmOptions swarm = swarm_;
      swarm.end_on_cycles = !swarm.attractors->cycles.empty() && !variant.traced.chance;
      const SwarmResult result =
          run_swarm(variant.traced, swarm_lanes(lanes_, variant, from, to - from), swarm);
      if (result.cancelled) return;
      for (std::size_t f = 0; f < grids_.size(); ++f) append(bytes[f], result, plan_.keep[f]);
      from = to;
    }
    Checksum sum;
    for (const std::string& piece : bytes) sum.add(piece);
    const std::lock_guard lock(mutex_);
    for (std::size_t f = 0; f < grids_.size(); ++f)
      files_[f]->write(grids_[f].header.size() + tiles_.begin(tile) * grids_[f].bytes, bytes[f]);
    journal_.add(tile, sum.value());
  }

  void tell(std::uint64_t taken) {
    if (!options_.progress) return;
    const std::lock_guard lock(mutex_);
    options_.progress(static_cast<double>(taken) / static_cast<double>(todo_.size()));
  }

  const SweepPlan& plan_;
  SweepLanes& lanes_;
  const SweepOptions& options_;
  SwarmOptions swarm_;
  std::span<const std::uint64_t> todo_;
  Tiles tiles_;
  std::vector<GridFile> grids_;
  std::vector<std::unique_ptr<SharedFile>> files_;
  Ranks& ranks_;
  Journal journal_;
  std::mutex mutex_;
  std::exception_ptr problem_;
  std::atomic<bool> failed_{false};
};

}  // namespace

bool attractors_stay(const SweepPlan& plan) {
  const auto moves_game = [&](const std::string& name) {
    return movable_named(name, plan.game, plan.rules.front()).what == Movable::What::kGame;
  };
  for (const Axis& axis : plan.axes)
    if (axis.name != kRuleAxis && axis.name != kRunAxis && moves_game(axis.name)) return false;
  return std::ranges::none_of(plan.draws, [&](const Draw& d) { return moves_game(d.name); });
}

Attractors sweep_attractors(const SweepPlan& plan, SweepLanes& lanes, const SweepOptions& options) {
  Attractors all;
  if (!attractors_stay(plan)) return all;
  std::vector<std::vector<double>> starts;
  if (!plan.start.empty()) starts.push_back(plan.start);
  const std::vector<std::vector<double>> known = reference_points(plan.game, starts);
  constexpr std::uint64_t kLeast = 20'000, kTimes = 4;  // slow cycles show only in the long run
  const AttractorOptions wanted{.steps = std::max(kLeast, kTimes * plan.steps),
                                .settle = plan.settle,
                                .escape = plan.escape,
                                .threads = options.threads,
                                .backend = options.backend,
                                .cancel = options.cancel};
  const Variant& variant = lanes.variant(0);
  all =
      find_attractors(variant.traced, swarm_lanes(lanes, variant, 0, lanes.each()), known, wanted);
  if (!variant.knobs
           .empty()) {  // cycles move with the rule's numbers, and have no name of their own
    all.family.insert(all.family.end(), all.cycles.begin(), all.cycles.end());
    all.cycles.clear();
  }
  return all;
}

SweepWork run_tiles(const SweepPlan& plan, SweepLanes& lanes, const Attractors& attractors,
                    std::span<const std::uint64_t> todo, const std::filesystem::path& unfinished,
                    Ranks& ranks, const SweepOptions& options) {
  Work work(plan, lanes, attractors, todo, unfinished, ranks, options);
  work.run();
  return {todo.size(), work.cancelled()};
}

}  // namespace gyre
