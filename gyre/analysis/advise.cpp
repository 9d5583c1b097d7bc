#include "gyre/analysis/advise.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "gyre/analysis/rule_sets.hpp"
#include "gyre/analysis/starts.hpp"
#include "gyre/analysis/step_sizes.hpp"
#include "gyre/core/error.hpp"

namespace gyre {

namespace {

constexpr std::size_t kShortList = 6;  // rules of a kind that get a trial
constexpr std::size_t kTuningStarts = 6;
constexpr double kMost = 0.5;  // "most" of the runs

bool is_cancelled(const AdviceWords& words) {
  return words.cancel && words.cancel->load(std::memory_order_relaxed);
}

bool any_stage(const Pipe& rule, auto&& is) {
  return std::ranges::any_of(rule.stages, [&](const StageSpec& s) { return is(s.facts()); });
}

bool is_draft(const Pipe& rule) {
  return any_stage(rule, [](const StageFacts& s) { return s.facts.maturity == Maturity::kDraft; });
}

/// Whether a rule gets along with each player's own gradient.
bool asks_gradients_only(const Pipe& rule) {
  return !any_stage(rule,
                    [](const StageFacts& s) { return s.needs_products || s.facts.needs.losses; });
}

/// The equilibria; where there is none, what gradient steps are drawn to; else every point.
std::vector<std::size_t> goals_of(const Analysis& analysis) {
  std::vector<std::size_t> nash, attractors, all;
  for (std::size_t i = 0; i < analysis.points.size(); ++i) {
    const PointAnalysis& p = analysis.points[i];
    if (!p.smooth) continue;
    all.push_back(i);
    if (p.report.kind != PointClass::kNone) nash.push_back(i);
    if (p.report.flow == Flow::kAttracting) attractors.push_back(i);
  }
  return !nash.empty() ? nash : !attractors.empty() ? attractors : all;
}

/// How fast a rule can come nearer, for the work: decades of distance a call, where it is best.
struct Promise {
  std::size_t rule = 0;
  double radius = 1.0, work = 1.0;

