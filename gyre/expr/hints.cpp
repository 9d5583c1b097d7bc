#include "gyre/expr/hints.hpp"

#include <algorithm>
#include <utility>

#include "gyre/core/text.hpp"

namespace gyre {

namespace {

using Hint = std::pair<std::string_view, std::string_view>;

constexpr Hint kCharacters[] = {
    {"|", "for |x| write abs(x)"},
    {"'", "Gyre takes derivatives itself; call another variable x2, not x'"},
    {"\u2019", "Gyre takes derivatives itself; call another variable x2, not x'"},
    {";", "a formula ends before ';'"},
    {":", "for a choice write select(condition, then, else)"},
    {"?", "for a choice write select(condition, then, else)"},
    {"{", "use round brackets"},
    {"}", "use round brackets"},
    {"!", "for 'not equal' write !=; there is no factorial"},
    {"%", "there is no remainder; for 5% write 0.05"},
    {"&", "for 'and' multiply comparisons: (x < 1)*(y < 1)"},
    {"\\", "LaTeX is not read: write sqrt(x), sin(x), a/b"},
    {"$", "leave out LaTeX's dollar signs"},
    {"\"", "leave out the quotation marks"},
    {".", "a point stands only inside a number, as in 0.5"},
    {"\u3002", "a point stands only inside a number, as in 0.5"},
    {"\u221A", "write sqrt(x)"},
    {"\u221E", "write inf"},
    {"\u2211", "write sum(...) of a vector"},
    {"\u2202", "Gyre takes derivatives itself"},
    {"\u207A", "a raised number needs no +"},
    {"\u00BD", "write 1/2"},
};

constexpr std::string_view kGreek[] = {
    "alpha", "beta",   "gamma",   "delta", "epsilon", "zeta",    "eta",  "theta", "iota",
    "kappa", "lambda", "mu",      "nu",    "xi",      "omicron", "pi",   "rho",   "sigma",
    "sigma", "tau",    "upsilon", "phi",   "chi",     "psi",     "omega"};

// Of words that other programs have.
constexpr Hint kNames[] = {
    {"ln", "did you mean 'log'?"},
    {"lg", "write log(x)/log(10)"},
    {"log10", "write log(x)/log(10)"},
    {"log2", "write log(x)/log(2)"},
    {"exp2", "write 2^x"},
    {"cbrt", "write sign(x)*abs(x)^(1/3)"},
    {"root", "did you mean 'sqrt'?"},
    {"power", "did you mean 'pow'?"},
    {"square", "write x^2"},
    {"sgn", "did you mean 'sign'?"},
    {"signum", "did you mean 'sign'?"},
    {"fabs", "did you mean 'abs'?"},
    {"tg", "did you mean 'tan'?"},
    {"cot", "write 1/tan(x)"},
    {"sec", "write 1/cos(x)"},
    {"csc", "write 1/sin(x)"},
    {"arcsin", "did you mean 'asin'?"},
    {"arccos", "did you mean 'acos'?"},
    {"arctan", "did you mean 'atan'?"},
    {"arctg", "did you mean 'atan'?"},
    {"sh", "did you mean 'sinh'?"},
    {"ch", "did you mean 'cosh'?"},
    {"th", "did you mean 'tanh'?"},
    {"relu", "write max(x, 0)"},
    {"logistic", "did you mean 'sigmoid'?"},
    {"heaviside", "write (x > 0)"},
    {"norm", "write sqrt(dot(v, v))"},
    {"if", "write select(condition, then, else)"},
    {"where", "write select(condition, then, else)"},
    {"clamp", "write min(max(x, low), high)"},
    {"clip", "write min(max(x, low), high)"},
    {"and", "multiply comparisons: (x < 1)*(y < 1)"},
    {"or", "write max(x < 1, y < 1)"},
    {"not", "write 1 - (x < 1)"},
    {"floor", "steps have no slope to follow"},
    {"ceil", "steps have no slope to follow"},
    {"round", "steps have no slope to follow"},
    {"mod", "steps have no slope to follow"},
    {"infinity", "did you mean 'inf'?"},
    {"infty", "did you mean 'inf'?"},
};

/// The one character of two or three bytes as its number in Unicode, or 0.
unsigned code_point(std::string_view c) {
  auto low = [&](std::size_t i) { return static_cast<unsigned char>(c[i]) & 0x3Fu; };
  if (c.size() == 2) return (static_cast<unsigned char>(c[0]) & 0x1Fu) << 6 | low(1);
  if (c.size() == 3) return (static_cast<unsigned char>(c[0]) & 0xFu) << 12 | low(1) << 6 | low(2);
  return 0;
}

/// A word as the left or right factor of an example.
std::string as_factor(const Token& token, bool left, bool is_function) {
  if (token.is(")") || token.is("(")) return "(...)";
  if (token.is("]")) return "...]";
  if (token.kind == Token::kPower) return (left ? "..." : "") + std::string(token.text);
  if (token.text.size() > 20) return "...";
  return std::string(token.text) + (is_function ? "(...)" : "");
}

std::string side_by_side(const Token& left, const Token& right, bool right_is_function) {
  if (right.kind == Token::kName)
    if (const std::string hint = hint_for_name(right.text);
        !hint.empty() && (right.text == "and" || right.text == "or" || right.text == "if"))
      return as_typed(right.text) + " has no place here" + hint;
  const std::string both =
      as_typed(left.text) + " and " + as_typed(right.text) + " stand side by side";
  if (left.kind == Token::kPower && right.kind == Token::kPower)
    return both + "; use brackets: (x²)³";
  if (left.kind == Token::kNumber && right.kind == Token::kNumber)
    return both + "; write one number without gaps, or put * between two";
  return both + "; to multiply, write " + as_factor(left, true, false) + "*" +
         as_factor(right, false, right_is_function);
}

}  // namespace

std::string hint_for_character(std::string_view character) {
  for (const auto& [typed, hint] : kCharacters)
    if (typed == character) return "; " + std::string(hint);
  const unsigned code = code_point(character);
  if (code >= 0x3B1 && code < 0x3B1 + std::size(kGreek))
    return "; write '" + std::string(kGreek[code - 0x3B1]) + "'";
  if (code >= 0x2080 && code <= 0x2089) return "; write x1, or x[1] for a component";
  if (code >= 0xFF01 && code <= 0xFF5E) return "; use the ordinary, half-width character";
  return {};
}

std::string hint_for_name(std::string_view name) {
  std::string lower(name);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const auto& [typed, hint] : kNames)
    if (typed == lower) return "; " + std::string(hint);
  return {};
}

