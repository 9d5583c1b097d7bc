#include "gyre/expr/parse.hpp"

#include <cmath>
#include <optional>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/expr/hints.hpp"
#include "gyre/expr/lexer.hpp"
#include "gyre/expr/names.hpp"
#include "gyre/expr/values.hpp"

namespace gyre {

namespace {

std::optional<OpId> infix(const Token& token) {
  if (token.kind != Token::kSign) return std::nullopt;
  for (OpId op = 0; op < Ops::size; ++op)
    if (op_facts(op).form == Form::kInfix && op_facts(op).text == token.text) return op;
  return std::nullopt;
}

bool compares(std::optional<OpId> op) { return op && op_facts(*op).binding == Binding::kCompare; }

std::string quoted(std::string_view text) { return as_typed(text); }

/// Reads by precedence climbing: one function for all infix signs, led by the operation table.
class Parser {
 public:
  Parser(std::string_view text, Graph& graph, const Scope& scope, bool open)
      : graph_(graph), scope_(scope), open_(open), values_(graph), lexer_(text) {
    advance();
  }

  Expr formula() {
    if (token_.kind == Token::kEnd) fail("the formula is empty", token_.place);
    const Value value = expression(Binding::kCompare);
    if (token_.kind != Token::kEnd) unexpected();
    if (value.vector)
      fail("the formula is a vector of " + std::to_string(value.at.size()) +
               ", but one number is wanted: use sum(...) or dot(..., ...)",
           value.place);
    return {graph_, value.at[0]};
  }

 private:
  [[noreturn, gnu::noinline]] static void fail(std::string message, std::size_t place) {
    throw Mistake{std::move(message), place};
  }

  [[noreturn, gnu::noinline]] void unexpected() const {
    fail(unexpected_word(before_, token_, is_function(token_.text, scope_)), token_.place);
  }

  void advance() {
    before_ = token_;
    token_ = lexer_.next();
    if (token_.kind == Token::kBad) bad_character();
  }

  [[noreturn, gnu::noinline]] void bad_character() const {
    fail("the character " + quoted(token_.text) + " has no place in a formula" +
             hint_for_character(token_.text),
         token_.place);
  }

  bool accept(std::string_view sign) {
    if (!token_.is(sign)) return false;
    advance();
    return true;
  }

  void close(std::string_view open, std::string_view sign, std::size_t opened) {
    if (accept(sign)) return;
    if (token_.kind == Token::kEnd) fail("this " + quoted(open) + " is never closed", opened);
    if (token_.is(")") || token_.is("]"))
      fail(quoted(sign) + " must close before " + quoted(token_.text), token_.place);
    unexpected();
  }

  struct Nesting {
    explicit Nesting(Parser& p) : parser(p) {
      if (++parser.depth_ > kDeepestFormula) too_deep(parser.token_.place);
    }
    ~Nesting() { --parser.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    [[noreturn, gnu::noinline]] static void too_deep(std::size_t place) {
      fail("the formula is nested more than " + std::to_string(kDeepestFormula) + " levels deep",
           place);
    }
    Parser& parser;
  };

  /// Everything from here on that binds at least as tightly as `least`.
  Value expression(Binding least) {
    const Nesting nesting(*this);
    Value left = prefix();
    std::size_t chain = 0;
    while (const std::optional<OpId> op = infix(token_)) {
      const OpFacts& facts = op_facts(*op);
      if (facts.binding < least) break;
      if (++chain > kLongestChain) chain_too_long();
      const std::size_t place = token_.place;
      advance();
      // To the right of a power a sign may stand: 2^-x.
      const Binding next =
          facts.right ? facts.binding : static_cast<Binding>(static_cast<int>(facts.binding) + 1);
      Value right = expression(next);
      left = combine(*op, std::move(left), std::move(right), place);
      if (compares(op) && compares(infix(token_)))
        fail("comparisons cannot be chained; write (a < b)*(b < c)", token_.place);
    }
    return left;
  }

