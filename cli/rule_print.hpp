#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cli/output.hpp"
#include "gyre/rules/catalogue.hpp"

namespace gyre::cli {

/// All that a stage states about itself.
std::string stage_text(const StageFacts& stage, const Screen& screen);
nlohmann::ordered_json stage_json(const StageFacts& stage);

}  // namespace gyre::cli
