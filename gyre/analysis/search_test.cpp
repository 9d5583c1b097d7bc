#include "gyre/analysis/search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "gyre/analysis/classify.hpp"
#include "gyre/core/error.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/domain.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {

void PrintTo(const CatalogueEntry& entry, std::ostream* out);  // in catalogue_test.cpp

namespace {

SearchResult found(const char* game, Box box = {}) {
  SearchOptions options;
  options.box = std::move(box);
  return search_points(load_game(game), options);
}

double distance(const std::vector<double>& a, const std::vector<double>& b) {
  double squares = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(squares);
}

TEST(Search, FindsPointsThatAreKnownInClosedForm) {
  const double r = std::sqrt(2.0);
  const SearchResult adolphs = found("adolphs", {{-8, 8}, {-8, 8}});
  ASSERT_EQ(adolphs.points.size(), 3u);
  EXPECT_LE(distance(adolphs.points[0].at, {-2 - r, 2 + r}), 1e-12);
  EXPECT_LE(distance(adolphs.points[1].at, {r - 2, 2 - r}), 1e-12);
  EXPECT_LE(distance(adolphs.points[2].at, {0, 0}), 1e-12);
  const SearchResult forsaken = found("forsaken");
  ASSERT_EQ(forsaken.points.size(), 1u);
  EXPECT_LE(distance(forsaken.points[0].at, {0.078027, 0.411934}), 1e-6);
  for (const SearchResult* s : {&adolphs, &forsaken}) {
    EXPECT_GE(s->confidence, 0.99);
    for (const FoundPoint& p : s->points) EXPECT_LE(p.residual, 1e-12);
  }
}

TEST(Search, FindsManyPointsAndNoneTwice) {
  // sin(pi x) = 0 and sin(pi y) = 0 at 7 x 7 places.
  const SearchResult s =
      found("x: cos(3.141592653589793*x); y: cos(3.141592653589793*y)", {{-3.3, 3.3}, {-3.3, 3.3}});
  EXPECT_EQ(s.points.size(), 49u);
  for (const FoundPoint& p : s.points)
    for (const double x : p.at) EXPECT_NEAR(x, std::round(x), 1e-12);
}

TEST(Search, LooksOnlyInTheBoxAndTellsOfPointsBeyond) {
  const SearchResult s = found("adolphs", {{-1, 1}, {-1, 1}});
  EXPECT_EQ(s.points.size(), 2u);
  const SearchResult none = found("adolphs", {{1, 2}, {1, 2}});
  EXPECT_TRUE(none.points.empty());
  EXPECT_FALSE(none.outside.empty());
  EXPECT_NE(confidence_words(none).find("None of"), std::string::npos);
}

TEST(Search, WidensABoxThatNobodyAskedForToWherePointsAre) {
  const Game game = parse_game("min x max y: (x - 3)*(y + 4)");
  const SearchResult wide = search_points(game);
  ASSERT_EQ(wide.points.size(), 1u);
  EXPECT_NEAR(wide.points[0].at[0], 3.0, 1e-12);
  EXPECT_TRUE(in_box(wide.box, wide.points[0].at));
  const SearchResult asked = search_points(game, {.box = {{-1.0, 1.0}, {-1.0, 1.0}}});
  EXPECT_TRUE(asked.points.empty());
  EXPECT_EQ(asked.outside.size(), 1u);
  EXPECT_EQ(search_points(catalogue_game("cournot")).points.size(), 1u);  // stated, beyond [0, 2]
}

TEST(Search, SeesLinesOfPointsAsLines) {
  const SearchResult line = found("x: (x+y-1)^2/2; y: (x+y-1)^2/2", {{-2, 2}, {-2, 2}});
  ASSERT_EQ(line.points.size(), 1u);
  EXPECT_EQ(line.points[0].dimension, 1u);
  EXPECT_LE(distance(line.points[0].at, {0.5, 0.5}), 1e-9);
  EXPECT_NEAR(std::abs(line.points[0].along[0][0] + line.points[0].along[0][1]), 0.0, 1e-9);
  const SearchResult circle = found("x: (x^2+y^2-1)^2; y: (x^2+y^2-1)^2", {{-2, 2.2}, {-2, 2.1}});
  ASSERT_EQ(circle.points.size(), 2u);  // the circle, and its middle
  EXPECT_EQ(circle.points[0].dimension + circle.points[1].dimension, 1u);
  const SearchResult two = found("x: (x^2-1)^2; y: x*y^2*0 + (x^2-1)^2*y", {{-2, 2}, {-2, 2}});
  std::size_t lines = 0;
  for (const FoundPoint& p : two.points) lines += p.dimension == 1;
  EXPECT_EQ(lines, 2u);
}

TEST(Search, TakesAFlatPointForOne) {
  const SearchResult s = found("x: x^4 + x*y^3; y: y^4 - x^3*y", {{-1, 1}, {-1, 1}});
  std::size_t at_zero = 0;
  for (const FoundPoint& p : s.points) at_zero += distance(p.at, {0, 0}) < 0.05;
  EXPECT_EQ(at_zero, 1u);
  EXPECT_EQ(found("cubic-degenerate").points.size(), 1u);
}

TEST(Search, FindsPointsAtWallsAndOnSimplices) {
  const SearchResult wall = found("min x in [0, 1] max y in [0, 1]: x + x*y - y", {});
  ASSERT_EQ(wall.points.size(), 1u);
  EXPECT_LE(distance(wall.points[0].at, {0, 0}), 1e-12);
  const SearchResult rps = found("rps");
  ASSERT_EQ(rps.points.size(), 1u);
  for (const double share : rps.points[0].at) EXPECT_NEAR(share, 1.0 / 3.0, 1e-9);
}

// Here psi's own slope jumps from -0.7 to 0.7 where psi is 0, and is 0 nowhere.
TEST(Search, TakesNoJumpForAPoint) { EXPECT_TRUE(found("dirac-wgan-gp").points.empty()); }

TEST(Search, RefusesBoxesThatAreNone) {
  EXPECT_THROW(found("xy", {{1, -1}, {0, 1}}), Error);
  EXPECT_THROW(found("xy", {{0, 1}}), Error);
  EXPECT_THROW(found("xy", {{0, HUGE_VAL}, {0, 1}}), Error);
}

TEST(Search, IsTheSameForTheSameSeed) {
  const SearchResult a = found("grimmer"), b = found("grimmer");
  ASSERT_EQ(a.points.size(), b.points.size());
  for (std::size_t i = 0; i < a.points.size(); ++i) EXPECT_EQ(a.points[i].at, b.points[i].at);
  EXPECT_EQ(a.arrived, b.arrived);
}

TEST(AllFound, FollowsItsFormula) {
  EXPECT_EQ(all_found(0, 10), 1.0);
  EXPECT_NEAR(all_found(1, 201), 199.0 / 201.0, 1e-15);
  EXPECT_NEAR(all_found(2, 11), 9.0 / 11.0 * 8.0 / 12.0, 1e-15);
  EXPECT_EQ(all_found(5, 3), 0.0);
}

// Any number k of points alike, and any division of the box among them: the probability of what was
// seen is then k!/(k - found)! (k - 1)!/(arrived + k - 1)!, but for what does not depend on k.
TEST(AllFound, IsThePosteriorProbability) {
  for (const auto& [found, arrived] : {std::pair{1, 30}, {3, 30}, {9, 200}}) {
    auto weight = [&](double k) {
      return std::exp(std::lgamma(k + 1) - std::lgamma(k - found + 1) + std::lgamma(k) -
                      std::lgamma(arrived + k) + std::lgamma(arrived));
    };
    double sum = 0.0;
    for (int k = found; k < 20'000; ++k) sum += weight(k);
    EXPECT_NEAR(all_found(static_cast<std::size_t>(found), static_cast<std::uint64_t>(arrived)),
                weight(found) / sum, 1e-9);
  }
}

class SearchCatalogue : public testing::TestWithParam<CatalogueEntry> {};

/// What is there besides what files state: points that the view shows twice, since angles come
/// around.
const std::map<std::string_view, int> kUnstated{{"torus", 5}};

/// In the view of every game for two numbers there are the points that its file states, and no
/// others.
TEST_P(SearchCatalogue, FindsWhatTheFileStates) {
  const Game game = catalogue_game(GetParam().name);
  const SearchResult s = search_points(game);
  for (const FoundPoint& p : s.points) EXPECT_LE(p.residual, 1e-12);
  for (const KnownPoint& known : game.points) {
    const bool there = std::ranges::any_of(s.points, [&](const FoundPoint& p) {
      if (p.dimension == 0) return distance(p.at, known.at) <= 1e-6;
      for (std::size_t i = 0; i < 2; ++i)
        if (known.at[i] < p.reach[i][0] - 0.1 || known.at[i] > p.reach[i][1] + 0.1) return false;
      return true;
    });
    EXPECT_TRUE(there) << testing::PrintToString(known.at);
  }
  std::vector<std::vector<double>> unstated;
  for (const FoundPoint& p : s.points)
    if (p.dimension == 0 && std::ranges::none_of(game.points, [&](const KnownPoint& known) {
          return distance(p.at, known.at) <= 1e-6;
        }))
      unstated.push_back(p.at);
  const auto known = kUnstated.find(GetParam().name);
  const int expected = known == kUnstated.end() ? 0 : known->second;
  EXPECT_EQ(static_cast<int>(unstated.size()), expected) << testing::PrintToString(unstated);
}

std::vector<CatalogueEntry> plane_games() {
  std::vector<CatalogueEntry> games;
  for (const CatalogueEntry& entry : catalogue())
    if (catalogue_game(entry.name).dim() == 2) games.push_back(entry);
  return games;
}

INSTANTIATE_TEST_SUITE_P(Every, SearchCatalogue, testing::ValuesIn(plane_games()),
                         [](const auto& test) {
                           std::string name(test.param.name);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace gyre
