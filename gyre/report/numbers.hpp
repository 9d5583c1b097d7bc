#pragma once

#include <string>

#include "gyre/report/findings.hpp"

namespace gyre::report {

/// Everything the tour found as JSON, all digits; numbers that do not exist are null.
std::string numbers_json(const Findings& found);

}  // namespace gyre::report
