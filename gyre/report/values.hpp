#pragma once

#include "gyre/report/findings.hpp"
#include "gyre/report/words.hpp"

namespace gyre::report {

/// The words with every value that the sentences of the tour ask for, taken from the findings.
Words words_for(const Findings& found, Language language);

/// "settles", "circles", "runs away"; where the budget ran out, whether it ended nearer than it
/// began or farther away.
std::string verdict_key(const Outcome& outcome, double first_distance);

bool settled(const Trial& trial);

/// The trial of this key.
const Trial& trial_of(const std::vector<Trial>& trials, std::string_view key);

}  // namespace gyre::report
