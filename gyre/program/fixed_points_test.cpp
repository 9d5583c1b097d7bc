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

/// Whether the last player's loss has, but for roundings, no curvature in some direction of its
/// own.
bool is_flat(const Game& game, const std::vector<double>& at) {
  const Player& p = game.players.back();
  const std::vector<Expr> symbols = game.symbols(), own(symbols.begin() + p.first, symbols.end());
  std::vector<std::pair<Expr, double>> here;
  for (std::size_t i = 0; i < at.size(); ++i) here.emplace_back(symbols[i], at[i]);
  for (const Parameter& k : game.parameters) here.emplace_back(k.symbol, k.value);
  std::vector<Numbers> hessian;
  for (const Expr& slope : gradient(p.loss, own)) {
    hessian.emplace_back();
    for (const Expr& e : gradient(slope, own)) hessian.back().push_back(evaluate<double>(e, here));
  }
  for (std::size_t i = 0; i < own.size(); ++i) {
    Numbers unit(own.size(), 0.0);
    unit[i] = 1.0;
    if (!(length(testing::solve(hessian, unit)) < 1e6)) return true;
  }
  return false;
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
        if (s.facts.needs.curved && is_flat(game, point.at)) continue;  // undefined just there
        if (before == 0.0) {
          EXPECT_EQ(moved, 0.0) << pipe << " on " << entry.name;
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

}  // namespace
}  // namespace gyre