  [[noreturn, gnu::noinline]] void chain_too_long() const {
    fail("more than " + std::to_string(kLongestChain) +
             " operations in a row; use a vector and sum(...), or brackets",
         token_.place);
  }

  Value combine(OpId op, Value&& left, Value&& right, std::size_t place) {
    const std::size_t begin = left.place;
    const std::array args{std::move(left), std::move(right)};
    Value value = values_.apply(op, args, place);
    value.place = begin;
    return value;
  }

  Value prefix() {
    const std::size_t place = token_.place;
    if (accept("-")) {
      const Nesting nesting(*this);
      const Value value = expression(Binding::kPower);
      return values_.apply(kOp<ops::Neg>, std::span(&value, 1), place);
    }
    if (accept("+")) {
      const Nesting nesting(*this);
      return expression(Binding::kPower);
    }
    Value value = atom();
    if (token_.kind != Token::kPower) return value;
    if (!std::isfinite(token_.number))
      fail("the number " + quoted(token_.text) + " is too large", token_.place);
    const std::size_t at = token_.place;
    Value exponent = values_.number(token_.number, at);
    advance();
    return combine(kOp<ops::Pow>, std::move(value), std::move(exponent), at);
  }

  Value atom() {
    const Token token = token_;
    if (token.kind == Token::kNumber) {
      advance();
      if (!std::isfinite(token.number))
        fail("the number " + quoted(token.text) + " is too large", token.place);
      return values_.number(token.number, token.place);
    }
    if (token.kind == Token::kName) {
      advance();
      return named(token);
    }
    if (accept("(")) {
      Value value = expression(Binding::kCompare);
      close("(", ")", token.place);
      value.place = token.place;
      return value;
    }
    if (accept("[")) {
      Value vector{{}, true, token.place};
      for (const Value& v : arguments("[", "]", token.place)) {
        if (v.vector) fail("a vector inside a vector", v.place);
        vector.at.push_back(v.at[0]);
      }
      return vector;
    }
    fail(missing_value(before_, token_), token_.place);
  }

  /// Comma-separated formulas up to the closing sign.
  std::vector<Value> arguments(std::string_view open, std::string_view sign, std::size_t opened) {
    std::vector<Value> values;
    if (token_.is(sign))
      fail("there is nothing between " + quoted(open) + " and " + quoted(sign), token_.place);
    do values.push_back(expression(Binding::kCompare));
    while (accept(","));
    close(open, sign, opened);
    return values;
  }

  Value named(const Token& token) {
    const std::string_view name = token.text;
    if (token_.is("(")) return call(token);
    if (const auto value = constant_named(name)) return values_.number(*value, token.place);
    if (const auto it = scope_.scalars.find(name); it != scope_.scalars.end())
      return {{it->second.in(graph_)}, false, token.place};
    if (const auto it = scope_.vectors.find(name); it != scope_.vectors.end())
      return vector(token, it->second);
    if (is_function(name, scope_)) bare_function(token);
    if (open_) return open_symbol(token);
    fail(unknown_name(name, scope_), token.place);
  }

  [[noreturn, gnu::noinline]] void bare_function(const Token& token) const {
    const std::string name(token.text);
    std::string how = "(...)";
    if (token_.kind == Token::kName || token_.kind == Token::kNumber)
      how = "(" + std::string(token_.text) + ")";
    if (token_.kind == Token::kPower) how += token_.text;
    if (token_.is("^")) how += "^n";
    fail(quoted(name) + " is a function; write " + name + how, token.place);
  }

  /// What stands between `[` and `]`: a whole number.
  Token index() {
    const std::size_t opened = token_.place;
    advance();
    const Token found = token_;
    if (found.kind != Token::kNumber)
      fail("a component is named by a number, the first is [1]", found.place);
    advance();
    close("[", "]", opened);
    return found;
  }

