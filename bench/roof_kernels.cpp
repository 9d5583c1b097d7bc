// Compiled once for each instruction set, with GYRE_HAND naming the set and GYRE_HAND_BYTES its
// vectors. Everything here is local to the file. Products and sums may fuse, as in compiled
// programs; parameters are the rules' defaults and stand in registers.
#include <array>
#include <cmath>

#include "bench/roof.hpp"

#if GYRE_HAND_BYTES == 64
using Vec = double __attribute__((vector_size(64)));
#define GYRE_HAND_EXP _ZGVeN8v_exp
#elif GYRE_HAND_BYTES == 32
using Vec = double __attribute__((vector_size(32)));
#define GYRE_HAND_EXP _ZGVdN4v_exp
#else
using Vec = double __attribute__((vector_size(16)));
#define GYRE_HAND_EXP _ZGVbN2v_exp
#endif
// glibc's vector exponential, by the name that its vector ABI gives it.
extern "C" Vec GYRE_HAND_EXP(Vec);

namespace gyre::bench {

namespace {

constexpr std::size_t kWidth = GYRE_HAND_BYTES / sizeof(double);

inline Vec all(double x) { return Vec{} + x; }
inline Vec smaller(Vec a, Vec b) { return a < b ? a : b; }
inline Vec larger(Vec a, Vec b) { return a > b ? a : b; }

inline Vec root(Vec a) {
  Vec r{};
  for (std::size_t i = 0; i < kWidth; ++i) r[i] = std::sqrt(a[i]);
  return r;
}

/// Each step below is `template <std::size_t G> static void step(Vec (&s)[kState][G])`: G vectors
/// of every state variable at once. GCC keeps them in registers and interleaves the chains.
#define GYRE_EACH _Pragma("GCC unroll 16") for (std::size_t g = 0; g < G; ++g)

// --- x*y
// ------------------------------------------------------------------------------------------

constexpr double kEta = 0.1;

struct XySimultaneous {
  static constexpr std::string_view game = "xy", rule = "simultaneous";
  static constexpr std::size_t kState = 2;
  template <std::size_t G>
  static void step(Vec (&s)[kState][G]) {
    GYRE_EACH {
      const Vec x = s[0][g], y = s[1][g];
      s[0][g] = x - kEta * y;
      s[1][g] = y + kEta * x;
    }
  }
};

struct XyExtragradient {
  static constexpr std::string_view game = "xy", rule = "extragradient";
  static constexpr std::size_t kState = 2;
  template <std::size_t G>
  static void step(Vec (&s)[kState][G]) {
    GYRE_EACH {
      const Vec x = s[0][g], y = s[1][g];
      const Vec ahead_x = x - kEta * y, ahead_y = y + kEta * x;
      s[0][g] = x - kEta * ahead_y;
      s[1][g] = y + kEta * ahead_x;
    }
  }
};

struct XyOptimistic {
  static constexpr std::string_view game = "xy", rule = "optimistic";
  static constexpr std::size_t kState = 4;  // the point, and the field before: (y, -x) one step ago
  template <std::size_t G>
  static void step(Vec (&s)[kState][G]) {
    GYRE_EACH {
      const Vec x = s[0][g], y = s[1][g];
      s[0][g] = x - kEta * (2.0 * y - s[2][g]);
      s[1][g] = y - kEta * (-2.0 * x - s[3][g]);
      s[2][g] = y;
      s[3][g] = -x;
    }
  }
};

// --- forsaken
// -------------------------------------------------------------------------------------

inline Vec inside(Vec x) { return smaller(larger(x, all(-1.5)), all(1.5)); }

/// The slope of z^2/4 - z^4/2 + z^6/6, and its slope, by powers of z as in the game's formula.
inline Vec slope(Vec z) {
  const Vec z2 = z * z, z4 = z2 * z2;
  return 0.5 * z + (z * z4 - 2.0 * (z * z2));
}
inline Vec bend(Vec z) {
  const Vec z2 = z * z;
  return 0.5 - 6.0 * z2 + 5.0 * (z2 * z2);
}

struct Forsaken {
  Vec x, y;  ///< the field
  Forsaken(Vec at_x, Vec at_y) : x(at_y - 0.45 + slope(at_x)), y(slope(at_y) - at_x) {}
};

struct ForsakenAdam {
  static constexpr std::string_view game = "forsaken", rule = "adam";
  static constexpr std::size_t kState = 10;  // point, m, s, and the powers of both decays
  template <std::size_t G>
  static void step(Vec (&s)[kState][G]) {
    GYRE_EACH {
      const Forsaken v(s[0][g], s[1][g]);
      s[2][g] = 0.5 * s[2][g] + 0.5 * v.x;
      s[3][g] = 0.5 * s[3][g] + 0.5 * v.y;
      s[4][g] = 0.9 * s[4][g] + 0.1 * (v.x * v.x);
      s[5][g] = 0.9 * s[5][g] + 0.1 * (v.y * v.y);
      s[6][g] = 0.5 * s[6][g], s[7][g] = 0.5 * s[7][g];
      s[8][g] = 0.9 * s[8][g], s[9][g] = 0.9 * s[9][g];
      const Vec dx = (s[2][g] / (1.0 - s[6][g])) / (root(s[4][g] / (1.0 - s[8][g])) + 1e-8);
      const Vec dy = (s[3][g] / (1.0 - s[7][g])) / (root(s[5][g] / (1.0 - s[9][g])) + 1e-8);
      s[0][g] = inside(s[0][g] - kEta * dx);
      s[1][g] = inside(s[1][g] - kEta * dy);
    }
  }
};

struct ForsakenConopt {
  static constexpr std::string_view game = "forsaken", rule = "conopt";
  static constexpr std::size_t kState = 2;
  template <std::size_t G>
  static void step(Vec (&s)[kState][G]) {
    GYRE_EACH {
      const Vec x = s[0][g], y = s[1][g];
      const Forsaken v(x, y);
      const Vec dx = v.x + (bend(x) * v.x - v.y), dy = v.y + (v.x + bend(y) * v.y);
      s[0][g] = inside(x - kEta * dx);
      s[1][g] = inside(y - kEta * dy);
    }
  }
};

struct ForsakenSga {
  static constexpr std::string_view game = "forsaken", rule = "sga";
  static constexpr std::size_t kState = 2;
  template <std::size_t G>
  static void step(Vec (&s)[kState][G]) {
    GYRE_EACH {
      const Vec x = s[0][g], y = s[1][g];
      const Forsaken v(x, y);
      // Both products with the Jacobian, as the rule asks for them, and half their difference.
      const Vec bx = bend(x) * v.x, by = bend(y) * v.y;
      const Vec ax = 0.5 * ((bx - v.y) - (bx + v.y)), ay = 0.5 * ((v.x + by) - (by - v.x));
      s[0][g] = inside(x - kEta * (v.x + ax));
      s[1][g] = inside(y - kEta * (v.y + ay));
    }
  }
};

struct ForsakenLookahead {
  static constexpr std::string_view game = "forsaken", rule = "lookahead";
  static constexpr std::size_t kState = 2;
  template <std::size_t G>
  static void step(Vec (&s)[kState][G]) {
    Vec fast[kState][G];
    GYRE_EACH fast[0][g] = s[0][g], fast[1][g] = s[1][g];
    for (int k = 0; k < 5; ++k) GYRE_EACH {
        const Forsaken v(fast[0][g], fast[1][g]);
        fast[0][g] = inside(fast[0][g] - kEta * v.x);
        fast[1][g] = inside(fast[1][g] - kEta * v.y);
      }
    GYRE_EACH {
      s[0][g] = inside(s[0][g] + 0.5 * (fast[0][g] - s[0][g]));
      s[1][g] = inside(s[1][g] + 0.5 * (fast[1][g] - s[1][g]));
    }
  }
};

// --- dirac-gan
// ------------------------------------------------------------------------------------

struct DiracSimultaneous {
  static constexpr std::string_view game = "dirac-gan", rule = "simultaneous";
  static constexpr std::size_t kState = 2;
  template <std::size_t G>
  static void step(Vec (&s)[kState][G]) {
    GYRE_EACH {
      const Vec x = s[0][g], y = s[1][g];
      const Vec slope = 1.0 / (1.0 + GYRE_HAND_EXP(x * y));
      s[0][g] = x - kEta * (y * slope);
      s[1][g] = y + kEta * (x * slope);
    }
  }
};

template <class Step, std::size_t G>
void run(double* state, std::size_t lanes, std::size_t steps) {
  constexpr std::size_t kGroup = G * kWidth;
  for (std::size_t at = 0; at + kGroup <= lanes; at += kGroup) {
    Vec s[Step::kState][G];
    for (std::size_t i = 0; i < Step::kState; ++i)
      GYRE_EACH s[i][g] = *reinterpret_cast<const Vec*>(state + i * lanes + at + g * kWidth);
    for (std::size_t k = 0; k < steps; ++k) Step::template step<G>(s);
    for (std::size_t i = 0; i < Step::kState; ++i)
      GYRE_EACH* reinterpret_cast<Vec*>(state + i * lanes + at + g * kWidth) = s[i][g];
  }
}

template <class Step, std::size_t G>
constexpr HandKernel kernel() {
  static_assert(kHandQuantum % (G * kWidth) == 0);
  return {Step::game, Step::rule, static_cast<int>(G), Step::kState, &run<Step, G>};
}

template <class... Steps>
constexpr auto kernels() {
  return std::array{kernel<Steps, 1>()..., kernel<Steps, 2>()..., kernel<Steps, 4>()...,
                    kernel<Steps, 8>()...};
}

constexpr auto kAll = kernels<XySimultaneous, XyExtragradient, XyOptimistic, ForsakenAdam,
                              ForsakenConopt, ForsakenSga, ForsakenLookahead, DiracSimultaneous>();

}  // namespace

extern const HandSet GYRE_HAND;
const HandSet GYRE_HAND{GYRE_HAND_NAME, kAll};

}  // namespace gyre::bench
