#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gyre {

/// The values that lanes take along one direction of a sweep.
struct Axis {
  std::string name;  ///< what they are values of: "x", "extragradient.eta", "seed"

  double low = 0.0, high = 0.0;    ///< both ends are taken
  std::uint64_t count = 0;         ///< of an axis from low to high; 0: every whole number
  bool log = false;                ///< even steps in the logarithm
  std::vector<double> listed;      ///< these instead, if there are any
  std::vector<std::string> words;  ///< of an axis of rules: `listed` are their numbers

  std::uint64_t size() const;
  /// The i-th value: the same bits whatever else is asked.
  double at(std::uint64_t i) const;
  /// Whether all values are whole numbers.
  bool is_whole() const;
  /// The values as typed behind the `=`: "-2:2:1000", "log:0.001:1:500", "0:99", "0.1,0.2".
  std::string text() const;
};

/// Reads `x=-2:2:1000`, `eta=log:1e-3:1:500`, `seed=0:99` (every whole number) or
/// `eta=0.1,0.2,0.5`; ends and values may be formulas of numbers. Throws Error for ranges that are
/// empty, reversed, not finite or too long.
Axis parse_axis(std::string_view text);

/// `name` and what stands behind the first `=`, both trimmed. Throws Error, naming the option.
std::pair<std::string, std::string> named_values(std::string_view option, std::string_view text);

}  // namespace gyre
