#include "gyre/analysis/analyze.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>

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
      one.sizes = step_sizes(*ready.map, point.found.at, &one.why);
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
  analysis.cancelled = is_cancelled(words);
  if (words.cycles && words.game.dim() <= kMostInCycles && !analysis.cancelled) {
    analysis.cycles = find_cycles(words.game, analysis.search.box, places);
    analysis.cycles_known = true;
  }
  return analysis;
}

std::string_view class_name(const PointReport& report) {
  const bool nothing = report.kind == PointClass::kNone;
  if (nothing && report.flow == Flow::kAttracting) return "non-nash-attractor";
  return to_string(report.kind);
}

}  // namespace gyre
