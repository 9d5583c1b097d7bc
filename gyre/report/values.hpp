#pragma once

#include "gyre/report/findings.hpp"
#include "gyre/report/words.hpp"

namespace gyre::report {

/// The words with every value that the sentences of the tour ask for, taken from the findings.
Words words_for(const Findings& found, Language language);

/// "settles", "circles", "runs away", with a finer word where the budget ran out.
std::string verdict_key(const Outcome& outcome);

bool settled(const Trial& trial);

/// The trial of this key.
const Trial& trial_of(const std::vector<Trial>& trials, std::string_view key);

}  // namespace gyre::report
