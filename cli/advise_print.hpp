#pragma once

#include <string>

#include "cli/output.hpp"
#include "gyre/analysis/advise.hpp"

namespace gyre::cli {

/// Advice for people, in paragraphs.
std::string advice_text(const AdviceWords& words, const Advice& advice, const Screen& screen);

}  // namespace gyre::cli
