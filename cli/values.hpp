#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gyre/core/facts.hpp"
#include "gyre/games/game.hpp"

/// The values of options: what was typed, checked, as numbers. All throw Error, naming the option.
namespace gyre::cli {

/// A whole number: `10000`, `10_000` or `1e4`.
std::uint64_t whole(std::string_view option, std::string_view text, std::uint64_t low,
                    std::uint64_t high);

double real(std::string_view option, std::string_view text, const Range& range);

/// Seconds: `90`, `90s`, `1.5m`, `2h`, `50ms`.
double seconds(std::string_view option, std::string_view text);

/// `name=value`, the value a number or constant formula.
std::pair<std::string, double> setting(std::string_view option, std::string_view text);

/// The starts that `--start` names, in order: lists of numbers and `random:N`; the game's own start
/// if nothing was said.
std::vector<std::vector<double>> starts_of(const std::vector<std::string>& typed, const Game& game,
                                           std::uint64_t seed);

/// One of the allowed words, or an error with the nearest one.
std::string one_of(std::string_view option, std::string_view text,
                   const std::vector<std::string>& allowed);

}  // namespace gyre::cli
