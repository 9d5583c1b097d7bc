#include "gyre/sweep/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

std::span<const QuantityFacts> quantities() {
  static constexpr QuantityFacts kFacts[] = {
      {Quantity::kOutcome, "outcome", "|u1", 1,
       "0 settled, 1 cycling, 2 diverged, 3 not finite, 4 budget spent"},
      {Quantity::kAttractor, "attractor", "<i2", 2,
       "place in the manifest's list of attractors, from 0; -1 where the run ended at none"},
      {Quantity::kSteps, "steps", "<u4", 4, "steps made when the outcome was known"},
      {Quantity::kRate, "rate", "<f4", 4,
       "factor on the distance a step, near the end; NaN where unknown"},
      {Quantity::kPeriod, "period", "<f4", 4, "steps a turn of a cycle; NaN elsewhere"},
      {Quantity::kExit, "exit", "<u4", 4,
       "first step seen outside the box of --exit; 4294967295 where it never left"},
      {Quantity::kPoint, "point", "<f8", 8, "the last point, all players' coordinates"},
  };
  return kFacts;
}

const QuantityFacts& facts(Quantity quantity) {
  return quantities()[static_cast<std::size_t>(quantity)];
}

std::vector<Quantity> parse_quantities(std::string_view text) {
  std::vector<std::string> known{"all"};
  for (const QuantityFacts& f : quantities()) known.emplace_back(f.name);
  std::vector<Quantity> kept;
  for (const std::string_view piece : split(text, ',')) {
    const std::string_view word = trim(piece);
    bool found = false;
    for (const QuantityFacts& f : quantities())
      if (f.name == word || word == "all") {
        kept.push_back(f.quantity);
        found = true;
      }
    if (!found)
      throw Error(fmt::format("--keep takes {}, not {}{}", join(known, ", "), as_typed(word),
                              did_you_mean(word, known)));
  }
  std::ranges::sort(kept);
  kept.erase(std::ranges::unique(kept).begin(), kept.end());
  return kept;
}

}  // namespace gyre
