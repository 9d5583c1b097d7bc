#include "gyre/analysis/compare.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>

#include "gyre/analysis/compare_record.hpp"
#include "gyre/analysis/gap.hpp"
#include "gyre/analysis/work.hpp"
#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/program/trace.hpp"

namespace gyre {

namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

/// A rule with its program, and what came of it.
struct Entry {
  Pipe rule;
  Traced traced;
  std::optional<Tuning> tuning;
  std::vector<Outcome> outcomes;
  std::vector<Record> records;
  bool done = false;
};

bool same(const Traced& a, const Traced& b) {
  const auto knob = [](const Knob& k, const Knob& l) {
    return k.name == l.name && k.value == l.value;
  };
  return a.state_symbols == b.state_symbols && a.next == b.next && a.report == b.report &&
         std::ranges::equal(a.knobs, b.knobs, knob);
}

std::vector<Entry> enter(const Comparison& c, std::vector<LeftOut>& left_out) {
  std::vector<Entry> entries;
  for (const Pipe& rule : c.rules) {
    try {
      Entry entry{rule, trace(c.game, rule), {}, {}, {}};
      const auto twin = std::ranges::find_if(
          entries, [&](const Entry& e) { return same(e.traced, entry.traced); });
      if (twin != entries.end())
        left_out.push_back({rule, "on this game it is the same as " + twin->rule.text()});
      else
        entries.push_back(std::move(entry));
    } catch (const Error& problem) {
      left_out.push_back({rule, problem.what()});
    }
  }
  if (entries.empty())
    throw Error("no rule is left to compare: " +
                (left_out.empty() ? "none was named" : left_out.front().why));
  return entries;
}

bool cancelled(const Comparison& c) { return c.cancel && *c.cancel; }

/// Calls `work(i)` for i < count from several threads; each i once.
void share_out(std::size_t count, std::size_t threads,
               const std::function<void(std::size_t)>& work) {
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  std::atomic<std::size_t> next{0};
  std::exception_ptr problem;
  std::mutex mutex;
  const auto loop = [&] {
    for (std::size_t i = next++; i < count; i = next++) try {
        work(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        problem = std::current_exception();
        next = count;
      }
  };
  {
    std::vector<std::jthread> crew;
    for (std::size_t i = 1; i < std::min(threads, count); ++i) crew.emplace_back(loop);
    loop();
  }
  if (problem) std::rethrow_exception(problem);
}

void run_entry(const Comparison& c, std::uint64_t resolution, Entry& entry) {
  Watch watch(c.starts.size(), resolution);
  RunOptions options;
  options.steps = steps_for(entry.traced, c.calls);
  options.cancel = c.cancel;
  options.seed = c.seed;
  options.observers = {&watch};
  RunResult result = run(entry.traced, {c.starts, {}}, options);
  if (result.cancelled) return;
  entry.outcomes = std::move(result.outcomes);
  entry.records = watch.take(entry.outcomes);
  entry.done = true;
}

bool ran_away(const Outcome& o) {
  return o.verdict == Verdict::kDiverged || o.verdict == Verdict::kNotFinite;
}

Ending ending_of(const Outcome& o, double calls_to, const Comparison& c, const Targets& targets) {
  if (ran_away(o)) return Ending::kDiverged;
  const Target* end = targets.at(o.last);
  const bool solution = end && end->is_solution();
  if (solution && (std::isfinite(calls_to) || o.verdict == Verdict::kSettled))
    return Ending::kSolved;
  if (o.verdict == Verdict::kSettled || o.residual <= c.tolerance) return Ending::kElsewhere;
  return o.verdict == Verdict::kCycling ? Ending::kCycling : Ending::kSpent;
}

/// What a rule's runs are looked at with, once all have been made.
struct Gauges {
  const Comparison& comparison;
  const Targets& targets;
  GapMeter* gap;  ///< null: it is not finite, or too dear
};

/// One number of one run at these places of its record, and in its end at the others.
std::vector<double> seen(const Record& record, std::span<const std::size_t> places, bool away,
                         const std::function<double(std::size_t)>& value) {
  std::vector<double> all;
  const double end = away ? kInfinite : value(record.size() - 1);
  for (const std::size_t k : places) all.push_back(k < record.kept ? value(k) : end);
  all.push_back(end);
  return all;
}

void put(std::span<const std::vector<double>> runs, const std::vector<double>& calls,
         Quartiles& at_the_end, Curve& curve) {
  curve.calls = calls;
  for (std::size_t k = 0; k <= calls.size(); ++k) {
    std::vector<double> here;
    for (const std::vector<double>& run : runs) here.push_back(run[k]);
    (k < calls.size() ? curve.values.emplace_back() : at_the_end) = quartiles(std::move(here));
  }
}

Contender contender_of(const Gauges& gauges, const Entry& entry) {
  Contender result{.rule = entry.rule, .tuning = entry.tuning};
  const auto& [c, targets, meter] = gauges;
  const Traced& t = entry.traced;
  result.work_a_step = work_a_step(t);
  const bool by_distance = targets.by_distance();
  const std::vector<std::size_t> places = places_drawn(entry.records);
  std::vector<std::vector<double>> distances, residuals, gaps;
  std::vector<double> arrivals;
  for (std::size_t i = 0; i < entry.outcomes.size(); ++i) {
    const Outcome& o = entry.outcomes[i];
    const Record& record = entry.records[i];
    const std::vector<double> residual = residuals_along(t, record);
    std::vector<double> distance;
    for (std::size_t k = 0; k < record.size(); ++k)
      distance.push_back(targets.distance(record.at(k, t.dim)));

    Trial trial{.outcome = o, .calls = work(t, static_cast<double>(o.steps))};
    trial.calls_to = work(t, within(by_distance ? distance : residual, record, c.tolerance));
    trial.ending = ending_of(o, trial.calls_to, c, targets);
    const Target* end = targets.at(o.last);
    const bool there = trial.ending == Ending::kSolved ||
                       (trial.ending == Ending::kElsewhere && end && targets.is_goal(*end));
    trial.calls_to = there ? std::min(trial.calls_to, trial.calls) : kInfinite;
    if (there) arrivals.push_back(trial.calls_to);
    ++result.endings[static_cast<std::size_t>(trial.ending)];

    const bool away = ran_away(o);
    distances.push_back(seen(record, places, away, [&](std::size_t k) { return distance[k]; }));
    residuals.push_back(seen(record, places, away, [&](std::size_t k) { return residual[k]; }));
    trial.distance = distances.back().back();
    trial.residual = residuals.back().back();
    if (meter) {
      gaps.push_back(seen(record, places, away, [&](std::size_t k) {
        return std::max(0.0, meter->at(record.at(k, t.dim)).value);
      }));
      trial.gap = gaps.back().back();
    }
    result.trials.push_back(std::move(trial));
  }
  result.arrived = arrivals.size();
  result.calls_to = quartiles(std::move(arrivals));
  std::vector<double> calls = steps_at(entry.records, places);
  for (double& step : calls) step = work(t, step);
  if (by_distance) put(distances, calls, result.distance, result.distance_curve);
  put(residuals, calls, result.residual, result.residual_curve);
  if (meter) put(gaps, calls, result.gap, result.gap_curve);
  return result;
}

/// Whether the gap is a number that is known at once, as far as the starts tell.
bool has_gap(GapMeter& meter, const Comparison& c) {
  return std::ranges::all_of(c.starts, [&](const std::vector<double>& start) {
    const Gap gap = meter.at(start);
    return gap.exact && std::isfinite(gap.value);
  });
}

/// On one core, many lanes side by side, the best of three: as fast as this machine steps.
double measured_seconds(const Comparison& c, const Traced& traced) {
  constexpr std::size_t kLanes = 256;
  constexpr std::uint64_t kSteps = 64;
  Lanes lanes;
  for (std::size_t i = 0; i < kLanes; ++i) lanes.starts.push_back(c.starts[i % c.starts.size()]);
  RunOptions options;
  options.judge = false;
  options.steps = kSteps;
  double least = kInfinite;
  for (int i = 0; i < 3; ++i) least = std::min(least, run(traced, lanes, options).seconds);
  return least / static_cast<double>(kLanes * kSteps);
}

double or_infinite(double value) { return std::isnan(value) ? kInfinite : value; }

}  // namespace

std::string_view to_string(Ending ending) {
  constexpr std::string_view names[] = {"solved", "elsewhere", "cycling", "diverged", "spent"};
  return names[static_cast<int>(ending)];
}

double Contender::share(Ending ending) const {
  return static_cast<double>(endings[static_cast<std::size_t>(ending)]) /
         static_cast<double>(trials.size());
}

Quartiles Contender::seconds_to() const {
  const double each = seconds_a_step / work_a_step;
  return {each * calls_to.low, each * calls_to.median, each * calls_to.high};
}

bool better(const Contender& a, const Contender& b, const Targets& targets) {
  const auto share = [](const Contender& x) {
    return static_cast<double>(x.arrived) / static_cast<double>(x.trials.size());
  };
  if (share(a) != share(b)) return share(a) > share(b);
  const double calls_a = or_infinite(a.calls_to.median), calls_b = or_infinite(b.calls_to.median);
  if (calls_a != calls_b) return calls_a < calls_b;
  if (a.share(Ending::kDiverged) != b.share(Ending::kDiverged))
    return a.share(Ending::kDiverged) < b.share(Ending::kDiverged);
  const bool by_distance = targets.by_distance();
  const auto error = [&](const Contender& x) {
    return or_infinite(by_distance ? x.distance.median : x.residual.median);
  };
  return error(a) < error(b);
}

ComparisonResult compare(const Comparison& c) {
  GYRE_ASSERT(!c.starts.empty());
  std::vector<LeftOut> left_out;
  std::vector<Entry> entries = enter(c, left_out);
  std::vector<std::vector<double>> places = c.starts;
  places.insert(places.end(), c.tuning_starts.begin(), c.tuning_starts.end());
  ComparisonResult result{{}, std::move(left_out), Targets(c.game, places)};

  const bool tuned = !c.tuning_starts.empty();
  std::mutex mutex;
  double done = 0.0;
  const double all = static_cast<double>(entries.size()) * (tuned ? 4.0 : 1.0);
  const auto tell = [&](double more) {
    const std::lock_guard lock(mutex);
    done += more;
    if (c.progress) c.progress(std::min(1.0, done / all));
  };
  if (tuned) {
    const TuningGround ground{result.targets, c.tuning_starts, c.calls * kTuningShare,
                              c.tolerance,    c.threads,       c.cancel};
    for (Entry& entry : entries) {  // in turn: spectra write formulas into the game's one graph
      if (cancelled(c)) break;
      entry.tuning = tune(entry.traced, entry.rule, ground);
      entry.rule = entry.tuning->rule;
      set_knobs(entry.traced, entry.rule);
      tell(3.0);
    }
  }
  const std::uint64_t resolution = resolution_for(entries.size() * c.starts.size() * c.game.dim());
  share_out(entries.size(), c.threads, [&](std::size_t i) {
    if (!cancelled(c)) run_entry(c, resolution, entries[i]);
    tell(1.0);
  });
  result.cancelled = cancelled(c);
  std::erase_if(entries, [](const Entry& e) { return !e.done; });

  std::vector<std::vector<double>> ends;
  for (const Entry& e : entries)
    for (const Outcome& o : e.outcomes)
      if (!ran_away(o) && o.residual <= c.tolerance) ends.push_back(o.last);
  result.targets.add_ends(c.game, ends);

  GapMeter meter(c.game);
  result.gap = has_gap(meter, c);
  const Gauges gauges{c, result.targets, result.gap ? &meter : nullptr};
  for (Entry& e : entries) {
    result.ranking.push_back(contender_of(gauges, e));
    if (!result.cancelled) result.ranking.back().seconds_a_step = measured_seconds(c, e.traced);
    e.records.clear();
  }
  std::ranges::stable_sort(result.ranking, [&](const Contender& a, const Contender& b) {
    return better(a, b, result.targets);
  });
  return result;
}

}  // namespace gyre
