#include <numbers>

#include "gyre/jit/operations.hpp"

namespace gyre::jit {

namespace {

struct Float {
  double magic;      ///< added, it leaves a whole number in the lowest bits
  double high, low;  ///< log(2); a whole exponent times `high` is exact
  double least, most;
  int terms;
  unsigned mantissa, bias;
};

constexpr Float kDouble{
    0x1.8p52, 6.93147180369123816490e-01, 1.90821492927058770002e-10, -708.3, 710.0, 13, 52, 1023};
constexpr Float kSingle{0x1.8p23, 0.693359375, -2.12194440e-4, -87.3, 89.0, 7, 23, 127};

}  // namespace

/// e^x = 2^n e^r with |r| <= log(2)/2, and the series of e^r as far as it shows. A call would save
/// and restore every register, and keep the other vectors waiting. What is not normal is zero.
llvm::Value* Operations::exponential(Value x) {
  const Float& f = shape_.single ? kSingle : kDouble;
  llvm::Type* const whole = shape_.single ? b_.getInt32Ty() : b_.getInt64Ty();
  llvm::Type* const words = llvm::VectorType::get(whole, type_->getElementCount());
  auto word = [&](std::uint64_t n) { return llvm::ConstantInt::get(words, n); };

  Value const bounded = b_.CreateSelect(b_.CreateFCmpOGT(x, splat(f.most)), splat(f.most), x);
  Value const shifted = multiply_add(splat(f.magic), bounded, splat(std::numbers::log2e));
  Value const n = b_.CreateFSub(shifted, splat(f.magic));
  Value r = multiply_add(bounded, n, splat(-f.high));
  r = multiply_add(r, n, splat(-f.low));
  double factorial = 1.0;
  for (int k = 2; k <= f.terms; ++k) factorial *= k;
  Value sum = splat(1.0 / factorial);
  for (int k = f.terms; k > 0; --k) {
    factorial /= k;
    sum = multiply_add(splat(1.0 / factorial), sum, r);
  }
  // 2^(n - 1), so that the largest exponent fits.
  Value const bits = b_.CreateAdd(b_.CreateBitCast(shifted, words), word(f.bias - 1));
  Value const power = b_.CreateBitCast(b_.CreateShl(bits, word(f.mantissa)), type_);
  Value const scaled = b_.CreateFMul(b_.CreateFMul(sum, power), splat(2.0));
  return b_.CreateSelect(b_.CreateFCmpOLT(x, splat(f.least)), splat(0.0), scaled);
}

}  // namespace gyre::jit