  Value open_symbol(const Token& token) {
    std::string name(token.text);
    if (token_.is("[")) {
      const Token i = index();
      if (!(i.number >= 1.0 && i.number <= 1e9 && i.number == std::floor(i.number)))
        fail("there is no component " + quoted(i.text) + "; the first is [1]", i.place);
      name += "[" + std::to_string(static_cast<long>(i.number)) + "]";
    }
    return {{graph_.symbol(name)}, false, token.place};
  }

  Value vector(const Token& name, const std::vector<Expr>& components) {
    const std::string shown(name.text);
    if (components.empty()) fail("the vector " + quoted(shown) + " is empty", name.place);
    if (token_.is("[")) {
      const Token i = index();
      const auto last = static_cast<double>(components.size());
      if (!(i.number >= 1.0 && i.number <= last && i.number == std::floor(i.number)))
        fail("there is no component " + quoted(i.text) + "; allowed are " + shown + "[1] to " +
                 shown + "[" + std::to_string(components.size()) + "]",
             i.place);
      return {{components[static_cast<std::size_t>(i.number) - 1].in(graph_)}, false, name.place};
    }
    Value value{{}, true, name.place};
    for (const Expr& e : components) value.at.push_back(e.in(graph_));
    return value;
  }

  Value call(const Token& token) {
    const std::string_view name = token.text;
    const std::size_t opened = token_.place;
    if (!is_function(name, scope_)) not_a_function(token);
    advance();
    const std::vector<Value> args = arguments("(", ")", opened);
    const auto own = scope_.functions.find(name);
    const std::optional<OpId> op = function_named(name);
    const std::size_t wanted = own != scope_.functions.end() ? own->second.parameters.size()
                               : op           ? static_cast<std::size_t>(op_facts(*op).arity)
                               : name == kDot ? 2
                                              : 1;
    if (args.size() != wanted) wrong_count(token, args.size(), wanted);
    if (own != scope_.functions.end()) return values_.call(own->second, args, token.place);
    if (op) return values_.apply(*op, args, token.place);
    return name == kDot ? values_.dot(args, token.place) : values_.sum(args[0], token.place);
  }

  [[noreturn, gnu::noinline]] void wrong_count(const Token& token, std::size_t given,
                                               std::size_t wanted) const {
    const std::string name(token.text);
    const bool extreme = name == "min" || name == "max";
    fail(quoted(name) + " takes " + std::to_string(wanted) + (wanted == 1 ? " value" : " values") +
             ", not " + std::to_string(given) +
             (extreme && given > 2 ? "; write " + name + "(a, " + name + "(b, c))" : ""),
         token.place);
  }

  [[noreturn, gnu::noinline]] void not_a_function(const Token& token) const {
    const std::string message = unknown_function(token.text, scope_, open_);
    fail(message, message.starts_with("unknown") ? token.place : token_.place);
  }

  Graph& graph_;
  const Scope& scope_;
  bool open_;
  ValueBuilder values_;
  Lexer lexer_;
  Token before_, token_;
  int depth_ = 0;
};

Expr read(std::string_view text, Graph& graph, const Scope& scope, bool open,
          std::string_view whole, std::size_t offset) {
  if (text.size() > kLongestFormula)
    throw Error("the formula has " + std::to_string(text.size()) + " characters; at most " +
                std::to_string(kLongestFormula) + " are taken");
  if (!is_utf8(text)) throw Error("the formula is not text in UTF-8");
  try {
    return Parser(text, graph, scope, open).formula();
  } catch (const Mistake& mistake) {
    throw Error(mistake.message, caret(whole, offset + mistake.place));
  }
}

}  // namespace

Expr parse(std::string_view text, Graph& graph, const Scope& scope, std::string_view whole,
           std::size_t offset) {
  return read(text, graph, scope, false, whole, offset);
}

Expr parse(std::string_view text, Graph& graph, const Scope& scope) {
  return read(text, graph, scope, false, text, 0);
}

Expr parse_open(std::string_view text, Graph& graph) {
  return read(text, graph, Scope{}, true, text, 0);
}

}  // namespace gyre
