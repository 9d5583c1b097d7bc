#pragma once

#include <string>

#include "cli/output.hpp"
#include "gyre/core/outcome.hpp"

namespace gyre::cli {

/// The colour that a verdict is printed in.
Style style_of(Verdict verdict);

/// Rounded to so many digits; a dash where there is none.
std::string known(double value, int digits);

}  // namespace gyre::cli
