#include "gyre/sweep/summary.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <tuple>

#include "gyre/analysis/finite.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/sweep/arrays.hpp"

namespace gyre {

namespace {

using Json = nlohmann::ordered_json;

/// Medians are taken over so many runs, evenly spread, where there are more.
constexpr std::uint64_t kSampled = 4'000'000;

struct Values {
  std::uint64_t runs = 0;
  std::vector<float> steps, rate, period;
};

double median(std::vector<float>& values) {
  std::erase_if(values, [](float v) { return std::isnan(v); });
  if (values.empty()) return kUnknown;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return static_cast<double>(*middle);
}

Json still(Trend trend) {
  if (trend == Trend::kNone) return nullptr;
  return trend == Trend::kGrowing ? "growing" : "shrinking";
}

Json cycle_json(const Attractors::Cycle& cycle) {
  return {{"kind", "cycle"},
          {"period", finite(cycle.period)},
          {"closed_curve", cycle.closed_curve},
          {"places", cycle.places}};
}

Attractors::Cycle cycle_of(const Json& document) {
  Attractors::Cycle cycle{.places = document.at("places"),
                          .closed_curve = document.at("closed_curve")};
  if (document.at("period").is_number()) cycle.period = document.at("period");
  return cycle;
}

}  // namespace

Trend trend_of(const SweepPlan& plan, Verdict outcome, double steps, double rate) {
  if (outcome == Verdict::kDiverged && steps >= static_cast<double>(plan.steps))
    return Trend::kGrowing;
  return outcome == Verdict::kBudgetSpent && rate < 1.0 ? Trend::kShrinking : Trend::kNone;
}

SweepSummary summarise(const SweepPlan& plan, const std::filesystem::path& folder) {
  const auto array = [&](Quantity q) -> std::unique_ptr<SweepArray> {
    if (std::ranges::find(plan.keep, q) == plan.keep.end()) return nullptr;
    return std::make_unique<SweepArray>(plan, folder, q);
  };
  const auto outcome = array(Quantity::kOutcome), attractor = array(Quantity::kAttractor);
  const auto steps = array(Quantity::kSteps), rate = array(Quantity::kRate);
  const auto period = array(Quantity::kPeriod);
  const std::uint64_t lanes = plan.lanes(), every = lanes / kSampled + 1;
  std::map<std::tuple<int, int, Trend>, Values> groups;
  for (std::uint64_t lane = 0; lane < lanes; ++lane) {
    const int ended = static_cast<int>(outcome->at(lane));
    const int where = attractor ? static_cast<int>(attractor->at(lane)) : kNoAttractor;
    const double took = steps ? steps->at(lane) : 0.0;
    const double factor = rate ? rate->at(lane) : kUnknown;
    const Trend trend = trend_of(plan, static_cast<Verdict>(ended), took, factor);
    Values& values = groups[{ended, where, trend}];
    ++values.runs;
    if (lane % every != 0) continue;
    if (steps) values.steps.push_back(static_cast<float>(took));
    if (rate) values.rate.push_back(static_cast<float>(factor));
    if (period) values.period.push_back(static_cast<float>(period->at(lane)));
  }
  SweepSummary summary{.runs = lanes, .groups = {}};
  for (auto& [key, values] : groups)
    summary.groups.push_back({.outcome = static_cast<Verdict>(std::get<0>(key)),
                              .attractor = std::get<1>(key),
                              .trend = std::get<2>(key),
                              .runs = values.runs,
                              .steps = median(values.steps),
                              .rate = median(values.rate),
                              .period = median(values.period)});
  std::ranges::stable_sort(summary.groups, [](const SweepGroup& a, const SweepGroup& b) {
    return a.outcome != b.outcome ? a.outcome < b.outcome : a.runs > b.runs;
  });
  return summary;
}

Json attractors_json(const Attractors& attractors) {
  Json list = Json::array();
  for (const std::vector<double>& point : attractors.points)
    list.push_back({{"kind", "point"}, {"at", point}});
  for (const Attractors::Cycle& cycle : attractors.cycles) list.push_back(cycle_json(cycle));
  return list;
}

Json family_json(const Attractors& attractors) {
  Json list = Json::array();
  for (const Attractors::Cycle& cycle : attractors.family) list.push_back(cycle_json(cycle));
  return list;
}

Attractors attractors_of(const Json& list, const Json& family) {
  Attractors attractors;
  for (const Json& one : list) {
    if (one.at("kind") == "point")
      attractors.points.push_back(one.at("at"));
    else
      attractors.cycles.push_back(cycle_of(one));
  }
  for (const Json& one : family) attractors.family.push_back(cycle_of(one));
  return attractors;
}

Json sweep_json(const SweepPlan& plan, const Attractors& attractors, const SweepSummary& summary) {
  Json groups = Json::array();
  for (const SweepGroup& g : summary.groups)
    groups.push_back(
        {{"outcome", to_string(g.outcome)},
         {"attractor", g.attractor == kNoAttractor ? Json(nullptr) : Json(g.attractor)},
         {"still", still(g.trend)},
         {"runs", g.runs},
         {"share", static_cast<double>(g.runs) / static_cast<double>(summary.runs)},
         {"median_steps", finite(g.steps)},
         {"median_rate", finite(g.rate)},
         {"median_period", finite(g.period)}});
  return {{"plan", plan_json(plan)},
          {"shape", plan.shape()},
          {"runs", summary.runs},
          {"attractors", attractors_json(attractors)},
          {"groups", std::move(groups)}};
}

}  // namespace gyre
