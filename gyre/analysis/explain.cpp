#include "gyre/analysis/explain.hpp"

#include <fmt/format.h>

#include <cmath>

#include "gyre/core/text.hpp"

namespace gyre {

namespace {

/// Coordinates smaller than `dust` are written as zero.
std::string place(std::span<const double> at, Language language, double dust = 1e-7) {
  constexpr std::size_t kMostShown = 4;
  std::string text;
  for (std::size_t i = 0; i < at.size() && i < kMostShown; ++i) {
    const double x = std::abs(at[i]) < dust ? 0.0 : at[i];
    text += (i ? ", " : "") + rounded(x, 4);
  }
  if (at.size() > kMostShown) text += language == Language::kChinese ? "，…" : ", ...";
  return "(" + text + ")";
}

/// Steps for the distance to grow or shrink by this factor.
double steps_to(double factor, double rate) { return std::log(factor) / std::log(rate); }

std::string percent(double rate) { return rounded(100.0 * std::abs(rate - 1.0), 3); }

std::string settled(const Outcome& o, bool zh) {
  const Language language = zh ? Language::kChinese : Language::kEnglish;
  const std::string at = place(o.last, language);
  if (!(o.residual <= 1e-6))
    return zh ? fmt::format("停在 {} 不再移动，但那里的梯度长度是 {}：这不是临界点。", at,
                            rounded(o.residual, 3))
              : fmt::format(
                    "It stands still at {}, but the gradients there have length {}: that is "
                    "no critical point.",
                    at, rounded(o.residual, 3));
  if (o.rate > 0.0 && o.rate < 1.0)
    return zh ? fmt::format("{} 步后收敛到 {}；每一步距离缩小 {}%。", o.steps, at, percent(o.rate))
              : fmt::format(
                    "It settles at {} after {} steps; each step takes {} % off the distance.", at,
                    o.steps, percent(o.rate));
  return zh ? fmt::format("{} 步后收敛到 {}。", o.steps, at)
            : fmt::format("It settles at {} after {} {}.", at, o.steps,
                          o.steps == 1 ? "step" : "steps");
}

std::string cycling(const Outcome& o, bool zh) {
  const std::string around =
      place(o.centre, zh ? Language::kChinese : Language::kEnglish, 0.005 * o.radius_high);
  const std::string low = rounded(o.radius_low, 4), high = rounded(o.radius_high, 4);
  const bool round = o.radius_high - o.radius_low < 0.005 * o.radius_high;
  if (zh)
    return fmt::format("绕着 {} 打转，每圈 {} 步，距离中心 {}；既不靠近也不远离。", around,
                       rounded(o.period, 4), round ? high : low + " 到 " + high);
  return fmt::format("It circles {}, {} steps a turn, at a distance of {}; it comes no nearer.",
                     around, rounded(o.period, 4), round ? high : low + " to " + high);
}

std::string diverged(const Outcome& o, bool zh) {
  const std::string doubles = o.rate > 1.0 && o.rate < 1e3 ? rounded(steps_to(2.0, o.rate), 4) : "";
  const bool far = o.distance > 100.0;
  if (zh) {
    std::string text =
        far ? fmt::format("发散：{} 步后已经跑到距离 {} 的地方", o.steps, rounded(o.distance, 3))
            : fmt::format("向外旋出：{} 步后距离是 {}，还在增大", o.steps, rounded(o.distance, 3));
    if (!doubles.empty()) text += fmt::format("；每 {} 步距离翻一倍", doubles);
    return text + "。";
  }
  std::string text =
      far ? fmt::format("It runs away: after {} steps it is {} from where it should be", o.steps,
                        rounded(o.distance, 3))
          : fmt::format("It drifts outwards: after {} steps the distance is {} and growing",
                        o.steps, rounded(o.distance, 3));
  if (!doubles.empty()) text += fmt::format("; it doubles every {} steps", doubles);

  return text + ".";
}

std::string spent(const Outcome& o, bool zh) {
  const bool stopped = o.stopped != Stopped::kNo;
  const std::string end = zh ? (o.stopped == Stopped::kByUser ? "被中断"
                                : stopped                     ? "时间用完"
                                                              : "预算用完")
                             : (o.stopped == Stopped::kByUser ? "It was interrupted"
                                : stopped                     ? "Its time ran out"
                                                              : "Its budget ran out");
  constexpr double kHalved = 0.7;  // over the later half; less may be chance
  if (!stopped && !std::isnan(o.hover) && o.trend > -kHalved) {
    const std::string near = rounded(o.hover, 3);
    return zh ? fmt::format("{}（第 {} 步）：噪声使它停不下来；后半程到目标的均方根距离是 {}。",
                            end, o.steps, near)
              : fmt::format(
                    "{} at step {}: noise keeps it moving, over the later half at a root mean "
                    "square distance of {}.",
                    end, o.steps, near);
  }
  if (o.trend < -0.001 && o.rate > 0.0 && o.rate < 1.0) {
    const std::string tenth = rounded(steps_to(0.1, o.rate), 3);
    return zh ? fmt::format("{}时（第 {} 步）仍在靠近：距离 {}，再走约 {} 步会缩小到十分之一。",
                            end, o.steps, rounded(o.distance, 3), tenth)
              : fmt::format(
                    "{} at step {} while it was still closing in: distance {}, about {} "
                    "steps for the next factor of ten.",
                    end, o.steps, rounded(o.distance, 3), tenth);
  }
  if (stopped)  // a run that was cut short is not searched for a cycle
    return zh ? fmt::format("{}（第 {} 步），此前尚未收敛。", end, o.steps)
              : fmt::format("{} at step {}, before it settled.", end, o.steps);
  return zh ? fmt::format("{}（第 {} 步），没有收敛，也看不出周期或趋势。", end, o.steps)
            : fmt::format("{} at step {}: it neither settled nor showed a period or a trend.", end,
                          o.steps);
}

}  // namespace

std::string explain(const Outcome& outcome, Language language) {
  const bool zh = language == Language::kChinese;
  switch (outcome.verdict) {
    case Verdict::kSettled:
      return settled(outcome, zh);
    case Verdict::kCycling:
      return cycling(outcome, zh);
    case Verdict::kDiverged:
      return diverged(outcome, zh);
    case Verdict::kNotFinite:
      return zh ? fmt::format("到第 {} 步，坐标已经不是有限的数。", outcome.steps)
                : fmt::format("By step {} the coordinates are no longer finite numbers.",
                              outcome.steps);
    case Verdict::kBudgetSpent:
      return spent(outcome, zh);
  }
  return {};
}

std::string verdict_name(Verdict verdict, Language language) {
  if (language == Language::kEnglish) return std::string(to_string(verdict));
  constexpr std::string_view names[] = {"收敛", "循环", "发散", "溢出", "预算用完"};
  return std::string(names[static_cast<int>(verdict)]);
}

}  // namespace gyre
