// Compiled once for each instruction set, with GYRE_SET naming it and GYRE_SET_BYTES the size
// of its vectors. Everything here is local to the file, and nothing inline is used that others may
// share.
#include "gyre/gan/kernels.hpp"

#include "gyre/gan/vectors.hpp"

namespace gyre::gan {

namespace {

using namespace vectors;

// A tile of so many rows by two vectors is summed in registers.
constexpr int kRows = GYRE_SET_BYTES == 64 ? 8 : 4;
constexpr Index kDeep = 256;   // rows of a long sum that are done before the next columns
constexpr Index kNarrow = 8;   // fewer columns are products of vectors
constexpr Index kFewRows = 4;  // fewer rows than this, and all weights are read once anyway

/// A as a tile sees it: of row i and step k, at[i * row + k * step].
struct Left {
  const float* at;
  Index row, step;
};

/// What becomes of a tile's sums, and where.
struct Target {
  float* at;
  Index row;
  const float* bias;  // of the columns, or null
  const float* sign;  // numbers whose signs say what is multiplied by leak; null: the sums'
  float leak;
  bool adds;
};

inline float finished(const Target& to, Index i, Index j, float sum) {
  const Index place = i * to.row + j;
  if (to.adds) return to.at[place] + sum;
  if (to.bias) sum += to.bias[j];
  const float sign = to.sign ? to.sign[place] : sum;
  return sign > 0.0f ? sum : to.leak * sum;
}

/// A whole tile; everything is unrolled, or the sums would go through memory.
template <int R, int V>
inline void finish(const Target& to, const Vec (&sums)[R][V]) {
#define GYRE_EACH                                     \
  _Pragma("GCC unroll 8") for (int i = 0; i < R; ++i) \
      _Pragma("GCC unroll 2") for (int j = 0; j < V; ++j)
  float* at = to.at;
  if (to.adds) {
    GYRE_EACH {
      float* place = at + i * to.row + j * kWidth;
      store(place, load(place) + sums[i][j]);
    }
    return;
  }
  Vec bias[V];
#pragma GCC unroll 2
  for (int j = 0; j < V; ++j) bias[j] = to.bias ? load(to.bias + j * kWidth) : Vec{};
  const float leak = to.leak;
  if (to.sign) {
    GYRE_EACH {
      const Index place = i * to.row + j * kWidth;
      const Vec sum = sums[i][j] + bias[j];
      store(at + place, load(to.sign + place) > 0.0f ? sum : leak * sum);
    }
  } else {
    GYRE_EACH {
      const Vec sum = sums[i][j] + bias[j];
      store(at + i * to.row + j * kWidth, sum > 0.0f ? sum : leak * sum);
    }
  }
#undef GYRE_EACH
}

/// R rows by V vectors of a product: `depth` rows of B, each `step` behind the one before.
template <int R, int V>
void tile(Index depth, Left a, const float* b, Index step, const Target& to, Index columns) {
  Vec sums[R][V];
#pragma GCC unroll 8
  for (int i = 0; i < R; ++i)
#pragma GCC unroll 2
    for (int j = 0; j < V; ++j) sums[i][j] = Vec{};
  for (Index k = 0; k < depth; ++k) {
    Vec right[V];
#pragma GCC unroll 2
    for (int j = 0; j < V; ++j) right[j] = load(b + k * step + j * kWidth);
#pragma GCC unroll 8
    for (int i = 0; i < R; ++i) {
      const float left = a.at[i * a.row + k * a.step];
#pragma GCC unroll 2
      for (int j = 0; j < V; ++j) sums[i][j] += left * right[j];
    }
  }
  if (columns == V * kWidth) return finish(to, sums);
  float some[R][V * kWidth];
#pragma GCC unroll 8
  for (int i = 0; i < R; ++i)
#pragma GCC unroll 2
    for (int j = 0; j < V; ++j) store(some[i] + j * kWidth, sums[i][j]);
  for (int i = 0; i < R; ++i)
    for (Index j = 0; j < columns; ++j) to.at[i * to.row + j] = finished(to, i, j, some[i][j]);
}

template <int R>
void rows(Index depth, Left a, const float* b, Index step, const Target& to, Index columns) {
  if (columns > kWidth)
    tile<R, 2>(depth, a, b, step, to, columns);
  else
    tile<R, 1>(depth, a, b, step, to, columns);
}

/// `n` rows, at most kRows, by `columns`, at most kPanel.
void some_rows(Index n, Index depth, Left a, const float* b, Index step, const Target& to,
               Index columns) {
  switch (n) {
    case 1:
      return rows<1>(depth, a, b, step, to, columns);
    case 2:
      return rows<2>(depth, a, b, step, to, columns);
    case 3:
      return rows<3>(depth, a, b, step, to, columns);
    case 4:
      return rows<4>(depth, a, b, step, to, columns);
    case 5:
      return rows<5>(depth, a, b, step, to, columns);
    case 6:
      return rows<6>(depth, a, b, step, to, columns);
    case 7:
      return rows<7>(depth, a, b, step, to, columns);
    default:
      return rows<8>(depth, a, b, step, to, columns);
  }
}

Target moved(const Target& to, Index i, Index j) {
  const Index by = i * to.row + j;
  return {to.at + by, to.row, to.bias ? to.bias + j : nullptr, to.sign ? to.sign + by : nullptr,
          to.leak,    to.adds};
}

/// B's columns in panels, zeros behind the last one; or B itself where that needs none.
struct Right {
  const float* at;
  Index step, panel;  // from row to row, from panel to panel
};

Right packed(const float* b, Index depth, Index columns, float* room) {
  if (columns % kPanel == 0) return {b, columns, kPanel};
  float* to = room;
  for (Index j = 0; j < columns; j += kPanel)
    for (Index k = 0; k < depth; ++k, to += kPanel)
      for (Index i = 0; i < kPanel; ++i) to[i] = j + i < columns ? b[k * columns + j + i] : 0.0f;
  return {room, kPanel, kPanel * depth};
}

using Four = float __attribute__((vector_size(16)));
using FourAnywhere = float __attribute__((vector_size(16), aligned(4), may_alias));

/// to[k * step + i] = from[i * row + k] for four i and four k.
inline void turn(const float* from, Index row, float* to, Index step) {
  Four r[4];
  for (int i = 0; i < 4; ++i) r[i] = *reinterpret_cast<const FourAnywhere*>(from + i * row);
  const Four a = __builtin_shufflevector(r[0], r[1], 0, 4, 1, 5);
  const Four b = __builtin_shufflevector(r[2], r[3], 0, 4, 1, 5);
  const Four c = __builtin_shufflevector(r[0], r[1], 2, 6, 3, 7);
  const Four d = __builtin_shufflevector(r[2], r[3], 2, 6, 3, 7);
  const Four turned[4] = {
      __builtin_shufflevector(a, b, 0, 1, 4, 5), __builtin_shufflevector(a, b, 2, 3, 6, 7),
      __builtin_shufflevector(c, d, 0, 1, 4, 5), __builtin_shufflevector(c, d, 2, 3, 6, 7)};
  for (int k = 0; k < 4; ++k) *reinterpret_cast<FourAnywhere*>(to + k * step) = turned[k];
}

/// The same of B' where B has `columns` rows of `depth` numbers.
void packed_across(const float* b, Index depth, Index columns, float* room) {
  for (Index j = 0; j < columns; j += kPanel) {
    float* panel = room + j * depth;
    const Index full = least(kPanel, columns - j), fours = full / 4 * 4;
    Index k = 0;
    for (; k + 4 <= depth; k += 4) {
      for (Index i = 0; i < fours; i += 4)
        turn(b + (j + i) * depth + k, depth, panel + k * kPanel + i, kPanel);
      for (Index i = fours; i < full; ++i)
        for (Index r = k; r < k + 4; ++r) panel[r * kPanel + i] = b[(j + i) * depth + r];
    }
    for (; k < depth; ++k)
      for (Index i = 0; i < full; ++i) panel[k * kPanel + i] = b[(j + i) * depth + k];
    for (Index r = 0; full < kPanel && r < depth; ++r)
      for (Index i = full; i < kPanel; ++i) panel[r * kPanel + i] = 0.0f;
  }
}

/// A product of few terms each: the rows of B stay in registers.
template <int D>
void shallow(Index n, Index columns, Left a, const float* b, Index step, const Target& to) {
  Index j = 0;
  for (; j + kWidth <= columns; j += kWidth) {
    Vec right[D];
    for (int k = 0; k < D; ++k) right[k] = load(b + k * step + j);
    const Vec bias = to.bias ? load(to.bias + j) : Vec{};
    const float leak = to.leak;
    const bool by_sign = to.sign != nullptr;
    for (Index i = 0; i < n; ++i) {
      Vec sum = bias;
#pragma GCC unroll 2
      for (int k = 0; k < D; ++k) sum += a.at[i * a.row + k * a.step] * right[k];
      const Index place = i * to.row + j;
      const Vec sign = by_sign ? load(to.sign + place) : sum;
      store(to.at + place, sign > 0.0f ? sum : leak * sum);
    }
  }
  for (; j < columns; ++j)
    for (Index i = 0; i < n; ++i) {
      float sum = 0.0f;
      for (int k = 0; k < D; ++k) sum += a.at[i * a.row + k * a.step] * b[k * step + j];
      to.at[i * to.row + j] = finished(to, i, j, sum);
    }
}

/// Column by column, so that a panel of B stays in the nearest cache.
void product(Index n, Index depth, Index columns, Left a, Right b, const Target& to) {
  for (Index j = 0; j < columns; j += kPanel)
    for (Index i = 0; i < n; i += kRows)
      some_rows(least(kRows, n - i), depth, {a.at + i * a.row, a.row, a.step},
                b.at + j / kPanel * b.panel, b.step, moved(to, i, j), least(kPanel, columns - j));
}

/// out[r] = a[r] . b for R rows of A at once.
template <int R>
void dots(const float* a, Index row, const float* b, Index n, float* out) {
  Vec sums[R];
  for (int r = 0; r < R; ++r) sums[r] = Vec{};
  Index k = 0;
  for (; k + kWidth <= n; k += kWidth) {
    const Vec right = load(b + k);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) sums[r] += load(a + r * row + k) * right;
  }
  for (int r = 0; r < R; ++r) {
    out[r] = total(sums[r]);
    for (Index rest = k; rest < n; ++rest) out[r] += a[r * row + rest] * b[rest];
  }
}

/// `n` rows of A, each times the same b.
void all_dots(const float* a, Index row, const float* b, Index depth, Index n, float* out,
              Index out_step) {
  constexpr int kAtOnce = 8;
  float some[kAtOnce];
  Index i = 0;
  for (; i + kAtOnce <= n; i += kAtOnce) {
    dots<kAtOnce>(a + i * row, row, b, depth, some);
    for (int r = 0; r < kAtOnce; ++r) out[(i + r) * out_step] = some[r];
  }
  for (; i < n; ++i) {
    dots<1>(a + i * row, row, b, depth, some);
    out[i * out_step] = some[0];
  }
}

/// to = adds * to + the sum of scale[k * step] times row k of A.
template <int K>
void add_rows(float* to, bool adds, const float* a, Index row, const float* scale, Index step,
              Index n) {
  Index i = 0;
  for (; i + kWidth <= n; i += kWidth) {
    Vec sum = adds ? load(to + i) : Vec{};
#pragma GCC unroll 8
    for (int k = 0; k < K; ++k) sum += scale[k * step] * load(a + k * row + i);
    store(to + i, sum);
  }
  for (; i < n; ++i) {
    float sum = adds ? to[i] : 0.0f;
    for (int k = 0; k < K; ++k) sum += scale[k * step] * a[k * row + i];
    to[i] = sum;
  }
}

void relu(const float* x, float* y, Index n, float leak) {
  for (Index i = 0; i < n; ++i) y[i] = x[i] > 0.0f ? x[i] : leak * x[i];
}

void relu_slope(float* __restrict dy, const float* __restrict y, Index n, float leak) {
  for (Index i = 0; i < n; ++i) dy[i] = y[i] > 0.0f ? dy[i] : leak * dy[i];
}

inline bool by_dots(Index n, Index out) { return n < kFewRows || out <= kNarrow; }

void pack(const float* w, float* packed, Index n, Index in, Index out) {
  if (by_dots(n, out)) return;
  if (in > 2) return packed_across(w, in, out, packed);
  for (Index o = 0; o < out; ++o)
    for (Index k = 0; k < in; ++k) packed[k * out + o] = w[o * in + k];
}

void forward(const float* x, const float* w, const float* packed, const float* b, float* y, Index n,
             Index in, Index out, float leak) {
  if (!by_dots(n, out)) {
    const Target to{y, out, b, nullptr, leak, false};
    if (in == 1) return shallow<1>(n, out, {x, in, 1}, packed, out, to);
    if (in == 2) return shallow<2>(n, out, {x, in, 1}, packed, out, to);
    return product(n, in, out, {x, in, 1}, {packed, kPanel, kPanel * in}, to);
  }
  if (n < kFewRows)
    for (Index r = 0; r < n; ++r) all_dots(w, in, x + r * in, in, out, y + r * out, 1);
  else
    for (Index o = 0; o < out; ++o) all_dots(x, in, w + o * in, in, n, y + o, out);
  for (Index r = 0; r < n; ++r)
    for (Index o = 0; o < out; ++o) {
      const float sum = y[r * out + o] + b[o];
      y[r * out + o] = sum > 0.0f ? sum : leak * sum;
    }
}

void slope(const float* dy, const float* w, float* dx, Index n, Index in, Index out, const float* x,
           float leak, float* room) {
  const bool few = n < kFewRows;
  if (!few && in > kNarrow) {
    const Target to{dx, in, nullptr, x, x ? leak : 1.0f, false};
    if (out == 1) return shallow<1>(n, in, {dy, out, 1}, w, in, to);
    if (out == 2) return shallow<2>(n, in, {dy, out, 1}, w, in, to);
    return product(n, out, in, {dy, out, 1}, packed(w, out, in, room), to);
  }
  if (few) {
    for (Index r = 0; r < n; ++r) {
      constexpr int kAtOnce = 8;
      float* to = dx + r * in;
      const float* by = dy + r * out;
      Index o = 0;
      for (; o + kAtOnce <= out; o += kAtOnce)
        add_rows<kAtOnce>(to, o > 0, w + o * in, in, by + o, 1, in);
      for (; o < out; ++o) add_rows<1>(to, o > 0, w + o * in, in, by + o, 1, in);
    }
  } else {
    for (Index i = 0; i < in; ++i) {
      for (Index o = 0; o < out; ++o) room[o] = w[o * in + i];
      all_dots(dy, out, room, out, n, dx + i, in);
    }
  }
  if (x) relu_slope(dx, x, n * in, leak);
}

void weights(const float* dy, const float* x, float* dw, float* db, Index n, Index in, Index out,
             float* room) {
  Index r = 0;
  for (; r + 8 <= n; r += 8) {
    constexpr float kOnes[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    add_rows<8>(db, true, dy + r * out, out, kOnes, 1, out);
  }
  for (; r < n; ++r)
    for (Index o = 0; o < out; ++o) db[o] += dy[r * out + o];
  if (n < kFewRows) {
    for (Index o = 0; o < out; ++o) {
      if (n == 1) add_rows<1>(dw + o * in, true, x, in, dy + o, out, in);
      if (n == 2) add_rows<2>(dw + o * in, true, x, in, dy + o, out, in);
      if (n == 3) add_rows<3>(dw + o * in, true, x, in, dy + o, out, in);
    }
    return;
  }
  if (in <= kNarrow && out % kPanel == 0) {  // the few as rows, and turned over in the end
    product(in, n, out, {x, 1, in}, {dy, out, kPanel}, {room, out, nullptr, nullptr, 1.0f, false});
    for (Index o = 0; o < out; ++o)
      for (Index i = 0; i < in; ++i) dw[o * in + i] += room[i * out + o];
    return;
  }
  for (Index begin = 0; begin < n; begin += kDeep) {
    const Index depth = least(kDeep, n - begin);
    for (Index j = 0; j < in; j += kPanel) {
      const Index columns = least(kPanel, in - j);
      const float* b = x + begin * in + j;
      Index step = in;
      if (columns < kPanel) {  // the last columns of the last row end the memory
        for (Index k = 0; k < depth; ++k)
          for (Index i = 0; i < kPanel; ++i)
            room[k * kPanel + i] = i < columns ? b[k * in + i] : 0.0f;
        b = room, step = kPanel;
      }
      const Target to{dw + j, in, nullptr, nullptr, 1.0f, true};
      for (Index i = 0; i < out; i += kRows)
        some_rows(least(kRows, out - i), depth, {dy + begin * out + i, 1, out}, b, step,
                  moved(to, i, 0), columns);
    }
  }
}

void row_dots(const float* a, const float* b, Index n, Index width, bool adds, float* to) {
  for (Index i = 0; i < n; ++i, a += width, b += width) {
    Vec sums = Vec{};
    Index k = 0;
    for (; k + kWidth <= width; k += kWidth) sums += load(a + k) * load(b + k);
    float sum = total(sums);
    for (; k < width; ++k) sum += a[k] * b[k];
    to[i] = adds ? to[i] + sum : sum;
  }
}

void mixed_rows(const float* p, const float* a, const float* q, const float* b, Index n,
                Index width, float* __restrict to) {
  for (Index i = 0; i < n; ++i, a += width, to += width) {
    const float own = p[i], other = b ? q[i] : 0.0f;
    if (!b) {
      for (Index k = 0; k < width; ++k) to[k] = own * a[k];
      continue;
    }
    for (Index k = 0; k < width; ++k) to[k] = own * a[k] + other * b[k];
    b += width;
  }
}

void add(float* __restrict to, const float* __restrict more, Index n) {
  for (Index i = 0; i < n; ++i) to[i] += more[i];
}

}  // namespace

extern const Kernels GYRE_SET;
const Kernels GYRE_SET{GYRE_SET_NAME, pack,       forward, slope, weights,
                       row_dots,      mixed_rows, add,     relu,  relu_slope};

}  // namespace gyre::gan
