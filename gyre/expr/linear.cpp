#include "gyre/expr/linear.hpp"

#include <cmath>
#include <string>
#include <utility>

#include "gyre/core/error.hpp"

namespace gyre {

namespace {

class Elimination {
 public:
  Elimination(ExprMatrix m, std::vector<Expr> b) : m_(std::move(m)), b_(std::move(b)) {
    for (std::size_t i = 0; i < m_.size(); ++i) rows_.push_back(i), columns_.push_back(i);
    x_.resize(m_.size());
  }

  std::vector<Expr> solve() {
    while (take_out_single()) {
    }
    if (rows_.size() == 2)
      by_determinants();
    else
      by_pivots();
    // What was taken out is found last, from the unknowns that stood beside it.
    for (std::size_t i = taken_.size(); i-- > 0;) {
      const auto& [row, column] = taken_[i];
      Expr sum = b_[row];
      for (std::size_t j = 0; j < m_.size(); ++j)
        if (j != column) sum = sum - m_[row][j] * x_[j];
      x_[column] = sum / m_[row][column];
    }
    return std::move(x_);
  }

 private:
  static bool is_zero(const Expr& e) { return e.is_constant(0.0); }

  /// An unknown with a constant pivot that is alone in its column, or alone in its row, needs no
  /// elimination with choices.
  bool take_out_single() {
    for (std::size_t r = 0; r < rows_.size(); ++r)
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        const std::size_t row = rows_[r], column = columns_[c];
        const Expr& pivot = m_[row][column];
        if (!pivot.is_constant() || is_zero(pivot)) continue;
        std::size_t in_row = 0, in_column = 0;
        for (const std::size_t j : columns_) in_row += !is_zero(m_[row][j]);
        for (const std::size_t i : rows_) in_column += !is_zero(m_[i][column]);
        if (in_row != 1 && in_column != 1) continue;
        if (in_row == 1)
          for (const std::size_t i : rows_)
            if (i != row && !is_zero(m_[i][column])) {
              b_[i] = b_[i] - m_[i][column] / pivot * b_[row];
              m_[i][column] = 0.0;
            }
        taken_.emplace_back(row, column);
        rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(r));
        columns_.erase(columns_.begin() + static_cast<std::ptrdiff_t>(c));
        return true;
      }
    return false;
  }

  void by_determinants() {
    const std::size_t r = rows_[0], s = rows_[1], c = columns_[0], d = columns_[1];
    const Expr determinant = m_[r][c] * m_[s][d] - m_[r][d] * m_[s][c];
    if (is_zero(determinant)) throw_singular();
    x_[c] = (b_[r] * m_[s][d] - m_[r][d] * b_[s]) / determinant;
    x_[d] = (m_[r][c] * b_[s] - b_[r] * m_[s][c]) / determinant;
  }

  void by_pivots() {
    const std::size_t n = rows_.size();
    for (std::size_t k = 0; k < n; ++k) {
      bring_up(k);
      const std::size_t row = rows_[k], column = columns_[k];
      if (is_zero(m_[row][column])) throw_singular();
      for (std::size_t i = k + 1; i < n; ++i) {
        const std::size_t other = rows_[i];
        if (is_zero(m_[other][column])) continue;
        const Expr factor = m_[other][column] / m_[row][column];
        for (std::size_t j = k + 1; j < n; ++j)
          m_[other][columns_[j]] = m_[other][columns_[j]] - factor * m_[row][columns_[j]];
        b_[other] = b_[other] - factor * b_[row];
        m_[other][column] = 0.0;
      }
    }
    for (std::size_t k = n; k-- > 0;) {
      Expr sum = b_[rows_[k]];
      for (std::size_t j = k + 1; j < n; ++j)
        sum = sum - m_[rows_[k]][columns_[j]] * x_[columns_[j]];
      x_[columns_[k]] = sum / m_[rows_[k]][columns_[k]];
    }
  }

  /// The largest entry of column k to row k: at once as far as constants and zeros tell, else by
  /// select().
  void bring_up(std::size_t k) {
    const std::size_t column = columns_[k];
    for (std::size_t i = k + 1; i < rows_.size(); ++i) {
      const Expr here = m_[rows_[k]][column], there = m_[rows_[i]][column];
      if (is_zero(there)) continue;
      if (is_zero(here) || (here.is_constant() && there.is_constant())) {
        if (is_zero(here) || std::abs(here.value()) < std::abs(there.value()))
          std::swap(rows_[k], rows_[i]);
        continue;
      }
      const Expr larger = less(abs(here), abs(there));
      auto exchange = [&](Expr& a, Expr& b) {
        const Expr up = select(larger, b, a), down = select(larger, a, b);
        a = up, b = down;
      };
      for (std::size_t j = k; j < columns_.size(); ++j)
        exchange(m_[rows_[k]][columns_[j]], m_[rows_[i]][columns_[j]]);
      exchange(b_[rows_[k]], b_[rows_[i]]);
    }
  }

  ExprMatrix m_;
  std::vector<Expr> b_, x_;
  std::vector<std::size_t> rows_, columns_;  // that are still to be eliminated
  std::vector<std::pair<std::size_t, std::size_t>> taken_;
};

}  // namespace

void throw_singular() {
  throw Error(
      "a linear system of this rule is singular at every point of this game: there is no curvature "
      "where the rule divides by it");
}

std::vector<Expr> solve_linear(ExprMatrix m, std::vector<Expr> b) {
  if (m.size() > kMostUnknowns)
    throw Error(
        "this rule solves a linear system at every step, which is written out for at most " +
        std::to_string(kMostUnknowns) + " variables; this game has " + std::to_string(m.size()));
  return Elimination(std::move(m), std::move(b)).solve();
}

}  // namespace gyre
