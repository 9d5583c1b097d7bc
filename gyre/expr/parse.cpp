#include "gyre/expr/parse.hpp"

#include <numbers>
#include <optional>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/expr/lexer.hpp"

namespace gyre {

namespace {

constexpr std::string_view kSum = "sum", kDot = "dot";

std::optional<OpId> function_named(std::string_view name) {
  if (name == "pow") return kOp<ops::Pow>;
  for (OpId op = 0; op < Ops::size; ++op)
    if (op_facts(op).form == Form::kFunction && op_facts(op).text == name) return op;
  return std::nullopt;
}

std::optional<double> constant_named(std::string_view name) {
  if (name == "pi") return std::numbers::pi;
  if (name == "e") return std::numbers::e;
  return std::nullopt;
}

/// A number or a vector of numbers, and where it stands in the text.
struct Value {
  std::vector<NodeId> at;
  bool vector = false;
  std::size_t place = 0;
};

class Parser {
 public:
  Parser(std::string_view text, Graph& graph, const Scope& scope, bool open, std::string_view whole,
         std::size_t offset)
      : graph_(graph), scope_(scope), open_(open), whole_(whole), offset_(offset), lexer_(text) {
    if (text.size() > kLongestFormula)
      throw Error("the formula has " + std::to_string(text.size()) + " characters; at most " +
                  std::to_string(kLongestFormula) + " are taken");
    advance();
  }

  Expr formula() {
    if (token_.kind == Token::kEnd) fail("the formula is empty", token_.place);
    const Value value = expression(Binding::kCompare);
    if (token_.kind != Token::kEnd) unexpected();
    if (value.vector)
      fail("the formula is a vector of " + std::to_string(value.at.size()) +
               " numbers, but one number is wanted: use sum(...) or dot(..., ...)",
           value.place);
    return {graph_, value.at[0]};
  }

 private:
  [[noreturn]] void fail(const std::string& message, std::size_t place) const {
    throw Error(message, caret(whole_, offset_ + place));
  }

  [[noreturn]] void unexpected() const {
    if (token_.kind == Token::kNumber || token_.kind == Token::kName || token_.is("("))
      fail("two values stand side by side before " + as_typed(shown(token_)) +
               "; write * between them to multiply",
           token_.place);
    if (token_.is("[")) fail("'[' follows something that is not a vector", token_.place);
    if (token_.is(")")) fail("this ')' closes nothing", token_.place);
    if (token_.is("=")) fail("'=' inside a formula; compare with '=='", token_.place);
    fail("unexpected " + as_typed(shown(token_)), token_.place);
  }

  std::string shown(const Token& token) const { return std::string(token.text); }

  void advance() {
    token_ = lexer_.next();
    if (token_.kind == Token::kBad)
      fail("the character " + as_typed(shown(token_)) + " has no place in a formula", token_.place);
  }

  bool accept(std::string_view sign) {
    if (!token_.is(sign)) return false;
    advance();
    return true;
  }

  void expect(std::string_view sign, std::string_view why, std::size_t opened) {
    if (accept(sign)) return;
    if (token_.kind == Token::kEnd) fail("this '" + std::string(why) + "' is never closed", opened);
    unexpected();
  }

  struct Nesting {
    explicit Nesting(Parser& p) : parser(p) {
      if (++parser.depth_ > kDeepestFormula)
        parser.fail(
            "the formula is nested more than " + std::to_string(kDeepestFormula) + " levels deep",
            parser.token_.place);
    }
    ~Nesting() { --parser.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    Parser& parser;
  };

  static std::optional<OpId> infix(const Token& token) {
    if (token.kind != Token::kSign) return std::nullopt;
    for (OpId op = 0; op < Ops::size; ++op)
      if (op_facts(op).form == Form::kInfix && op_facts(op).text == token.text) return op;
    return std::nullopt;
  }

  /// Everything from here on that binds at least as tightly as `least`.
  Value expression(Binding least) {
    const Nesting nesting(*this);
    Value left = prefix();
    std::size_t chain = 0;
    while (const std::optional<OpId> op = infix(token_)) {
      const OpFacts& facts = op_facts(*op);
      if (facts.binding < least) break;
      if (++chain > kLongestChain)
        fail("more than " + std::to_string(kLongestChain) +
                 " operations in a row; use a vector and sum(...), or brackets",
             token_.place);
      const std::size_t place = token_.place;
      advance();
      if (token_.kind == Token::kEnd)
        fail("something must follow '" + std::string(facts.text) + "'", token_.place);
      const bool compares = facts.binding == Binding::kCompare;
      // To the right of a power a sign may stand: 2^-x.
      const Binding next =
          facts.right ? facts.binding : static_cast<Binding>(static_cast<int>(facts.binding) + 1);
      const Value right = expression(next);
      left = combine(*op, left, right, place);
      if (compares && infix(token_) && op_facts(*infix(token_)).binding == Binding::kCompare)
        fail("comparisons cannot be chained; use brackets or a product", token_.place);
    }
    return left;
  }

