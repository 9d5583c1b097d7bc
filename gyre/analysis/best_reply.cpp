#include "gyre/analysis/best_reply.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

#include "gyre/expr/derivative.hpp"
#include "gyre/games/domain.hpp"

namespace gyre {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNothing = 1e-11;  // a slope that is zero but for rounding
constexpr int kStarts = 32;         // of descents
constexpr std::size_t kMostHessian = 48;

bool share_a_symbol(std::span<const Expr> formulas, std::span<const Expr> own) {
  const std::vector<Expr> used = symbols(formulas);
  return std::ranges::any_of(used,
                             [&](const Expr& s) { return std::ranges::find(own, s) != own.end(); });
}

/// The infimum along a way that never ends: -infinity if it falls on and on, from each place to the
/// next, and does not slow down.
double far_out(const std::function<double(double)>& f, double size) {
  constexpr int kPlaces = 11;
  double before = f(1e3 * size), least = before, fall = 0.0;
  bool falls = true;
  for (int i = 1; i < kPlaces; ++i) {
    const double value = f(std::pow(10.0, 3.0 + 0.5 * i) * size);
    if (value == -kInfinity) return -kInfinity;
    falls = falls && before - value > std::max(0.1 * fall, 1e-6);
    if (value < least) least = value;  // false for what is no number
    fall = before - value, before = value;
  }
  return falls ? -kInfinity : least;
}

}  // namespace

BestReply::BestReply(const Game& game, const Player& player) : game_(game), player_(player) {
  const std::vector<Expr> symbols = game.symbols();
  const auto own = std::span(symbols).subspan(player.first, player.count);
  std::vector<Expr> inputs = symbols, outputs{player.loss}, bends;
  for (const Parameter& p : game.parameters) {
    inputs.push_back(p.symbol);
    values_.push_back(p.value);
  }
  const std::vector<Expr> slopes = gradient(player.loss, own);
  outputs.insert(outputs.end(), slopes.begin(), slopes.end());
  if (!share_a_symbol(slopes, own)) {
    form_ = Form::kLinear;
  } else if (player.count <= kMostHessian) {
    for (const Expr& slope : slopes)
      for (const Expr& bend : gradient(slope, own)) bends.push_back(bend);
    if (!share_a_symbol(bends, own)) {
      form_ = Form::kQuadratic;
      outputs.insert(outputs.end(), bends.begin(), bends.end());
    }
  }
  program_ = compile(inputs, outputs);
  code_ = std::make_unique<Interpreter>(program_, 1);
  for (std::size_t i = 0; i < player.count; ++i)
    confined_ = confined_ || is_confined(game, player.first + i);
}

bool BestReply::is_exact() const {
  return form_ == Form::kLinear ||
         (form_ == Form::kQuadratic && (!confined_ || player_.count == 1));
}

double BestReply::gain(std::span<const double> at) {
  here_.assign(at.begin(), at.end());
  if (form_ == Form::kLinear) return linear_gain();
  if (form_ == Form::kQuadratic && !confined_) return quadratic_gain();
  const double now = loss(here_);
  const double best = player_.count == 1 ? least_of_one(now) : least_of_many(now);
  return std::max(0.0, now - best);
}

double BestReply::loss(std::span<const double> w) {
  for (std::size_t i = 0; i < w.size(); ++i) code_->input(i)[0] = w[i];
  for (std::size_t i = 0; i < values_.size(); ++i) code_->input(w.size() + i)[0] = values_[i];
  code_->run();
  return code_->output(0)[0];
}
double BestReply::loss_of_one(double x) {
  std::vector<double> w = here_;
  w[player_.first] = x;
  return loss(w);
}

double BestReply::zero() const {
  double size = 1.0;
  for (const double x : here_) size = std::max(size, std::abs(x));
  return kNothing * size;
}

