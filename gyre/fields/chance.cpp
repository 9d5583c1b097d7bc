// What of a field on symbols is left to chance: draws, noise, samples of the game.
#include <numbers>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/fields/symbolic_field.hpp"

namespace gyre {

namespace {

constexpr std::size_t kMostDraws = 1u << 16;  // a step

/// `values[i]` where u lies in the i-th of as many equal parts of (0, 1).
Expr looked_up(const std::vector<double>& values, const Expr& u) {
  const auto n = static_cast<double>(values.size());
  Expr value = values.back();
  for (std::size_t i = values.size() - 1; i-- > 0;)
    value = select(less(u, static_cast<double>(i + 1) / n), values[i], value);
  return value;
}

}  // namespace

Sample SymbolicField::draw() { return held() == kMeanSample ? kMeanSample : drawn_++; }

Sample SymbolicField::companion(Sample sample) {
  if (sample == kMeanSample) return sample;
  const auto [it, is_new] = companions_.try_emplace(sample, drawn_);
  if (is_new) ++drawn_;
  return it->second;
}

/// The counter of a draw: no two of a run are alike, for no step draws more than its share.
Expr SymbolicField::counter(std::array<int, 3> what) {
  const std::size_t place = counters_.try_emplace(what, counters_.size()).first->second;
  if (place >= kMostDraws)
    throw Error("one step of this rule draws more than " + std::to_string(kMostDraws) + " numbers");
  return static_cast<double>(kMostDraws) * clock_ + static_cast<double>(place);
}

/// By Box and Muller; an even channel and the odd one behind it are the two numbers of one pair.
SymbolicPoint SymbolicField::normal(const SymbolicPoint& like, int channel) {
  if (held() == kMeanSample) return fill(like, Expr(0.0));
  GYRE_ASSERT(held() != kOwnSample);
  SymbolicPoint numbers = like;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const Expr at = counter({held(), channel / 2, static_cast<int>(i)});
    const Expr radius = sqrt(-2.0 * log(uniform(seed_, lane_, at)));
    const Expr angle = 2.0 * std::numbers::pi * uniform2(seed_, lane_, at);
    numbers[i] = radius * (channel % 2 == 0 ? cos(angle) : sin(angle));
  }
  return numbers;
}

/// What the game's samples have in one that is drawn: the `which`-th of a batch.
std::vector<Expr> SymbolicField::sample_values(int which) {
  const Expr u = uniform(seed_, lane_, counter({held(), -1, which}));
  std::vector<Expr> values;
  for (const std::vector<double>& v : game_.samples.values) values.push_back(looked_up(v, u));
  return values;
}

/// What a question costs, as a share of one about all samples.
double SymbolicField::share() const {
  return few() ? static_cast<double>(batch_) / static_cast<double>(game_.samples.size()) : 1.0;
}

/// The formulas with `to` in place of `from`: means over a batch, where questions are answered on
/// one.
std::vector<Expr> SymbolicField::answered(std::span<const Expr> formulas, std::vector<Expr> from,
                                          std::vector<Expr> to) {
  if (!few()) return substitute(formulas, from, to);
  GYRE_ASSERT(held() != kOwnSample);
  const std::size_t own = from.size();
  from.insert(from.end(), game_.samples.symbols.begin(), game_.samples.symbols.end());
  std::vector<Expr> sum(formulas.size(), Expr(0.0));
  for (int j = 0; j < batch_; ++j) {
    const std::vector<Expr> values = sample_values(j);
    to.resize(own);
    to.insert(to.end(), values.begin(), values.end());
    const std::vector<Expr> one = substitute(formulas, from, to);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = sum[i] + one[i];
  }
  for (Expr& e : sum) e = (1.0 / batch_) * e;
  return sum;
}

}  // namespace gyre
