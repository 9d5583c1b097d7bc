// Compiled as kernels.cpp is.
#include "gyre/gan/sign_kernels.hpp"

#include "gyre/gan/vectors.hpp"

namespace gyre::gan {

namespace {

using namespace vectors;

using Word = std::uint64_t;
using Half = std::uint32_t;
using Masks = Half __attribute__((vector_size(GYRE_SET_BYTES)));

void signs(const float* y, Index n, Index columns, Word* down) {
  constexpr Index kHalf = 32;
  const Index words = words_of(n);
  for (Index i = 0; i < columns * words; ++i) down[i] = 0;
  for (Index r = 0; r < n; r += kHalf) {
    const Index count = least(kHalf, n - r);
    Word* to = down + r / 64;
    const Index shift = r % 64;
    Index j = 0;
    for (; j + kWidth <= columns; j += kWidth) {
      Masks bits = Masks{};
      for (Index i = 0; i < count; ++i) {
        const Half bit = Half{1} << i;
        bits |= (Masks)(load(y + (r + i) * columns + j) > 0.0f) & (Masks{} + bit);
      }
      for (Index i = 0; i < kWidth; ++i) to[(j + i) * words] |= Word{bits[i]} << shift;
    }
    for (; j < columns; ++j)
      for (Index i = 0; i < count; ++i)
        to[j * words] |= Word{y[(r + i) * columns + j] > 0.0f} << (shift + i);
  }
}

/// Bit k of word i becomes bit i of word k: halves change places across the diagonal, then halves
/// of halves.
void turn_words(Word (&words)[64]) {
  Word mask = 0x00000000ffffffff;
  for (int size = 32; size > 0; size /= 2, mask ^= mask << size)
    for (int i = 0; i < 64; i = (i + size + 1) & ~size) {
      const Word moved = ((words[i] >> size) ^ words[i + size]) & mask;
      words[i] ^= moved << size;
      words[i + size] ^= moved;
    }
}

void turned(const Word* down, Index n, Index columns, Word* across) {
  const Index from = words_of(n), to = words_of(columns);
  for (Index j = 0; j < to; ++j)
    for (Index r = 0; r < from; ++r) {
      Word block[64];
      for (Index i = 0; i < 64; ++i)
        block[i] = 64 * j + i < columns ? down[(64 * j + i) * from + r] : 0;
      turn_words(block);
      for (Index i = 0; i < least(64, n - 64 * r); ++i) across[(64 * r + i) * to + j] = block[i];
    }
}

// Signs are looked up in fours; a table serves so many fours.
constexpr int kFour = 4, kChoices = 16, kGroups = 8, kSigns = kFour * kGroups;

/// Every sum that signs may ask for, four rows of B and two vectors of columns at a time.
void all_choices(const SignedSums& of, Index k, Index j, float* table) {
  const Index columns = least(kPanel, of.columns - j), rows = least(kSigns, of.depth - k);
  float padded[kFour * kPanel], scale[kSigns];
  for (Index i = 0; i < kSigns; ++i)
    scale[i] = i >= rows ? 0.0f : of.scale ? of.scale[k + i] : 1.0f;
  const float leak = of.leak;
  for (Index g = 0; g < kSigns; g += kFour, table += kChoices * kPanel) {
    const float* b = of.b + (k + g) * of.columns + j;
    Index step = of.columns;
    if (columns < kPanel || rows < g + kFour) {
      for (Index i = 0; i < kFour; ++i)
        for (Index c = 0; c < kPanel; ++c)
          padded[i * kPanel + c] = g + i < rows && c < columns ? b[i * of.columns + c] : 0.0f;
      b = padded, step = kPanel;
    }
    for (int v = 0; v < kPanel; v += kWidth) {
      Vec terms[kFour], sums[kChoices];
      sums[0] = Vec{};
#pragma GCC unroll 4
      for (int i = 0; i < kFour; ++i) {
        const Vec row = scale[g + i] * load(b + i * step + v);
        sums[0] += leak * row;
        terms[i] = row - leak * row;
      }
#pragma GCC unroll 16
      for (int m = 1; m < kChoices; ++m) sums[m] = sums[m & (m - 1)] + terms[__builtin_ctz(m)];
#pragma GCC unroll 16
      for (int m = 0; m < kChoices; ++m) store(table + m * kPanel + v, sums[m]);
    }
  }
}

/// Sums of `n` rows, a panel each, to which every four bits of a row add one choice. Row by row:
/// the processor overlaps them, and more at once would need more addresses than it has registers.
void choose(const Half* signs, Index step, Index n, const float* table, bool adds, float* to) {
  // A choice's number, shifted to where it counts bytes of the table.
  constexpr int kShift = GYRE_SET_BYTES == 64 ? 7 : GYRE_SET_BYTES == 32 ? 6 : 5;
  constexpr Word kMask = Word{kChoices - 1} << kShift;
  const char* at = reinterpret_cast<const char*>(table);
  for (Index i = 0; i < n; ++i, signs += step, to += kPanel) {
    const Word own = Word{*signs} << kShift;
    Vec left = adds ? load(to) : Vec{}, right = adds ? load(to + kWidth) : Vec{};
#pragma GCC unroll 8
    for (int g = 0; g < kGroups; ++g) {
      const char* chosen = at + g * kChoices * 2 * GYRE_SET_BYTES + (own >> (kFour * g) & kMask);
      left += *reinterpret_cast<const Vec*>(chosen);
      right += *reinterpret_cast<const Vec*>(chosen + GYRE_SET_BYTES);
    }
    store(to, left);
    store(to + kWidth, right);
  }
}

/// What becomes of sums of `n` rows, a vector each, that belong to the columns from j.
template <bool kAdds, bool kBends>
void finish_signed(const SignedSums& of, Index begin, Index n, Index j, const float* sums) {
  const Index step = of.columns, columns = least(kPanel, step - j);
  const float* by = of.by + begin;
  float* to = of.to + begin * step + j;
  const float* x = kBends ? of.x + begin * step + j : nullptr;
  const float leak = of.x_leak;
  if (columns == kPanel) {
    for (Index i = 0; i < n; ++i)
      for (int v = 0; v < kPanel; v += kWidth) {
        Vec sum = by[i] * load(sums + i * kPanel + v);
        if constexpr (kBends) sum = load(x + i * step + v) > 0.0f ? sum : leak * sum;
        if constexpr (kAdds) sum += load(to + i * step + v);
        store(to + i * step + v, sum);
      }
    return;
  }
  for (Index i = 0; i < n; ++i)
    for (Index c = 0; c < columns; ++c) {
      float sum = by[i] * sums[i * kPanel + c];
      if (kBends && !(x[i * step + c] > 0.0f)) sum *= leak;
      to[i * step + c] = kAdds ? to[i * step + c] + sum : sum;
    }
}

void signed_sums(const SignedSums& of) {
  constexpr Index kMostRows = 256;
  alignas(64) float table[kGroups * kChoices * kPanel];
  alignas(64) float some[kMostRows * kPanel];
  const Index step = 2 * words_of(of.depth);
  for (Index begin = 0; begin < of.n; begin += kMostRows) {
    const Index n = least(kMostRows, of.n - begin);
    for (Index j = 0; j < of.columns; j += kPanel) {
      for (Index k = 0; k < of.depth; k += kSigns) {
        all_choices(of, k, j, table);
        choose(reinterpret_cast<const Half*>(of.signs) + begin * step + k / kSigns, step, n, table,
               k > 0, some);
      }
      if (of.adds)
        finish_signed<true, false>(of, begin, n, j, some);
      else if (of.x)
        finish_signed<false, true>(of, begin, n, j, some);
      else
        finish_signed<false, false>(of, begin, n, j, some);
    }
  }
}

void signed_dots(const float* y, Index n, Index depth, float leak, const float* c, float* to) {
  for (Index i = 0; i < n; ++i) {
    const float* own = y + i * depth;
    Vec sums = Vec{};
    Index k = 0;
    for (; k + kWidth <= depth; k += kWidth) {
      const Vec term = load(c + k);
      sums += load(own + k) > 0.0f ? term : leak * term;
    }
    float sum = total(sums);
    for (; k < depth; ++k) sum += own[k] > 0.0f ? c[k] : leak * c[k];
    to[i] = sum;
  }
}

void signed_totals(const float* y, Index n, Index depth, float leak, const float* c, const float* v,
                   float* to) {
  Index k = 0;
  for (; k + kWidth <= depth; k += kWidth) {
    Vec sums = Vec{};
    for (Index i = 0; i < n; ++i) {
      const Vec term = Vec{} + c[i];
      sums += load(y + i * depth + k) > 0.0f ? term : leak * term;
    }
    store(to + k, load(to + k) + load(v + k) * sums);
  }
  for (; k < depth; ++k) {
    float sum = 0.0f;
    for (Index i = 0; i < n; ++i) sum += y[i * depth + k] > 0.0f ? c[i] : leak * c[i];
    to[k] += v[k] * sum;
  }
}

}  // namespace

extern const SignKernels GYRE_SET;
const SignKernels GYRE_SET{signs, turned, signed_sums, signed_dots, signed_totals};

}  // namespace gyre::gan
