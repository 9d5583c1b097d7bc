#include "cli/verdict_print.hpp"

#include <cmath>

#include "gyre/core/text.hpp"

namespace gyre::cli {

Style style_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSettled:
      return Style::kGood;
    case Verdict::kDiverged:
    case Verdict::kNotFinite:
      return Style::kBad;
    default:
      return Style::kOdd;
  }
}

std::string known(double value, int digits) {
  return std::isnan(value) ? "-" : rounded(value, digits);
}

}  // namespace gyre::cli
