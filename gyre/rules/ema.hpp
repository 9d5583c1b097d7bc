#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/rule.hpp"

namespace gyre {

/// Reports an exponential moving average of the points; the wrapped rule goes its own way.
template <class T = double>
struct Ema {
  T decay = T(0.99);

  static constexpr StageKind kind = StageKind::kWrapper;

  static RuleFacts facts() {
    return {.id = "ema",
            .name = "Exponential moving average",
            .does =
                "Reports a running mean that forgets old points, as GAN practice does for the "
                "generator; the wrapped rule goes its own way.",
            .paper = {"Yazici, Foo, Winkler, Yap, Piliouras, Chandrasekhar", 2019,
                      "The Unusual Effectiveness of Averaging in GAN Training", "arXiv:1806.04498"},
            .equations = {"w = rule(w)", "mean = decay*mean + (1 - decay)*w", "out = mean"},
            .memory = {{"mean", "w"}},
            .bilinear = "max(decay, sqrt(1 + eta^2))",
            .keeps_field = true,
            .fails =
                "Only shrinks an orbit by a fixed factor; it never turns circling into "
                "convergence."};
  }

  static auto params() {
    return std::tuple{param("decay", &Ema::decay, kDecays, "share of the old mean that is kept")};
  }

  template <class V>
  struct Memory {
    V mean;
  };

  template <PointLike V>
  Memory<V> start(const V& w) const {
    return {w};
  }

  template <PointLike V>
  V step(const V& w, Inner<V>& rule, Memory<V>& m) const {
    const V next = rule.step(w);
    m.mean = decay * m.mean + (T(1.0) - decay) * rule.output(next);
    return next;
  }

  template <class V>
  const V& output(const V&, const Memory<V>& m) const {
    return m.mean;
  }
};

}  // namespace gyre
