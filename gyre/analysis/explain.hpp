#pragma once

#include <string>

#include "gyre/core/outcome.hpp"

namespace gyre {

enum class Language { kEnglish, kChinese };

/// One sentence in plain words: what the players did and how one can tell.
std::string explain(const Outcome& outcome, Language language = Language::kEnglish);

/// The verdict as one or two words.
std::string verdict_name(Verdict verdict, Language language = Language::kEnglish);

}  // namespace gyre
