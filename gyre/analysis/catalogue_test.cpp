// Every built-in game passes through here: to lie in games/ is to be tested.
#include "gyre/games/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/predict.hpp"
#include "gyre/expr/expr.hpp"
#include "gyre/games/domain.hpp"

namespace gyre {

void PrintTo(const CatalogueEntry& entry, std::ostream* out) { *out << entry.name; }

namespace {

class Catalogue : public testing::TestWithParam<CatalogueEntry> {};

TEST(CatalogueList, HoldsTheBuiltInGames) { EXPECT_GE(catalogue().size(), 75u); }

TEST_P(Catalogue, SaysWhatPeopleNeed) {
  const Game game = catalogue_game(GetParam().name);
  EXPECT_NE(game.title, game.name);
  EXPECT_FALSE(game.shows.empty());
  EXPECT_FALSE(game.shows_zh.empty());
  // A line that goes on without a blank before its backslash runs two words into one.
  const std::string toml(GetParam().toml);
  for (std::size_t end = toml.find("\\\n"); end != toml.npos; end = toml.find("\\\n", end + 1))
    EXPECT_EQ(toml[end - 1], ' ') << toml.substr(end - 20, 20);
  EXPECT_EQ(game.start.size(), game.dim());  // the reader holds it to the domain
  EXPECT_TRUE(game.dim() != 2 || game.view.size() == 2);
  if (!game.points.empty()) return;
  EXPECT_NE(game.shows.find("no critical point"), std::string::npos);
  EXPECT_TRUE(reference_points(game, {}).empty());
}

TEST_P(Catalogue, StartsAndStaysInView) {
  const Game game = catalogue_game(GetParam().name);
  for (std::size_t i = 0; i < game.view.size(); ++i) {
    EXPECT_GE(game.start[i], game.view[i][0]);
    EXPECT_LE(game.start[i], game.view[i][1]);
    for (const KnownPoint& point : game.points) {
      EXPECT_GE(point.at[i], game.view[i][0]);
      EXPECT_LE(point.at[i], game.view[i][1]);
    }
  }
}

TEST_P(Catalogue, UsesItsParametersWithinTheirRanges) {
  const Game game = catalogue_game(GetParam().name);
  std::vector<Expr> losses;
  for (const Player& player : game.players) losses.push_back(player.loss);
  const std::vector<Expr> used = symbols(losses);
  for (const Parameter& p : game.parameters) {
    EXPECT_FALSE(p.about.empty()) << p.name;
    ASSERT_TRUE(p.range) << p.name;
    EXPECT_TRUE(p.range->holds(p.value)) << p.name;
    EXPECT_NE(std::find(used.begin(), used.end(), p.symbol), used.end()) << p.name;
  }
}

TEST_P(Catalogue, HasTheCriticalPointsItStates) {
  const Game game = catalogue_game(GetParam().name);
  std::vector<std::pair<Expr, double>> values;
  for (const Parameter& p : game.parameters) values.emplace_back(p.symbol, p.value);
  const std::size_t parameters = values.size();
  for (const KnownPoint& point : game.points) {
    const PointReport report = classify(game, point.at);
    SCOPED_TRACE(testing::PrintToString(point.at));
    EXPECT_LE(report.residual, 1e-9);
    EXPECT_EQ(to_string(report.kind), to_string(point.kind));
    EXPECT_EQ(to_string(report.flow), to_string(point.flow));
    values.resize(parameters);
    EXPECT_TRUE(is_inside(game, point.at, 1e-9));
    for (std::size_t i = 0; i < game.dim(); ++i)
      values.emplace_back(game.coordinates[i].symbol, point.at[i]);
    if (!point.value) continue;
    ASSERT_TRUE(game.zero_sum);
    EXPECT_NEAR(evaluate<double>(game.payoff, values), *point.value,
                1e-12 * (1.0 + std::abs(*point.value)));
  }
}

/// Points given by formulas move with the parameters: they are critical for other values too.
TEST_P(Catalogue, KeepsItsFormulasTrueWhenParametersMove) {
  for (const double share : {0.0, 0.25, 0.75, 1.0}) {
    Game game = catalogue_game(GetParam().name);
    for (const Parameter& p : std::vector(game.parameters))
      set_parameter(game, p.name, p.range->low + share * (p.range->high - p.range->low));
    for (const KnownPoint& point : game.points) {
      bool exact = true;  // nothing but formulas, or zeros
      for (const Expr& e : point.formulas) exact = exact && (!e.is_constant() || e.value() == 0.0);
      if (!exact) continue;
      EXPECT_LE(classify(game, point.at).residual, 1e-9);
      EXPECT_TRUE(is_inside(game, point.at, 1e-9));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Every, Catalogue, testing::ValuesIn(catalogue()), [](const auto& test) {
  std::string name(test.param.name);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace gyre
