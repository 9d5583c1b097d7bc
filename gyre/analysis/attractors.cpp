#include "gyre/analysis/attractors.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/analysis/closed_path.hpp"
#include "gyre/engine/near_cycle.hpp"
#include "gyre/engine/run.hpp"

namespace gyre {

namespace {

constexpr std::size_t kFewAreNoFamily = 4;

/// Numbers spread so that neighbours in any order of a grid's axes are far apart.
std::vector<std::size_t> pick(std::size_t pilots, std::size_t lanes) {
  constexpr double kGolden = 0.6180339887498949;
  std::vector<std::size_t> picked;
  for (std::size_t k = 0; k < std::min(pilots, lanes); ++k) {
    const double place = (static_cast<double>(k) + 0.5) * kGolden;
    const double share = pilots < lanes ? place - std::floor(place)
                                        : static_cast<double>(k) / static_cast<double>(lanes);
    picked.push_back(std::min(
        lanes - 1, static_cast<std::size_t>(std::floor(share * static_cast<double>(lanes)))));
  }
  std::ranges::sort(picked);
  const auto [from, to] = std::ranges::unique(picked);
  picked.erase(from, to);
  return picked;
}

Lanes pilots_of(const Traced& traced, const SwarmLanes& map, std::size_t count) {
  const std::vector<std::size_t> picked = pick(count, map.count);
  const Lanes all = written_out(traced, map, picked);
  std::vector<std::size_t> finite;
  for (std::size_t k = 0; k < picked.size(); ++k)
    if (std::ranges::all_of(all.starts[k], [](double x) { return std::isfinite(x); }))
      finite.push_back(picked[k]);
  return written_out(traced, map, finite);
}

/// Whether so many were met so seldom that there are more of them than one can list.
bool is_family(const std::vector<std::size_t>& hits) {
  const auto once = static_cast<std::size_t>(std::ranges::count(hits, std::size_t{1}));
  return hits.size() > kFewAreNoFamily && 2 * once > hits.size();
}

void add_points(Attractors& found, const RunResult& result) {
  Attractors fresh;
  std::vector<std::size_t> hits;
  for (const Outcome& o : result.outcomes) {
    if (o.verdict != Verdict::kSettled || point_at(found, o.last) != kNoAttractor) continue;
    const std::int16_t there = point_at(fresh, o.last);
    if (there != kNoAttractor) {
      ++hits[static_cast<std::size_t>(there)];
      continue;
    }
    fresh.points.push_back(o.last);
    hits.push_back(1);
  }
  if (is_family(hits)) return;
  std::ranges::sort(fresh.points);
  found.points.insert(found.points.end(), fresh.points.begin(), fresh.points.end());
}

/// Keeps what one lane does from a step on.
class Later final : public Observer {
 public:
  explicit Later(std::uint64_t from) : from_(from) {}
  std::uint64_t every() const override { return 1; }
  void see(std::size_t, std::uint64_t step, std::span<const double> point) override {
    if (step >= from_) places.emplace_back(point.begin(), point.end());
  }
  std::vector<std::vector<double>> places;

