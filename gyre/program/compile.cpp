#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "gyre/core/assert.hpp"
#include "gyre/core/text.hpp"
#include "gyre/program/program.hpp"

namespace gyre {

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kEnd = kNone - 1;  // "used after the last instruction"

/// A value before it has a register: a constant, an input, or the result of an instruction.
struct Value {
  enum Kind { kConstant, kInput, kResult } kind = kResult;
  std::uint32_t index = 0;  ///< of the constant or input
  OpId op = 0;
  std::array<std::uint32_t, 3> from{};
  std::uint32_t uses = 0;
  bool dead = false;  ///< fused into its only user

  int arity() const { return kind == kResult ? program_op_facts(op).arity : 0; }
};

class Compiler {
 public:
  Compiler(std::span<const Expr> inputs, std::span<const Expr> outputs, CompileOptions options)
      : options_(options) {
    program_.inputs = static_cast<std::uint32_t>(inputs.size());
    program_.loops = options.loops;
    GYRE_ASSERT(!options.loops || outputs.size() <= inputs.size());
    for (std::uint32_t i = 0; i < inputs.size(); ++i)
      values_.push_back({.kind = Value::kInput, .index = i});
    select(inputs, outputs);
    count_uses();
    if (options.fuse) fuse();
    allocate();
  }

  Program take() { return std::move(program_); }

 private:
  std::uint32_t constant(double value) {
    const auto [it, is_new] = constants_.try_emplace(value, 0);
    if (is_new) {
      it->second = static_cast<std::uint32_t>(values_.size());
      values_.push_back({.kind = Value::kConstant,
                         .index = static_cast<std::uint32_t>(program_.constants.size())});
      program_.constants.push_back(value);
    }
    return it->second;
  }

  /// Equal ones are one: the graph sees to that for formulas, but not for what powers become.
  std::uint32_t result(OpId op, std::array<std::uint32_t, 3> from) {
    const auto [it, is_new] =
        results_.try_emplace({op, from}, static_cast<std::uint32_t>(values_.size()));
    if (is_new) values_.push_back({.op = op, .from = from});
    return it->second;
  }

  /// x^n by squaring.
  std::uint32_t power(std::uint32_t x, unsigned n) {
    std::uint32_t whole = kNone;
    for (std::uint32_t square = x;; square = result(kOp<ops::Mul>, {square, square})) {
      if (n & 1u) whole = whole == kNone ? square : result(kOp<ops::Mul>, {whole, square});
      if ((n >>= 1) == 0) return whole;
    }
  }

  std::optional<std::uint32_t> simple_power(std::uint32_t x, double exponent) {
    constexpr double kLargest = 64.0;
    if (exponent == 0.5) return result(kOp<ops::Sqrt>, {x});
    if (exponent == 0.0 || std::abs(exponent) > kLargest || exponent != std::round(exponent))
      return std::nullopt;
    const std::uint32_t whole = power(x, static_cast<unsigned>(std::abs(exponent)));
    return exponent > 0.0 ? whole : result(kOp<ops::Div>, {constant(1.0), whole});
  }

  /// Nodes to values, leaves first.
  void select(std::span<const Expr> inputs, std::span<const Expr> outputs) {
    Graph* graph = nullptr;
    for (const Expr& e : outputs)
      if (e.graph()) graph = e.graph();
    if (!graph) {
      for (const Expr& e : outputs) outputs_.push_back(constant(e.value()));
      return;
    }
    std::vector<NodeId> roots;
    for (const Expr& e : outputs) roots.push_back(e.in(*graph));
    std::unordered_map<NodeId, std::uint32_t> value;
    for (std::uint32_t i = 0; i < inputs.size(); ++i) value[inputs[i].in(*graph)] = i;
    for (const NodeId id : reachable(*graph, roots)) {
      const Node& node = graph->node(id);
      if (graph->is_constant(id)) {
        value[id] = constant(node.value);
      } else if (node.arity() == 0) {
        GYRE_ASSERT(value.contains(id));
      } else {
        std::array<std::uint32_t, 3> from{};
        for (int k = 0; k < node.arity(); ++k) from[k] = value.at(node.args[k]);
        std::optional<std::uint32_t> simple;
        if (node.op == kOp<ops::Pow> && graph->is_constant(node.args[1]))
          simple = simple_power(from[0], graph->node(node.args[1]).value);
        value[id] = simple ? *simple : result(node.op, from);
      }
    }
    for (const NodeId r : roots) outputs_.push_back(value.at(r));
  }

  void count_uses() {
    for (const Value& v : values_)
      for (int k = 0; k < v.arity(); ++k) ++values_[v.from[k]].uses;
    for (const std::uint32_t o : outputs_) ++values_[o].uses;
    // What nobody asks for any more, such as the exponent of a power that became a product.
    for (std::size_t i = values_.size(); i-- > 0;) {
      Value& v = values_[i];
      if (v.kind != Value::kResult || v.uses > 0) continue;
      v.dead = true;
      for (int k = 0; k < v.arity(); ++k) --values_[v.from[k]].uses;
    }
  }

