#include "gyre/plot/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gyre::plot {

namespace {
constexpr double kLargest = 1e305, kSmallest = 1e-300;

/// A hyphen is too short beside digits.
std::string with_minus_sign(const std::string& text) {
  return text.starts_with('-') ? "−" + text.substr(1) : text;
}

double round_step(double rough) {
  const double decade = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double step : {1.0, 2.0, 2.5, 5.0})
    if (rough <= step * decade * 1.0001) return step * decade;
  return 10.0 * decade;
}

/// Writes all tics of one axis alike.
std::string tic_label(double value, double step, double largest) {
  const int digits =
      std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)) +
                      (std::fmod(step * std::pow(10.0, -std::floor(std::log10(step))), 1.0) > 0.1));
  if (std::abs(value) < step * 1e-6) return "0";
  if (largest < 1e6 && digits <= 5) return with_minus_sign(fmt::format("{:.{}f}", value, digits));
  const int decade = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9));
  const int mantissa =
      std::clamp(static_cast<int>(std::ceil(std::log10(std::abs(value) / step) - 1e-9)), 0, 15);
  std::string front = fmt::format("{:.{}f}", value / std::pow(10.0, decade), mantissa);
  if (front.find('.') != std::string::npos) {
    front.erase(front.find_last_not_of('0') + 1);
    if (front.ends_with('.')) front.pop_back();
  }
  if (front == "1") return power_of_ten(decade);
  if (front == "-1") return "−" + power_of_ten(decade);
  return with_minus_sign(front) + "×" + power_of_ten(decade);
}

std::vector<Tic> linear_tics(const Range& range, double wanted) {
  const double step = round_step((range.high - range.low) / wanted);
  const double largest = std::max(std::abs(range.low), std::abs(range.high));
  const double slack = 1e-6 * (range.high - range.low);
  std::vector<Tic> result;
  const double first = std::ceil((range.low - slack) / step);
  for (int i = 0; i < 100; ++i) {
    const double value = (first + i) * step;
    if (value > range.high + slack) break;
    result.push_back({std::clamp(value, range.low, range.high), tic_label(value, step, largest)});
  }
  return result;
}

std::vector<Tic> log_tics(const Range& range, double wanted) {
  const double low = std::log10(range.low), high = std::log10(range.high);
  const double slack = 1e-6 * (high - low);
  const int first = static_cast<int>(std::floor(low)), last = static_cast<int>(std::ceil(high));
  const int stride = std::max(1, static_cast<int>(std::ceil((high - low) / wanted)));
  const bool plain = low > -3.01 && high < 4.01;
  const bool few = high - low < 1.7;
  if (high - low < 0.5) return linear_tics(range, wanted);

  std::vector<Tic> result;
  for (int decade = first; decade <= last; ++decade)
    for (int digit = 1; digit <= 9; ++digit) {
      const double place = decade + std::log10(digit);
      if (place < low - slack || place > high + slack) continue;
      const bool named = few ? digit == 1 || digit == 2 || digit == 5
                             : digit == 1 && (decade % stride + stride) % stride == 0;
      if (!named && (stride > 1 || high - low > 12.0)) continue;
      const double value = std::clamp(std::pow(10.0, place), range.low, range.high);
      std::string label;
      if (named && plain) label = fmt::format("{:.6g}", digit * std::pow(10.0, decade));
      if (named && !plain)
        label = (digit > 1 ? fmt::format("{}×", digit) : "") + power_of_ten(decade);
      result.push_back({value, label});
    }
  return result;
}
}  // namespace

bool drawable(double value, bool log) {
  return std::abs(value) <= kLargest && (!log || value >= kSmallest);
}

void Extent::add(double value) {
  if (!drawable(value, log)) return;
  low = std::min(low, value);
  high = std::max(high, value);
}

void Extent::add(std::span<const double> values) {
  for (const double value : values) add(value);
}

double Range::share(double value) const {
  if (!drawable(value, log)) return std::numeric_limits<double>::quiet_NaN();
  if (log) return (std::log(value) - std::log(low)) / (std::log(high) - std::log(low));
  return (value - low) / (high - low);
}

double Range::at(double share) const {
  const double root = std::sqrt(high) / std::sqrt(low);  // of a ratio that may be beyond doubles
  if (log) return low * std::pow(root, share) * std::pow(root, share);
  return low + (high - low) * share;
}

Range fit(const Axis& axis, const Extent& data, double margin) {
  const bool log = axis.log;
  const auto given = [&](const std::optional<double>& limit) {
    return limit && drawable(*limit, log);
  };
  Range range{data.low, data.high, log};
  if (data.empty()) range = {log ? 1.0 : 0.0, log ? 10.0 : 1.0, log};
  if (given(axis.low)) range.low = *axis.low;
  if (given(axis.high)) range.high = *axis.high;
  if (range.low > range.high) {
    // Only one limit was given, and all data lie beyond it; or both, the wrong way round.
    if (given(axis.low) && given(axis.high))
      std::swap(range.low, range.high);
    else if (given(axis.low))
      range.high = range.low;
    else
      range.low = range.high;
  }
  const double size = std::max({std::abs(range.low), std::abs(range.high), kSmallest});
  if (log) {
    // Ratios below 1e-9 cannot be labelled, and near the ends of the doubles nothing can be added.
    if (range.high / range.low < 1.0 + 1e-9) {
      range.low = std::max(range.low / 3.0, kSmallest / 10.0);
      range.high = std::min(range.high * 3.0, kLargest * 10.0);
      return range;
    }
  } else if (range.high - range.low < 1e-11 * size) {
    const double room = size <= kSmallest ? 1.0 : 0.1 * size;
    return {range.low - room, range.high + room, log};
  }
  const double below = given(axis.low) ? 0.0 : margin, above = given(axis.high) ? 0.0 : margin;
  if (!log) {
    const double length = range.high - range.low;
    return {range.low - below * length, range.high + above * length, log};
  }
  const double length = std::log(range.high) - std::log(range.low);
  return {std::max(range.low * std::exp(-below * length), kSmallest / 10.0),
          std::min(range.high * std::exp(above * length), kLargest * 10.0), log};
}

std::vector<Tic> tics(const Range& range, double wanted) {
  wanted = std::clamp(wanted, 1.0, 50.0);
  return range.log ? log_tics(range, wanted) : linear_tics(range, wanted);
}

std::string power_of_ten(int exponent) {
  constexpr std::array<const char*, 10> raised{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = "10";
  for (const char c : std::to_string(exponent))
    text += c == '-' ? "⁻" : raised[static_cast<std::size_t>(c - '0')];
  return text;
}

}  // namespace gyre::plot
