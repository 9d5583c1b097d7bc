#pragma once

#include <string>
#include <string_view>

#include "gyre/expr/lexer.hpp"

namespace gyre {

// What people type who come from a textbook, from LaTeX or from another program, and what to write
// instead. Each hint is made to be appended to a message, and empty if there is none.

/// For a character that formulas do not have.
std::string hint_for_character(std::string_view character);

/// For a name that is not known: `ln`, `arctan`, `PI`.
std::string hint_for_name(std::string_view name);

/// The whole message for a word that cannot follow the one before it.
std::string unexpected_word(const Token& before, const Token& word, bool is_function);

/// The whole message for a word that stands where a value should.
std::string missing_value(const Token& before, const Token& word);

}  // namespace gyre
