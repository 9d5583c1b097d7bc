#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gyre/expr/expr.hpp"

namespace gyre {

/// Operations that only programs have: a copy, and products that are added at once (with both
/// roundings, so that fusing never changes a bit).
namespace ops {

struct Copy {
  static constexpr OpFacts facts{.text = "copy", .cost = 1};
  template <class T>
  GYRE_OP_VALUE T value(T a) {
    return a;
  }
};

struct MultiplyAdd {
  static constexpr OpFacts facts{.text = "a+b*c", .arity = 3, .cost = 1};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b, T c) {
    const T product = b * c;
    return a + product;
  }
};

struct MultiplySubtract {
  static constexpr OpFacts facts{.text = "a-b*c", .arity = 3, .cost = 1};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b, T c) {
    const T product = b * c;
    return a - product;
  }
};

struct MultiplyFrom {
  static constexpr OpFacts facts{.text = "b*c-a", .arity = 3, .cost = 1};
  template <class T>
  GYRE_OP_VALUE T value(T a, T b, T c) {
    const T product = b * c;
    return product - a;
  }
};

}  // namespace ops

using ExtraOps = OpList<ops::Copy, ops::MultiplyAdd, ops::MultiplySubtract, ops::MultiplyFrom>;

/// The number of a program's operation: the table's, then the extra ones.
template <class O>
inline constexpr OpId kExtraOp = static_cast<OpId>(Ops::size + ExtraOps::id_of<O>());

inline constexpr const OpFacts& program_op_facts(OpId op) {
  return op < Ops::size ? Ops::facts[op] : ExtraOps::facts[op - Ops::size];
}

using Register = std::uint32_t;

struct Instruction {
  OpId op = 0;
  Register to = 0;
  std::array<Register, 3> from{};
};

/// Straight-line code on registers, each of which holds one number a lane. Constants stand in the
/// first registers, inputs behind them.
struct Program {
  std::vector<double> constants;
  std::uint32_t inputs = 0;
  Register registers = 0;
  std::vector<Instruction> code;
  std::vector<Register> outputs;
  /// Whether output i is the next value of input i, so that the code can run again and again.
  bool loops = false;

  Register input(std::size_t i) const { return static_cast<Register>(constants.size() + i); }
  /// Rough cycles a lane and run, relative to an addition.
  int cost() const;
  /// One instruction a line, for people.
  std::string text() const;
};

struct CompileOptions {
  bool loops = false;
  bool fuse = true;  ///< joins products with the sums they go into
};

/// Straight-line code for the formulas `outputs` of the symbols `inputs`. Every symbol in the
/// outputs must be an input. Powers with small whole exponents become products.
Program compile(std::span<const Expr> inputs, std::span<const Expr> outputs,
                CompileOptions options = {});

}  // namespace gyre
