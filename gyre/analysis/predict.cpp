#include "gyre/analysis/predict.hpp"

#include <Eigen/Dense>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "gyre/analysis/matrix_game.hpp"
#include "gyre/expr/derivative.hpp"
#include "gyre/games/domain.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre {

namespace {

constexpr std::size_t kLargestDense = 512;  // beyond this many numbers, no dense spectrum
constexpr std::size_t kLargestLong = 64;

/// A map with its Jacobian: one run over as many lanes as there are columns.
class Linearised {
 public:
  Linearised(Graph& graph, std::span<const Expr> map, std::span<const Expr> at,
             std::span<const Expr> knobs)
      : rows_(map.size()), columns_(at.size()) {
    std::vector<Expr> inputs(at.begin(), at.end()), tangents;
    inputs.insert(inputs.end(), knobs.begin(), knobs.end());
    for (std::size_t i = 0; i < at.size(); ++i)
      tangents.push_back(Expr::symbol(graph, "tangent." + std::to_string(i)));
    inputs.insert(inputs.end(), tangents.begin(), tangents.end());
    std::vector<Expr> outputs = jacobian_vector(map, at, tangents);
    outputs.insert(outputs.begin(), map.begin(), map.end());
    program_ = compile(inputs, outputs);
    knobs_ = knobs.size();
  }

  /// Evaluates both at a point.
  void at(std::span<const double> point, std::span<const double> knobs) {
    Interpreter run(program_, columns_);
    for (std::size_t i = 0; i < columns_; ++i) std::ranges::fill(run.input(i), point[i]);
    for (std::size_t i = 0; i < knobs_; ++i) std::ranges::fill(run.input(columns_ + i), knobs[i]);
    for (std::size_t i = 0; i < columns_; ++i) run.input(columns_ + knobs_ + i)[i] = 1.0;
    run.run();
    value.resize(static_cast<Eigen::Index>(rows_));
    jacobian.resize(value.size(), static_cast<Eigen::Index>(columns_));
    for (std::size_t i = 0; i < rows_; ++i) {
      value(i) = run.output(i)[0];
      for (std::size_t j = 0; j < columns_; ++j) jacobian(i, j) = run.output(rows_ + i)[j];
    }
  }

  Eigen::VectorXd value;
  Eigen::MatrixXd jacobian;

 private:
  std::size_t rows_, columns_, knobs_ = 0;
  Program program_;
};

std::vector<double> values_of(const std::vector<Knob>& knobs) {
  std::vector<double> values;
  for (const Knob& k : knobs) values.push_back(k.value);
  return values;
}

/// The state in which neither the point nor the memory moves any more, if there is one.
std::optional<std::vector<double>> fixed_state(const Traced& t, std::span<const double> at) {
  constexpr std::size_t kPatience = 8192;
  constexpr double kStill = 1e-12;
  const std::vector<double> knobs = values_of(t.knobs);
  Interpreter start(t.start, 1), step(t.step, 1);
  for (std::size_t i = 0; i < t.dim; ++i) start.input(i)[0] = step.input(i)[0] = at[i];
  for (std::size_t k = 0; k < knobs.size(); ++k)
    start.input(t.dim + k)[0] = step.input(t.state() + k)[0] = knobs[k];
  start.run();
  for (std::size_t i = t.dim; i < t.state(); ++i) step.input(i)[0] = start.output(i - t.dim)[0];
  std::vector<double> state(t.state());
  for (const std::size_t times : {std::size_t{1}, kPatience, std::size_t{1}}) {
    for (std::size_t i = 0; i < state.size(); ++i) state[i] = step.input(i)[0];
    step.run(times);
    bool still = true;
    for (std::size_t i = 0; i < state.size(); ++i) {
      const double now = step.input(i)[0];
      if (!(std::abs(now - state[i]) <= kStill * (1.0 + std::abs(now)))) still = false;
      if (i < t.dim && !(std::abs(now - at[i]) <= 1e-9 * (1.0 + std::abs(now))))
        return std::nullopt;
    }
    if (still && times == 1) return state;
  }
  return std::nullopt;
}

template <class T>
bool eigenvalues(const Eigen::MatrixXd& matrix, Spectrum& spectrum) {
  using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
  const Eigen::EigenSolver<Matrix> solver(matrix.cast<T>(), false);
  for (const std::complex<T>& e : solver.eigenvalues()) spectrum.eigenvalues.emplace_back(e);
  return solver.info() == Eigen::Success;
}

}  // namespace

