#pragma once

#include <nlohmann/json_fwd.hpp>

#include "gyre/games/game.hpp"
#include "gyre/store/run_folder.hpp"

/// What every manifest says, whatever was done.
namespace gyre::cli {

nlohmann::ordered_json game_facts(const Game& game);
nlohmann::ordered_json machine_facts();
/// Size and SHA-256 of what stands in the folder so far.
nlohmann::ordered_json file_facts(const RunFolder& folder);

}  // namespace gyre::cli
