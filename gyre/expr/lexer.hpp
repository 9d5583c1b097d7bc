#pragma once

#include <cstddef>
#include <string_view>

namespace gyre {

/// A word of a formula. `text` is the sign it stands for, so `−` has the text "-".
struct Token {
  enum Kind { kEnd, kNumber, kName, kSign, kPower, kBad };
  Kind kind = kEnd;
  std::string_view text;
  std::size_t place = 0;  ///< first byte in the formula
  double number = 0.0;    ///< of a number, or of superscript digits (kPower)

  bool is(std::string_view sign) const { return kind == kSign && text == sign; }
};

/// Cuts a formula into words.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}
  Token next();

 private:
  Token number(std::size_t begin);
  Token superscript(std::size_t begin);

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace gyre
