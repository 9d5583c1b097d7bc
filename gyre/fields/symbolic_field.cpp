#include "gyre/fields/symbolic_field.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/core/assert.hpp"
#include "gyre/expr/derivative.hpp"
#include "gyre/expr/linear.hpp"
#include "gyre/fields/projection.hpp"
#include "gyre/games/domain.hpp"

namespace gyre {

SymbolicField::SymbolicField(const Game& game) : game_(game), symbols_(game.symbols()) {
  Blocks blocks{0};
  for (const Player& p : game.players) {
    blocks.push_back(p.first + p.count);
    const std::span own = std::span(symbols_).subspan(p.first, p.count);
    for (const Expr& e : gradient(p.loss, own)) of_mean_.field.push_back(e);
    if (game.samples.size() == 0) continue;
    const std::size_t place = blocks.size() - 2;
    for (const Expr& e : gradient(game.samples.losses[place], own)) of_sample_.field.push_back(e);
  }
  blocks_ = std::make_shared<const Blocks>(std::move(blocks));
}

SymbolicPoint SymbolicField::here() const { return point(symbols_); }

SymbolicPoint SymbolicField::fresh(const std::string& name) const {
  std::vector<Expr> at;
  for (const Coordinate& c : game_.coordinates)
    at.push_back(Expr::symbol(*game_.graph, name + "." + c.name));
  return point(std::move(at));
}

SymbolicPoint SymbolicField::at(const SymbolicPoint& w, int player) {
  if (player == kEverybody) {
    gradients_ += share() * static_cast<double>(players());
    return point(answered(asked().field, symbols_, w.at));
  }
  gradients_ += share();
  const Player& p = game_.players[static_cast<std::size_t>(player)];
  const std::vector<Expr> own =
      answered(std::span(asked().field).subspan(p.first, p.count), symbols_, w.at);
  std::vector<Expr> all(symbols_.size(), Expr(0.0));
  for (std::size_t i = 0; i < p.count; ++i) all[p.first + i] = own[i];
  return point(std::move(all));
}

namespace {

/// Products with the Jacobian entry by entry: entry (i, j) times the j-th direction, or,
/// transposed, (j, i) times it.
std::vector<Expr> by_entries(const std::vector<Expr>& field, const std::vector<Expr>& symbols,
                             const std::vector<Expr>& direction, bool transposed) {
  const std::size_t n = symbols.size();
  std::vector<Expr> sums(n, Expr(0.0));
  for (std::size_t i = 0; i < n; ++i) {
    const std::vector<Expr> row = gradient(field[i], symbols);
    for (std::size_t j = 0; j < n; ++j) {
      Expr& sum = sums[transposed ? j : i];
      sum = sum + row[j] * direction[transposed ? i : j];
    }
  }
  return sums;
}

std::size_t parts(const std::vector<Expr>& formulas) {
  std::vector<NodeId> roots;
  Graph* graph = nullptr;
  for (const Expr& e : formulas)
    if (e.graph()) graph = e.graph();
  if (!graph) return 0;
  for (const Expr& e : formulas) roots.push_back(e.in(*graph));
  return reachable(*graph, roots).size();
}

/// `swept`, or the same product entry by entry where that has fewer parts: with few variables, the
/// direction then multiplies a whole entry once and not each of its terms.
std::vector<Expr> cheaper(std::vector<Expr> swept, const std::vector<Expr>& field,
                          const std::vector<Expr>& symbols, const std::vector<Expr>& direction,
                          bool transposed) {
  constexpr std::size_t kFew = 6;
  if (symbols.size() > kFew) return swept;
  std::vector<Expr> entries = by_entries(field, symbols, direction, transposed);
  return parts(entries) < parts(swept) ? entries : swept;
}

std::vector<Expr> joined(std::span<const Expr> a, std::span<const Expr> b) {
  std::vector<Expr> all(a.begin(), a.end());
  all.insert(all.end(), b.begin(), b.end());
  return all;
}
}  // namespace

SymbolicPoint SymbolicField::jvp(const SymbolicPoint& w, const SymbolicPoint& u) {
  products_ += share();
  Formulas& f = asked();
  if (direction_.empty()) direction_ = fresh("direction").at;
  if (f.jvp.empty())
    f.jvp = cheaper(jacobian_vector(f.field, symbols_, direction_), f.field, symbols_, direction_,
                    false);
  return point(answered(f.jvp, joined(symbols_, direction_), joined(w.at, u.at)));
}

SymbolicPoint SymbolicField::vjp(const SymbolicPoint& w, const SymbolicPoint& u) {
  products_ += share();
  Formulas& f = asked();
  if (direction_.empty()) direction_ = fresh("direction").at;
  if (f.vjp.empty())
    f.vjp = cheaper(vector_jacobian(f.field, symbols_, direction_), f.field, symbols_, direction_,
                    true);
  return point(answered(f.vjp, joined(symbols_, direction_), joined(w.at, u.at)));
}

/// Each player's block of the product with everybody else's block of `u`.
SymbolicPoint SymbolicField::of_others(const SymbolicPoint& u, auto product) {
  const double products = products_;
  const SymbolicPoint none = fill(u, Expr(0.0));
  SymbolicPoint all = none;
  for (std::size_t p = 0; p < players(); ++p) all = on(p, product(on(p, none, u)), all);
  products_ = products + share();
  return all;
}

SymbolicPoint SymbolicField::jvp_between(const SymbolicPoint& w, const SymbolicPoint& u) {
  return of_others(u, [&](const SymbolicPoint& others) { return jvp(w, others); });
}

SymbolicPoint SymbolicField::vjp_between(const SymbolicPoint& w, const SymbolicPoint& u) {
  return of_others(u, [&](const SymbolicPoint& others) { return vjp(w, others); });
}

SymbolicPoint SymbolicField::loss_gradient(const SymbolicPoint& w, int player) {
  gradients_ += 1;
  const Player& p = game_.players[static_cast<std::size_t>(player)];
  return point(substitute(gradient(p.loss, symbols_), symbols_, w.at));
}

namespace {

/// Whether elimination meets a pivot that is zero but for roundings.
bool is_singular(std::vector<Expr> m, std::size_t rows) {
  constexpr double kRoundings = 1e-14;
  auto at = [&](std::size_t i, std::size_t j) { return m[i * rows + j].value(); };
  double largest = 0.0;
  for (const Expr& e : m) largest = std::max(largest, std::abs(e.value()));
  if (!std::isfinite(largest)) return false;
  for (std::size_t k = 0; k < rows; ++k) {
    std::size_t best = k;
    for (std::size_t i = k + 1; i < rows; ++i)
      if (std::abs(at(i, k)) > std::abs(at(best, k))) best = i;
    if (!(std::abs(at(best, k)) > kRoundings * largest)) return !std::isnan(at(best, k));
    for (std::size_t j = 0; j < rows; ++j) std::swap(m[k * rows + j], m[best * rows + j]);
    for (std::size_t i = k + 1; i < rows; ++i) {
      const double factor = at(i, k) / at(k, k);
      for (std::size_t j = k; j < rows; ++j) m[i * rows + j] = at(i, j) - factor * at(k, j);
    }
  }
  return false;
}

}  // namespace

/// Formulas need not show that they are zero, so this looks at a few places of no significance.
bool SymbolicField::is_singular_everywhere(const std::vector<Expr>& entries,
                                           std::size_t rows) const {
  if (rows > kMostUnknowns) return false;
  const std::vector<Expr> unknowns = gyre::symbols(entries);
  double spot = 0.0;
  for (int look = 0; look < 3; ++look) {
    std::vector<Expr> values;
    for (const Expr& u : unknowns) {
      spot = std::fmod(spot + 0.6180339887, 1.0);
      const auto known = std::ranges::find(parameters_, u);
      const auto coordinate = std::ranges::find(symbols_, u);
      if (known != parameters_.end()) {
        values.emplace_back(values_[static_cast<std::size_t>(known - parameters_.begin())]);
      } else if (coordinate != symbols_.end()) {
        const Coordinate& c =
            game_.coordinates[static_cast<std::size_t>(coordinate - symbols_.begin())];
        const double low = std::max(c.low, std::min(-1.0, c.high - 2.0));
        const double high = std::min(c.high, std::max(1.0, c.low + 2.0));
        values.emplace_back(low + spot * (high - low));
      } else {
        values.emplace_back(spot);
      }
    }
    const std::vector<Expr> numbers = substitute(entries, unknowns, values);
    // What overflows is not worked out, and nothing can be said of it.
    if (!std::ranges::all_of(numbers, [](const Expr& e) { return e.is_constant(); })) return false;
    if (!is_singular(numbers, rows)) return false;
  }
  return true;
}

SymbolicPoint SymbolicField::solve(const std::function<SymbolicPoint(const SymbolicPoint&)>& A,
                                   const SymbolicPoint& b) {
  ++solves_;
  const double products = products_;
  const SymbolicPoint u = fresh("unknown");
  ExprMatrix matrix;
  for (const Expr& row : A(u).at) matrix.push_back(gradient(row, u.at));
  products_ = products;
  std::vector<Expr> entries;
  for (const std::vector<Expr>& row : matrix) entries = joined(entries, row);
  if (is_singular_everywhere(entries, matrix.size())) throw_singular();
  return point(solve_linear(std::move(matrix), b.at));
}

SymbolicPoint SymbolicField::project(const SymbolicPoint& w) const {
  SymbolicPoint inside = w;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const Coordinate& c = game_.coordinates[i];
    if (!c.is_bounded() || inside_.contains({i, inside[i].in(*game_.graph)})) continue;
    if (c.low > -std::numeric_limits<double>::infinity()) inside[i] = max(inside[i], c.low);
    if (c.high < std::numeric_limits<double>::infinity()) inside[i] = min(inside[i], c.high);
    inside_.emplace(i, inside[i].in(*game_.graph));
  }
  for (const Region& r : game_.regions) {
    const auto own = std::span(inside.at).subspan(r.first, r.count);
    const auto nodes = [&] {
      std::vector<NodeId> ids{static_cast<NodeId>(r.first)};
      for (const Expr& e : own) ids.push_back(e.in(*game_.graph));
      return ids;
    };
    if (inside_regions_.contains(nodes())) continue;
    std::ranges::copy(projection(r, own), own.begin());
    inside_regions_.insert(nodes());
  }
  return inside;
}

