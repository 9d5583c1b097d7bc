// Compiled for the machine that it is built on (-march=native, contraction on): never part of the
// library.
#include "bench/hand_kernels.hpp"

#include <array>

namespace gyre::hand {

namespace {

#ifdef __AVX512F__
constexpr std::size_t kWidth = 8;
#elif defined(__AVX__)
constexpr std::size_t kWidth = 4;
#else
constexpr std::size_t kWidth = 2;
#endif
using V [[gnu::vector_size(kWidth * sizeof(double))]] = double;

#ifdef __AVX512F__
extern "C" V _ZGVeN8v_exp(V);
V exp_of(V x) { return _ZGVeN8v_exp(x); }
#elif defined(__AVX2__)
extern "C" V _ZGVdN4v_exp(V);
V exp_of(V x) { return _ZGVdN4v_exp(x); }
#else
V exp_of(V x) {
  for (std::size_t i = 0; i < kWidth; ++i) x[i] = __builtin_exp(x[i]);
  return x;
}
#endif

V root(V x) {
  for (std::size_t i = 0; i < kWidth; ++i) x[i] = __builtin_sqrt(x[i]);
  return x;
}
V clamp(V x, double bound) {
  x = x < -bound ? V{} - bound : x;
  return x > bound ? V{} + bound : x;
}

/// What a rule holds for one vector: state first, then knobs.
template <std::size_t State, std::size_t Knobs>
struct Shape {
  static constexpr std::size_t kState = State, kRows = State + Knobs;
  using Rows = std::array<V, kRows>;
};

template <class Rule, std::size_t Together>
void run(double* rows, std::size_t lanes, std::size_t steps) {
  for (std::size_t first = 0; first < lanes; first += Together * kWidth) {
    std::array<typename Rule::Rows, Together> at;
    auto place = [&](std::size_t row, std::size_t k) {
      return reinterpret_cast<V*>(rows + row * lanes + first + k * kWidth);
    };
    for (std::size_t k = 0; k < Together; ++k)
      for (std::size_t r = 0; r < Rule::kRows; ++r) at[k][r] = *place(r, k);
    for (std::size_t n = 0; n < steps; ++n) {
#pragma GCC unroll 8
      for (std::size_t k = 0; k < Together; ++k) Rule::step(at[k]);
    }
    for (std::size_t k = 0; k < Together; ++k)
      for (std::size_t r = 0; r < Rule::kState; ++r) *place(r, k) = at[k][r];
  }
}

struct Simultaneous : Shape<2, 1> {
  static void step(Rows& s) {
    const V x = s[0] - s[2] * s[1];
    s[1] = s[1] + s[2] * s[0];
    s[0] = x;
  }
};

struct Extragradient : Shape<2, 1> {
  static void step(Rows& s) {
    const V x = s[0] - s[2] * s[1], y = s[1] + s[2] * s[0];
    s[0] = s[0] - s[2] * y;
    s[1] = s[1] + s[2] * x;
  }
};

/// The last field is (s[2], s[3]).
struct Optimistic : Shape<4, 1> {
  static void step(Rows& s) {
    const V u = s[1], v = -s[0];
    s[0] = s[0] - s[4] * (2.0 * u - s[2]);
    s[1] = s[1] - s[4] * (2.0 * v - s[3]);
    s[2] = u, s[3] = v;
  }
};

struct Forsaken {
  V u, v;    ///< the field
  V xx, yy;  ///< and its slopes
  Forsaken(V x, V y) {
    const V x2 = x * x, y2 = y * y, x3 = x * x2, y3 = y * y2;
    u = (y - 0.45) + (x3 * x2 - 2.0 * x3 + 0.5 * x);
    v = (y3 * y2 - 2.0 * y3 + 0.5 * y) - x;
    xx = 5.0 * (x2 * x2) - 6.0 * x2 + 0.5;
    yy = 5.0 * (y2 * y2) - 6.0 * y2 + 0.5;
  }
};

void move(V& x, V& y, V eta, V u, V v) {
  x = clamp(x - eta * u, 1.5);
  y = clamp(y - eta * v, 1.5);
}

struct Conopt : Shape<2, 2> {
  static void step(Rows& s) {
    const Forsaken f(s[0], s[1]);
    move(s[0], s[1], s[2], f.u + s[3] * (f.xx * f.u - f.v), f.v + s[3] * (f.u + f.yy * f.v));
  }
};

/// The rotating part of the Jacobian here is (0, 1; -1, 0), but a rule that is made for any game
/// takes both products.
struct Sga : Shape<2, 2> {
  static void step(Rows& s) {
    const Forsaken f(s[0], s[1]);
    const V ax = 0.5 * ((f.xx * f.u - f.v) - (f.xx * f.u + f.v));
    const V ay = 0.5 * ((f.u + f.yy * f.v) - (f.yy * f.v - f.u));
    move(s[0], s[1], s[2], f.u + s[3] * ax, f.v + s[3] * ay);
  }
};

struct Lookahead : Shape<2, 2> {
  static void step(Rows& s) {
    V x = s[0], y = s[1];
#pragma GCC unroll 5
    for (int k = 0; k < 5; ++k) {
      const Forsaken f(x, y);
      move(x, y, s[2], f.u, f.v);
    }
    s[0] = clamp(s[0] + s[3] * (x - s[0]), 1.5);
    s[1] = clamp(s[1] + s[3] * (y - s[1]), 1.5);
  }
};

/// State: the point, two means, and the powers of beta1 and beta2 (a coordinate each). Knobs: eta,
/// beta1, beta2, eps.
struct Adam : Shape<10, 4> {
  static void step(Rows& s) {
    const Forsaken f(s[0], s[1]);
    const V field[2] = {f.u, f.v};
    V by[2];
    for (std::size_t i = 0; i < 2; ++i) {
      V &m = s[2 + i], &v = s[4 + i], &p1 = s[6 + i], &p2 = s[8 + i];
      m = s[11] * m + (1.0 - s[11]) * field[i];
      v = s[12] * v + (1.0 - s[12]) * (field[i] * field[i]);
      p1 = p1 * s[11], p2 = p2 * s[12];
      by[i] = (m / (1.0 - p1)) / (root(v / (1.0 - p2)) + s[13]);
    }
    move(s[0], s[1], s[10], by[0], by[1]);
  }
};

struct DiracGan : Shape<2, 1> {
  static void step(Rows& s) {
    const V sigmoid = 1.0 / (1.0 + exp_of(s[0] * s[1]));
    const V x = s[0] - s[2] * (s[1] * sigmoid);
    s[1] = s[1] + s[2] * (s[0] * sigmoid);
    s[0] = x;
  }
};

}  // namespace

const Entry kKernels[] = {
    {"xy", "simultaneous", &run<Simultaneous, 8>},
    {"xy", "extragradient", &run<Extragradient, 4>},
    {"xy", "optimistic", &run<Optimistic, 4>},
    {"forsaken", "adam | simultaneous", &run<Adam, 2>},
    {"forsaken", "conopt | simultaneous", &run<Conopt, 4>},
    {"forsaken", "sga | simultaneous", &run<Sga, 4>},
    {"forsaken", "simultaneous | lookahead", &run<Lookahead, 4>},
    {"dirac-gan", "simultaneous", &run<DiracGan, 4>},
};
const std::size_t kCount = sizeof(kKernels) / sizeof(Entry);

}  // namespace gyre::hand
