#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/expr/lexer.hpp"
#include "gyre/games/items.hpp"

namespace gyre {

/// The words of one item of a game's text, read one after the other: the bytes from `begin` to
/// `end` of the whole. Places are counted in the whole.
class Words {
 public:
  Words(std::string_view whole, std::size_t begin, std::size_t end)
      : whole_(whole), begin_(begin), end_(end), lexer_(whole.substr(begin, end - begin)) {
    advance();
  }

  std::string_view whole() const { return whole_; }
  const Token& token() const { return token_; }
  std::size_t place() const { return begin_ + token_.place; }
  bool at_end() const { return token_.kind == Token::kEnd; }
  void advance() { token_ = lexer_.next(); }
  /// What follows the word here.
  Lexer ahead() const { return lexer_; }
  Token peek() const { return ahead().next(); }

  [[noreturn]] void fail(const std::string& message, std::size_t place) const {
    throw Error(message, caret(whole_, place));
  }

  bool is_colon() const {
    return token_.kind == Token::kBad && (token_.text == ":" || token_.text == "\uFF1A");
  }
  bool is_equals() const {
    return token_.is("=") || (token_.kind == Token::kBad && token_.text == "\uFF1D");
  }
  static bool is_tilde(const Token& t) {
    return t.kind == Token::kBad && (t.text == "~" || t.text == "\uFF5E");
  }
  bool is_word(std::string_view word) const {
    return token_.kind == Token::kName && token_.text == word;
  }
  /// The word here, as a message calls it.
  std::string shown() const { return at_end() ? "the end" : as_typed(token_.text); }

  /// Whether the word here is `max` (true) or `min` (false).
  std::optional<bool> goal() const {
    if (is_word("max")) return true;
    if (is_word("min")) return false;
    return std::nullopt;
  }

  /// A name, and on to the next word; `why` says what was wanted where there is none.
  NameItem name(const std::string& why) {
    if (token_.kind != Token::kName || is_word("in")) fail(why + ", not " + shown(), place());
    NameItem item{std::string(token_.text), place(), std::nullopt};
    advance();
    return item;
  }

  /// The formula that begins here and ends with the item.
  FormulaPart rest(std::string_view after) const {
    if (at_end()) fail("a formula must follow '" + std::string(after) + "'", place());
    return {whole_.substr(place(), end_ - place()), place()};
  }

 private:
  std::string_view whole_;
  std::size_t begin_, end_;
  Lexer lexer_;
  Token token_;
};

}  // namespace gyre
