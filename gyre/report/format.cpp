#include "gyre/report/format.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "gyre/core/text.hpp"

namespace gyre::report {

namespace {

constexpr std::string_view kMinus = "\u2212";
constexpr std::string_view kNarrowSpace = "\u202F";
constexpr std::array<std::string_view, 10> kRaised{"⁰", "¹", "²", "³", "⁴",
                                                   "⁵", "⁶", "⁷", "⁸", "⁹"};

/// Turns the text of a number in a program into one in a book.
std::string printed(std::string_view text) {
  std::string result;
  const std::size_t e = text.find('e');
  for (const char c : text.substr(0, e)) result += c == '-' ? kMinus : std::string_view(&c, 1);
  if (e == std::string_view::npos) return result;
  if (result == "1") result.clear();
  if (!result.empty()) result += "×";
  result += "10";
  const int exponent = static_cast<int>(to_number(text.substr(e + 1)).value_or(0.0));
  if (exponent < 0) result += "⁻";
  for (const char c : std::to_string(std::abs(exponent))) result += kRaised[c - '0'];
  return result;
}

/// Digits in threes.
std::string spaced(std::string_view digits) {
  std::string result;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) result += kNarrowSpace;
    result += digits[i];
  }
  return result;
}

}  // namespace

std::string shown(double value, int digits) {
  if (std::isnan(value)) return "–";
  if (std::isinf(value)) return value > 0.0 ? "∞" : std::string(kMinus) + "∞";
  return printed(rounded(value, digits));
}

std::string shown_fixed(double value, int decimals) {
  if (!std::isfinite(value)) return shown(value, decimals);
  return printed(fmt::format("{:.{}f}", value, decimals));
}

std::string grouped_fixed(double value, int decimals) {
  const std::string text = shown_fixed(value, decimals);
  const std::size_t point = text.find('.');
  const std::string whole = text.substr(0, point);
  for (const char c : whole)
    if (c < '0' || c > '9') return text;
  return spaced(whole) + (point == std::string::npos ? "" : text.substr(point));
}

std::string grouped(std::uint64_t value) { return spaced(std::to_string(value)); }

std::string place(double x, double y, int digits) {
  return "(" + shown(x, digits) + ", " + shown(y, digits) + ")";
}

}  // namespace gyre::report
