#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Extragradient on minibatches from which the noise is taken out: what a minibatch says is
/// corrected by what it said, and what all samples said, where the epoch began. One step of this
/// rule is one epoch.
template <class T = double>
struct Svre {
  T eta = T(0.1);
  int k = 10;
  int batch = 1;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "svre",
            .name = "Stochastic variance-reduced extragradient",
            .does =
                "Reads the whole field once, then takes k extragradient steps on minibatches, each "
                "corrected by what the same minibatch says where the epoch began.",
            .paper = {"Chavdarova, Gidel, Fleuret, Lacoste-Julien", 2019,
                      "Reducing Noise in GAN Training with Variance Reduced Extragradient",
                      "arXiv:1904.08598"},
            .equations = {"old = w", "full = F(w, 0)",
                          "k times: ahead = P(w - eta*(B(w, 1, batch) - B(old, 1, batch) + full)); "
                          "w = w - eta*(B(ahead, 2, batch) - B(old, 2, batch) + full)"},
            .calls = 41,
            .needs = {.samples = true},
            .no_bilinear = "is for games that are means over samples",
            .draws = true,
            .fails =
                "Needs the mean over all samples once an epoch. The paper draws the length of an "
                "epoch by chance; here it is k."};
  }

  static auto params() {
    return std::tuple{param("eta", &Svre::eta, Range{0.0, 1e2, true}, "step size of both moves"),
                      param("k", &Svre::k, Range{1, 10000}, "steps an epoch"),
                      param("batch", &Svre::batch, Range{1, 1000}, "samples a look")};
  }

  template <PointLike V>
  V step(V w, Field<V>& F) const {
    const V old = w;
    const V full = mean(old, F);
    for (int i = 0; i < k; ++i) {
      const V ahead = F.project(w - eta * corrected(w, old, full, F));
      w = F.project(w - eta * corrected(ahead, old, full, F));
    }
    return w;
  }

 private:
  template <PointLike V>
  static V mean(const V& w, Field<V>& F) {
    const Held<V> all(F, kMeanSample);
    return F.at(w);
  }
  template <PointLike V>
  V corrected(const V& w, const V& old, const V& full, Field<V>& F) const {
    const Held<V> one(F, sample_of(F));
    const Batch<V> few(F, batch);
    return F.at(w) - F.at(old) + full;
  }
};

}  // namespace gyre