  Value prefix() {
    const std::size_t place = token_.place;
    if (accept("-")) {
      const Nesting nesting(*this);
      Value value = expression(Binding::kPower);
      for (NodeId& n : value.at) n = graph_.raw(kOp<ops::Neg>, std::array{n});
      value.place = place;
      return value;
    }
    if (accept("+")) {
      const Nesting nesting(*this);
      return expression(Binding::kPower);
    }
    Value value = atom();
    while (token_.kind == Token::kPower) {  // superscript digits
      const Value exponent{{graph_.constant(token_.number)}, false, token_.place};
      const std::size_t at = token_.place;
      advance();
      value = combine(kOp<ops::Pow>, value, exponent, at);
    }
    return value;
  }

  Value atom() {
    const Token token = token_;
    if (token.kind == Token::kNumber) {
      advance();
      if (!(token.number < std::numeric_limits<double>::infinity()))
        fail("the number " + as_typed(shown(token)) + " is too large", token.place);
      return {{graph_.constant(token.number)}, false, token.place};
    }
    if (token.kind == Token::kName) {
      advance();
      return named(token);
    }
    if (accept("(")) {
      Value value = expression(Binding::kCompare);
      expect(")", "(", token.place);
      value.place = token.place;
      return value;
    }
    if (accept("[")) {
      Value vector{{}, true, token.place};
      for (const Value& v : arguments("]", "[", token.place)) {
        if (v.vector) fail("a vector inside a vector", v.place);
        vector.at.push_back(v.at[0]);
      }
      return vector;
    }
    if (token.kind == Token::kEnd) fail("the formula ends too early", token.place);
    if (token.is(")")) fail("a value is missing before ')'", token.place);
    fail("a value is missing before '" + shown(token) + "'", token.place);
  }

  /// Comma-separated formulas up to the closing sign.
  std::vector<Value> arguments(std::string_view close, std::string_view open, std::size_t place) {
    std::vector<Value> values;
    if (token_.is(close))
      fail("there is nothing between '" + std::string(open) + "' and '" + std::string(close) + "'",
           token_.place);
    do values.push_back(expression(Binding::kCompare));
    while (accept(","));
    expect(close, open, place);
    return values;
  }

  Value named(const Token& token) {
    const std::string_view name = token.text;
    if (token_.is("(")) return call(token);
    if (const auto value = constant_named(name))
      return {{graph_.constant(*value)}, false, token.place};
    if (const auto it = scope_.scalars.find(name); it != scope_.scalars.end())
      return {{it->second.in(graph_)}, false, token.place};
    if (const auto it = scope_.vectors.find(name); it != scope_.vectors.end())
      return component(token, it->second);
    if (function_named(name) || name == kSum || name == kDot || scope_.functions.contains(name))
      fail("'" + std::string(name) + "' is a function; write " + std::string(name) + "(...)",
           token.place);
    if (open_) return open_symbol(token);
    fail("unknown name " + as_typed(name) + suggestion(name), token.place);
  }

  Value open_symbol(const Token& token) {
    std::string name(token.text);
    if (token_.is("[")) {
      advance();
      const Token index = token_;
      if (index.kind != Token::kNumber) unexpected();
      advance();
      expect("]", "[", token.place);
      name += "[" + std::string(index.text) + "]";
    }
    return {{graph_.symbol(name)}, false, token.place};
  }

  Value component(const Token& name, const std::vector<Expr>& vector) {
    Value value{{}, true, name.place};
    for (const Expr& e : vector) value.at.push_back(e.in(graph_));
    const std::size_t opened = token_.place;
    if (!accept("[")) return value;
    const Token index = token_;
    const double i = index.number;
    const std::string range = std::string(name.text) + "[1] to " + std::string(name.text) + "[" +
                              std::to_string(vector.size()) + "]";
    if (index.kind != Token::kNumber)
      fail("a component is named by a number: " + range, index.place);
    advance();
    expect("]", "[", opened);
    if (!(i >= 1.0 && i <= static_cast<double>(vector.size()) &&
          i == static_cast<double>(static_cast<long>(i))))
      fail("there is no component " + as_typed(shown(index)) + "; allowed are " + range,
           index.place);
    return {{value.at[static_cast<std::size_t>(i) - 1]}, false, name.place};
  }

