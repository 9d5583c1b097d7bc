#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "gyre/analysis/atlas.hpp"

namespace gyre {

/// One game's part of the grid, as it is kept and read again.
struct AtlasGame {
  std::string game;  ///< its spelling
  std::vector<AtlasPoint> points;
  std::vector<AtlasCycle> cycles;
  std::vector<AtlasCell> cells;  ///< rule by rule
};

/// As one object: docs/atlas-json.md describes it. Numbers that are unknown or not finite are null;
/// an eta_limit that is null beside an eta_from that is known stands for no limit.
nlohmann::ordered_json atlas_json(const AtlasGame& game);

/// The same back, to the last bit. Throws Error if it has another shape.
AtlasGame atlas_game(const nlohmann::ordered_json& json);

}  // namespace gyre
