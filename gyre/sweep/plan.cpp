#include "gyre/sweep/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/sweep/names.hpp"

namespace gyre {

namespace {

using Json = nlohmann::ordered_json;
using What = Movable::What;

constexpr std::size_t kMostAxes = 6;
constexpr std::uint64_t kMostLanes = std::uint64_t{1} << 40;
constexpr double kMostPrograms = 4096;

struct Ends {
  double least, greatest;
};

Ends ends_of(const Axis& axis) {
  if (axis.listed.empty()) return {axis.low, axis.high};
  return {*std::ranges::min_element(axis.listed), *std::ranges::max_element(axis.listed)};
}

void check_range(const std::string& text, const Movable& m, Ends ends) {
  for (const double end : {ends.least, ends.greatest})
    if (!m.range.holds(end))
      throw Error(fmt::format("{} reaches {}, and {} lies between {} and {}", as_typed(text),
                              number(end), m.name, number(m.range.low), number(m.range.high)));
}

/// What a name stands for under the first rule; it must stand for something under all.
Movable resolve(const std::string& name, const SweepPlan& plan) {
  for (std::size_t i = 1; i < plan.rules.size(); ++i) movable_named(name, plan.game, plan.rules[i]);
  return movable_named(name, plan.game, plan.rules.front());
}

void check_axis(const Axis& axis, const Movable& m) {
  const std::string text = fmt::format("--axis {}={}", axis.name, axis.text());
  check_range(text, m, ends_of(axis));
  const bool whole = m.what == What::kCount || m.what == What::kSeed;
  if (whole && !axis.is_whole())
    throw Error(fmt::format("{}: {} takes whole numbers", as_typed(text), m.name));
  if (!whole && axis.listed.empty() && axis.count == 0)
    throw Error(fmt::format("{}: how many values? {}={}:{}:100 has a hundred", as_typed(text),
                            axis.name, number(axis.low), number(axis.high)));
}

/// Short names where several rules agree on them.
std::string shown_name(const std::string& typed, const Movable& m, const SweepPlan& plan) {
  for (const Pipe& rule : plan.rules)
    if (movable_named(typed, plan.game, rule).name != m.name) return typed;
  return m.name;
}

Axis numbered(const char* name, std::uint64_t count) {
  return {.name = name, .low = 0.0, .high = static_cast<double>(count) - 1.0};
}

void add_special_axes(SweepPlan& plan) {
  if (plan.rules.size() > 1) {
    Axis axis{.name = kRuleAxis};
    for (std::size_t i = 0; i < plan.rules.size(); ++i) {
      axis.listed.push_back(static_cast<double>(i));
      axis.words.push_back(plan.rules[i].text());
    }
    plan.axes.insert(plan.axes.begin(), std::move(axis));
  }
  if (!plan.draws.empty()) plan.axes.push_back(numbered(kRunAxis, plan.runs));
}

void check_size(const SweepPlan& plan) {
  if (plan.axes.empty())
    throw Error("a sweep needs an axis: --axis x=-2:2:400, or a --preset that brings its own");
  if (plan.axes.size() > kMostAxes)
    throw Error(fmt::format("that are {} axes; at most {} are taken", plan.axes.size(), kMostAxes));
  double lanes = 1.0;
  for (const Axis& axis : plan.axes) lanes *= static_cast<double>(axis.size());
  if (lanes > static_cast<double>(kMostLanes))
    throw Error(fmt::format("that are {:.3g} runs; at most {:.3g} are taken", lanes,
                            static_cast<double>(kMostLanes)));
}

}  // namespace

std::vector<std::uint64_t> SweepPlan::shape() const {
  std::vector<std::uint64_t> sizes;
  for (const Axis& axis : axes) sizes.push_back(axis.size());
  return sizes;
}

std::uint64_t SweepPlan::lanes() const {
  std::uint64_t product = 1;
  for (const Axis& axis : axes) product *= axis.size();
  return product;
}

void arrange(SweepPlan& plan) {
  std::vector<std::string> taken;
  const auto take = [&](const std::string& typed, const Movable& m) {
    if (std::ranges::find(taken, m.full) != taken.end())
      throw Error(fmt::format("{} is moved twice", m.name));
    taken.push_back(m.full);
    return shown_name(typed, m, plan);
  };
  std::vector<Axis> counts, others;
  double programs = static_cast<double>(plan.rules.size());
  for (Axis axis : plan.axes) {
    const Movable m = resolve(axis.name, plan);
    check_axis(axis, m);
    axis.name = take(axis.name, m);
    if (m.what == What::kCount) programs *= static_cast<double>(axis.size());
    (m.what == What::kCount ? counts : others).push_back(std::move(axis));
  }
  if (programs > kMostPrograms)
    throw Error(
        fmt::format("the whole-number parameters of the rule need {} programs; at most {} "
                    "are made",
                    programs, kMostPrograms));
  for (Draw& draw : plan.draws) {
    const Movable m = resolve(draw.name, plan);
    const std::string text = fmt::format("--draw {}={}", draw.name, draw.text());
    if (m.what == What::kCount)
      throw Error(fmt::format("{}: {} makes another program for every value; give it as an --axis",
                              as_typed(text), m.name));
    if (std::isfinite(draw.least()) && std::isfinite(draw.greatest()))
      check_range(text, m, {draw.least(), draw.greatest()});
    draw.name = take(draw.name, m);
  }
  if (plan.draws.empty() != (plan.runs == 0))
    throw Error(plan.runs == 0 ? "how many runs draw? say --runs N"
                               : "--runs is the number of draws, and there is no --draw");
  plan.axes = std::move(counts);
  plan.axes.insert(plan.axes.end(), others.begin(), others.end());
  add_special_axes(plan);
  check_size(plan);
}

Json plan_json(const SweepPlan& plan) {
  Json parameters = Json::object(), axes = Json::array(), draws = Json::array();
  for (const Parameter& p : plan.game.parameters) parameters[p.name] = p.value;
  for (const Axis& axis : plan.axes) {
    Json one{{"name", axis.name}, {"count", axis.size()}};
    if (!axis.words.empty()) {
      one["values"] = axis.words;
    } else if (!axis.listed.empty()) {
      one["values"] = axis.listed;
    } else {
      one["low"] = axis.low;
      one["high"] = axis.high;
      one["scale"] = axis.log ? "log" : "linear";
    }
    axes.push_back(std::move(one));
  }
  for (const Draw& draw : plan.draws)
    draws.push_back({{"name", draw.name}, {"distribution", draw.text()}});
  Json rules = Json::array(), kept = Json::array(), domain = Json::array();
  for (const Pipe& rule : plan.rules) rules.push_back(rule.text());
  for (const Quantity q : plan.keep) kept.push_back(facts(q).name);
  for (const Coordinate& c : plan.game.coordinates) {
    const auto end = [](double v) { return std::isfinite(v) ? Json(v) : Json(nullptr); };
    domain.push_back({end(c.low), end(c.high)});
  }
  Json result{{"game", plan.game.name},
              {"text", plan.game.text},
              {"parameters", std::move(parameters)},
              {"domain", std::move(domain)},
              {"rules", std::move(rules)},
              {"axes", std::move(axes)},
              {"draws", std::move(draws)},
              {"start", plan.random_start ? Json("random") : Json(plan.start)},
              {"seed", plan.seed},
              {"steps", plan.steps},
              {"settle", plan.settle},
              {"escape", plan.escape},
              {"keep", std::move(kept)},
              {"engine", plan.engine}};
  if (!plan.exit.empty()) result["exit"] = plan.exit;
  return result;
}

std::vector<std::string> differences(const Json& there, const Json& here) {
  const Json a = there.flatten(), b = here.flatten();
  const auto spoken = [](std::string path) {
    std::ranges::replace(path, '/', '.');
    return path.empty() ? path : path.substr(1);
  };
  std::vector<std::string> lines;
  for (const auto& [path, value] : a.items()) {
    const Json other = b.value(path, Json());
    if (value != other)
      lines.push_back(fmt::format("{}: {} there, {} here", spoken(path), value.dump(),
                                  b.contains(path) ? other.dump() : "nothing"));
  }
  for (const auto& [path, value] : b.items())
    if (!a.contains(path))
      lines.push_back(fmt::format("{}: nothing there, {} here", spoken(path), value.dump()));
  return lines;
}

}  // namespace gyre
