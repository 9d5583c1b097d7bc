#pragma once

#include <string>
#include <vector>

#include "gyre/rules/pipe.hpp"

namespace gyre {

/// Every stage and alias of the catalogue as a rule of its own, each pipe once.
std::vector<Pipe> all_rules();

/// The shortest text for a rule that parse_pipe() reads as the same one, such as `adam` for
/// `adam | simultaneous(eta=0.1)`: for tables and legends.
std::string brief(const Pipe& rule);

}  // namespace gyre
