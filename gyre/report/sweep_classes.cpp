#include "gyre/report/sweep_classes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gyre/core/text.hpp"

namespace gyre::report {

namespace {

using plot::Rgb;

constexpr std::size_t kMostPoints = 6, kMostCycles = 3;
// Points in cool hues, cycles in warm ones, no end in greys; all of them apart in lightness, too.
constexpr Rgb kPoints[] = {{0x1F, 0x77, 0xB4}, {0x2C, 0xA0, 0x5A}, {0x7B, 0x5E, 0xB5},
                           {0x3F, 0xB8, 0xC4}, {0x8C, 0xA8, 0x2E}, {0x4B, 0x5A, 0xA8}};
constexpr Rgb kCycles[] = {{0xE0, 0x6C, 0x2B}, {0xD8, 0x4A, 0x6B}, {0xE3, 0xA5, 0x2F}};
constexpr Rgb kOtherPoints{0x6E, 0x9C, 0xB8}, kOtherCycles{0xC9, 0x8B, 0x5E};
constexpr Rgb kDiverged{0x2B, 0x2B, 0x33}, kNotFinite{0x77, 0x70, 0x70}, kSpent{0xE4, 0xDF, 0xD5};
constexpr Rgb kGrowing{0xB5, 0xA6, 0x8F}, kShrinking{0xCF, 0xE0, 0xEE};

std::string place(const std::vector<double>& at) {
  constexpr std::size_t kMost = 3;
  std::vector<std::string> numbers;
  for (std::size_t i = 0; i < std::min(at.size(), kMost); ++i)
    numbers.push_back(rounded(std::abs(at[i]) < 5e-7 ? 0.0 : at[i], 3));
  if (at.size() > kMost) numbers.emplace_back("…");
  return "(" + join(numbers, ", ") + ")";
}

std::string percent(std::uint64_t part, std::uint64_t all) {
  const double share = 100.0 * static_cast<double>(part) / static_cast<double>(all);
  return share < 0.1 ? "<0.1 %" : fmt::format("{:.1f} %", share);
}

Rgb mix(Rgb a, Rgb b, double share) {
  const auto one = [&](std::uint8_t from, std::uint8_t to) {
    return static_cast<std::uint8_t>(std::lround(from + (to - from) * share));
  };
  return {one(a.red, b.red), one(a.green, b.green), one(a.blue, b.blue)};
}

struct Counted {
  SweepClass one;
  std::uint64_t runs = 0;
};

/// How a class is called before its share.
std::string name_of(const Attractors& attractors, const SweepGroup& g) {
  if (g.attractor < 0) return "settles elsewhere";
  const auto i = static_cast<std::size_t>(g.attractor), points = attractors.points.size();
  if (i < points) return "settles at " + place(attractors.points[i]);
  const double period = attractors.cycles[i - points].period;
  return std::isnan(period) ? "on a cycle"
                            : fmt::format("on a cycle of {} steps", rounded(period, 3));
}

}  // namespace

std::vector<SweepClass> sweep_classes(const SweepPlan& plan, const Attractors& attractors,
                                      const SweepSummary& summary) {
  const bool where = std::ranges::find(plan.keep, Quantity::kAttractor) != plan.keep.end();
  std::vector<Counted> classes;
  std::size_t points = 0, cycles = 0;
  const auto add = [&](const SweepGroup& g, std::string label, Rgb color, bool shaded) {
    for (Counted& c : classes)
      if (c.one.label == label && c.one.outcome == g.outcome) {
        c.runs += g.runs;
        c.one.attractors.push_back(g.attractor);
        return;
      }
    classes.push_back(
        {{std::move(label), color, g.outcome, g.trend, shaded, {g.attractor}}, g.runs});
  };
  for (const SweepGroup& g : summary.groups) {
    const bool known = where && g.attractor >= 0;
    switch (g.outcome) {
      case Verdict::kSettled:
        if (!where)
          add(g, "settles", kPoints[0], true);
        else if (known && points < kMostPoints)
          add(g, name_of(attractors, g), kPoints[points++], true);
        else
          add(g, "settles elsewhere", kOtherPoints, true);
        break;
      case Verdict::kCycling:
        if (known && cycles < kMostCycles)
          add(g, name_of(attractors, g), kCycles[cycles++], false);
        else
          add(g, fmt::format("circles for all of {} steps", plan.steps),
              cycles > 0 ? kOtherCycles : kCycles[0], false);
        break;
      case Verdict::kDiverged:
        if (g.trend == Trend::kGrowing)
          add(g, fmt::format("still growing after {} steps", plan.steps), kGrowing, false);
        else
          add(g, "diverges", kDiverged, true);
        break;
      case Verdict::kNotFinite:
        add(g, "overflows", kNotFinite, false);
        break;
      case Verdict::kBudgetSpent:
        if (g.trend == Trend::kShrinking)
          add(g, fmt::format("still coming closer after {} steps", plan.steps), kShrinking, false);
        else
          add(g, fmt::format("undecided after {} steps", plan.steps), kSpent, false);
        break;
    }
  }
  std::vector<SweepClass> result;
  for (Counted& c : classes) {
    c.one.label += "  " + percent(c.runs, summary.runs);
    result.push_back(std::move(c.one));
  }
  return result;
}

std::size_t class_of(const std::vector<SweepClass>& classes, Verdict outcome, int attractor,
                     Trend trend) {
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (classes[i].outcome == outcome && classes[i].trend == trend &&
        std::ranges::count(classes[i].attractors, attractor) > 0)
      return i;
  return 0;
}

plot::Rgb shade(const SweepClass& one, double share) {
  constexpr Rgb kWhite{0xFF, 0xFF, 0xFF}, kDark{0x0B, 0x12, 0x24};
  constexpr double kDarkest = 0.55;
  const double lightest = one.outcome == Verdict::kDiverged ? 0.45 : 0.62;
  if (!one.shaded) return one.color;
  const double t = std::clamp(share, 0.0, 1.0);
  return t < 0.5 ? mix(one.color, kWhite, lightest * (1.0 - 2.0 * t))
                 : mix(one.color, kDark, kDarkest * (2.0 * t - 1.0));
}

}  // namespace gyre::report