 private:
  std::uint64_t from_;
};

std::vector<std::vector<double>> run_on(const Traced& traced, const Lanes& lanes, std::size_t lane,
                                        std::uint64_t further, const AttractorOptions& options) {
  Lanes one{{lanes.starts[lane]}, {}};
  for (const auto& [name, values] : lanes.knobs) one.knobs[name] = {values[lane]};
  one.numbers = {lanes.numbers[lane]};
  if (!lanes.seeds.empty()) one.seeds = {lanes.seeds[lane]};
  Later later(options.steps);
  RunOptions with;
  with.steps = options.steps + further;
  with.judge = false;
  with.seed = options.seed;
  with.backend = options.backend;
  with.cancel = options.cancel;
  with.observers = {&later};
  run(traced, one, with);
  return std::move(later.places);
}

/// Two places beside the first one of a cycle, across it.
std::vector<std::vector<double>> beside(const Attractors::Cycle& cycle) {
  constexpr double kBeside = 0.06;  // of its half-width: farther than what counts as on it
  const std::size_t dim = cycle.places[0].size();
  std::vector<double> width(dim);
  for (std::size_t i = 0; i < dim; ++i) {
    const auto [low, high] = std::ranges::minmax_element(
        cycle.places, {}, [&](const std::vector<double>& p) { return p[i]; });
    width[i] = (*high)[i] - (*low)[i];
  }
  const auto widest = static_cast<std::size_t>(std::ranges::max_element(width) - width.begin());
  const double far = 0.5 * kBeside * width[widest];
  std::vector<std::vector<double>> both(2, cycle.places[0]);
  // At right angles to the way it goes, in the two widest coordinates.
  std::size_t next = dim > 1 ? (widest == 0 ? 1 : 0) : widest;
  for (std::size_t i = 0; i < dim; ++i)
    if (i != widest && width[i] > width[next]) next = i;
  const auto& ahead = cycle.places[1 % cycle.places.size()];
  double a = ahead[widest] - cycle.places[0][widest], b = ahead[next] - cycle.places[0][next];
  if (next == widest || !cycle.closed_curve) a = 0.0, b = 1.0;
  const double length = std::hypot(a, b);
  for (const std::size_t side : {0, 1}) {
    const double shift = (side == 0 ? far : -far) / (length > 0.0 ? length : 1.0);
    both[side][widest] += shift * (length > 0.0 ? b : 1.0);
    if (next != widest) both[side][next] -= shift * a;
  }
  return both;
}

/// Which cycles lanes come back to that begin beside them, with the knobs of the pilot that found
/// them.
std::vector<bool> attracting(const std::vector<Attractors::Cycle>& cycles,
                             const std::vector<std::size_t>& finders, const Traced& traced,
                             const Lanes& pilots, const AttractorOptions& options) {
  Lanes lanes;
  for (std::size_t c = 0; c < cycles.size(); ++c)
    for (std::vector<double>& start : beside(cycles[c])) {
      lanes.starts.push_back(std::move(start));
      for (const auto& [name, values] : pilots.knobs)
        lanes.knobs[name].push_back(values[finders[c]]);
      lanes.numbers.push_back(pilots.numbers[finders[c]]);
      if (!pilots.seeds.empty()) lanes.seeds.push_back(pilots.seeds[finders[c]]);
    }
  RunOptions with;
  with.steps = options.steps;
  with.judge = false;
  with.seed = options.seed;
  with.threads = options.threads;
  with.backend = options.backend;
  with.cancel = options.cancel;
  const RunResult result = run(traced, lanes, with);
  std::vector<bool> attract(cycles.size());
  for (std::size_t c = 0; c < cycles.size(); ++c) {
    const NearCycle near(Attractors{{}, {cycles[c]}, {}});
    for (std::size_t side = 0; side < 2; ++side)
      if (near.at(result.outcomes[2 * c + side].last).cycle == 0) attract[c] = true;
  }
  return attract;
}

void add_cycles(Attractors& found, const Traced& traced, const Lanes& lanes,
                const RunResult& result, const AttractorOptions& options) {
  constexpr std::size_t kMost = 64;
  std::vector<Attractors::Cycle> cycles;
  std::vector<std::size_t> finders;
  for (std::size_t lane = 0; lane < lanes.size() && cycles.size() < kMost; ++lane) {
    if (options.cancel && options.cancel->load(std::memory_order_relaxed)) return;
    const Outcome& o = result.outcomes[lane];
    if (o.verdict != Verdict::kCycling) continue;
    // Well within, for elsewhere on its turn it may be farther off.
    const NearCycle::Match same = NearCycle(Attractors{{}, cycles, {}}).at(o.last);
    if (same.cycle >= 0 && same.off < 0.5) continue;
    const auto cycle =
        closed_path(run_on(traced, lanes, lane, steps_to_close(o.period), options), o.period);
    if (!cycle) continue;
    cycles.push_back(*cycle);
    finders.push_back(lane);
  }
  const std::vector<bool> attract = attracting(cycles, finders, traced, lanes, options);
  for (std::size_t c = 0; c < cycles.size(); ++c)
    (attract[c] ? found.cycles : found.family).push_back(std::move(cycles[c]));
}

}  // namespace

Attractors find_attractors(const Traced& traced, const SwarmLanes& map,
                           std::span<const std::vector<double>> known,
                           const AttractorOptions& options) {
  const Lanes lanes = pilots_of(traced, map, options.pilots);
  Attractors found{{known.begin(), known.end()}, {}, {}};
  RunOptions with;
  with.steps = options.steps;
  with.settle = options.settle, with.escape = options.escape;
  with.references = found.points;
  with.seed = options.seed;
  with.threads = options.threads;
  with.backend = options.backend;
  with.cancel = options.cancel;
  const RunResult result = run(traced, lanes, with);
  if (result.cancelled) return found;
  add_points(found, result);
  add_cycles(found, traced, lanes, result, options);
  return found;
}

}  // namespace gyre
