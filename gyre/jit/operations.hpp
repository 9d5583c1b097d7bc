#pragma once

#include <llvm/IR/IRBuilder.h>

#include "gyre/jit/shape.hpp"
#include "gyre/program/program.hpp"

namespace gyre::jit {

/// A vector of numbers on its way through a kernel. A comparison stays a mask until somebody asks
/// for its ones and zeros.
struct Number {
  llvm::Value* value = nullptr;
  llvm::Value* mask = nullptr;
};

/// Writes the operations of a program as vector instructions: an overload for each, so that an
/// operation that the table gains does not compile before it is written here.
class Operations {
 public:
  Operations(llvm::IRBuilder<>& builder, const Shape& shape);

  llvm::VectorType* type() const { return type_; }
  llvm::Value* splat(double number) const;
  /// The numbers of a mask, too.
  llvm::Value* number(Number& n);

  /// The result of operation `op`; operands may be turned from masks to numbers in place.
  Number apply(OpId op, Number* const operands[3]);

 private:
  using Value = llvm::Value*;
  struct Operands;

  Value call(const char* name, std::initializer_list<Value> operands);
  Value call_vector(std::uintptr_t address, std::initializer_list<Value> operands);
  Value call_lanes(std::uintptr_t address, std::initializer_list<Value> operands);
  Value intrinsic(llvm::Intrinsic::ID id, std::initializer_list<Value> operands);
  Value exponential(Value x);
  Value multiply_add(Value a, Value b, Value c);
  Value not_a_number(Value a);
  Value draw(Value seed, Value lane, Value counter, bool last);
  Number compare(llvm::CmpInst::Predicate how, Value a, Value b);

  Number write(OpTag<ops::Constant>, Operands o);
  Number write(OpTag<ops::Symbol>, Operands o);
  Number write(OpTag<ops::Add>, Operands o);
  Number write(OpTag<ops::Sub>, Operands o);
  Number write(OpTag<ops::Mul>, Operands o);
  Number write(OpTag<ops::Div>, Operands o);
  Number write(OpTag<ops::Pow>, Operands o);
  Number write(OpTag<ops::Neg>, Operands o);
  Number write(OpTag<ops::Exp>, Operands o);
  Number write(OpTag<ops::Log>, Operands o);
  Number write(OpTag<ops::Log1p>, Operands o);
  Number write(OpTag<ops::Expm1>, Operands o);
  Number write(OpTag<ops::Sqrt>, Operands o);
  Number write(OpTag<ops::Abs>, Operands o);
  Number write(OpTag<ops::Sign>, Operands o);
  Number write(OpTag<ops::Sin>, Operands o);
  Number write(OpTag<ops::Cos>, Operands o);
  Number write(OpTag<ops::Tan>, Operands o);
  Number write(OpTag<ops::Asin>, Operands o);
  Number write(OpTag<ops::Acos>, Operands o);
  Number write(OpTag<ops::Atan>, Operands o);
  Number write(OpTag<ops::Sinh>, Operands o);
  Number write(OpTag<ops::Cosh>, Operands o);
  Number write(OpTag<ops::Tanh>, Operands o);
  Number write(OpTag<ops::Sigmoid>, Operands o);
  Number write(OpTag<ops::Softplus>, Operands o);
  Number write(OpTag<ops::Erf>, Operands o);
  Number write(OpTag<ops::Min>, Operands o);
  Number write(OpTag<ops::Max>, Operands o);
  Number write(OpTag<ops::Less>, Operands o);
  Number write(OpTag<ops::LessEqual>, Operands o);
  Number write(OpTag<ops::Equal>, Operands o);
  Number write(OpTag<ops::NotEqual>, Operands o);
  Number write(OpTag<ops::Greater>, Operands o);
  Number write(OpTag<ops::GreaterEqual>, Operands o);
  Number write(OpTag<ops::Select>, Operands o);
  Number write(OpTag<ops::Uniform>, Operands o);
  Number write(OpTag<ops::Uniform2>, Operands o);
  Number write(OpTag<ops::Copy>, Operands o);
  Number write(OpTag<ops::MultiplyAdd>, Operands o);
  Number write(OpTag<ops::MultiplySubtract>, Operands o);
  Number write(OpTag<ops::MultiplyFrom>, Operands o);

  llvm::IRBuilder<>& b_;
  const Shape& shape_;
  llvm::Type* scalar_;
  llvm::VectorType* type_;
};

}  // namespace gyre::jit