  double speed() const { return -std::log(std::max(radius, 1e-6)) / work; }
};

std::vector<Promise> promises(const AdviceWords& words, const Advice& advice) {
  std::map<std::size_t, Promise> best;
  for (const std::size_t goal : advice.goals)
    for (const RuleAtPoint& r : advice.analysis.points[goal].rules) {
      const double work = advice.analysis.work[r.rule];
      if (!r.sizes || is_draft(words.rules[r.rule]) || !(work > 0.0)) continue;
      const double least = std::isnan(r.sizes->radius_best)
                               ? r.sizes->radius
                               : std::min(r.sizes->radius, r.sizes->radius_best);
      Promise promise{r.rule, least, work};
      if (!(promise.radius < 1.0)) continue;
      const auto [it, fresh] = best.emplace(r.rule, promise);
      if (!fresh && promise.speed() > it->second.speed()) it->second = promise;
    }
  std::vector<Promise> all;
  for (const auto& [rule, promise] : best) all.push_back(promise);
  // Among equals, the one with fewer stages says it more simply.
  std::ranges::stable_sort(all, [&](const Promise& a, const Promise& b) {
    const double x = a.speed(), y = b.speed();
    if (std::abs(x - y) > 1e-9 * std::max(x, y)) return x > y;
    return words.rules[a.rule].stages.size() < words.rules[b.rule].stages.size();
  });
  return all;
}

/// Rules of which people will ask why they are not advised: all, if they named a few; else those
/// that one would try first.
std::vector<Pipe> expected(const AdviceWords& words) {
  constexpr std::size_t kFew = 12;
  return words.rules.size() <= kFew ? words.rules : usual_rules(words.game);
}

/// The rules worth a trial: those that promise most, in general and with gradients alone, one of
/// each kind of equals, and those that people would try first.
std::vector<Pipe> short_list(const AdviceWords& words, const Advice& advice) {
  std::vector<Pipe> list;
  auto add = [&](const Pipe& rule) {
    if (std::ranges::none_of(list, [&](const Pipe& p) { return p.text() == rule.text(); }))
      list.push_back(rule);
  };
  const std::vector<Promise> promised = promises(words, advice);
  for (const bool plain : {false, true}) {
    std::set<std::pair<double, double>> seen;
    std::size_t taken = 0;
    for (const Promise& p : promised) {
      if (taken == kShortList) break;
      if (plain && !asks_gradients_only(words.rules[p.rule])) continue;
      if (!seen.emplace(std::round(p.radius * 1e6), p.work).second) continue;
      add(words.rules[p.rule]);
      ++taken;
    }
  }
  for (const Pipe& rule : expected(words)) {
    const bool known =
        std::ranges::any_of(words.rules, [&](const Pipe& p) { return p.text() == rule.text(); });
    if (known) add(rule);
  }
  return list;
}

/// Starts of the trial, of tuning and of the proof follow each other, so that none is used twice.
enum class Part { kTrial, kTuning, kProof };

std::vector<std::vector<double>> starts_of(const AdviceWords& words, Part part) {
  const std::size_t first = part == Part::kTrial    ? 0
                            : part == Part::kTuning ? words.starts
                                                    : words.starts + kTuningStarts;
  const std::size_t count = part == Part::kTuning ? kTuningStarts : words.starts;
  auto all = random_starts(words.game, first + count, words.search.seed);
  return {all.begin() + static_cast<std::ptrdiff_t>(first), all.end()};
}

Comparison trial_of(const AdviceWords& words, std::vector<Pipe> rules, Part part) {
  Comparison trial;
  trial.game = words.game;
  trial.rules = std::move(rules);
  trial.seed = words.search.seed;
  trial.starts = starts_of(words, part);
  trial.calls = words.calls;
  trial.threads = words.threads;
  trial.cancel = words.cancel;
  return trial;
}

/// Where most of the runs that arrived did so; else the first goal.
std::size_t destination(const Advice& advice, const Contender& runs) {
  std::map<std::size_t, std::size_t> votes;
  for (const Trial& t : runs.trials) {
    if (t.outcome.last.empty() || !std::isfinite(t.calls_to)) continue;
    std::size_t nearest = advice.goals.front();
    double least = INFINITY;
    for (const std::size_t goal : advice.goals) {
      double squares = 0.0;
      const std::vector<double>& at = advice.analysis.points[goal].found.at;
      for (std::size_t i = 0; i < at.size(); ++i)
        squares += (t.outcome.last[i] - at[i]) * (t.outcome.last[i] - at[i]);
      if (squares < least) least = squares, nearest = goal;
    }
    ++votes[nearest];
  }
  std::size_t winner = advice.goals.front(), most = 0;
  for (const auto& [goal, count] : votes)
    if (count > most) winner = goal, most = count;
  return winner;
}

Recommendation proven(const AdviceWords& words, const Advice& advice, const Contender& chosen) {
  Recommendation r{.rule = chosen.rule, .tuning = chosen.tuning};
  const Comparison proof = trial_of(words, {chosen.rule}, Part::kProof);
  ComparisonResult result = compare(proof);
  if (!result.ranking.empty()) r.shown = std::move(result.ranking.front());
  r.point = destination(advice, r.shown);
  const Traced traced = trace(words.game, chosen.rule);
  if (const auto sizes = step_sizes(traced, advice.analysis.points[r.point].found.at)) {
    r.predicted = sizes->radius;
    r.eta_limit = sizes->eta_limit;
  }
  // What lands within a few steps shows no rate.
  constexpr double kLands = 0.02;
  std::vector<double> rates;
  for (const Trial& t : r.shown.trials)
    if (std::isfinite(t.calls_to) && t.outcome.rate < 1.0) rates.push_back(t.outcome.rate);
  if (!(r.predicted < kLands)) r.measured = quartiles(rates).median;
  return r;
}

/// Whether no step size makes any goal attract this rule.
bool is_repelled(const Advice& advice, std::size_t rule) {
  bool known = false;
  for (const std::size_t goal : advice.goals)
    for (const RuleAtPoint& r : advice.analysis.points[goal].rules) {
      if (is_flat(advice.analysis.points[goal]) || r.rule != rule || !r.sizes ||
          std::isnan(r.sizes->eta_limit))
        continue;
      if (r.sizes->eta_limit > 0.0) return false;
      known = true;
    }
  return known;
}

std::vector<Warning> warnings_of(const AdviceWords& words, const Advice& advice) {
  std::vector<Warning> warnings;
  for (const Pipe& usual : expected(words)) {
    const auto place =
        std::ranges::find_if(words.rules, [&](const Pipe& p) { return p.text() == usual.text(); });
    if (place == words.rules.end()) continue;
    const auto rule = static_cast<std::size_t>(place - words.rules.begin());
    if (!advice.analysis.refused[rule].empty()) {
      warnings.push_back({usual, Objection::kUndefined, advice.analysis.refused[rule]});
      continue;
    }
    const auto same = [&](const Contender& c) {  // tuning changes numbers and never stages
      return std::ranges::equal(c.rule.stages, usual.stages, {}, &StageSpec::place,
                                &StageSpec::place);
    };
    const auto tried = std::ranges::find_if(advice.trial, same);
    if (tried != advice.trial.end() && 2 * tried->arrived > tried->trials.size()) continue;
    if (is_repelled(advice, rule) && (tried == advice.trial.end() || tried->arrived == 0)) {
      warnings.push_back({usual, Objection::kRepelled});
      continue;
    }
    for (const Contender& c : advice.trial) {
      if (!same(c)) continue;
      const std::pair<Ending, Objection> kinds[] = {{Ending::kDiverged, Objection::kRunsAway},
                                                    {Ending::kCycling, Objection::kCircles},
                                                    {Ending::kElsewhere, Objection::kStrays},
                                                    {Ending::kSpent, Objection::kTooSlow}};
      for (const auto& [ending, objection] : kinds) {
        if (objection == Objection::kStrays && !advice.equilibria) continue;
        if (c.share(ending) > kMost) warnings.push_back({c.rule, objection, {}, c.share(ending)});
      }
      break;
    }
  }
  return warnings;
}

}  // namespace

bool is_flat(const PointAnalysis& point) {
  constexpr double kFlat = 1e-9;
  return std::ranges::all_of(point.report.eigenvalues,
                             [](const auto& e) { return std::abs(e) < kFlat; }) &&
         !point.report.eigenvalues.empty();
}

Advice advise(const AdviceWords& words) {
  Advice advice;
  AnalysisWords look{.game = words.game, .rules = words.rules, .search = words.search};
  look.measure = false;
  look.threads = words.threads;
  look.cancel = words.cancel;
  if (words.progress) look.progress = [&](double done) { words.progress(0.4 * done); };
  advice.analysis = analyze(look);
  advice.goals = goals_of(advice.analysis);
  advice.equilibria = std::ranges::any_of(advice.goals, [&](std::size_t goal) {
    return advice.analysis.points[goal].report.kind != PointClass::kNone;
  });
  advice.cancelled = is_cancelled(words);
  if (advice.goals.empty() || advice.cancelled) return advice;

  Comparison trial = trial_of(words, short_list(words, advice), Part::kTrial);
  trial.tuning_starts = starts_of(words, Part::kTuning);
  if (words.progress) trial.progress = [&](double done) { words.progress(0.4 + 0.5 * done); };
  advice.trial = compare(trial).ranking;
  advice.cancelled = is_cancelled(words);
  if (advice.cancelled) return advice;

  const std::vector<Contender>& ranking = advice.trial;
  const auto fit = [](const Contender& c) { return c.arrived > 0 && !is_draft(c.rule); };
  const auto best = std::ranges::find_if(ranking, fit);
  if (best != ranking.end()) {
    advice.best = proven(words, advice, *best);
    const auto plain = std::ranges::find_if(
        ranking, [&](const Contender& c) { return fit(c) && asks_gradients_only(c.rule); });
    if (plain != ranking.end() && plain != best) advice.plain = proven(words, advice, *plain);
  }
  advice.warnings = warnings_of(words, advice);
  advice.cancelled = is_cancelled(words);
  return advice;
}

}  // namespace gyre
