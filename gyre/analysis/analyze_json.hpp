#pragma once

#include <nlohmann/json_fwd.hpp>

#include "gyre/analysis/analyze.hpp"

namespace gyre {

/// An analysis as `gyre analyze --json` prints it; docs/analyze-json.md describes it. Numbers that
/// are unknown or not finite are null.
nlohmann::ordered_json analysis_json(const AnalysisWords& words, const Analysis& analysis);

}  // namespace gyre
