#include "gyre/sweep/summary.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

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

}  // namespace

SweepSummary summarise(const SweepPlan& plan, const std::filesystem::path& folder) {
  const auto array = [&](Quantity q) -> std::unique_ptr<SweepArray> {
    if (std::ranges::find(plan.keep, q) == plan.keep.end()) return nullptr;
    return std::make_unique<SweepArray>(plan, folder, q);
  };
  const auto outcome = array(Quantity::kOutcome), attractor = array(Quantity::kAttractor);
  const auto steps = array(Quantity::kSteps), rate = array(Quantity::kRate);
  const auto period = array(Quantity::kPeriod);
  const std::uint64_t lanes = plan.lanes(), every = lanes / kSampled + 1;
  std::map<std::pair<int, int>, Values> groups;
  for (std::uint64_t lane = 0; lane < lanes; ++lane) {
    Values& values = groups[{static_cast<int>(outcome->at(lane)),
                             attractor ? static_cast<int>(attractor->at(lane)) : kNoAttractor}];
    ++values.runs;
    if (lane % every != 0) continue;
    if (steps) values.steps.push_back(static_cast<float>(steps->at(lane)));
    if (rate) values.rate.push_back(static_cast<float>(rate->at(lane)));
    if (period) values.period.push_back(static_cast<float>(period->at(lane)));
  }
  SweepSummary summary{.runs = lanes, .groups = {}};
  for (auto& [key, values] : groups)
    summary.groups.push_back({.outcome = static_cast<Verdict>(key.first),
                              .attractor = key.second,
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
  for (const Attractors::Cycle& cycle : attractors.cycles)
    list.push_back({{"kind", "cycle"},
                    {"period", finite(cycle.period)},
                    {"closed_curve", cycle.closed_curve},
                    {"places", cycle.places}});
  return list;
}

Attractors attractors_of(const Json& document) {
  Attractors attractors;
  for (const Json& one : document) {
    if (one.at("kind") == "point") {
      attractors.points.push_back(one.at("at"));
      continue;
    }
    Attractors::Cycle cycle{.places = one.at("places"), .closed_curve = one.at("closed_curve")};
    if (one.at("period").is_number()) cycle.period = one.at("period");
    attractors.cycles.push_back(std::move(cycle));
  }
  return attractors;
}

Json sweep_json(const SweepPlan& plan, const Attractors& attractors, const SweepSummary& summary) {
  Json groups = Json::array();
  for (const SweepGroup& g : summary.groups)
    groups.push_back({{"outcome", to_string(g.outcome)},
                      {"attractor", g.attractor == kNoAttractor ? Json(nullptr) : Json(g.attractor)},
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
