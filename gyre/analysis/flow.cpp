#include "gyre/analysis/flow.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "gyre/expr/derivative.hpp"
#include "gyre/fields/symbolic_field.hpp"

namespace gyre {

namespace {

constexpr std::array kCases{kOp<ops::Abs>,   kOp<ops::Sign>,     kOp<ops::Min>,
                            kOp<ops::Max>,   kOp<ops::Less>,     kOp<ops::LessEqual>,
                            kOp<ops::Equal>, kOp<ops::NotEqual>, kOp<ops::Select>};

bool chooses(const Graph& graph, std::span<const Expr> formulas) {
  std::vector<NodeId> roots;
  for (const Expr& e : formulas)
    if (e.graph()) roots.push_back(e.in(*e.graph()));
  return std::ranges::any_of(reachable(graph, roots), [&](NodeId id) {
    return std::ranges::find(kCases, graph.node(id).op) != kCases.end();
  });
}

}  // namespace

GradientFlow::GradientFlow(const Game& game) : dim_(game.dim()), symbols_(game.symbols()) {
  SymbolicField field(game);
  for (const Expr& e : field.at(field.here()).at) field_.push_back(-e);
  for (const Parameter& p : game.parameters) {
    parameters_.push_back(p.symbol);
    values_.push_back(p.value);
  }
  has_cases_ = chooses(*game.graph, field_);
  std::vector<Expr> inputs = symbols_;
  inputs.insert(inputs.end(), parameters_.begin(), parameters_.end());
  program_ = compile(inputs, field_);
  code_ = std::make_unique<Interpreter>(program_, 1);
}

void GradientFlow::run(Interpreter& code, std::span<const double> w) const {
  for (std::size_t i = 0; i < dim_; ++i) code.input(i)[0] = w[i];
  for (std::size_t i = 0; i < values_.size(); ++i) code.input(dim_ + i)[0] = values_[i];
  code.run();
}

void GradientFlow::velocity(std::span<const double> w, std::span<double> v) {
  run(*code_, w);
  for (std::size_t i = 0; i < dim_; ++i) v[i] = code_->output(i)[0];
}

Eigen::MatrixXd GradientFlow::slopes(std::span<const double> w) {
  if (!slopes_code_) {
    std::vector<Expr> inputs = symbols_, entries;
    inputs.insert(inputs.end(), parameters_.begin(), parameters_.end());
    for (const Expr& e : field_)
      for (Expr& slope : gradient(e, symbols_)) entries.push_back(std::move(slope));
    slopes_program_ = compile(inputs, entries);
    slopes_code_ = std::make_unique<Interpreter>(slopes_program_, 1);
  }
  run(*slopes_code_, w);
  Eigen::MatrixXd J(dim_, dim_);
  for (std::size_t i = 0; i < dim_; ++i)
    for (std::size_t k = 0; k < dim_; ++k)
      J(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k)) =
          slopes_code_->output(i * dim_ + k)[0];
  return J;
}

Velocity GradientFlow::forward() {
  return [this](std::span<const double> w, std::span<double> v) { velocity(w, v); };
}

Velocity GradientFlow::backward() {
  return [this](std::span<const double> w, std::span<double> v) {
    velocity(w, v);
    for (double& x : v) x = -x;
  };
}

namespace {

constexpr int kStages = 7;
constexpr double kA[kStages][kStages - 1] = {
    {},
    {1.0 / 5},
    {3.0 / 40, 9.0 / 40},
    {44.0 / 45, -56.0 / 15, 32.0 / 9},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
    {35.0 / 384, 0.0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}};
/// Order five less order four.
constexpr double kError[kStages] = {71.0 / 57600,      0.0,        -71.0 / 16695, 71.0 / 1920,
                                    -17253.0 / 339200, 22.0 / 525, -1.0 / 40};

bool all_finite(std::span<const double> v) {
  return std::ranges::all_of(v, [](double x) { return std::isfinite(x); });
}

}  // namespace

FlowPath::FlowPath(Velocity velocity, std::vector<double> from, double tolerance)
    : velocity_(std::move(velocity)), tolerance_(tolerance), at_(std::move(from)) {
  slope_.resize(at_.size());
  velocity_(at_, slope_);
  before_ = at_, slope_before_ = slope_;
  double speed = 0.0;
  for (const double v : slope_) speed = std::max(speed, std::abs(v));
  next_ = 1e-3 / (1e-3 + speed);
}

bool FlowPath::try_step(const std::vector<double>& from, const std::vector<double>& slope, double h,
                        std::vector<double>& to, std::vector<double>& last, double& error) const {
  const std::size_t n = from.size();
  std::array<std::vector<double>, kStages> k;
  k[0] = slope;
  for (int stage = 1; stage < kStages; ++stage) {
    to = from;
    for (int i = 0; i < stage; ++i)
      for (std::size_t j = 0; j < n; ++j) to[j] += h * kA[stage][i] * k[i][j];
    k[stage].resize(n);
    velocity_(to, k[stage]);
  }
  double squares = 0.0;
  for (std::size_t j = 0; j < n; ++j) {
    double e = 0.0;
    for (int i = 0; i < kStages; ++i) e += h * kError[i] * k[i][j];
    const double scale = tolerance_ * (1.0 + std::max(std::abs(from[j]), std::abs(to[j])));
    squares += e * e / (scale * scale);
  }
  error = std::sqrt(squares / static_cast<double>(n));
  last = std::move(k[kStages - 1]);
  return std::isfinite(error) && all_finite(to) && all_finite(last);
}

bool FlowPath::step() {
  if (!all_finite(slope_)) return false;
  constexpr double kLeast = 1e-14;
  std::vector<double> to, last;
  double h = next_, error = 0.0;
  while (h > kLeast * (1.0 + time_)) {
    const bool finite = try_step(at_, slope_, h, to, last, error);
    const double factor =
        !finite ? 0.1 : std::clamp(0.9 * std::pow(std::max(error, 1e-10), -0.2), 0.2, 5.0);
    if (finite && error <= 1.0) {
      before_ = std::exchange(at_, std::move(to));
      slope_before_ = std::exchange(slope_, std::move(last));
      time_before_ = std::exchange(time_, time_ + h);
      next_ = h * factor;
      return true;
    }
    h *= std::min(factor, 0.9);
  }
  return false;
}

std::vector<double> FlowPath::within(double time) const {
  std::vector<double> to, last;
  double error = 0.0;
  try_step(before_, slope_before_, time - time_before_, to, last, error);
  return to;
}

std::optional<double> FlowPath::crossing(const Event& event) const {
  double low = time_before_, high = time_;
  double below = event(before_), above = event(at_);
  if (!(below < 0.0 && above >= 0.0)) return std::nullopt;
  // False position; an end that stays twice is given half its weight (the Illinois variant).
  int side = 0;
  for (int i = 0; i < 60 && high - low > 1e-15 * (1.0 + high); ++i) {
    const double middle = low + (high - low) * below / (below - above);
    const double value = event(within(middle));
    if (value < 0.0) {
      low = middle, below = value;
      if (side == -1) above *= 0.5;
      side = -1;
    } else {
      high = middle, above = value;
      if (value == 0.0) break;
      if (side == 1) below *= 0.5;
      side = 1;
    }
  }
  return high;
}

bool FlowPath::run_to(double time) {
  while (time_ < time) {
    if (!step()) return false;
  }
  if (time_ == time) return true;
  at_ = within(time);
  velocity_(at_, slope_);
  next_ = std::max(next_, time_ - time_before_);
  time_ = time;
  return true;
}

}  // namespace gyre
