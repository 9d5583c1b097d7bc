#pragma once

#include <nlohmann/json_fwd.hpp>

#include "gyre/analysis/study.hpp"

namespace gyre {

/// What a study found, as one object: docs/run-json.md describes it. Numbers that are unknown or
/// not finite are null.
nlohmann::ordered_json study_json(const Study& study, const StudyResult& result);

/// The same game again, for a person or a program: a built-in game's name, with the parameters that
/// were set, as in `dirac-r1(gamma=1)`; else its text.
std::string game_spelling(const Game& game);

}  // namespace gyre
