#include "gyre/engine/cycle_watch.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/engine/looks.hpp"

namespace gyre {

namespace {

constexpr std::uint64_t kShort = 128;
constexpr std::uint8_t kInARow = 3;
constexpr double kTurns = 3.0;   // as run() asks for
constexpr double kDrift = 0.25;  // of what is allowed: a lane that drifts more passes by

std::uint64_t look_at_or_before(std::uint64_t step) {
  return look_due(step) ? step : step / kLookEvery * kLookEvery;
}

/// About an eighth of the run before its end, 128 steps before, and the look before the last.
std::vector<std::uint64_t> marks_of(std::uint64_t steps) {
  std::vector<std::uint64_t> marks;
  for (const std::uint64_t before : {steps / 8, kShort, std::uint64_t{1}})
    if (before > 0 && before < steps) marks.push_back(look_at_or_before(steps - before));
  std::ranges::sort(marks);
  const auto [from, to] = std::ranges::unique(marks);
  marks.erase(from, to);
  std::erase(marks, 0u);
  return marks;
}

}  // namespace

CycleWatch::CycleWatch(const NearCycle& cycles, const SwarmOptions& options, std::size_t lanes)
    : cycles_(cycles), early_(options.end_on_cycles), steps_(options.steps), seen_(lanes) {
  if (cycles.empty()) return;
  marks_ = marks_of(steps_);
  if (!early_) return;
  const double half_a_turn = std::min(0.5 * cycles.longest_period(), 1e18);
  spacing_ = std::max(kShort, static_cast<std::uint64_t>(half_a_turn));
  spacing_ = std::max(std::uint64_t{1}, std::min(spacing_, steps_ / 4) / kLookEvery) * kLookEvery;
}

void CycleWatch::begin() { std::ranges::fill(seen_, Seen{-1, 0, 0.0f, {}}); }

bool CycleWatch::due(std::uint64_t step) const {
  if (marks_.empty()) return false;
  if (!early_) return std::ranges::find(marks_, step) != marks_.end();
  return is_check(step) || is_check(step + kLookEvery) || step == marks_.back();
}

CycleWatch::Found CycleWatch::see(std::size_t lane, std::uint64_t step,
                                  std::span<const double> place) {
  Seen& seen = seen_[lane];
  if (early_) {
    const bool check = is_check(step);
    if (!check && seen.streak == 0) return {};
    const NearCycle::Match match = cycles_.at(place);
    if (!check) {
      seen.phases[2] = static_cast<float>(match.phase);
      seen_at_[2] = step;
      return {};
    }
    seen.streak = static_cast<std::uint8_t>(match.cycle < 0             ? 0
                                            : match.cycle == seen.cycle ? seen.streak + 1
                                                                        : 1);
    if (seen.streak == 1) seen.off = static_cast<float>(match.off);
    seen.cycle = static_cast<std::int16_t>(match.cycle);
    if (seen.streak >= kInARow && cycles_.attracts(match.cycle)) {
      const Found on = found(lane, step, match);
      if (on.cycle >= 0) return on;
    }
    seen.phases[1] = static_cast<float>(match.phase);
    seen_at_[1] = step;
    return {};
  }
  const auto mark = static_cast<std::size_t>(std::ranges::find(marks_, step) - marks_.begin());
  if (mark > 0 && seen.cycle < 0) return {};
  const NearCycle::Match match = cycles_.at(place);
  if (mark == 0) seen.off = static_cast<float>(match.off);
  if (mark == 0 || match.cycle == seen.cycle) {
    seen.cycle = static_cast<std::int16_t>(match.cycle);
    seen.streak = kInARow - 1;
  } else {
    seen.cycle = -1;
  }
  const std::size_t k = mark + kMarks - marks_.size();
  seen.phases[k] = static_cast<float>(match.phase);
  seen_at_[k] = step;
  return {};
}

CycleWatch::Found CycleWatch::at_end(std::size_t lane, std::span<const double> place) const {
  const Seen& seen = seen_[lane];
  if (seen.cycle < 0 || seen.streak + 1 < kInARow) return {};
  const NearCycle::Match match = cycles_.at(place);
  return match.cycle == seen.cycle ? found(lane, steps_, match) : Found{};
}

CycleWatch::Found CycleWatch::found(std::size_t lane, std::uint64_t step,
                                    const NearCycle::Match& now) const {
  // How far along the cycle the lane has come since it was seen says how long a turn takes it, but
  // for whole turns: each look is far enough for precision, and near enough to count them by what
  // the one behind it said.
  double period = cycles_.period(now.cycle);
  for (std::size_t k = kMarks; k-- > 0;) {
    if (seen_at_[k] == 0 || seen_at_[k] >= step) continue;
    const double steps = static_cast<double>(step - seen_at_[k]);
    const double gap = now.phase - static_cast<double>(seen_[lane].phases[k]);
    const double part = gap - std::floor(gap);
    const double whole = std::max(0.0, std::round(steps / period - part));
    if (whole + part > 0.0) period = steps / (whole + part);
  }
  if (!(period * kTurns <= static_cast<double>(step))) return {};
  const double drift = now.off - static_cast<double>(seen_[lane].off);
  if (!cycles_.attracts(now.cycle) && std::abs(drift) > kDrift) return {};
  return {now.cycle, period};
}

void CycleWatch::move(std::size_t to, std::size_t from) { seen_[to] = seen_[from]; }

}  // namespace gyre
