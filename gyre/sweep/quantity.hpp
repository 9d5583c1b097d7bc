#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gyre {

/// What a sweep can keep of a run.
enum class Quantity { kOutcome, kAttractor, kSteps, kRate, kPeriod, kExit, kPoint };

/// What is stated about a quantity: its name is that of its file, too.
struct QuantityFacts {
  Quantity quantity;
  std::string_view name;
  std::string_view descr;  ///< NumPy's word for the type of its numbers
  std::size_t bytes;       ///< a number; a point has as many as the game has coordinates
  std::string_view about;
};

/// All of them, in the order of the enumeration.
std::span<const QuantityFacts> quantities();
const QuantityFacts& facts(Quantity quantity);

/// Reads `outcome,steps` or `all`; the result is in the order of the enumeration. Throws Error.
std::vector<Quantity> parse_quantities(std::string_view text);

}  // namespace gyre
