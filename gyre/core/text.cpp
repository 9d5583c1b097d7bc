#include "gyre/core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace gyre {

namespace {
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// The size of a decimal number beyond the range of doubles: infinite, or 0 if it is too small.
double beyond_range(std::string_view text) {
  const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
  long exponent = 0;
  if (mark < text.size()) {
    std::string_view shown = text.substr(mark + 1);
    if (shown.starts_with('+')) shown.remove_prefix(1);
    const auto read = std::from_chars(shown.data(), shown.data() + shown.size(), exponent);
    if (read.ec != std::errc{}) exponent = shown.starts_with('-') ? -1'000'000'000 : 1'000'000'000;
  }
  const std::string_view digits = text.substr(text.starts_with('-'), mark);
  const std::size_t point = std::min(digits.find_first_of(".eE"), digits.size());
  const std::size_t first = std::min(digits.find_first_of("123456789"), digits.size());
  return exponent + static_cast<long>(point) - static_cast<long>(first) > 0 ? HUGE_VAL : 0.0;
}
}  // namespace

bool is_identifier(std::string_view text) {
  if (text.empty() || !is_letter(text.front())) return false;
  for (const char c : text)
    if (!is_letter(c) && !is_digit(c)) return false;
  return true;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(' || c == '[' || c == '{') ++depth;
    if ((c == ')' || c == ']' || c == '}') && depth > 0) --depth;
    if (c == separator && depth == 0) {
      pieces.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  pieces.push_back(text.substr(begin));
  return pieces;
}

std::string join(std::span<const std::string> words, std::string_view between) {
  return fmt::format("{}", fmt::join(words.begin(), words.end(), between));
}

std::string number(double value) {
  if (std::isnan(value)) return "nan";
  return fmt::format("{}", value == 0.0 ? 0.0 : value);
}

std::string rounded(double value, int digits) {
  if (std::isnan(value)) return "nan";
  return fmt::format("{:.{}g}", value == 0.0 ? 0.0 : value, digits);
}

std::optional<double> to_number(std::string_view text) {
  text = trim(text);
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  double value = 0.0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem == std::errc::result_out_of_range && end == text.data() + text.size())
    return text.front() == '-' ? -beyond_range(text) : beyond_range(text);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const unsigned first = static_cast<unsigned char>(text[i]);
    const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if ((first >= 0x80 && first < 0xC2) || first > 0xF4 || i + size > text.size()) return false;
    unsigned point = size == 1 ? first : first & (0x7Fu >> size);
    for (std::size_t k = 1; k < size; ++k) {
      if (!is_continuation(text[i + k])) return false;
      point = (point << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
    }
    constexpr unsigned kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < kLeast[size] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000))
      return false;
    i += size;
  }
  return true;
}

std::string as_typed(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::string shown;
  std::size_t i = 0;
  for (; i < text.size() && (shown.size() < kLongest || is_continuation(text[i])); ++i)
    shown += is_control(text[i]) ? ' ' : text[i];
  return "'" + shown + (i < text.size() ? "..." : "") + "'";
}

}  // namespace gyre
