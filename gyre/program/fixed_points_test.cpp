// Every rule leaves the critical points that the games state where they are.
#include <gtest/gtest.h>

#include "gyre/expr/derivative.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/program/traced_run_test.hpp"
#include "gyre/rules/plain_test.hpp"

namespace gyre {
namespace {

using namespace testing;

/// Whether the field itself vanishes there, and not only what of it points into the domain.
bool field_vanishes(const Game& game, const std::vector<double>& at) {
  for (std::size_t i = 0; i < at.size(); ++i)
    if (at[i] <= game.coordinates[i].low || at[i] >= game.coordinates[i].high) return false;
  return game.regions.empty();
}

/// Some rules are for some games only, and trace() says so.
bool is_defined(const Game& game, const std::string& pipe) {
  try {
    trace(game, parse_pipe(pipe));
  } catch (const Error&) {
    return false;
  }
  return true;
}

/// Whether these formulas, linearised in their own unknowns, cannot be solved for them.
bool is_flat(const std::vector<Expr>& slopes, const std::vector<Expr>& unknowns,
             const std::vector<std::pair<Expr, double>>& here) {
  std::vector<Numbers> matrix;
  for (const Expr& slope : slopes) {
    matrix.emplace_back();
    for (const Expr& e : gradient(slope, unknowns))
      matrix.back().push_back(evaluate<double>(e, here));
  }
  for (std::size_t i = 0; i < unknowns.size(); ++i) {
    Numbers unit(unknowns.size(), 0.0);
    unit[i] = 1.0;
    if (!(length(testing::solve(matrix, unit)) < 1e6)) return true;
  }
  return false;
}

/// Whether, but for roundings, the last player's loss or the whole field has no curvature there in
/// some direction.
bool is_flat(const Game& game, const std::vector<double>& at) {
  const std::vector<Expr> symbols = game.symbols();
  std::vector<std::pair<Expr, double>> here;
  for (std::size_t i = 0; i < at.size(); ++i) here.emplace_back(symbols[i], at[i]);
  for (const Parameter& k : game.parameters) here.emplace_back(k.symbol, k.value);
  std::vector<Expr> field, slopes, own;
  for (const Player& p : game.players) {
    own.assign(symbols.begin() + p.first, symbols.begin() + p.first + p.count);
    slopes = gradient(p.loss, own);
    field.insert(field.end(), slopes.begin(), slopes.end());
  }
  return is_flat(slopes, own, here) || is_flat(field, symbols, here);
}

TEST(EveryRule, StandsStillAtEveryPointThatAGameStates) {
  int tried = 0, exact = 0;
  for (const CatalogueEntry& entry : catalogue()) {
    const Game game = catalogue_game(entry.name);
    for (const StageFacts& s : rule_catalogue()) {
      const std::string pipe = parse_pipe(s.facts.id).text();
      if (!s.facts.keeps_points || !is_defined(game, pipe)) continue;
      for (const KnownPoint& point : game.points) {
        // Descending the length of the field leads elsewhere where a wall holds a player back, and
        // so do steps backwards.
        if ((s.needs_products || !s.facts.keeps_walls) && !field_vanishes(game, point.at)) continue;
        TracedRun run(game, pipe, point.at);
        const double before = run.residual();
        ASSERT_LE(before, 1e-20) << entry.name << " states a point that is none";
        run.step();
        const double moved = length(difference(run.at(), point.at));
        if (s.facts.leaps && before > 0.0) continue;
        // Undefined just there.
        if (s.facts.needs.curved && is_flat(game, point.at)) continue;
        if (before == 0.0) {
          // Beside a wall that holds one player, what is left of the other's slope is too small to
          // be seen behind the point; rules that divide by its length still move by it.
          const double room = field_vanishes(game, point.at) ? 0.0 : 1e-8;
          EXPECT_LE(moved, room) << pipe << " on " << entry.name;
          ++exact;
        } else {
          // The stated numbers are rounded and the field is not quite zero there. Rules that divide
          // by its root mean square, 1e-8 added, blow that up most, by up to 1e9.
          EXPECT_LE(moved, 1e9 * std::sqrt(before)) << pipe << " on " << entry.name;
        }
        ++tried;
      }
    }
  }
  EXPECT_GT(tried, 100);
  EXPECT_GT(exact, 100);
}

TEST(EveryRule, HaltsWhereItSaysAlthoughTheFieldIsNotZero) {
  int tried = 0;
  for (const StageFacts& s : rule_catalogue())
    for (const Halt& h : s.facts.halts) {
      TracedRun run(parse_game(h.game), h.rule, h.at);
      EXPECT_GT(run.residual(), 0.1) << h.rule;
      run.step(3);
      EXPECT_LE(length(difference(run.at(), h.at)), 1e-15) << h.rule << " on " << h.game;
      ++tried;
    }
  EXPECT_GT(tried, 5);
}

}  // namespace
}  // namespace gyre
