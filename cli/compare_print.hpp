#pragma once

#include <string>

#include "cli/output.hpp"
#include "gyre/analysis/compare.hpp"

namespace gyre::cli {

/// What a comparison found, for a person: how it was done, the ranking, and what is not in it.
std::string comparison_text(const Comparison& comparison, const ComparisonResult& result,
                            const Screen& screen);

/// The best few as curves of characters; empty where there is nothing to draw.
std::string comparison_picture(const ComparisonResult& result, const Screen& screen);

}  // namespace gyre::cli
