#pragma once

#include <nlohmann/json_fwd.hpp>

#include "gyre/analysis/compare.hpp"

namespace gyre {

/// What a comparison found, as one object: docs/compare-json.md describes it. Numbers that are
/// unknown or not finite are null. All but the object `seconds` of each rule is the same whenever
/// and wherever it runs; without `times` that is left out.
nlohmann::ordered_json comparison_json(const Comparison& comparison, const ComparisonResult& result,
                                       bool times);

/// "spectrum", "outcome" or "nothing".
std::string_view to_string(Tuning::By by);

}  // namespace gyre
