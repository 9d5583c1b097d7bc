#include "gyre/sweep/lanes.hpp"

#include <algorithm>

#include "gyre/analysis/starts.hpp"
#include "gyre/engine/swarm.hpp"
#include "gyre/games/domain.hpp"

namespace gyre {

namespace {

using What = Movable::What;
using To = Variant::Target::To;

bool is_special(const Axis& axis) { return axis.name == kRuleAxis || axis.name == kRunAxis; }

/// Adds a knob's name once and says where it is.
std::size_t knob_place(std::vector<std::string>& knobs, const std::string& name) {
  const auto found = std::ranges::find(knobs, name);
  if (found != knobs.end()) return static_cast<std::size_t>(found - knobs.begin());
  knobs.push_back(name);
  return knobs.size() - 1;
}

Variant::Target target_of(const Movable& m, std::vector<std::string>& knobs) {
  switch (m.what) {
    case What::kCoordinate:
      return {To::kCoordinate, m.index};
    case What::kRule:
    case What::kGame:
      return {To::kKnob, knob_place(knobs, m.name)};
    case What::kSeed:
      return {To::kSeed, 0};
    default:
      return {};
  }
}

}  // namespace

SweepLanes::SweepLanes(const SweepPlan& plan) : plan_(plan), sizes_(plan.shape()) {
  strides_.resize(sizes_.size());
  for (std::size_t i = sizes_.size(); i-- > 0;) {
    strides_[i] = size_;
    size_ *= sizes_[i];
  }
  each_ = size_;
  for (std::size_t i = 0; i < plan.axes.size(); ++i) {
    const Axis& axis = plan.axes[i];
    if (axis.name == kRuleAxis ||
        (!is_special(axis) &&
         movable_named(axis.name, plan.game, plan.rules.front()).what == What::kCount))
      each_ = strides_[i];
    else
      break;
  }
  variants_.resize(variants());
}

const Variant& SweepLanes::variant(std::uint64_t v) {
  const std::lock_guard lock(mutex_);  // of the graph, too, which all variants share
  if (!variants_[v]) variants_[v] = made(v);
  return *variants_[v];
}

std::unique_ptr<Variant> SweepLanes::made(std::uint64_t v) const {
  auto result = std::make_unique<Variant>();
  const std::uint64_t lane = v * each_;
  result->rule = plan_.rules.front();
  if (plan_.rules.size() > 1) result->rule = plan_.rules[place(0, lane)];
  const Pipe named = result->rule;
  const auto moved = [&](const std::string& name) {
    return movable_named(name, plan_.game, named);
  };
  for (std::size_t i = 0; i < plan_.axes.size(); ++i) {
    const Axis& axis = plan_.axes[i];
    if (is_special(axis)) {
      result->axes.emplace_back();
      continue;
    }
    const Movable m = moved(axis.name);
    if (m.what == What::kCount)
      result->rule.stages[m.index].reals[m.parameter] = axis.at(place(i, lane));
    result->axes.push_back(target_of(m, result->knobs));
  }
  for (const Draw& draw : plan_.draws)
    result->draws.push_back(target_of(moved(draw.name), result->knobs));
  result->traced = trace(plan_.game, result->rule);
  const auto moves_seed = [](const Variant::Target& t) { return t.to == To::kSeed; };
  if (result->traced.chance && (std::ranges::any_of(result->axes, moves_seed) ||
                                std::ranges::any_of(result->draws, moves_seed)))
    result->seed_knob = knob_place(result->knobs, kSeedKnob);
  return result;
}

std::vector<double> SweepLanes::drawn(std::uint64_t lane) const {
  Stream stream(plan_.seed, "sweep", place(sizes_.size() - 1, lane));
  std::vector<double> values;
  for (const Draw& draw : plan_.draws) values.push_back(draw.from(stream));
  return values;
}

void SweepLanes::fill(const Variant& variant, std::uint64_t from, std::size_t n,
                      std::span<double* const> points, std::span<double* const> knobs) const {
  const bool seeded = plan_.random_start || variant.seed_knob;
  std::vector<double> seeds(seeded ? n : 0, static_cast<double>(plan_.seed));
  const auto row = [&](const Variant::Target& target) -> double* {
    if (target.to == To::kCoordinate) return points[target.index];
    if (target.to == To::kKnob) return knobs[target.index];
    return target.to == To::kSeed && !seeds.empty() ? seeds.data() : nullptr;
  };
  const auto put = [&](auto&& wanted) {
    for (std::size_t i = 0; i < variant.axes.size(); ++i)
      if (double* const to = row(variant.axes[i]); to && wanted(variant.axes[i]))
        for (std::size_t l = 0; l < n; ++l) to[l] = plan_.axes[i].at(place(i, from + l));
    if (std::ranges::none_of(variant.draws, wanted)) return;
    for (std::size_t l = 0; l < n; ++l) {
      const std::vector<double> values = drawn(from + l);
      for (std::size_t d = 0; d < values.size(); ++d)
        if (double* const to = row(variant.draws[d]); to && wanted(variant.draws[d]))
          to[l] = values[d];
    }
  };
  put([](const Variant::Target& t) { return t.to == To::kSeed; });
  for (std::size_t i = 0; i < points.size() && !plan_.random_start; ++i)
    std::fill_n(points[i], n, plan_.start[i]);
  if (variant.seed_knob) std::ranges::copy(seeds, knobs[*variant.seed_knob]);
  for (std::size_t l = 0; l < n && plan_.random_start; ++l) {
    const auto start = random_starts(plan_.game, 1, static_cast<std::uint64_t>(seeds[l])).front();
    for (std::size_t i = 0; i < points.size(); ++i) points[i][l] = start[i];
  }
  put([](const Variant::Target& t) { return t.to != To::kSeed; });
  if (!is_confined(plan_.game)) return;
  std::vector<double> at(points.size());
  for (std::size_t l = 0; l < n; ++l) {
    for (std::size_t i = 0; i < at.size(); ++i) at[i] = points[i][l];
    project(plan_.game, at);
    for (std::size_t i = 0; i < at.size(); ++i) points[i][l] = at[i];
  }
}

}  // namespace gyre
