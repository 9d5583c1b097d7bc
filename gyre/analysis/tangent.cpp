#include "gyre/analysis/tangent.hpp"

#include <Eigen/QR>
#include <cmath>

#include "gyre/games/domain.hpp"

namespace gyre {

namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

constexpr double kAtWall = 1e-9;

/// Whether the wall holds the coordinate for certain: where nothing pushes, it may as well leave.
bool is_held(const Coordinate& c, double value, double push) {
  return std::abs(push) > kAtWall && (value <= c.low + kAtWall || value >= c.high - kAtWall);
}

/// What the field is, on average, on the shares that are in use: the price that all others exceed.
double price(const Region& r, std::span<const double> at, const Vector& field) {
  double sum = 0.0, used = 0.0;
  for (std::size_t i = r.first; i < r.first + r.count; ++i) {
    if (at[i] <= kAtWall) continue;
    sum += field[static_cast<Index>(i)];
    used += 1.0;
  }
  return used > 0.0 ? sum / used : 0.0;
}

/// Columns that span what is orthogonal to `normal` among the coordinates of `free`.
Matrix orthogonal(const std::vector<Index>& free, const Vector& normal, Index dim) {
  const auto n = static_cast<Index>(free.size());
  if (n <= 1) return Matrix(dim, 0);
  Vector seen(n);
  for (Index i = 0; i < n; ++i) seen[i] = normal[free[static_cast<std::size_t>(i)]];
  const Matrix rotation =
      Eigen::HouseholderQR<Matrix>(seen).householderQ() * Matrix::Identity(n, n);
  Matrix basis = Matrix::Zero(dim, n - 1);
  for (Index i = 0; i < n; ++i)
    basis.row(free[static_cast<std::size_t>(i)]) = rotation.row(i).rightCols(n - 1);
  return basis;
}

void append(Matrix& basis, const Matrix& more) {
  const Index before = basis.cols();
  basis.conservativeResize(more.rows(), before + more.cols());
  basis.rightCols(more.cols()) = more;
}

/// A region's free directions; a sphere's bend goes to `bend`.
Matrix along(const Region& r, std::span<const double> at, const Vector& field, Vector& bend) {
  const auto dim = static_cast<Index>(at.size());
  std::vector<Index> free;
  Vector normal = Vector::Zero(dim);
  const bool simplex = r.kind == Region::Kind::kSimplex;
  const double least = simplex ? price(r, at, field) + kAtWall : 0.0;
  for (std::size_t i = r.first; i < r.first + r.count; ++i) {
    const auto k = static_cast<Index>(i);
    normal[k] = simplex ? 1.0 : at[i] - r.centre[i - r.first];
    if (!simplex || at[i] > kAtWall || field[k] <= least) free.push_back(k);
  }
  if (!simplex) {
    const double length = normal.norm();
    const double push = -field.dot(normal) / (length * length);
    if (!(length >= r.size * (1.0 - kAtWall) && push >= 0.0)) {
      Matrix inside = Matrix::Zero(dim, static_cast<Index>(free.size()));
      for (std::size_t i = 0; i < free.size(); ++i) inside(free[i], static_cast<Index>(i)) = 1.0;
      return inside;
    }
    for (const Index k : free) bend[k] += push;
  }
  return orthogonal(free, normal, dim);
}

}  // namespace

Eigen::MatrixXd Tangent::all() const {
  Matrix joined(bend.size(), 0);
  for (const Matrix& own : basis) append(joined, own);
  return joined;
}

Tangent tangent_at(const Game& game, std::span<const double> at, const Eigen::VectorXd& field) {
  const auto dim = static_cast<Index>(game.dim());
  Tangent tangent{{}, Vector::Zero(dim)};
  for (const Player& p : game.players) {
    Matrix basis(dim, 0);
    for (std::size_t i = p.first; i < p.first + p.count; ++i) {
      const Region* region = region_of(game, i);
      if (region && region->first == i) append(basis, along(*region, at, field, tangent.bend));
      if (region || is_held(game.coordinates[i], at[i], field[static_cast<Index>(i)])) continue;
      append(basis, Vector::Unit(dim, static_cast<Index>(i)));
    }
    tangent.basis.push_back(std::move(basis));
  }
  return tangent;
}

double projected_residual(const Game& game, std::span<const double> at,
                          const Eigen::VectorXd& field) {
  std::vector<double> inside(at.begin(), at.end());
  for (std::size_t i = 0; i < at.size(); ++i) inside[i] -= field[static_cast<Index>(i)];
  project(game, inside);
  double squares = 0.0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double left = is_confined(game, i) ? at[i] - inside[i] : field[static_cast<Index>(i)];
    squares += left * left;
  }
  return std::sqrt(squares);
}

}  // namespace gyre
