#include "gyre/jit/lower.hpp"

#include <algorithm>
#include <vector>

#include "gyre/jit/operations.hpp"

namespace gyre::jit {

namespace {

/// What a register holds: a number for each of the interleaved vectors.
struct Cell {
  std::vector<Number> numbers;
  bool steady = false;  ///< the same in every step
};

/// Straight-line code on registers becomes values. What no step changes is computed before the
/// loop.
class Lowering {
 public:
  Lowering(const Program& program, const Shape& shape, const std::string& name,
           llvm::Module& module)
      : program_(program),
        shape_(shape),
        context_(module.getContext()),
        before_(context_),
        b_(context_),
        early_(before_, shape),
        here_(b_, shape),
        cells_(program.registers) {
    llvm::Type* const number = llvm::PointerType::getUnqual(context_);
    llvm::Type* const count = b_.getInt64Ty();
    llvm::FunctionType* const type =
        llvm::FunctionType::get(b_.getVoidTy(), {number, number, count, count, count}, false);
    function_ = llvm::Function::Create(type, llvm::Function::ExternalLinkage, name, module);
    function_->setDoesNotThrow();
    for (unsigned i = 0; i < 2; ++i) function_->addParamAttr(i, llvm::Attribute::NoAlias);
    const std::string bits = std::to_string(shape.bits);
    function_->addFnAttr("prefer-vector-width", bits);
    function_->addFnAttr("min-legal-vector-width", bits);
    function_->addFnAttr("denormal-fp-math", "preserve-sign,preserve-sign");
  }

  void write() {
    auto block = [&](const char* name) {
      return llvm::BasicBlock::Create(context_, name, function_);
    };
    llvm::BasicBlock* const entry = block("entry");
    llvm::BasicBlock* const group = block("group");
    llvm::BasicBlock* const step = block("step");
    llvm::BasicBlock* const store = block("store");
    llvm::BasicBlock* const end = block("end");
    llvm::Value* const groups = function_->getArg(3);
    llvm::Value* const times = function_->getArg(4);
    llvm::Value* const none = b_.getInt64(0);
    llvm::Value* const one = b_.getInt64(1);

    b_.SetInsertPoint(entry);
    b_.CreateCondBr(b_.CreateICmpEQ(groups, none), end, group);

    b_.SetInsertPoint(group);
    llvm::PHINode* const g = b_.CreatePHI(b_.getInt64Ty(), 2);
    g->addIncoming(none, entry);
    first_ = b_.CreateMul(g, b_.getInt64(shape_.group()));
    before_.SetInsertPoint(b_.CreateBr(step));

    b_.SetInsertPoint(step);
    llvm::PHINode* const t = program_.loops ? b_.CreatePHI(b_.getInt64Ty(), 2) : nullptr;
    begin(group);
    for (const Instruction& i : program_.code) write(i);
    if (program_.loops) {
      close(step);
      llvm::Value* const left = b_.CreateSub(t, one);
      t->addIncoming(times, group);
      t->addIncoming(left, step);
      b_.CreateCondBr(b_.CreateICmpEQ(left, none), store, step);
    } else {
      b_.CreateBr(store);
    }

    b_.SetInsertPoint(store);
    for (std::size_t k = 0; k < program_.outputs.size(); ++k) write_output(k);
    llvm::Value* const next = b_.CreateAdd(g, one);
    g->addIncoming(next, store);
    b_.CreateCondBr(b_.CreateICmpULT(next, groups), group, end);

    b_.SetInsertPoint(end);
    b_.CreateRetVoid();
  }

 private:
  llvm::Value* address(llvm::IRBuilder<>& b, llvm::Value* base, std::size_t row, std::size_t v) {
    llvm::Value* at = b.CreateMul(function_->getArg(2), b.getInt64(row));
    at = b.CreateAdd(b.CreateAdd(at, first_), b.getInt64(v * shape_.width()));
    return b.CreateGEP(b.getDoubleTy(), base, at);
  }

  llvm::VectorType* stored() const {
    return llvm::FixedVectorType::get(llvm::Type::getDoubleTy(context_),
                                      static_cast<unsigned>(shape_.width()));
  }

  /// Every row begins at a cache line, and so does every whole line of lanes in it.
  llvm::Align alignment() const {
    return llvm::Align(std::min<std::size_t>(64, shape_.width() * 8));
  }

  llvm::Value* load(std::size_t input, std::size_t v) {
    llvm::Value* const from = address(before_, function_->getArg(0), input, v);
    llvm::Value* const whole = before_.CreateAlignedLoad(stored(), from, alignment());
    return shape_.single ? before_.CreateFPTrunc(whole, early_.type()) : whole;
  }

  void begin(llvm::BasicBlock* group) {
    for (std::size_t i = 0; i < program_.constants.size(); ++i) {
      Cell& cell = cells_[i];
      cell.steady = true;
      cell.numbers.assign(shape_.vectors, {here_.splat(program_.constants[i])});
    }
    const std::size_t state = program_.loops ? program_.outputs.size() : 0;
    std::vector<bool> read(program_.registers);
    for (const Instruction& i : program_.code)
      for (int k = 0; k < program_op_facts(i.op).arity; ++k) read[i.from[k]] = true;
    for (const Register o : program_.outputs) read[o] = true;
    for (std::size_t i = 0; i < program_.inputs; ++i) {
      if (!read[program_.input(i)]) continue;
      Cell& cell = cells_[program_.input(i)];
      cell.steady = i >= state;
      for (std::size_t v = 0; v < shape_.vectors; ++v) {
        llvm::Value* value = load(i, v);
        if (!cell.steady) {
          llvm::PHINode* const phi = b_.CreatePHI(here_.type(), 2);
          phi->addIncoming(value, group);
          phis_.push_back(phi);
          value = phi;
        }
        cell.numbers.push_back({value});
      }
    }
  }

