#include "gyre/analysis/analyze.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>

#include "gyre/analysis/flow.hpp"
#include "gyre/analysis/large.hpp"
#include "gyre/analysis/update_map.hpp"
#include "gyre/analysis/work.hpp"
#include "gyre/core/error.hpp"

namespace gyre {

namespace {

double rotation_of(const std::vector<std::complex<double>>& eigenvalues) {
  double most = 0.0, size = 0.0;
  for (const auto& e : eigenvalues) size = std::max(size, std::abs(e));
  for (const auto& e : eigenvalues) {
    const double turns = std::abs(e.imag()), goes = std::abs(e.real());
    if (turns <= 1e-12 * size) continue;
    most = std::max(most,
                    goes <= 1e-12 * size ? std::numeric_limits<double>::infinity() : turns / goes);
  }
  return eigenvalues.empty() ? kUnknown : most;
}

/// Without the eigenvalues that belong to the line or surface itself.
Flow flow_across(const PointReport& report, std::size_t dimension) {
  std::vector<std::complex<double>> others = report.eigenvalues;
  if (dimension >= others.size()) return report.flow;
  std::ranges::sort(others, {}, [](const std::complex<double>& e) { return std::abs(e); });
  others.erase(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(dimension));
  double most = 0.0;
  for (const double entry : report.jacobian) most = std::max(most, std::abs(entry));
  return flow_of(others, 1e-9 * most);
}

PointAnalysis look(const Game& game, const FoundPoint& found) {
  PointAnalysis point;
  point.found = found;
  std::vector<std::pair<Expr, double>> values;
  for (const Parameter& p : game.parameters) values.emplace_back(p.symbol, p.value);
  for (std::size_t i = 0; i < game.dim(); ++i)
    values.emplace_back(game.coordinates[i].symbol, found.at[i]);
  for (const Player& p : game.players) point.losses.push_back(evaluate<double>(p.loss, values));
  if (game.zero_sum) point.payoff = evaluate<double>(game.payoff, values);
  try {
    point.report = is_large(game) ? classify_large(game, found.at) : classify(game, found.at);
  } catch (const Error&) {
    point.smooth = false;
    return point;
  }
  point.across =
      found.dimension > 0 ? flow_across(point.report, found.dimension) : point.report.flow;
  point.whole_spectrum = !is_large(game);
  point.rotation = rotation_of(point.report.eigenvalues);
  for (const double v : point.report.field)
    point.held = point.held || std::abs(v) > 1e-9 * (1.0 + std::abs(found.residual));
  return point;
}

/// A rule made ready: what remains to be done with it touches no formulas, so threads may share it
/// out.
struct Ready {
  Traced traced;
  std::optional<UpdateMap> map;
  std::vector<RuleAtPoint> at;  // one a point
  std::string refused;
};

std::unique_ptr<Ready> prepared(const AnalysisWords& words, std::size_t rule) {
  auto ready = std::make_unique<Ready>();
  try {
    ready->traced = trace(words.game, words.rules[rule]);
    ready->map.emplace(ready->traced);
  } catch (const Error& e) {
    ready->refused = e.what();
  }
  return ready;
}

bool is_cancelled(const AnalysisWords& words) {
  return words.cancel && words.cancel->load(std::memory_order_relaxed);
}

/// Every rule at all points.
void judge_rules(const AnalysisWords& words, Analysis& analysis) {
  std::vector<std::unique_ptr<Ready>> rules;
  for (std::size_t i = 0; i < words.rules.size() && !is_cancelled(words); ++i)
    rules.push_back(prepared(words, i));
  const double all = static_cast<double>(rules.size() * analysis.points.size());
  double done = 0.0;
  std::mutex telling;
  const auto judge = [&](std::size_t rule) {
    Ready& ready = *rules[rule];
    if (!ready.refused.empty()) return;
    for (const PointAnalysis& point : analysis.points) {
      if (is_cancelled(words)) return;
      RuleAtPoint one;
      one.rule = rule;
      one.sizes = step_sizes(*ready.map, point.found.at, &one.why, words.cancel);
      if (words.measure)
        one.measured =
            measure_rate(words.game, ready.traced, point.found.at, one.sizes, words.cancel);
      if (is_cancelled(words)) return;
      ready.at.push_back(std::move(one));
      const std::lock_guard lock(telling);
      done += 1.0;
      if (words.progress) words.progress(done / all);
    }
  };
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < rules.size(); i = next++) judge(i);
  };
  const std::size_t wanted =
      words.threads ? words.threads : std::max(1u, std::thread::hardware_concurrency());
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(wanted, rules.size()); ++i) others.emplace_back(work);
    work();
  }
  for (std::size_t i = 0; i < rules.size(); ++i) {
    analysis.refused[i] = rules[i]->refused;
    if (rules[i]->refused.empty()) analysis.work[i] = work_a_step(rules[i]->traced);
    for (std::size_t k = 0; k < rules[i]->at.size(); ++k)
      analysis.points[k].rules.push_back(std::move(rules[i]->at[k]));
  }
}

