#pragma once

#include <string>

#include "cli/output.hpp"
#include "gyre/analysis/study.hpp"

namespace gyre::cli {

/// What a study found, for a person: the game, a sentence a rule, and a table.
std::string study_text(const Study& study, const StudyResult& result, const Screen& screen);

/// The paths in the plane, or the distances, as characters; empty where there is nothing to draw.
std::string study_picture(const Study& study, const StudyResult& result, const Screen& screen);

}  // namespace gyre::cli
