// Where rules stand still, and where they stay.
#include <gtest/gtest.h>

#include <algorithm>

#include "gyre/rules/plain_test.hpp"

namespace gyre {
namespace {

using namespace testing;

bool all_stages(const Pipe& pipe, auto&& property) {
  return std::ranges::all_of(pipe.stages,
                             [&](const StageSpec& s) { return property(s.facts().facts); });
}

bool keeps_points(const Pipe& pipe) {
  return all_stages(pipe, [](const RuleFacts& f) { return f.keeps_points; });
}

TEST(EveryRule, StandsStillWhereTheFieldIsZero) {
  int tried = 0;
  for (const std::string& text : every_pipe())
    for (const HandGame& game : hand_games()) {
      ASSERT_FALSE(game.critical.empty());
      if (!fits(parse_pipe(text), game) || !keeps_points(parse_pipe(text))) continue;
      for (const Numbers& point : game.critical) {
        PlainRun run(parse_pipe(text), game, point);
        ASSERT_EQ(length(run.field.game().field(point)), 0.0);
        run.step(7);
        EXPECT_EQ(run.at(), point) << text << " on " << game.text;
        EXPECT_EQ(run.output(), point) << text << " on " << game.text;
        ++tried;
      }
    }
  EXPECT_GT(tried, 0);
}

/// Two players carry a load together: neither wants to push alone, and any way to share it will do.
HandGame tandem() {
  return {.text = "x: (x + y)^2 - 2*x; y: (x + y)^2 - 2*y",
          .ends = {1, 2},
          .players = {{"x", "1"}, {"y", "2"}},
          .field =
              [](const Numbers& w) {
                const double v = 2 * (w[0] + w[1]) - 2;
                return Numbers{v, v};
              },
          .jacobian =
              [](const Numbers&) {
                return std::vector<Numbers>{{2, 2}, {2, 2}};
              },
          .start = {0.25, 0.75},
          .critical = {{0.25, 0.75}},
          .loss_gradient =
              [](const Numbers& w, std::size_t player) {
                const double s = 2 * (w[0] + w[1]);
                return player == 0 ? Numbers{s - 2, s} : Numbers{s, s - 2};
              },
          .curved = true};
}

TEST(EveryRule, ThatSaysThatItKeepsNoPointsMovesOne) {
  int tried = 0;
  for (const StageFacts& s : rule_catalogue()) {
    if (s.facts.keeps_points) continue;
    const Pipe pipe = parse_pipe(pipes_with(s, s.facts.id).front());
    // Half of the weight on either strategy is no equilibrium of the pennies, which have weights.
    const bool together = fits(pipe, tandem());
    const HandGame game = together ? tandem() : a_game_for(pipe);
    const Numbers still = game.simplices ? Numbers{1 / 3.0, 2 / 3.0, 1 / 3.0, 2 / 3.0}
                          : together     ? game.start
                                         : game.critical.at(0);
    PlainRun run(pipe, game, still);
    run.step();
    EXPECT_GT(length(difference(run.at(), still)), 1e-3) << s.facts.id;
    ++tried;
  }
  EXPECT_GT(tried, 0);
}

/// x would go on to the left, but there is a wall: the solution lies at it, and the field does not
/// vanish there.
HandGame wall() {
  return {.text = "min x in [-1, 1] max y in [-1, 1]: 3*x + x*y - y^2",
          .ends = {1, 2},
          .players = {{"x", "1"}, {"y", "2"}},
          .field =
              [](const Numbers& w) {
                return Numbers{3 + w[1], 2 * w[1] - w[0]};
              },
          .jacobian =
              [](const Numbers&) {
                return std::vector<Numbers>{{0, 1}, {-1, 2}};
              },
          .start = {-1, -0.5},
          .low = -1,
          .high = 1,
          .zero_sum = true,
          .curved = true};
}

// Stages that descend the length of the field find other points at walls: there it is not zero.
TEST(EveryRuleWithoutProducts, StandsStillAtASolutionAtTheWallIfItSaysSo) {
  int tried = 0, left = 0;
  for (const StageFacts& s : rule_catalogue()) {
    if (s.needs_products) continue;
    for (const std::string& text : pipes_with(s, s.facts.id)) {
      if (!fits(parse_pipe(text), wall())) continue;
      PlainRun run(parse_pipe(text), wall());
      run.step(20);
      if (s.facts.keeps_walls)
        EXPECT_EQ(run.at(), wall().start) << text;
      else
        EXPECT_NE(run.at(), wall().start) << text;
      ++tried;
      left += !s.facts.keeps_walls;
    }
  }
  EXPECT_GT(tried, 0);
  EXPECT_GT(left, 0);
}

/// A field that nobody may ask about places outside the domain.
class Fenced final : public Field<PlainPoint> {
 public:
  std::size_t players() const override { return inner.players(); }
  PlainPoint at(const PlainPoint& w, int player) override { return inner.at(seen(w), player); }
  PlainPoint jvp(const PlainPoint& w, const PlainPoint& u) override {
    return inner.jvp(seen(w), u);
  }
  PlainPoint vjp(const PlainPoint& w, const PlainPoint& u) override {
    return inner.vjp(seen(w), u);
  }
  PlainPoint jvp_between(const PlainPoint& w, const PlainPoint& u) override {
    return inner.jvp_between(seen(w), u);
  }
  PlainPoint vjp_between(const PlainPoint& w, const PlainPoint& u) override {
    return inner.vjp_between(seen(w), u);
  }
  PlainPoint loss_gradient(const PlainPoint& w, int player) override {
    return inner.loss_gradient(seen(w), player);
  }
  PlainPoint solve(const std::function<PlainPoint(const PlainPoint&)>& A,
                   const PlainPoint& b) override {
    return inner.solve(A, b);
  }
  PlainPoint project(const PlainPoint& w) const override { return inner.project(w); }
  PlainPoint share(const PlainPoint& weights) const override { return inner.share(weights); }
  PlainPoint total(const PlainPoint& a) const override { return inner.total(a); }
  PlainPoint corner(const PlainPoint& costs) const override { return inner.corner(costs); }

  HandField inner{boxed_rotation()};
  double farthest = 0.0;

 private:
  const PlainPoint& seen(const PlainPoint& w) {
    for (const double x : w.numbers()) farthest = std::max(farthest, std::abs(x));
    return w;
  }
};

TEST(EveryRule, NeitherLeavesTheDomainNorLooksOutsideUnlessItSaysSo) {
  int tried = 0, touched = 0, looked = 0;
  for (const std::string& text : every_pipe()) {
    if (!fits(parse_pipe(text), boxed_rotation())) continue;
    PlainRun run(parse_pipe(text), boxed_rotation(), {0.9, -0.95});
    Fenced field;
    double farthest = 0.0;
    for (int t = 0; t < 100; ++t) {
      run.point = run.rule->step(run.point, field, run.memory);
      for (const double x : run.at()) farthest = std::max(farthest, std::abs(x));
    }
    EXPECT_LE(farthest, 1.0) << text;
    const bool inside =
        all_stages(parse_pipe(text), [](const RuleFacts& f) { return !f.looks_outside; });
    EXPECT_EQ(field.farthest <= 1.0, inside) << text << " looked at " << field.farthest;
    touched += farthest == 1.0;
    looked += !inside;
    ++tried;
  }
  EXPECT_GT(tried, 0);
  EXPECT_GT(touched, 0);
  EXPECT_GT(looked, 0);
}

}  // namespace
}  // namespace gyre
