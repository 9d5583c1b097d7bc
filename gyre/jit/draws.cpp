// Philox in vector instructions, to the bit what gyre/expr/philox.hpp computes.
#include "gyre/expr/philox.hpp"
#include "gyre/jit/operations.hpp"

namespace gyre::jit {

namespace {

using Value = llvm::Value*;

/// Words of 32 bits, each in a lane of 64.
class Philox {
 public:
  Philox(llvm::IRBuilder<>& builder, llvm::VectorType* numbers)
      : b_(builder),
        numbers_(numbers),
        words_(llvm::VectorType::get(builder.getInt64Ty(), numbers->getElementCount())) {}

  Value draw(Value seed, Value lane, Value counter, bool last) {
    Value const key = whole(seed), high = whole(lane), low = whole(counter);
    Value k0 = lower(key), k1 = upper(key);
    Value x0 = lower(low), x1 = upper(low), x2 = lower(high), x3 = upper(high);
    for (int round = 0; round < 10; ++round) {
      Value const p0 = b_.CreateMul(x0, word(0xD2511F53u));
      Value const p1 = b_.CreateMul(x2, word(0xCD9E8D57u));
      x0 = b_.CreateXor(b_.CreateXor(upper(p1), x1), k0);
      x1 = lower(p1);
      x2 = b_.CreateXor(b_.CreateXor(upper(p0), x3), k1);
      x3 = lower(p0);
      k0 = lower(b_.CreateAdd(k0, word(0x9E3779B9u)));
      k1 = lower(b_.CreateAdd(k1, word(0xBB67AE85u)));
    }
    Value const named = b_.CreateAnd(b_.CreateAnd(fits(seed), fits(lane)), fits(counter));
    Value const u = last ? uniform(x2, x3) : uniform(x0, x1);
    return b_.CreateSelect(named, u, llvm::ConstantFP::getNaN(numbers_));
  }

 private:
  Value word(std::uint64_t bits) const { return llvm::ConstantInt::get(words_, bits); }
  Value number(double n) const { return llvm::ConstantFP::get(numbers_, n); }
  Value lower(Value x) { return b_.CreateAnd(x, word(0xFFFFFFFFu)); }
  Value upper(Value x) { return b_.CreateLShr(x, word(32)); }

  Value whole(Value x) {
    Value const sum = b_.CreateFAdd(x, number(philox::kLimit));
    return b_.CreateAnd(b_.CreateBitCast(sum, words_), word(0xFFFFFFFFFFFFFu));
  }

  Value fits(Value x) {
    return b_.CreateAnd(b_.CreateFCmpOGE(x, number(0.0)),
                        b_.CreateFCmpOLT(x, number(philox::kLimit)));
  }

  Value uniform(Value low, Value high) {
    Value const mantissa = b_.CreateOr(b_.CreateShl(high, word(20)), b_.CreateLShr(low, word(12)));
    Value const bits = b_.CreateOr(mantissa, word(0x3FF0000000000000u));
    return b_.CreateFSub(b_.CreateBitCast(bits, numbers_), number(1.0 - 0x1p-53));
  }

  llvm::IRBuilder<>& b_;
  llvm::VectorType* numbers_;
  llvm::VectorType* words_;
};

}  // namespace

llvm::Value* Operations::draw(Value seed, Value lane, Value counter, bool last) {
  return Philox(b_, type_).draw(seed, lane, counter, last);
}

}  // namespace gyre::jit
