#pragma once

#include <string_view>

namespace gyre {

/// Whether the text calls a player by its number from 1, as aliases do. Where it gives one player
/// something by number and by name, the name counts: `tt-gda` says `2=5`, and `tt-gda(y=3)` what it
/// shall be instead.
inline bool is_number_of_player(std::string_view called) {
  return called.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace gyre
