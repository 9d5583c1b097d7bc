#pragma once

#include "gyre/core/point.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/field.hpp"

namespace gyre {

/// Plain steps on minibatches from which the noise is taken out. One step of this rule is one
/// epoch.
template <class T = double>
struct SvrgSaddle {
  T eta = T(0.1);
  int k = 10;
  int batch = 1;

  static constexpr StageKind kind = StageKind::kScheme;

  static RuleFacts facts() {
    return {.id = "svrg-saddle",
            .name = "Variance-reduced gradient steps",
            .does =
                "Reads the whole field once, then takes k plain steps on minibatches, each "
                "corrected by what the same minibatch says where the epoch began.",
            .paper = {"Palaniappan, Bach", 2016,
                      "Stochastic Variance Reduction Methods for Saddle-Point Problems",
                      "arXiv:1605.06398"},
            .equations = {"old = w", "full = F(w, 0)",
                          "k times: w = w - eta*(B(w, 1, batch) - B(old, 1, batch) + full)"},
            .calls = 21,
            .needs = {.samples = true},
            .no_bilinear = "is for games that are means over samples",
            .draws = true,
            .fails =
                "The paper's games are strongly convex and concave; where the mean only turns, it "
                "spirals out as plain steps do."};
  }

  static auto params() {
    return std::tuple{param("eta", &SvrgSaddle::eta, Range{0.0, 1e2, true}, "step size"),
                      param("k", &SvrgSaddle::k, Range{1, 10000}, "steps an epoch"),
                      param("batch", &SvrgSaddle::batch, Range{1, 1000}, "samples a look")};
  }

  template <PointLike V>
  V step(V w, Field<V>& F) const {
    const V old = w;
    const V full = mean(old, F);
    for (int i = 0; i < k; ++i) w = F.project(w - eta * corrected(w, old, full, F));
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
