#include "gyre/sweep/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {

namespace {

constexpr double kMostValues = 1e9, kMostListed = 100'000;
constexpr double kExact = 9007199254740992.0;  // whole numbers are exact up to here

double value_of(const std::string& axis, std::string_view text) {
  double value = 0.0;
  try {
    value = parse_constant(text);
  } catch (const Error& problem) {
    throw Error(fmt::format("--axis {}: {}", as_typed(axis), problem.what()), problem.detail());
  }
  if (!std::isfinite(value))
    throw Error(fmt::format("--axis {}: {} is not finite", as_typed(axis), as_typed(trim(text))));
  return value;
}

std::uint64_t count_of(const std::string& axis, std::string_view text) {
  const double count = value_of(axis, text);
  if (count != std::floor(count) || count < 2.0 || count > kMostValues)
    throw Error(
        fmt::format("--axis {}: {} values are asked for; a range has a whole number of "
                    "them, 2 to {:g}",
                    as_typed(axis), as_typed(trim(text)), kMostValues));
  return static_cast<std::uint64_t>(count);
}

}  // namespace

std::uint64_t Axis::size() const {
  if (!listed.empty()) return listed.size();
  return count > 0 ? count : static_cast<std::uint64_t>(high - low) + 1;
}

double Axis::at(std::uint64_t i) const {
  if (!listed.empty()) return listed[i];
  if (count == 0) return low + static_cast<double>(i);
  if (i + 1 == count) return high;
  const double share = static_cast<double>(i) / static_cast<double>(count - 1);
  return log ? low * std::pow(high / low, share) : low + (high - low) * share;
}

bool Axis::is_whole() const {
  const auto whole = [](double v) { return v == std::floor(v) && std::abs(v) <= kExact; };
  if (!listed.empty()) return std::ranges::all_of(listed, whole);
  if (count == 0) return true;
  for (std::uint64_t i = 0; i < count; ++i)
    if (!whole(at(i))) return false;
  return true;
}

std::string Axis::text() const {
  if (!words.empty()) return join(words, " ; ");
  if (!listed.empty()) {
    std::vector<std::string> values;
    for (const double v : listed) values.push_back(number(v));
    return join(values, ",");
  }
  std::string text = fmt::format("{}{}:{}", log ? "log:" : "", number(low), number(high));
  if (count > 0) text += fmt::format(":{}", count);
  return text;
}

std::pair<std::string, std::string> named_values(std::string_view option, std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view name = trim(text.substr(0, equals));
  if (equals == std::string_view::npos || name.empty() || trim(text.substr(equals + 1)).empty())
    throw Error(
        fmt::format("{} needs NAME=VALUES, such as x=-2:2:100, not {}", option, as_typed(text)));
  return {std::string(name), std::string(trim(text.substr(equals + 1)))};
}

Axis parse_axis(std::string_view typed) {
  const auto [name, values] = named_values("--axis", typed);
  const std::string text = name + "=" + values;
  Axis axis{.name = name};
  std::vector<std::string_view> parts = split(values, ':');
  if (parts.size() == 1) {
    for (const std::string_view piece : split(values, ','))
      axis.listed.push_back(value_of(text, piece));
    if (static_cast<double>(axis.listed.size()) > kMostListed)
      throw Error(fmt::format("--axis {} lists more than {:g} values; a range has room for them",
                              name, kMostListed));
    return axis;
  }
  if (trim(parts[0]) == "log") {
    axis.log = true;
    parts.erase(parts.begin());
  }
  if (parts.size() < 2 || parts.size() > 3)
    throw Error(
        fmt::format("--axis {}: a range is LOW:HIGH:COUNT or log:LOW:HIGH:COUNT", as_typed(text)));
  axis.low = value_of(text, parts[0]);
  axis.high = value_of(text, parts[1]);
  if (axis.low > axis.high)
    throw Error(fmt::format("--axis {} is reversed: the smaller end, {}, comes first",
                            as_typed(text), number(axis.high)));
  if (axis.low == axis.high)
    throw Error(fmt::format("--axis {} is empty: both ends are {}; one value is {}={}",
                            as_typed(text), number(axis.low), name, number(axis.low)));
  if (axis.log && axis.low <= 0.0)
    throw Error(fmt::format("--axis {}: a range with even steps in the logarithm begins above 0",
                            as_typed(text)));
  if (parts.size() == 3) {
    axis.count = count_of(text, parts[2]);
  } else if (axis.log || axis.low != std::floor(axis.low) || axis.high != std::floor(axis.high)) {
    throw Error(fmt::format("--axis {}: how many values? {}={}:100 has a hundred", as_typed(text),
                            name, as_typed(values)));
  } else if (axis.high - axis.low >= kMostValues) {
    throw Error(fmt::format("--axis {} has more than {:g} values", as_typed(text), kMostValues));
  }
  return axis;
}

}  // namespace gyre