/// What players could still gain, and what theorems ask of the field.
void measure_constants(const AnalysisWords& words, Analysis& analysis) {
  constexpr std::size_t kMostForField = 8, kMostForGaps = 32;
  const Game& game = words.game;
  const auto beyond = [](const char* what, std::size_t most) {
    return std::string(what) + " looked for beyond " + std::to_string(most) + " variables.";
  };
  if (game.dim() <= kMostForGaps) {
    GapMeter meter(game);
    for (PointAnalysis& point : analysis.points) {
      if (is_cancelled(words)) return;
      if (point.smooth) point.gap = meter.at(point.found.at);
    }
  } else {
    analysis.gap_why = beyond("Gaps are not", kMostForGaps);
  }
  if (game.dim() > kMostForField) {
    analysis.field_why = beyond("The field's constants are not", kMostForField);
    return;
  }
  const Box& box = analysis.search.box;
  analysis.field = field_constants(game, box, words.cancel);
  if (!analysis.field && !is_cancelled(words))
    analysis.field_why = "The field has no finite slopes somewhere in this box.";
  for (PointAnalysis& point : analysis.points)
    if (point.smooth && !point.held && point.found.dimension == 0 && !is_cancelled(words))
      point.weak_minty = weak_minty(game, box, point.found.at, words.cancel);
}

}  // namespace

Analysis analyze(const AnalysisWords& words) {
  constexpr std::size_t kMostInCycles = 16;
  Analysis analysis;
  SearchOptions search = words.search;
  search.cancel = words.cancel;
  analysis.search =
      is_large(words.game) ? search_large(words.game, search) : search_points(words.game, search);
  std::vector<std::vector<double>> places;
  for (const FoundPoint& p : analysis.search.points) {
    analysis.points.push_back(look(words.game, p));
    places.push_back(p.at);
  }
  analysis.refused.resize(words.rules.size());
  analysis.work.resize(words.rules.size(), kUnknown);
  judge_rules(words, analysis);
  if (words.game.dim() <= kMostInCycles) analysis.has_cases = GradientFlow(words.game).has_cases();
  if (words.constants && !is_cancelled(words)) measure_constants(words, analysis);
  if (words.cycles && words.game.dim() <= kMostInCycles && !is_cancelled(words)) {
    analysis.cycles = find_cycles(words.game, analysis.search.box, places, words.cancel);
    analysis.cycles_known = !is_cancelled(words);
  }
  analysis.cancelled = is_cancelled(words);
  return analysis;
}

bool is_enough(const Extreme& weak_minty, const FieldConstants& field) {
  return weak_minty.value > -0.5 / field.lipschitz.value;
}

std::string_view class_name(const PointReport& report) {
  const bool nothing = report.kind == PointClass::kNone;
  if (nothing && report.flow == Flow::kAttracting) return "non-nash-attractor";
  return to_string(report.kind);
}

}  // namespace gyre