std::optional<Spectrum> predict(const Traced& traced, std::span<const double> at) {
  if (traced.state() > kLargestDense) return std::nullopt;
  const std::optional<std::vector<double>> state = fixed_state(traced, at);
  if (!state) return std::nullopt;
  Linearised map(*traced.graph, traced.next, traced.state_symbols, traced.knob_symbols);
  map.at(*state, values_of(traced.knobs));
  if (!map.jacobian.allFinite()) return std::nullopt;
  Spectrum spectrum;
  // Where eigenvalues meet, only half of the digits are left of them: long ones, while they are
  // few.
  if (!(traced.state() <= kLargestLong ? eigenvalues<long double>(map.jacobian, spectrum)
                                       : eigenvalues<double>(map.jacobian, spectrum)))
    return std::nullopt;
  std::ranges::stable_sort(spectrum.eigenvalues, [](const auto& a, const auto& b) {
    return std::abs(a) != std::abs(b) ? std::abs(a) > std::abs(b) : a.imag() > b.imag();
  });
  spectrum.radius = std::abs(spectrum.eigenvalues.front());
  return spectrum;
}

namespace {

struct Root {
  Eigen::VectorXd at;
  double residual;
};

/// Levenberg and Marquardt on half the squared field, ending in plain Newton steps.
std::optional<Root> solve(Linearised& field, std::span<const double> knobs,
                          std::span<const double> guess) {
  constexpr int kSteps = 100;
  Eigen::VectorXd w = Eigen::Map<const Eigen::VectorXd>(guess.data(), guess.size());
  double damping = 1e-3;
  field.at({w.data(), static_cast<std::size_t>(w.size())}, knobs);
  for (int i = 0; i < kSteps; ++i) {
    if (!field.value.allFinite() || !field.jacobian.allFinite()) return std::nullopt;
    const double residual = field.value.norm();
    if (residual == 0.0) break;
    const Eigen::MatrixXd J = field.jacobian;
    Eigen::MatrixXd normal = J.transpose() * J;
    normal.diagonal().array() += damping * (normal.diagonal().maxCoeff() + 1e-300);
    const Eigen::VectorXd v = field.value;
    const Eigen::VectorXd move = -normal.ldlt().solve(J.transpose() * v);
    const Eigen::VectorXd next = w + move;
    field.at({next.data(), static_cast<std::size_t>(next.size())}, knobs);
    if (field.value.allFinite() && field.value.norm() < residual) {
      w = next;
      damping = std::max(damping * 0.1, 1e-16);
    } else {
      if (residual < 1e-12 || damping > 1e8) break;
      damping *= 10.0;
      field.value = v;
      field.jacobian = J;
    }
  }
  field.at({w.data(), static_cast<std::size_t>(w.size())}, knobs);
  return Root{w, field.value.norm()};
}

std::vector<double> values_of(const std::vector<Parameter>& parameters) {
  std::vector<double> values;
  for (const Parameter& p : parameters) values.push_back(p.value);
  return values;
}

/// What stands still at a solution: the field, or where walls or simplices hold players back what
/// of a step is left after projection. Newton's steps on it are then semismooth ones.
Linearised field_of(const Game& game) {
  SymbolicField field(game);
  const SymbolicPoint here = field.here();
  std::vector<Expr> parameters;
  for (const Parameter& p : game.parameters) parameters.push_back(p.symbol);
  return {*game.graph, field.residual(here).at, here.at, parameters};
}

}  // namespace

std::vector<std::vector<double>> find_critical_points(
    const Game& game, std::span<const std::vector<double>> guesses) {
  constexpr double kZero = 1e-12, kSame = 1e-6;
  std::vector<std::vector<double>> found;
  if (game.dim() > kLargestDense / 4) return found;
  Linearised field = field_of(game);
  const std::vector<double> parameters = values_of(game.parameters);
  for (const std::vector<double>& guess : guesses) {
    const std::optional<Root> root = solve(field, parameters, guess);
    if (!root || root->residual > kZero * (1.0 + root->at.norm()) ||
        !is_inside(game, {root->at.data(), game.dim()}, kZero))
      continue;
    const bool known = std::ranges::any_of(found, [&](const std::vector<double>& p) {
      return (Eigen::Map<const Eigen::VectorXd>(p.data(), p.size()) - root->at).norm() <=
             kSame * (1.0 + root->at.norm());
    });
    if (!known) found.emplace_back(root->at.data(), root->at.data() + root->at.size());
  }
  return found;
}

std::vector<std::vector<double>> reference_points(const Game& game,
                                                  std::span<const std::vector<double>> starts) {
  constexpr std::size_t kMostStarts = 8;
  // What the file states holds for its own parameters; what no longer is a solution is polished.
  std::vector<std::vector<double>> guesses;
  for (const KnownPoint& p : game.points) guesses.push_back(p.at);
  if (game.points.empty()) {
    guesses.emplace_back(game.dim(), 0.0);
    if (const auto mixes = matrix_equilibrium(game)) guesses.push_back(*mixes);
    for (const std::vector<double>& s : starts.first(std::min(starts.size(), kMostStarts)))
      guesses.push_back(s);
    for (const double side : {-1.0, 1.0}) {
      std::vector<double> corner;
      for (std::size_t i = 0; i < game.dim(); ++i) corner.push_back(i % 2 == 0 ? side : -side);
      guesses.push_back(corner);
      guesses.emplace_back(game.dim(), side);
    }
  }
  for (std::vector<double>& guess : guesses) project(game, guess);
  return find_critical_points(game, guesses);
}

}  // namespace gyre
