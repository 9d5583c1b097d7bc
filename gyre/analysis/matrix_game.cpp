#include "gyre/analysis/matrix_game.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "gyre/analysis/classify.hpp"

namespace gyre {

namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

struct Mixes {
  Vector rows, columns;
};

/// max sum(q) with A'q <= 1 and q >= 0, for A > 0: q is the rows' mix but for its size, and the
/// prices of the constraints are the columns'. Row j of the tableau is column j's constraint.
std::optional<Mixes> by_simplex_method(const Matrix& A) {
  constexpr double kZero = 1e-11;
  const Index m = A.rows(), n = A.cols();
  Matrix t = Matrix::Zero(n + 1, m + n + 1);
  t.topLeftCorner(n, m) = A.transpose();
  t.block(0, m, n, n).setIdentity();
  t.col(m + n).head(n).setOnes();
  t.row(n).head(m).setOnes();
  std::vector<Index> basis;
  for (Index j = 0; j < n; ++j) basis.push_back(m + j);

  const Index most = 100 * (m + n);
  for (Index pivots = 0; pivots < most; ++pivots) {
    // The steepest column; in the second half the first one, which cannot go round (Bland 1977).
    Index enter = -1;
    for (Index k = 0; k < m + n; ++k) {
      if (t(n, k) <= kZero) continue;
      if (enter < 0 || t(n, k) > t(n, enter)) enter = k;
      if (2 * pivots > most) break;
    }
    if (enter < 0) {
      Mixes mixes{Vector::Zero(m), Vector(n)};
      for (Index j = 0; j < n; ++j) {
        const Index variable = basis[static_cast<std::size_t>(j)];
        if (variable < m) mixes.rows[variable] = std::max(t(j, m + n), 0.0);
        mixes.columns[j] = std::max(-t(n, m + j), 0.0);
      }
      return mixes;
    }
    Index leave = -1;
    for (Index j = 0; j < n; ++j) {
      if (t(j, enter) <= kZero) continue;
      const auto ratio = [&](Index row) { return t(row, m + n) / t(row, enter); };
      const auto place = [&](Index row) { return basis[static_cast<std::size_t>(row)]; };
      if (leave < 0 || ratio(j) < ratio(leave) ||
          (ratio(j) == ratio(leave) && place(j) < place(leave)))
        leave = j;
    }
    if (leave < 0) return std::nullopt;
    t.row(leave) /= t(leave, enter);
    for (Index j = 0; j <= n; ++j)
      if (j != leave) t.row(j) -= t(j, enter) * t.row(leave);
    basis[static_cast<std::size_t>(leave)] = enter;
  }
  return std::nullopt;
}

bool has_one_simplex(const Game& game, std::size_t player) {
  return game.regions.size() == 2 && game.regions[player].kind == Region::Kind::kSimplex &&
         game.regions[player].first == game.players[player].first &&
         game.regions[player].count == game.players[player].count;
}

/// The table of payoffs for a share of one of each strategy. Sums of shares are known, so that what
/// is paid for a share of one's own alone can be put into the table, too.
std::optional<Matrix> payoffs(const Game& game) {
  if (game.players.size() != 2 || !game.zero_sum || !has_one_simplex(game, 0) ||
      !has_one_simplex(game, 1))
    return std::nullopt;
  const auto m = static_cast<Index>(game.players[0].count), n = static_cast<Index>(game.dim()) - m;
  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const PointReport origin = classify(game, std::vector<double>(game.dim(), 0.0));
  const Eigen::Map<const Rows> J(origin.jacobian.data(), m + n, m + n);
  const Eigen::Map<const Vector> F(origin.field.data(), m + n);
  if (!J.allFinite() || !F.allFinite() || !J.topLeftCorner(m, m).isZero(0.0) ||
      !J.bottomRightCorner(n, n).isZero(0.0))
    return std::nullopt;
  // Bilinear is what has the same slopes elsewhere, too.
  std::vector<double> elsewhere;
  for (Index i = 0; i < m + n; ++i)
    elsewhere.push_back(1.0 / std::sqrt(static_cast<double>(2 + i)));
  const PointReport there = classify(game, elsewhere);
  for (std::size_t i = 0; i < origin.jacobian.size(); ++i)
    if (there.jacobian[i] != origin.jacobian[i]) return std::nullopt;

  const double rows = game.regions[0].size, columns = game.regions[1].size;
  Matrix A = J.topRightCorner(m, n) * (rows * columns);
  A.colwise() += F.head(m) * rows;
  A.rowwise() -= F.tail(n).transpose() * columns;
  return A;
}

}  // namespace

std::optional<std::vector<double>> matrix_equilibrium(const Game& game) {
  std::optional<Matrix> A = payoffs(game);
  if (!A) return std::nullopt;
  const double low = A->minCoeff(), spread = A->maxCoeff() - low;
  if (!(spread > 0.0) || !std::isfinite(spread)) return std::nullopt;
  *A = ((A->array() - low) / spread + 1.0).matrix();
  std::optional<Mixes> mixes = by_simplex_method(*A);
  if (!mixes) return std::nullopt;
  mixes->rows *= game.regions[0].size / mixes->rows.sum();
  mixes->columns *= game.regions[1].size / mixes->columns.sum();
  std::vector<double> at(mixes->rows.begin(), mixes->rows.end());
  at.insert(at.end(), mixes->columns.begin(), mixes->columns.end());
  return at;
}

}  // namespace gyre