double BestReply::linear_gain() {
  loss(here_);
  double gain = 0.0;
  for (std::size_t i = 0; i < player_.count; ++i) {
    const std::size_t k = player_.first + i;
    if (region_of(game_, k)) continue;
    const Coordinate& c = game_.coordinates[k];
    const double to = slope(i) > 0.0 ? c.low : c.high;
    if (std::isfinite(to))
      gain += slope(i) * (here_[k] - to);
    else if (std::abs(slope(i)) > zero())
      return kInfinity;
  }
  for (const Region& r : game_.regions) {
    if (r.first < player_.first || r.first >= player_.first + player_.count) continue;
    double now = 0.0, least = kInfinity, squares = 0.0, middle = 0.0;
    for (std::size_t i = 0; i < r.count; ++i) {
      const double g = slope(r.first + i - player_.first);
      now += g * here_[r.first + i];
      least = std::min(least, g);
      squares += g * g;
      if (r.kind == Region::Kind::kBall) middle += g * r.centre[i];
    }
    gain += now - (r.kind == Region::Kind::kSimplex ? r.size * least
                                                    : middle - r.size * std::sqrt(squares));
  }
  return std::max(0.0, gain);
}

/// Of a player who is free: half the squared slope over the bend along every axis of the Hessian.
double BestReply::quadratic_gain() {
  loss(here_);
  const auto n = static_cast<Eigen::Index>(player_.count);
  Eigen::VectorXd g(n);
  Eigen::MatrixXd H(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    g[i] = slope(static_cast<std::size_t>(i));
    for (Eigen::Index k = 0; k < n; ++k)
      H(i, k) = bend(static_cast<std::size_t>(i), static_cast<std::size_t>(k));
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> axes(H);
  const double flat = kNothing * std::max(1e-300, H.cwiseAbs().maxCoeff());
  double gain = 0.0;
  for (Eigen::Index i = 0; i < n; ++i) {
    const double along = axes.eigenvectors().col(i).dot(g), bends = axes.eigenvalues()[i];
    if (bends < -flat) return kInfinity;
    if (bends > flat)
      gain += along * along / (2.0 * bends);
    else if (std::abs(along) > zero())
      return kInfinity;
  }
  return gain;
}

double BestReply::least_of_one(double now) {
  const Coordinate& c = game_.coordinates[player_.first];
  if (form_ == Form::kQuadratic) return least_parabola(now, c);
  const double x = here_[player_.first];
  const double size = 1.0 + std::abs(x);
  constexpr double kReach = 20.0;
  constexpr int kPlaces = 512;
  const bool from_low = std::isfinite(c.low), to_high = std::isfinite(c.high);
  const double low = from_low ? c.low : (to_high ? c.high : x) - kReach * size;
  const double high = to_high ? c.high : (from_low ? c.low : x) + kReach * size;
  double best = now;
  if (!to_high) best = std::min(best, far_out([&](double t) { return loss_of_one(x + t); }, size));
  if (!from_low) best = std::min(best, far_out([&](double t) { return loss_of_one(x - t); }, size));
  std::vector<double> value(kPlaces + 1);
  const double step = (high - low) / kPlaces;
  for (int i = 0; i <= kPlaces; ++i) value[i] = loss_of_one(i < kPlaces ? low + i * step : high);
  for (int i = 0; i <= kPlaces; ++i) {
    best = std::min(best, value[i]);
    if (i == 0 || i == kPlaces || value[i] > value[i - 1] || value[i] > value[i + 1]) continue;
    best = std::min(best, golden(low + (i - 1) * step, low + (i + 1) * step));
  }
  return best;
}

double BestReply::least_parabola(double now, const Coordinate& c) const {
  const double x = here_[player_.first], g = slope(0), h = bend(0, 0);
  const auto at = [&](double to) { return now + g * (to - x) + 0.5 * h * (to - x) * (to - x); };
  double best = now;
  for (const double end : {c.low, c.high}) {
    if (std::isfinite(end))
      best = std::min(best, at(end));
    else if (h < 0.0 || (h == 0.0 && g * end < 0.0 && std::abs(g) > zero()))
      return -kInfinity;
  }
  const double vertex = x - g / h;
  if (h > 0.0 && vertex > c.low && vertex < c.high) best = std::min(best, now - 0.5 * g * g / h);
  return best;
}

double BestReply::golden(double low, double high) {
  constexpr double kShare = 0.3819660112501051;
  double a = low + kShare * (high - low), b = high - kShare * (high - low);
  double fa = loss_of_one(a), fb = loss_of_one(b);
  for (int i = 0; i < 60; ++i) {
    if (fa < fb) {
      high = b, b = a, fb = fa;
      fa = loss_of_one(a = low + kShare * (high - low));
    } else {
      low = a, a = b, fa = fb;
      fb = loss_of_one(b = high - kShare * (high - low));
    }
  }
  return std::min(fa, fb);
}

/// Own variables spread over where the player may go; where it is free, about where it is.
void BestReply::scatter(Stream& stream, std::vector<double>& w) const {
  for (std::size_t k = player_.first; k < player_.first + player_.count; ++k) {
    const Coordinate& c = game_.coordinates[k];
    const double reach = 2.0 * (1.0 + std::abs(here_[k]));
    w[k] = stream.uniform(std::isfinite(c.low) ? c.low : here_[k] - reach,
                          std::isfinite(c.high) ? c.high : here_[k] + reach);
  }
  project(game_, w);
}

/// Along every axis both ways, and along some ways aslant.
double BestReply::least_far_out(double now) {
  double best = now;
  for (std::size_t i = 0; i < 2 * player_.count + kStarts && best > -kInfinity; ++i) {
    Stream stream(1, "gap-rays", i);
    std::vector<double> way(player_.count);
    if (i < 2 * player_.count)
      way[i / 2] = i % 2 == 0 ? 1.0 : -1.0;
    else
      for (double& x : way) x = stream.normal();
    const auto along = [&](double t) {
      std::vector<double> w = here_;
      for (std::size_t k = 0; k < way.size(); ++k) w[player_.first + k] += t * way[k];
      return loss(w);
    };
    best = std::min(best, far_out(along, 1.0));
  }
  return best;
}

double BestReply::least_of_many(double now) {
  double best = now;
  if (!confined_) best = std::min(best, least_far_out(now));
  if (best == -kInfinity) return best;
  for (int i = 0; i <= kStarts; ++i) {
    Stream stream(1, "gap", static_cast<std::uint64_t>(i));
    std::vector<double> w = here_;
    if (i > 0) scatter(stream, w);
    best = std::min(best, descend(w));
  }
  return best;
}

/// Projected gradient steps of the length of Barzilai and Borwein, halved until the loss falls.
double BestReply::descend(std::vector<double> w) {
  constexpr int kMost = 2000;
  constexpr double kLeast = -1e12;
  double f = loss(w), step = 0.1;
  std::vector<double> g(player_.count), next, before;
  const auto slopes = [&] {
    for (std::size_t i = 0; i < player_.count; ++i) g[i] = slope(i);
  };
  slopes();
  for (int k = 0; k < kMost && std::isfinite(f); ++k) {
    if (f < kLeast) return -kInfinity;
    double moved = 0.0, value = f;
    for (int halved = 0; halved < 50; ++halved, step *= 0.5) {
      next = w;
      for (std::size_t i = 0; i < player_.count; ++i) next[player_.first + i] -= step * g[i];
      project(game_, next);
      value = loss(next);
      moved = 0.0;
      for (std::size_t i = 0; i < w.size(); ++i) moved += (next[i] - w[i]) * (next[i] - w[i]);
      if (value <= f - 1e-4 * moved / step) break;
    }
    if (!(value <= f) || moved == 0.0) break;
    before = g;
    slopes();
    double bends = 0.0;
    for (std::size_t i = 0; i < player_.count; ++i)
      bends += (g[i] - before[i]) * (next[player_.first + i] - w[player_.first + i]);
    const bool still = f - value <= 1e-15 * (1.0 + std::abs(f)) && moved < 1e-20;
    w = next, f = value;
    if (still) break;
    step = bends > 0.0 ? std::clamp(moved / bends, 1e-8, 1e4) : std::min(4.0 * step, 1e4);
  }
  return std::isfinite(f) ? f : kInfinity;
}

}  // namespace gyre
