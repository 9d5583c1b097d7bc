#pragma once

#include <nlohmann/json_fwd.hpp>

#include "gyre/analysis/advise.hpp"

namespace gyre {

/// Advice as `gyre advise --json` prints it; docs/advise-json.md describes it. Numbers that are
/// unknown or not finite are null.
nlohmann::ordered_json advice_json(const AdviceWords& words, const Advice& advice);

}  // namespace gyre
