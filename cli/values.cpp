#include "cli/values.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "gyre/analysis/starts.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/parse.hpp"

namespace gyre::cli {

namespace {

constexpr std::uint64_t kMostStarts = 100'000;

[[noreturn]] void outside(std::string_view option, std::string_view text, const std::string& low,
                          const std::string& high) {
  throw Error(
      fmt::format("{} is {}, outside its range {} to {}", option, as_typed(text), low, high));
}

std::vector<double> point(std::string_view text, const Game& game) {
  std::vector<double> values;
  for (const std::string_view piece : split(text, ',')) {
    const auto value = to_number(piece);
    if (!value)
      throw Error(
          fmt::format("--start needs numbers between commas or random:N, not {}", as_typed(text)));
    if (!std::isfinite(*value))
      throw Error(fmt::format("--start must be finite, and {} holds {}", as_typed(text),
                              as_typed(trim(piece))));
    values.push_back(*value);
  }
  if (values.size() == game.dim()) return values;
  std::vector<std::string> names;
  for (const Coordinate& c : game.coordinates)
    if (names.size() < 8) names.push_back(c.name);
  if (game.dim() > names.size()) names.emplace_back("...");
  throw Error(fmt::format("--start {} has {} number{}, and this game has {} variable{}: {}",
                          as_typed(text), values.size(), values.size() == 1 ? "" : "s", game.dim(),
                          game.dim() == 1 ? "" : "s", join(names, ", ")));
}

}  // namespace

std::uint64_t whole(std::string_view option, std::string_view text, std::uint64_t low,
                    std::uint64_t high) {
  std::string digits;
  for (const char c : trim(text))
    if (c != '_') digits += c;
  std::uint64_t value = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool all = end == digits.data() + digits.size() && !digits.empty();
  if (all && problem == std::errc{} && value >= low && value <= high) return value;
  const auto as_real = to_number(digits);
  if (!as_real || *as_real != std::floor(*as_real))
    throw Error(fmt::format("{} needs a whole number, not {}", option, as_typed(text)));
  // Powers of ten are exact this far, and beyond it a number must be written out.
  constexpr double kExact = 9007199254740992.0;
  if (!all && *as_real >= static_cast<double>(low) && *as_real <= kExact &&
      static_cast<std::uint64_t>(*as_real) <= high)
    return static_cast<std::uint64_t>(*as_real);
  outside(option, text, fmt::format("{}", low), fmt::format("{}", high));
}

double real(std::string_view option, std::string_view text, const Range& range) {
  const auto value = to_number(text);
  if (!value) throw Error(fmt::format("{} needs a number, not {}", option, as_typed(text)));
  if (!range.holds(*value)) outside(option, text, number(range.low), number(range.high));
  return *value;
}

double seconds(std::string_view option, std::string_view text) {
  constexpr std::pair<std::string_view, double> kUnits[] = {
      {"ms", 1e-3}, {"s", 1.0}, {"m", 60.0}, {"h", 3600.0}};
  const std::string_view typed = trim(text);
  std::string_view digits = typed;
  double unit = 1.0;
  for (const auto& [name, value] : kUnits)
    if (typed.ends_with(name)) {
      digits = typed.substr(0, typed.size() - name.size());
      unit = value;
      break;
    }
  const auto value = to_number(digits);
  if (!value)
    throw Error(
        fmt::format("{} needs a time such as 90, 500ms, 2m or 1h, not {}", option, as_typed(text)));
  if (!(*value * unit >= 1e-3 && *value * unit <= 1e9))
    outside(option, text, "1ms", "1000000000 seconds");
  return *value * unit;
}

std::pair<std::string, double> setting(std::string_view option, std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || trim(text.substr(0, equals)).empty())
    throw Error(fmt::format("{} needs name=value, not {}", option, as_typed(text)));
  try {
    return {std::string(trim(text.substr(0, equals))), parse_constant(text.substr(equals + 1))};
  } catch (const Error& problem) {
    throw Error(fmt::format("{} {}: {}", option, as_typed(text), problem.what()), problem.detail());
  }
}

std::vector<std::vector<double>> starts_of(const std::vector<std::string>& typed, const Game& game,
                                           std::uint64_t seed) {
  constexpr std::string_view kRandom = "random:";
  if (typed.empty()) return {default_start(game, seed)};
  std::vector<std::vector<double>> starts;
  for (const std::string& text : typed) {
    if (text.starts_with(kRandom)) {
      const auto count = whole("--start random:N", text.substr(kRandom.size()), 1, kMostStarts);
      for (auto& start : random_starts(game, count, seed)) starts.push_back(std::move(start));
    } else {
      starts.push_back(point(text, game));
    }
  }
  return starts;
}

std::string one_of(std::string_view option, std::string_view text,
                   const std::vector<std::string>& allowed) {
  for (const std::string& word : allowed)
    if (word == text) return word;
  const std::string near = did_you_mean(text, allowed);
  throw Error(
      fmt::format("{} takes {}, not {}{}", option, join(allowed, ", "), as_typed(text), near));
}

}  // namespace gyre::cli
