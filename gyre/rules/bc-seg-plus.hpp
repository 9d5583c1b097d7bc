#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Extragradient with shrinking moves, fixed trial steps, and a memory that takes the noise out of
/// the trial steps.
template <class T = double>
struct BcSegPlus {
  T eta = T(0.1);
  T alpha = T(0.5);
  T power = T(0.5);

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "bc-seg-plus",
            .name = "Bias-corrected stochastic extragradient+",
            .does =
                "Extragradient whose moves shrink like a power of time while its trial steps do "
                "not; these are corrected by reading the last point again with the new sample.",
            .paper = {"Pethick, Fercoq, Latafat, Patrinos, Cevher", 2023,
                      "Solving Stochastic Weak Minty Variational Inequalities Without Increasing "
                      "Batch Size",
                      "arXiv:2302.09029"},
            .equations = {"size = alpha*exp(-1*power*log(k + 1))",
                          "ahead = P(w - eta*F(w, 1) + (1 - size)*(ahead - last + eta*F(last, 1)))",
                          "last = w", "k = k + 1", "w = w - size*eta*F(ahead)"},
            .memory = {{"ahead", "w"}, {"last", "w"}, {"k", "0"}},
            .calls = 3,
            .no_bilinear = "its steps change with time",
            .draws = true,
            .fails =
                "Its first trial steps are short, and its moves soon are: slow where there is "
                "little noise."};
  }

  static auto params() {
    return std::tuple{
        param("eta", &BcSegPlus::eta, kStepSizes, "step of the look ahead, which does not shrink"),
        param("alpha", &BcSegPlus::alpha, kShares, "first move as a share of that step"),
        param("power", &BcSegPlus::power, kShares, "how fast the moves shrink")};
  }

  template <class V>
  struct Memory {
    V ahead, last, k;
  };

  template <ElementwisePoint V>
  Memory<V> start(const V& w, Field<V>&) const {
    return {w, w, fill(w, T(0.0))};
  }

  template <ElementwisePoint V>
  V step(const V& w, Field<V>& F, Memory<V>& m) const {
    const V one = fill(w, T(1.0)), count = m.k + one;
    const V size = alpha * exp((T(-1.0) * power) * log(count));
    const auto pair = [&] {
      const Held<V> same(F, sample_of(F));
      const V now = F.at(w);
      return std::pair{now, F.at(m.last)};
    };
    const auto [now, before] = pair();
    m.ahead = F.project(w - eta * now + mul(one - size, m.ahead - m.last + eta * before));
    m.last = w;
    m.k = count;
    return w - mul(size, eta * F.at(m.ahead));
  }
};

}  // namespace gyre