namespace {

/// Calls `visit` on each simplex of a game whose every coordinate is on one.
void for_each_simplex(const Game& game, auto&& visit) {
  std::size_t covered = 0;
  for (const Region& r : game.regions)
    if (r.kind == Region::Kind::kSimplex) covered += r.count, visit(r);
  GYRE_ASSERT(covered == game.dim());  // check_needs() refuses rules that ask it of other games
}

Expr sum_over(const Region& r, const std::vector<Expr>& a) {
  Expr sum = 0.0;
  for (std::size_t i = 0; i < r.count; ++i) sum = sum + a[r.first + i];
  return sum;
}

}  // namespace

SymbolicPoint SymbolicField::share(const SymbolicPoint& weights) const {
  SymbolicPoint shares = weights;
  for_each_simplex(game_, [&](const Region& r) {
    const Expr sum = sum_over(r, weights.at), nothing = less_equal(sum, 0.0);
    for (std::size_t i = r.first; i < r.first + r.count; ++i)
      shares[i] = select(nothing, r.size / static_cast<double>(r.count),
                         weights[i] * (r.size / select(nothing, 1.0, sum)));
  });
  return shares;
}

SymbolicPoint SymbolicField::total(const SymbolicPoint& a) const {
  SymbolicPoint totals = a;
  for_each_simplex(game_, [&](const Region& r) {
    const Expr sum = sum_over(r, a.at);
    for (std::size_t i = r.first; i < r.first + r.count; ++i) totals[i] = sum;
  });
  return totals;
}

SymbolicPoint SymbolicField::corner(const SymbolicPoint& costs) const {
  SymbolicPoint corners = costs;
  for_each_simplex(game_, [&](const Region& r) {
    Expr least = costs[r.first], taken = 0.0;
    for (std::size_t i = 1; i < r.count; ++i) least = min(least, costs[r.first + i]);
    for (std::size_t i = r.first; i < r.first + r.count; ++i) {
      const Expr here = less_equal(costs[i], least) * (1.0 - taken);
      corners[i] = r.size * here;
      taken = taken + here;
    }
  });
  return corners;
}

SymbolicPoint SymbolicField::residual(const SymbolicPoint& w) {
  SymbolicPoint v = at(w);
  const SymbolicPoint inside = project(w - v);
  for (std::size_t i = 0; i < v.size(); ++i)
    if (is_confined(game_, i)) v[i] = w[i] - inside[i];
  return v;
}

double SymbolicField::calls() const { return gradients_ / static_cast<double>(players()); }

}  // namespace gyre
