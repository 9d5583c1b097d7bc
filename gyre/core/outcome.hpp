#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace gyre {

/// How a run ended. Divergence is a finding, not an error.
enum class Verdict { kSettled, kCycling, kDiverged, kNotFinite, kBudgetSpent };

/// "settled", "cycling", "diverged", "not finite", "budget spent".
constexpr std::string_view to_string(Verdict v) {
  constexpr std::string_view names[] = {"settled", "cycling", "diverged", "not finite",
                                        "budget spent"};
  return names[static_cast<int>(v)];
}

/// Why a run stopped before its budget of steps or calls.
enum class Stopped { kNo, kByTime, kByUser };

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// What became of one lane, and the evidence. Numbers that do not apply are kUnknown.
struct Outcome {
  Verdict verdict = Verdict::kBudgetSpent;
  Stopped stopped = Stopped::kNo;
  std::uint64_t steps = 0;     ///< made when the verdict fell
  double calls = 0.0;          ///< whole-field calls
  std::vector<double> last;    ///< the reported point at the end
  double residual = kUnknown;  ///< length of the field there (projected inside a box)
  double moved = kUnknown;     ///< how far it moved between the last two looks
  int reference = -1;  ///< which reference point the distances are taken to; -1 its own centre
  double distance = kUnknown;  ///< to that point at the end
  double rate = kUnknown;      ///< factor on the distance a step, fitted over the later half
  double trend = 0.0;          ///< logarithm of the fitted growth over the later half
  double hover = kUnknown;     ///< of a rule with chance in it that did not settle: root mean
                               ///< square of the distance over the later half
  // Of a cycle:
  double period = kUnknown;  ///< steps a turn
  double turns = kUnknown;   ///< signed, over the window that was looked at
  double radius_low = kUnknown, radius_high = kUnknown;  ///< about its centre
  double recurrence = kUnknown;  ///< how far from itself after a period, as a share of its extent
  std::vector<double> centre;
};

}  // namespace gyre
