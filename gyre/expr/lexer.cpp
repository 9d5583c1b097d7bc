#include "gyre/expr/lexer.hpp"

#include <string>
#include <utility>

#include "gyre/core/text.hpp"

namespace gyre {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// What is typed, and the sign it stands for; longer ones first.
constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
    {"**", "^"},
    {"<=", "<="},
    {">=", ">="},
    {"==", "=="},
    {"!=", "!="},
    {"\u2264", "<="},
    {"\u2265", ">="},
    {"\u2260", "!="},
    {"\u2212", "-"},
    {"\u2013", "-"},
    {"\u2010", "-"},
    {"\u2011", "-"},
    {"\u00B7", "*"},
    {"\u22C5", "*"},
    {"\u00D7", "*"},
    {"\u2217", "*"},
    {"\u2219", "*"},
    {"\u00F7", "/"},
    {"\u2215", "/"},
    {"\u2044", "/"},
    {"+", "+"},
    {"-", "-"},
    {"*", "*"},
    {"/", "/"},
    {"^", "^"},
    {"(", "("},
    {")", ")"},
    {"[", "["},
    {"]", "]"},
    {",", ","},
    {"<", "<"},
    {">", ">"},
    {"=", "="},
    // Full-width signs come easily from a Chinese keyboard.
    {"\uFF08", "("},
    {"\uFF09", ")"},
    {"\uFF0C", ","},
    {"\uFF0B", "+"},
    {"\uFF0D", "-"},
    {"\uFF0A", "*"},
    {"\uFF0F", "/"},
    {"\uFF3E", "^"},
    {"\uFF3B", "["},
    {"\uFF3D", "]"},
    {"\uFF1C", "<"},
    {"\uFF1E", ">"},
    {"\uFF1D", "="}};

// Beside ASCII: no-break, thin, narrow no-break, zero-width, ideographic space, byte order mark.
constexpr std::string_view kSpaces[] = {"\u00A0", "\u2009", "\u202F", "\u200B", "\u3000", "\uFEFF"};

/// The bytes of the white space that the text starts with.
std::size_t space(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')) return 1;
  for (const std::string_view s : kSpaces)
    if (text.starts_with(s)) return s.size();
  return 0;
}

constexpr std::string_view kSuperscripts[] = {"\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074",
                                              "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
constexpr std::string_view kSuperscriptMinus = "\u207B";

int superscript_digit(std::string_view text) {
  for (int d = 0; d < 10; ++d)
    if (text.starts_with(kSuperscripts[d])) return d;
  return -1;
}

}  // namespace

Token Lexer::next() {
  while (const std::size_t n = space(text_.substr(at_))) at_ += n;
  const std::size_t begin = at_;
  if (begin == text_.size()) return {Token::kEnd, {}, begin};
  const std::string_view rest = text_.substr(begin);
  if (is_digit(rest[0]) || (rest[0] == '.' && rest.size() > 1 && is_digit(rest[1])))
    return number(begin);
  if (is_letter(rest[0])) {
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    return {Token::kName, text_.substr(begin, at_ - begin), begin};
  }
  if (rest.starts_with("\u03C0")) {
    at_ += 2;
    return {Token::kName, "pi", begin};
  }
  for (const auto& [typed, sign] : kSigns) {
    if (!rest.starts_with(typed)) continue;
    at_ += typed.size();
    return {Token::kSign, sign, begin};
  }
  if (superscript_digit(rest) >= 0 || rest.starts_with(kSuperscriptMinus))
    return superscript(begin);
  ++at_;
  while (at_ < text_.size() && is_continuation(text_[at_])) ++at_;
  return {Token::kBad, text_.substr(begin, at_ - begin), begin};
}

Token Lexer::number(std::size_t begin) {
  auto digits = [&] {
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
  };
  digits();
  if (at_ < text_.size() && text_[at_] == '.') ++at_, digits();
  if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
    std::size_t end = at_ + 1;
    if (end < text_.size() && (text_[end] == '+' || text_[end] == '-')) ++end;
    if (end < text_.size() && is_digit(text_[end])) at_ = end, digits();  // else 2e is 2 and e
  }
  const std::string_view shown = text_.substr(begin, at_ - begin);
  return {Token::kNumber, shown, begin, to_number(shown).value_or(0.0)};
}

Token Lexer::superscript(std::size_t begin) {
  std::string typed;
  if (text_.substr(at_).starts_with(kSuperscriptMinus)) {
    typed += '-';
    at_ += kSuperscriptMinus.size();
  }
  int d = superscript_digit(text_.substr(at_));
  if (d < 0) return {Token::kBad, text_.substr(begin, at_ - begin), begin};
  for (; d >= 0; d = superscript_digit(text_.substr(at_))) {
    typed += static_cast<char>('0' + d);
    at_ += kSuperscripts[d].size();
  }
  return {Token::kPower, text_.substr(begin, at_ - begin), begin, to_number(typed).value_or(0.0)};
}

}  // namespace gyre
