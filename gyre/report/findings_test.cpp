#include "gyre/report/findings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "gyre/report/values.hpp"

namespace gyre::report {
namespace {

using testing::DoubleNear;
using testing::Each;
using testing::IsEmpty;
using testing::Le;

/// Everything is computed once for all tests.
const Findings& found() {
  static const Findings findings = *explore({.seed = 1});
  return findings;
}

std::string name_of(const Trial& trial) { return trial.key + ": " + trial.rule; }

TEST(Findings, SaddleIsAtTheMiddleAndOnlyBendsBetweenThePlayers) {
  const Landscape& land = found().landscape;
  EXPECT_THAT(land.saddle, Each(DoubleNear(0.0, 1e-12)));
  EXPECT_EQ(land.point.kind, PointClass::kDegenerateNash);
  EXPECT_EQ(land.point.flow, Flow::kCentre);
  EXPECT_EQ(land.bend_xx, 0.0);
  EXPECT_EQ(land.bend_yy, 0.0);
  EXPECT_EQ(land.bend_xy, 1.0);
}

TEST(Findings, MovesGoRoundTheSaddle) {
  const Landscape& land = found().landscape;
  EXPECT_LT(land.worst_cosine, 1e-12);
  EXPECT_THAT(land.shortest, DoubleNear(1.0, 1e-12));
  EXPECT_THAT(land.longest, DoubleNear(1.0, 1e-12));
  EXPECT_GT(land.x.size(), 100u);
}

TEST(Findings, FiveHundredPointsAreTheRecurrence) {
  const Orbit& book = found().book;
  ASSERT_EQ(book.path.size(), 500u);
  double x = 0.6, y = 0.7;
  for (std::size_t i = 0; i < 500; ++i) {
    EXPECT_THAT(book.path.x[i], DoubleNear(x, 1e-12)) << i;
    EXPECT_THAT(book.path.y[i], DoubleNear(y, 1e-12)) << i;
    const double next = x - 0.1 * y;
    y += 0.1 * x;
    x = next;
  }
  EXPECT_LE(book.recurrence_error, 1e-12);
}

TEST(Findings, GrowthIsTheRootOfOnePlusEtaSquaredHoweverMeasured) {
  for (const Orbit* orbit : {&found().random, &found().book}) {
    EXPECT_THAT(orbit->fitted, DoubleNear(1.0049875621, 1e-9));
    EXPECT_THAT(orbit->end_to_end, DoubleNear(1.0049875621, 1e-9));
    EXPECT_THAT(orbit->predicted, DoubleNear(std::sqrt(1.01), 1e-12));
    EXPECT_THAT(orbit->turns, DoubleNear(499 * std::atan(0.1) / (2 * std::numbers::pi), 1e-9));
    EXPECT_THAT(orbit->turns_predicted, DoubleNear(orbit->turns, 1e-9));
    EXPECT_EQ(orbit->outcome.verdict, Verdict::kDiverged);
  }
}

TEST(Findings, RandomStartFollowsTheSeedAndNothingElse) {
  const Findings again = *explore({.seed = 1, .threads = 1});
  const Findings other = *explore({.seed = 2});
  EXPECT_EQ(found().random.start, again.random.start);
  EXPECT_NE(found().random.start, other.random.start);
  EXPECT_EQ(found().book.path.x, other.book.path.x);
  for (std::size_t i = 0; i < found().trials.size(); ++i)
    EXPECT_EQ(found().trials[i].path.x, again.trials[i].path.x) << name_of(found().trials[i]);
}

TEST(Findings, NoStartHelps) {
  ASSERT_GE(found().starts.size(), 5u);
  for (const Orbit& orbit : found().starts) {
    EXPECT_THAT(orbit.fitted, DoubleNear(orbit.predicted, 1e-9));
    EXPECT_EQ(orbit.outcome.verdict, Verdict::kDiverged);
  }
  const Crowd& crowd = found().crowd;
  EXPECT_EQ(crowd.diverged, crowd.starts);
  EXPECT_THAT(crowd.slowest, DoubleNear(1.0049875621, 1e-9));
  EXPECT_THAT(crowd.fastest, DoubleNear(1.0049875621, 1e-9));
}

TEST(Findings, SmallerStepsOnlyDelay) {
  ASSERT_EQ(found().doublings.size(), 10u);
  EXPECT_EQ(found().doublings.front().eta, 0.3);
  EXPECT_EQ(found().doublings.back().eta, 0.001);
  for (const Doubling& d : found().doublings) {
    const double formula = std::log(2.0) / std::log(std::sqrt(1.0 + d.eta * d.eta));
    EXPECT_NEAR(d.predicted, formula, 1e-6 * formula) << d.eta;
    EXPECT_GE(static_cast<double>(d.measured), d.predicted) << d.eta;
    EXPECT_LE(static_cast<double>(d.measured), d.predicted + 1.0) << d.eta;
  }
  for (const Delay& delay : found().delays) EXPECT_GT(delay.distances.back(), 1000.0) << delay.eta;
}

TEST(Findings, UpdateMapLiesOutsideTheUnitCircle) {
  const Why& why = found().why;
  EXPECT_EQ(why.update_map[0][0], 1.0);
  EXPECT_EQ(why.update_map[0][1], -why.eta);
  EXPECT_EQ(why.update_map[1][0], why.eta);
  EXPECT_EQ(why.update_map[1][1], 1.0);
  ASSERT_EQ(why.eigenpaths.at(0).key, "simultaneous");
  for (std::size_t i = 1; i < why.eigenpaths[0].etas.size(); ++i)
    EXPECT_GT(why.eigenpaths[0].radius[i], 1.0);
  for (const double radius : why.eigenpaths.at(1).radius) EXPECT_NEAR(radius, 1.0, 1e-7);
  for (std::size_t i = 1; i < why.eigenpaths.at(2).etas.size(); ++i)
    EXPECT_LT(why.eigenpaths[2].radius[i], 1.0);
}

TEST(Findings, AlternatingKeepsItsQuadratic) {
  const Why& why = found().why;
  EXPECT_LT(why.worst_drift_a_step, 1e-12);
  EXPECT_LT(why.whole_drift, 1e-12);
  EXPECT_GT(why.reach_low, 0.5);
  EXPECT_LT(why.reach_high, 1.0);
  EXPECT_EQ(why.kept.size(), 500u);
}

TEST(Findings, NoRuleIsTriedTwice) {
  std::set<std::string> tried;
  for (const Trial& trial : found().trials)
    EXPECT_TRUE(tried.insert(trial.pipe.text()).second) << trial.pipe.text();
  EXPECT_GE(tried.size(), 15u);
}

TEST(Findings, MeasuredRatesAreThePredictedOnes) {
  int compared = 0;
  for (const Trial& trial : found().trials) {
    if (!trial.spectrum) continue;
    // A diverging run is over after a few hundred steps, on an ellipse, so its fit swings a little.
    const double tolerance = trial.outcome.verdict == Verdict::kDiverged ? 1e-5 : 1e-7;
    EXPECT_NEAR(trial.measured, trial.spectrum->radius, tolerance) << name_of(trial);
    ++compared;
  }
  EXPECT_GE(compared, 12);
}

TEST(Findings, VerdictsAgreeWithThePredictions) {
  for (const Trial& trial : found().trials) {
    if (!trial.spectrum) continue;
    const double radius = trial.spectrum->radius;
    const Verdict expected = radius < 1.0 - 1e-6   ? Verdict::kSettled
                             : radius > 1.0 + 1e-6 ? Verdict::kDiverged
                                                   : Verdict::kCycling;
    EXPECT_EQ(trial.outcome.verdict, expected) << name_of(trial);
  }
}

TEST(Findings, DrawnPathsCostTheSameWork) {
  for (const Trial& trial : found().trials) {
    const double work =
        static_cast<double>(trial.path.size() - 1) * (trial.calls_a_step + trial.products_a_step);
    EXPECT_THAT(work, Le(found().trial_work)) << name_of(trial);
    EXPECT_GT(work, found().trial_work - 6.0) << name_of(trial);
  }
}

TEST(Findings, SharedLossHasNothingToGoRound) {
  for (const std::complex<double>& value : found().shared.point.eigenvalues) {
    EXPECT_EQ(value.imag(), 0.0);
    EXPECT_GT(value.real(), 0.0);
  }
  for (const Trial& trial : found().shared.trials) {
    EXPECT_TRUE(settled(trial)) << name_of(trial);
    EXPECT_FALSE(settled(trial_of(found().trials, trial.key))) << name_of(trial);
  }
}

TEST(Findings, SmallestGanConvergesWithHelpOnly) {
  std::map<std::string, const GanTrial*> gans;
  for (const GanTrial& gan : found().gan) gans[gan.key] = &gan;
  ASSERT_EQ(gans.size(), 4u);
  for (const auto& [key, gan] : gans) {
    EXPECT_EQ(settled(gan->trial), key == "gan-r1" || key == "gan-conopt") << key;
    ASSERT_TRUE(gan->trial.spectrum) << key;
    EXPECT_NEAR(gan->trial.measured, gan->trial.spectrum->radius, 1e-5) << key;
  }
  for (const std::complex<double>& value : gans["gan"]->field_eigenvalues) {
    EXPECT_NEAR(value.real(), 0.0, 1e-12);
    EXPECT_NEAR(std::abs(value.imag()), 0.5, 1e-12);
  }
}

TEST(Findings, CancellingGivesNothing) {
  const std::atomic<bool> cancel{true};
  EXPECT_FALSE(explore({.cancel = &cancel}));
}

}  // namespace
}  // namespace gyre::report