  Value call(const Token& token) {
    const std::string_view name = token.text;
    const std::size_t opened = token_.place;
    const auto own = scope_.functions.find(name);
    const std::optional<OpId> op = function_named(name);
    if (own == scope_.functions.end() && !op && name != kSum && name != kDot) {
      if (scope_.scalars.contains(name) || scope_.vectors.contains(name) || constant_named(name))
        fail("'" + std::string(name) +
                 "' is not a function; write * to multiply: " + std::string(name) + "*(...)",
             opened);
      fail("unknown function " + as_typed(name) + suggestion(name), token.place);
    }
    advance();
    const std::vector<Value> args = arguments(")", "(", opened);
    auto want = [&](std::size_t n) {
      if (args.size() == n) return;
      fail("'" + std::string(name) + "' takes " + std::to_string(n) +
               (n == 1 ? " value" : " values") + ", not " + std::to_string(args.size()),
           token.place);
    };
    if (own != scope_.functions.end()) {
      want(own->second.parameters.size());
      return inlined(own->second, args, token.place);
    }
    if (name == kSum) {
      want(1);
      return {{total(args[0].at)}, false, token.place};
    }
    if (name == kDot) {
      want(2);
      return {
          {total(combine(kOp<ops::Mul>, args[0], args[1], token.place).at)}, false, token.place};
    }
    want(static_cast<std::size_t>(op_facts(*op).arity));
    return broadcast(*op, args, token.place);
  }

  Value inlined(const Function& function, const std::vector<Value>& args, std::size_t place) {
    std::vector<Expr> to;
    for (const Value& v : args) {
      if (v.vector) fail("this function takes numbers, not vectors", v.place);
      to.emplace_back(graph_, v.at[0]);
    }
    return {{substitute(function.body, function.parameters, to).in(graph_)}, false, place};
  }

  /// Halves are added first, so that a long vector makes no deep formula.
  NodeId total(std::span<const NodeId> at) {
    if (at.size() == 1) return at[0];
    const std::size_t half = (at.size() + 1) / 2;
    return graph_.raw(kOp<ops::Add>, std::array{total(at.first(half)), total(at.subspan(half))});
  }

  Value combine(OpId op, const Value& a, const Value& b, std::size_t place) {
    Value value = broadcast(op, {a, b}, place);
    value.place = a.place;
    return value;
  }

  Value broadcast(OpId op, const std::vector<Value>& args, std::size_t place) {
    Value result{{}, false, place};
    std::size_t size = 1;
    for (const Value& v : args) {
      if (!v.vector) continue;
      if (result.vector && v.at.size() != size)
        fail("vectors of " + std::to_string(size) + " and " + std::to_string(v.at.size()) +
                 " numbers do not go together",
             place);
      result.vector = true;
      size = v.at.size();
    }
    for (std::size_t i = 0; i < size; ++i) {
      std::array<NodeId, 3> nodes{};
      for (std::size_t k = 0; k < args.size(); ++k) nodes[k] = args[k].at[args[k].vector ? i : 0];
      result.at.push_back(graph_.raw(op, std::span(nodes).first(args.size())));
    }
    return result;
  }

  std::string suggestion(std::string_view name) const {
    std::vector<std::string> known{"pi", "e", std::string(kSum), std::string(kDot)};
    for (const OpFacts& op : Ops::facts)
      if (op.form == Form::kFunction) known.emplace_back(op.text);
    for (const auto& [n, v] : scope_.functions) known.push_back(n);
    std::vector<std::string> own;
    for (const auto& [n, v] : scope_.scalars) own.push_back(n), known.push_back(n);
    for (const auto& [n, v] : scope_.vectors) own.push_back(n), known.push_back(n);
    if (std::string near = did_you_mean(name, known); !near.empty()) return near;
    return own.empty() ? "" : "; this formula knows " + join(own, ", ");
  }

  Graph& graph_;
  const Scope& scope_;
  bool open_;
  std::string_view whole_;
  std::size_t offset_;
  Lexer lexer_;
  Token token_;
  int depth_ = 0;
};

}  // namespace

Expr parse(std::string_view text, Graph& graph, const Scope& scope, std::string_view whole,
           std::size_t offset) {
  return Parser(text, graph, scope, false, whole, offset).formula();
}

Expr parse(std::string_view text, Graph& graph, const Scope& scope) {
  return parse(text, graph, scope, text, 0);
}

Expr parse_open(std::string_view text, Graph& graph) {
  return Parser(text, graph, {}, true, text, 0).formula();
}

bool is_reserved(std::string_view name) {
  return constant_named(name) || function_named(name) || name == kSum || name == kDot;
}

}  // namespace gyre