  void fuse() {
    auto is_lone_product = [&](std::uint32_t i) {
      const Value& v = values_[i];
      return v.kind == Value::kResult && !v.dead && v.op == kOp<ops::Mul> && v.uses == 1;
    };
    for (Value& v : values_) {
      if (v.kind != Value::kResult || v.dead) continue;
      const auto [a, b, c] = v.from;
      std::uint32_t product = kNone, other = kNone;
      if (v.op == kOp<ops::Add>) {
        if (is_lone_product(b))
          product = b, other = a;
        else if (is_lone_product(a))
          product = a, other = b;
        if (product != kNone) v.op = kExtraOp<ops::MultiplyAdd>;
      } else if (v.op == kOp<ops::Sub>) {
        if (is_lone_product(b))
          product = b, other = a, v.op = kExtraOp<ops::MultiplySubtract>;
        else if (is_lone_product(a))
          product = a, other = b, v.op = kExtraOp<ops::MultiplyFrom>;
      }
      if (product == kNone) continue;
      values_[product].dead = true;
      v.from = {other, values_[product].from[0], values_[product].from[1]};
    }
  }

  Register fixed(const Value& v) const {
    return v.kind == Value::kConstant ? v.index : program_.input(v.index);
  }

  void allocate() {
    std::vector<std::uint32_t> last(values_.size(), 0);
    for (std::uint32_t i = 0; i < values_.size(); ++i)
      if (!values_[i].dead)
        for (int k = 0; k < values_[i].arity(); ++k) last[values_[i].from[k]] = i;
    for (const std::uint32_t o : outputs_) last[o] = kEnd;

    program_.registers = static_cast<Register>(program_.constants.size() + program_.inputs);
    std::vector<Register> place(values_.size(), kNone);
    std::vector<Register> free;
    for (std::uint32_t i = 0; i < values_.size(); ++i) {
      const Value& v = values_[i];
      if (v.kind != Value::kResult) place[i] = fixed(v);
      if (v.kind != Value::kResult || v.dead) continue;
      Instruction code{v.op, 0, {}};
      for (int k = 0; k < v.arity(); ++k) code.from[k] = place[v.from[k]];
      for (int k = 0; k < v.arity(); ++k) {  // the result may take the place of a dying operand
        const std::uint32_t from = v.from[k];
        if (last[from] != i || values_[from].kind != Value::kResult) continue;
        last[from] = kNone;  // once, even if it is read twice here
        if (!is_input(place[from])) free.push_back(place[from]);
      }
      place[i] = in_place(i, last);
      if (place[i] == kNone) {
        if (free.empty()) free.push_back(program_.registers++);
        place[i] = free.back();
        free.pop_back();
      }
      code.to = place[i];
      program_.code.push_back(code);
    }
    if (options_.loops)
      close_loop(place);
    else
      for (const std::uint32_t o : outputs_) program_.outputs.push_back(place[o]);
  }

  bool is_input(Register r) const {
    return r >= program_.constants.size() && r < program_.constants.size() + program_.inputs;
  }

  /// The register of the input that value `i` is the next value of, if nobody reads that input
  /// later.
  Register in_place(std::uint32_t i, const std::vector<std::uint32_t>& last) const {
    if (!options_.loops) return kNone;
    for (std::uint32_t k = 0; k < outputs_.size(); ++k) {
      if (outputs_[k] != i) continue;
      return last[k] == kEnd || last[k] > i ? kNone : program_.input(k);
    }
    return kNone;
  }

  /// Moves what is not yet in its place into the inputs, by way of fresh registers where a move
  /// would overwrite what another still has to read.
  void close_loop(const std::vector<Register>& place) {
    std::vector<std::pair<Register, Register>> moves;
    for (std::uint32_t k = 0; k < outputs_.size(); ++k) {
      const Register to = program_.input(k), from = place[outputs_[k]];
      program_.outputs.push_back(to);
      if (from != to) moves.emplace_back(from, to);
    }
    for (auto& [from, to] : moves) {
      const bool overwritten = std::any_of(
          moves.begin(), moves.end(), [from = from](const auto& m) { return m.second == from; });
      if (!overwritten) continue;
      program_.code.push_back({kExtraOp<ops::Copy>, program_.registers, {from}});
      from = program_.registers++;
    }
    for (const auto& [from, to] : moves) program_.code.push_back({kExtraOp<ops::Copy>, to, {from}});
  }

  CompileOptions options_;
  Program program_;
  std::vector<Value> values_;
  std::map<double, std::uint32_t> constants_;
  std::map<std::pair<OpId, std::array<std::uint32_t, 3>>, std::uint32_t> results_;
  std::vector<std::uint32_t> outputs_;
};

}  // namespace

Program compile(std::span<const Expr> inputs, std::span<const Expr> outputs,
                CompileOptions options) {
  return Compiler(inputs, outputs, options).take();
}

int Program::cost() const {
  int sum = 0;
  for (const Instruction& i : code) sum += program_op_facts(i.op).cost;
  return sum;
}

std::string Program::text() const {
  std::string all;
  auto name = [&](Register r) {
    if (r < constants.size()) return number(constants[r]);
    if (r < constants.size() + inputs) return "in" + std::to_string(r - constants.size());
    return "t" + std::to_string(r - constants.size() - inputs);
  };
  for (const Instruction& i : code) {
    const OpFacts& op = program_op_facts(i.op);
    all += name(i.to) + " = " + std::string(op.text);
    for (int k = 0; k < op.arity; ++k) all += " " + name(i.from[k]);
    all += "\n";
  }
  return all;
}

}  // namespace gyre