  void write(const Instruction& i) {
    const int arity = program_op_facts(i.op).arity;
    bool steady = true;
    for (int k = 0; k < arity; ++k) steady = steady && cells_[i.from[k]].steady;
    Operations& at = steady ? early_ : here_;
    Cell result;
    result.steady = steady;
    const bool divides = i.op == kOp<ops::Div> && !steady && cells_[i.from[1]].steady;
    for (std::size_t v = 0; v < shape_.vectors; ++v) {
      Number* operands[3]{};
      for (int k = 0; k < arity; ++k) operands[k] = &cells_[i.from[k]].numbers[v];
      if (divides) {
        // Reciprocals are shared by all divisions by the same number: codegen sees equal values.
        llvm::Value* const inverse =
            before_.CreateFDiv(early_.splat(1.0), early_.number(*operands[1]));
        result.numbers.push_back({b_.CreateFMul(here_.number(*operands[0]), inverse)});
        continue;
      }
      result.numbers.push_back(at.apply(i.op, operands));
      // Whoever asks for its ones and zeros may stand before the loop or in it.
      if (steady) early_.number(result.numbers.back());
    }
    cells_[i.to] = std::move(result);
  }

  void close(llvm::BasicBlock* step) {
    std::size_t next = 0;
    for (const Register o : program_.outputs)
      for (Number& n : cells_[o].numbers) phis_[next++]->addIncoming(here_.number(n), step);
  }

  void write_output(std::size_t k) {
    llvm::Value* const base = function_->getArg(program_.loops ? 0 : 1);
    for (std::size_t v = 0; v < shape_.vectors; ++v) {
      llvm::Value* value = here_.number(cells_[program_.outputs[k]].numbers[v]);
      if (shape_.single) value = b_.CreateFPExt(value, stored());
      b_.CreateAlignedStore(value, address(b_, base, k, v), alignment());
    }
  }

  const Program& program_;
  const Shape& shape_;
  llvm::LLVMContext& context_;
  llvm::IRBuilder<> before_, b_;  ///< before the loop, and in it
  Operations early_, here_;
  std::vector<Cell> cells_;
  llvm::Function* function_ = nullptr;
  llvm::Value* first_ = nullptr;  ///< lane of the group
  std::vector<llvm::PHINode*> phis_;
};

}  // namespace

void lower(const Program& program, const Shape& shape, const std::string& name,
           llvm::Module& module) {
  Lowering(program, shape, name, module).write();
}

std::size_t vectors_for(const Program& program, const Shape& shape) {
  // Groups of straight code do not wait for each other.
  if (!program.loops) return 1;
  // Registers of the program that a step writes or reads, walked once to learn what no step
  // changes, and back from the end to learn how many numbers are alive at once.
  const std::size_t constants = program.constants.size();
  const Register changing = program.input(program.loops ? program.outputs.size() : program.inputs);
  std::vector<bool> steady(program.registers), shared(program.registers), computed;
  for (Register r = 0; r < constants + program.inputs; ++r)
    steady[r] = program.loops && (r < constants || r >= changing);
  std::size_t costly = 0, constants_read = 0;
  int cost = 0;
  for (const Instruction& i : program.code) {
    const OpFacts& op = program_op_facts(i.op);
    const auto from = std::span(i.from).first(static_cast<std::size_t>(op.arity));
    const bool all = std::ranges::all_of(from, [&](Register r) { return steady[r]; });
    for (const Register r : from) {
      if (all || r >= constants || shared[r]) continue;
      shared[r] = true;
      ++constants_read;
    }
    steady[i.to] = all;
    computed.push_back(!all);
    costly += !all;
    cost += all ? 0 : op.cost;
  }
  std::vector<bool> alive(program.registers);
  std::size_t now = 0, most = 1;
  auto begins = [&](Register r) {
    if (r >= constants && !alive[r]) alive[r] = true, ++now;
  };
  for (const Register o : program.outputs) begins(o);
  for (std::size_t n = program.code.size(); n-- > 0;) {
    const Instruction& i = program.code[n];
    most = std::max(most, now);
    if (!computed[n]) continue;
    if (alive[i.to]) alive[i.to] = false, --now;
    for (int k = 0; k < program_op_facts(i.op).arity; ++k) begins(i.from[k]);
  }
  const std::size_t room = shape.registers - std::min(shape.registers - 1, constants_read);
  // A number or two in memory costs less than waiting for an operation: four are interleaved even
  // where they do not quite fit, unless one has enough to do to fill the time, or waits for the
  // divider all the time.
  if (room / most >= 8) return 8;
  constexpr std::size_t kFew = 64, kMore = 250, kMany = 600;
  const bool cheap = 2 * cost < 3 * static_cast<int>(costly);
  if (costly <= kFew || (costly <= kMore && cheap)) return 4;
  return costly <= kMany ? 2 : 1;
}

}  // namespace gyre::jit
