#include "gyre/jit/operations.hpp"

#include <llvm/IR/Intrinsics.h>

#include <stdexcept>

#include "gyre/jit/functions.hpp"

namespace gyre::jit {

using llvm::CmpInst;
using llvm::Intrinsic::ID;

/// What an operation reads, as numbers unless it asks for a mask.
struct Operations::Operands {
  Operations& self;
  Number* const* from;

  Value operator[](int k) const { return self.number(*from[k]); }
  Number whole(int k) const { return *from[k]; }
};

Operations::Operations(llvm::IRBuilder<>& builder, const Shape& shape)
    : b_(builder),
      shape_(shape),
      scalar_(shape.single ? builder.getFloatTy() : builder.getDoubleTy()),
      type_(llvm::FixedVectorType::get(scalar_, static_cast<unsigned>(shape.width()))) {}

llvm::Value* Operations::splat(double number) const {
  return llvm::ConstantVector::getSplat(type_->getElementCount(),
                                        llvm::ConstantFP::get(scalar_, number));
}

llvm::Value* Operations::number(Number& n) {
  if (!n.value) n.value = b_.CreateSelect(n.mask, splat(1.0), splat(0.0));
  return n.value;
}

Number Operations::apply(OpId op, Number* const operands[3]) {
  const Operands o{*this, operands};
  Number result;
  if (op < Ops::size)
    Ops::visit(op, [&](auto tag) { result = write(tag, o); });
  else
    ExtraOps::visit(static_cast<OpId>(op - Ops::size), [&](auto tag) { result = write(tag, o); });
  return result;
}

// --- calls ---

llvm::Value* Operations::intrinsic(ID id, std::initializer_list<Value> operands) {
  return b_.CreateIntrinsic(id, {type_}, llvm::ArrayRef<Value>(operands));
}

llvm::Value* Operations::call(const char* name, std::initializer_list<Value> operands) {
  const Addresses at = address_of(name, static_cast<int>(operands.size()), shape_);
  if (at.vector) return call_vector(at.vector, operands);
  if (at.scalar) return call_lanes(at.scalar, operands);
  throw std::runtime_error(std::string("the machine's libraries have no function ") + name);
}

namespace {

llvm::CallInst* call_address(llvm::IRBuilder<>& b, std::uintptr_t address, llvm::Type* type,
                             llvm::ArrayRef<llvm::Value*> operands) {
  const std::vector<llvm::Type*> types(operands.size(), type);
  llvm::FunctionType* const signature = llvm::FunctionType::get(type, types, false);
  llvm::Value* const callee = b.CreateIntToPtr(b.getInt64(address), b.getPtrTy());
  llvm::CallInst* const call = b.CreateCall(signature, callee, operands);
  call->setDoesNotAccessMemory();
  call->setDoesNotThrow();
  return call;
}

}  // namespace

llvm::Value* Operations::call_vector(std::uintptr_t address,
                                     std::initializer_list<Value> operands) {
  return call_address(b_, address, type_, operands);
}

llvm::Value* Operations::call_lanes(std::uintptr_t address, std::initializer_list<Value> operands) {
  Value result = llvm::PoisonValue::get(type_);
  for (std::uint64_t lane = 0; lane < shape_.width(); ++lane) {
    std::vector<Value> numbers;
    for (Value const o : operands) numbers.push_back(b_.CreateExtractElement(o, lane));
    result = b_.CreateInsertElement(result, call_address(b_, address, scalar_, numbers), lane);
  }
  return result;
}

// --- arithmetic ---

Number Operations::write(OpTag<ops::Constant>, Operands) {
  throw std::runtime_error("a constant is no step");
}
Number Operations::write(OpTag<ops::Symbol>, Operands) {
  throw std::runtime_error("a symbol is no step");
}
Number Operations::write(OpTag<ops::Copy>, Operands o) { return o.whole(0); }

Number Operations::write(OpTag<ops::Add>, Operands o) { return {b_.CreateFAdd(o[0], o[1])}; }
Number Operations::write(OpTag<ops::Sub>, Operands o) { return {b_.CreateFSub(o[0], o[1])}; }
Number Operations::write(OpTag<ops::Mul>, Operands o) { return {b_.CreateFMul(o[0], o[1])}; }
Number Operations::write(OpTag<ops::Div>, Operands o) { return {b_.CreateFDiv(o[0], o[1])}; }
Number Operations::write(OpTag<ops::Neg>, Operands o) { return {b_.CreateFNeg(o[0])}; }

llvm::Value* Operations::multiply_add(Value a, Value b, Value c) {
  if (shape_.fused) return intrinsic(llvm::Intrinsic::fma, {b, c, a});
  return b_.CreateFAdd(a, b_.CreateFMul(b, c));
}

Number Operations::write(OpTag<ops::MultiplyAdd>, Operands o) {
  return {multiply_add(o[0], o[1], o[2])};
}

Number Operations::write(OpTag<ops::MultiplySubtract>, Operands o) {
  return {multiply_add(o[0], b_.CreateFNeg(o[1]), o[2])};
}

Number Operations::write(OpTag<ops::MultiplyFrom>, Operands o) {
  return {multiply_add(b_.CreateFNeg(o[0]), o[1], o[2])};
}

Number Operations::write(OpTag<ops::Sqrt>, Operands o) {
  return {intrinsic(llvm::Intrinsic::sqrt, {o[0]})};
}

Number Operations::write(OpTag<ops::Abs>, Operands o) {
  return {intrinsic(llvm::Intrinsic::fabs, {o[0]})};
}

/// Adding zero makes -0 to 0 and leaves what is no number alone.
Number Operations::write(OpTag<ops::Sign>, Operands o) {
  Value const a = o[0];
  Value const one = intrinsic(llvm::Intrinsic::copysign, {splat(1.0), a});
  Value const differs = b_.CreateFCmpONE(a, splat(0.0));
  return {b_.CreateSelect(differs, one, b_.CreateFAdd(a, splat(0.0)))};
}

// --- elementary functions ---

Number Operations::write(OpTag<ops::Pow>, Operands o) { return {call("pow", {o[0], o[1]})}; }
Number Operations::write(OpTag<ops::Exp>, Operands o) { return {exponential(o[0])}; }
Number Operations::write(OpTag<ops::Log>, Operands o) { return {call("log", {o[0]})}; }
Number Operations::write(OpTag<ops::Log1p>, Operands o) { return {call("log1p", {o[0]})}; }
Number Operations::write(OpTag<ops::Expm1>, Operands o) { return {call("expm1", {o[0]})}; }
Number Operations::write(OpTag<ops::Sin>, Operands o) { return {call("sin", {o[0]})}; }
Number Operations::write(OpTag<ops::Cos>, Operands o) { return {call("cos", {o[0]})}; }
Number Operations::write(OpTag<ops::Tan>, Operands o) { return {call("tan", {o[0]})}; }
Number Operations::write(OpTag<ops::Asin>, Operands o) { return {call("asin", {o[0]})}; }
Number Operations::write(OpTag<ops::Acos>, Operands o) { return {call("acos", {o[0]})}; }
Number Operations::write(OpTag<ops::Atan>, Operands o) { return {call("atan", {o[0]})}; }
Number Operations::write(OpTag<ops::Sinh>, Operands o) { return {call("sinh", {o[0]})}; }
Number Operations::write(OpTag<ops::Cosh>, Operands o) { return {call("cosh", {o[0]})}; }
Number Operations::write(OpTag<ops::Tanh>, Operands o) { return {call("tanh", {o[0]})}; }
Number Operations::write(OpTag<ops::Erf>, Operands o) { return {call("erf", {o[0]})}; }

Number Operations::write(OpTag<ops::Sigmoid>, Operands o) {
  Value const e = exponential(b_.CreateFNeg(o[0]));
  return {b_.CreateFDiv(splat(1.0), b_.CreateFAdd(splat(1.0), e))};
}

Number Operations::write(OpTag<ops::Softplus>, Operands o) {
  Value const a = o[0];
  Value const e = exponential(b_.CreateFNeg(intrinsic(llvm::Intrinsic::fabs, {a})));
  Value const above = b_.CreateSelect(b_.CreateFCmpOLT(a, splat(0.0)), splat(0.0), a);
  return {b_.CreateFAdd(call("log1p", {e}), above)};
}

// --- choices ---

llvm::Value* Operations::not_a_number(Value a) { return b_.CreateFCmpUNO(a, a); }

/// The comparison is true of what is no number either, and gives `b` then: only an `a` that is none
/// must be looked for. Beside a constant it is the other way round, and nothing is looked for.
Number Operations::write(OpTag<ops::Min>, Operands o) {
  Value const a = o[0], b = o[1];
  if (llvm::isa<llvm::Constant>(b)) return {b_.CreateSelect(b_.CreateFCmpOGT(a, b), b, a)};
  Value const least = b_.CreateSelect(b_.CreateFCmpUGT(a, b), b, a);
  return {b_.CreateSelect(not_a_number(a), a, least)};
}

Number Operations::write(OpTag<ops::Max>, Operands o) {
  Value const a = o[0], b = o[1];
  if (llvm::isa<llvm::Constant>(b)) return {b_.CreateSelect(b_.CreateFCmpOLT(a, b), b, a)};
  Value const most = b_.CreateSelect(b_.CreateFCmpULT(a, b), b, a);
  return {b_.CreateSelect(not_a_number(a), a, most)};
}

Number Operations::compare(CmpInst::Predicate how, Value a, Value b) {
  return {nullptr, b_.CreateFCmp(how, a, b)};
}

Number Operations::write(OpTag<ops::Less>, Operands o) {
  return compare(CmpInst::FCMP_OLT, o[0], o[1]);
}
Number Operations::write(OpTag<ops::LessEqual>, Operands o) {
  return compare(CmpInst::FCMP_OLE, o[0], o[1]);
}
Number Operations::write(OpTag<ops::Equal>, Operands o) {
  return compare(CmpInst::FCMP_OEQ, o[0], o[1]);
}
Number Operations::write(OpTag<ops::NotEqual>, Operands o) {
  return compare(CmpInst::FCMP_UNE, o[0], o[1]);
}
Number Operations::write(OpTag<ops::Greater>, Operands o) {
  return compare(CmpInst::FCMP_OGT, o[0], o[1]);
}
Number Operations::write(OpTag<ops::GreaterEqual>, Operands o) {
  return compare(CmpInst::FCMP_OGE, o[0], o[1]);
}

Number Operations::write(OpTag<ops::Select>, Operands o) {
  Value mask = o.whole(0).mask;
  if (!mask) mask = b_.CreateFCmpUNE(o[0], splat(0.0));
  return {b_.CreateSelect(mask, o[1], o[2])};
}

// --- draws ---

Number Operations::write(OpTag<ops::Uniform>, Operands o) {
  return {draw(o[0], o[1], o[2], false)};
}
Number Operations::write(OpTag<ops::Uniform2>, Operands o) {
  return {draw(o[0], o[1], o[2], true)};
}

}  // namespace gyre::jit