std::string unexpected_word(const Token& before, const Token& word, bool is_function) {
  const bool value = word.kind == Token::kNumber || word.kind == Token::kName ||
                     word.kind == Token::kPower || word.is("(");
  if (value) return side_by_side(before, word, is_function);
  if (word.is("[")) return "only a vector's name can have [...] after it";
  if (word.is(")") || word.is("]")) return "this " + as_typed(word.text) + " closes nothing";
  if (word.is("=")) return "'=' has no place in a formula; to compare, write '=='";
  if (word.is(",") && before.kind == Token::kNumber)
    return "unexpected ','; write decimals with a point, as in 0.5";
  if (word.is(",")) return "',' stands only between the values of a function or a vector";
  return "unexpected " + as_typed(word.text);
}

std::string missing_value(const Token& before, const Token& word) {
  if (word.kind == Token::kEnd)
    return before.kind == Token::kSign ? "something must follow " + as_typed(before.text)
                                       : "the formula ends too early";
  auto both = [&](std::string_view a, std::string_view b) { return before.is(a) && word.is(b); };
  std::string hint;
  if (both("==", "=") || both("!=", "=")) hint = "; two signs are enough";
  if (both("<", ">")) hint = "; for 'not equal' write '!='";
  return "a value is missing before " + as_typed(word.text) + hint;
}

}  // namespace gyre
