#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cli/runs.hpp"

namespace gyre::cli {

/// What a list says of a run.
nlohmann::ordered_json run_json(const ListedRun& run);

}  // namespace gyre::cli
