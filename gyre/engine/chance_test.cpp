// Rules with chance in them: what they draw, and what is known of where they go.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "gyre/core/error.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

const char* const kXy = "min x max y: x*y";
// Each sample turns about another point, and their mean about the origin.
const char* const kSamples =
    "min x max y: a*x*y + b*x + c*y; a ~ [0.2, 1.8, 0.6, 1.4]; b ~ [1, -1, 0.5, -0.5]; "
    "c ~ [0.5, 1, -1, -0.5]";

std::vector<Outcome> outcomes(const char* game, const std::string& rule, std::size_t lanes,
                              std::uint64_t steps, std::uint64_t seed = 1) {
  const Traced traced = trace(parse_game(game), parse_pipe(rule));
  RunOptions options;
  options.steps = steps;
  options.judge = false;
  options.seed = seed;
  return run(traced, {std::vector(lanes, std::vector{0.6, 0.7}), {}}, options).outcomes;
}

/// Over lanes, the root mean square distance to the origin.
double spread(const std::vector<Outcome>& all) {
  double sum = 0.0;
  for (const Outcome& o : all)
    for (const double x : o.last) sum += x * x;
  return std::sqrt(sum / static_cast<double>(all.size()));
}

/// The normal numbers that `steps` single plain steps of length one add, lane by lane.
std::vector<double> noise_of(std::size_t lanes, std::uint64_t steps, std::uint64_t seed) {
  // x is left alone by the field, and y holds it still: what moves x is noise.
  const Traced traced =
      trace(parse_game("x: 0*x + y^2; y: y^2"), parse_pipe("noise(sigma=1) | gda(eta=1)"));
  Recorder recorder(lanes, 1);
  RunOptions options;
  options.steps = steps;
  options.judge = false;
  options.seed = seed;
  options.observers = {&recorder};
  run(traced, {std::vector(lanes, std::vector{0.0, 0.0}), {}}, options);
  std::vector<double> all;
  for (const Recording& r : recorder.recordings())
    for (std::size_t t = 1; t < r.steps.size(); ++t)
      all.push_back(r.at(t - 1, 2)[0] - r.at(t, 2)[0]);
  return all;
}

TEST(Noise, IsStandardNormalAndWhite) {
  const std::size_t lanes = 40, steps = 1000, n = lanes * steps;
  const std::vector<double> z = noise_of(lanes, steps, 5);
  ASSERT_EQ(z.size(), n);
  double mean = 0.0, square = 0.0, cube = 0.0, fourth = 0.0, next = 0.0, beside = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    mean += z[i], square += z[i] * z[i], cube += std::pow(z[i], 3), fourth += std::pow(z[i], 4);
    if ((i + 1) % steps != 0) next += z[i] * z[i + 1];
    if (i + steps < n) beside += z[i] * z[i + steps];
  }
  const auto count = static_cast<double>(n);
  const double five = 5.0 / std::sqrt(count);  // five standard errors of a mean of unit variance
  EXPECT_NEAR(mean / count, 0.0, five);
  EXPECT_NEAR(square / count, 1.0, five * std::sqrt(2.0));
  EXPECT_NEAR(cube / count, 0.0, five * std::sqrt(15.0));
  EXPECT_NEAR(fourth / count, 3.0, five * std::sqrt(96.0));
  EXPECT_NEAR(next / count, 0.0, five) << "from step to step";
  EXPECT_NEAR(beside / count, 0.0, five) << "from lane to lane";
}

TEST(Noise, IsNamedBySeedLaneAndStep) {
  const std::vector<double> one = noise_of(3, 10, 1), again = noise_of(3, 10, 1);
  EXPECT_EQ(one, again);
  EXPECT_NE(one, noise_of(3, 10, 2));
  EXPECT_EQ(std::vector(one.begin(), one.begin() + 10), noise_of(1, 10, 1));
}

TEST(Noise, OfASplitRunIsThatOfTheWhole) {
  const Traced traced = trace(parse_game(kSamples),
                              parse_pipe("minibatch(size=2) | noise(0.3, relative=0.2) | adam | "
                                         "optimistic"));
  Lanes whole;
  for (int i = 0; i < 700; ++i) whole.starts.push_back({0.001 * i, 1.0 - 0.002 * i});
  RunOptions options;
  options.steps = 200;
  options.seed = 9;
  const std::vector<Outcome> reference = run(traced, whole, options).outcomes;
  const auto same = [&](const std::vector<Outcome>& part, std::size_t first) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      ASSERT_EQ(part[i].last, reference[first + i].last) << first + i;
      ASSERT_EQ(part[i].steps, reference[first + i].steps) << first + i;
    }
  };
  for (const std::size_t threads : {1u, 3u})
    for (const std::size_t block : {0u, 8u, 37u, 700u}) {
      options.threads = threads, options.block_lanes = block;
      same(run(traced, whole, options).outcomes, 0);
    }
  for (const std::size_t first : {0u, 1u, 333u}) {
    Lanes part;
    part.starts.assign(whole.starts.begin() + static_cast<std::ptrdiff_t>(first),
                       whole.starts.end());
    part.first = first;
    same(run(traced, part, options).outcomes, first);
    options.seed = 123;  // a lane's own seed goes before
    part.seeds.assign(part.starts.size(), 9);
    same(run(traced, part, options).outcomes, first);
    options.seed = 9;
  }
}

TEST(Noise, OfNoSpreadChangesNoBit) {
  for (const char* rule : {"gda", "alt-gda", "eg", "ogda", "adam | eg", "conopt | gda | lookahead"})
    for (const char* game : {kXy, "min x max y: x^2*y - y^2 + sin(x*y)"}) {
      const std::string quiet = "noise(sigma=0) | " + std::string(rule);
      EXPECT_EQ(outcomes(game, quiet, 1, 50)[0].last, outcomes(game, rule, 1, 50)[0].last) << rule;
    }
  EXPECT_EQ(outcomes(kXy, "seg-same", 1, 50)[0].last, outcomes(kXy, "eg", 1, 50)[0].last);
}

TEST(Noise, RelativeToTheFieldDiesWithIt) {
  const char* bowl = "x: x^2/2; y: y^2/2";
  const std::vector<Outcome> some = outcomes(bowl, "noise(sigma=0, relative=0.5) | gda", 200, 400);
  EXPECT_LT(spread(some), 1e-12);
  EXPECT_GT(spread(outcomes(bowl, "noise(sigma=0.1) | gda", 200, 400)), 1e-2);
}

TEST(Noise, OfPlainStepsHasTheSpreadOfItsRecursion) {
  // w' = (1 - eta) w - eta sigma z: the variance is eta sigma^2/(2 - eta) a coordinate.
  const double eta = 0.2, sigma = 0.5;
  const double got = spread(outcomes("x: x^2/2; y: y^2/2", "noise(0.5) | gda(eta=0.2)", 4000, 200));
  const double want = std::sqrt(2.0 * eta * sigma * sigma / (2.0 - eta));
  EXPECT_NEAR(got, want, 5.0 * want / std::sqrt(2.0 * 8000.0));
}

/// Where noise keeps extragradient on x*y in the end, by the recursion of the mean square.
double extragradient_spread(double eta, double sigma) {
  // F(w) = J w with J'J = I and J^2 = -I, and the looks have the noises s a and s b, so that
  // w' = (1 - eta^2) w - eta J w + eta^2 s J a - eta s b. As a'Ja = 0, it is no matter whether a is
  // b.
  const double factor = (1 - eta * eta) * (1 - eta * eta) + eta * eta;
  const double added = sigma * sigma * eta * eta * (1.0 + eta * eta);
  return std::sqrt(2.0 * added / (1.0 - factor));
}

TEST(StochasticExtragradient, HoversWhereItsRecursionSays) {
  const double want = extragradient_spread(0.3, 0.2);
  const double error = 5.0 * want / std::sqrt(2.0 * 4000.0);
  EXPECT_NEAR(spread(outcomes(kXy, "noise(0.2) | eg(eta=0.3)", 2000, 400)), want, error);
  EXPECT_NEAR(spread(outcomes(kXy, "noise(0.2) | seg-same(eta=0.3)", 2000, 400)), want, error);
}

TEST(SegSame, AsksOneSampleTwice) {
  // With the same noise in both looks the field is that of a shifted game: on f = x^2/2 the step is
  // (1 - eta + eta^2) w - eta (1 - eta) s z; with independent ones the two noises add in squares.
  const double eta = 0.5, sigma = 1.0, a = 1 - eta + eta * eta;
  const char* bowl = "x: x^2/2; y: y^2/2";
  const auto limit = [&](double added) { return std::sqrt(2.0 * added / (1.0 - a * a)); };
  const double same = limit(std::pow(eta * (1 - eta) * sigma, 2));
  const double own = limit(eta * eta * sigma * sigma * (1.0 + eta * eta));
  EXPECT_NEAR(spread(outcomes(bowl, "noise(1) | seg-same(0.5)", 4000, 100)), same, 0.04 * same);
  EXPECT_NEAR(spread(outcomes(bowl, "noise(1) | seg-indep(0.5)", 4000, 100)), own, 0.04 * own);
}

TEST(Samples, AreTheMeanWithoutChance) {
  EXPECT_EQ(parse_game(kSamples).samples.size(), 4u);
  const std::vector<double> of_samples = outcomes(kSamples, "eg", 1, 40)[0].last,
                            of_mean = outcomes(kXy, "eg", 1, 40)[0].last;
  for (int i = 0; i < 2; ++i) EXPECT_NEAR(of_samples[i], of_mean[i], 1e-15);
}

TEST(Samples, CostAsManyFieldCallsAsTheyAreOfAll) {
  const Game game = parse_game(kSamples);
  EXPECT_EQ(trace(game, parse_pipe("minibatch(size=1) | eg")).calls_a_step, 0.5);
  EXPECT_EQ(trace(game, parse_pipe("minibatch(size=2) | gda")).calls_a_step, 0.5);
  EXPECT_EQ(trace(game, parse_pipe("svre(k=3)")).calls_a_step, 1.0 + 3 * 4 * 0.25);
  EXPECT_EQ(trace(game, parse_pipe("minibatch | hgd | gda")).products_a_step, 0.25);
}

TEST(Minibatch, DrawsEverySampleAlikeAndItsMeanIsTheField) {
  // One plain step of length one from (1, 1) moves x by -(a + b).
  const std::vector<Outcome> all = outcomes(kSamples, "minibatch | gda(eta=1)", 8000, 1);
  std::map<double, int> seen;
  for (const Outcome& o : all) ++seen[std::round(1e6 * o.last[0])];
  ASSERT_EQ(seen.size(), 4u);
  for (const auto& [moved, count] : seen) EXPECT_NEAR(count, 2000, 5 * std::sqrt(8000 * 3. / 16));
}

TEST(Svre, ArrivesWhereExtragradientOnMinibatchesDoesNot) {
  const double with = spread(outcomes(kSamples, "svre(eta=0.2, k=8)", 100, 400));
  const double without = spread(outcomes(kSamples, "minibatch | eg(eta=0.2)", 100, 3200));
  EXPECT_LT(with, 1e-8);
  EXPECT_GT(without, 0.1);
}

TEST(Svre, OfSamplesThatAgreeIsExtragradient) {
  const char* agree = "min x max y: a*x*y; a ~ [1, 1]";
  const std::vector<double> epoch = outcomes(agree, "svre(eta=0.1, k=10)", 1, 5)[0].last,
                            plain = outcomes(kXy, "eg(eta=0.1)", 1, 50)[0].last;
  for (int i = 0; i < 2; ++i) EXPECT_NEAR(epoch[i], plain[i], 1e-14);
}

TEST(SvrgSaddle, ArrivesWherePlainStepsOnMinibatchesDoNot) {
  const char* curved =
      "min x max y: a*x*y + b*x + c*y + x^2 - y^2; a ~ [0.2, 1.8]; b ~ [1, -1]; c ~ [-1, 1]";
  EXPECT_LT(spread(outcomes(curved, "svrg-saddle(eta=0.05, k=10)", 100, 400)), 1e-8);
  EXPECT_GT(spread(outcomes(curved, "minibatch | gda(eta=0.05)", 100, 4000)), 0.05);
}

TEST(Shgd, HasNoBiasWhereOneSampleHas) {
  // On samples a*x*y + b*x the length of the field on one sample is shortest elsewhere.
  const char* game = "min x max y: a*x*y + b*x - c*y; a ~ [0.5, 1.5]; b ~ [-1, 1]; c ~ [-1, 1]";
  const auto centre = [&](const char* rule) {
    double x = 0.0;
    const std::vector<Outcome> all = outcomes(game, rule, 2000, 400);
    for (const Outcome& o : all) x += o.last[0] / static_cast<double>(all.size());
    return x;
  };
  EXPECT_NEAR(centre("minibatch | shgd | gda(eta=0.1)"), 0.0, 0.05);
  EXPECT_GT(std::abs(centre("minibatch | seg-same(eta=0.5)")), 0.1);
}

TEST(Shgd, ArrivesAsItsStepsShrink) {
  const std::string rule = "noise(0.3) | shgd | decay(power=1, after=20) | gda(eta=0.3)";
  const double early = spread(outcomes(kXy, rule, 100, 400)),
               late = spread(outcomes(kXy, rule, 100, 40'000));
  // Steps like 1/t: the spread falls like the root of t.
  EXPECT_NEAR(early / late, 10.0, 3.0);
  EXPECT_GT(spread(outcomes(kXy, "noise(0.3) | shgd | gda(eta=0.3)", 400, 4000)), 0.05);
}

// Hsieh et al. 2020: what draws extragradient to the centre of a rotation goes like the square of
// its steps, and so does what noise adds. So both steps may shrink, and it comes no nearer.
TEST(Decay, DoesNotHelpExtragradientOnARotationButWhereThereIsCurvature) {
  const std::string rule = "noise(0.2) | decay(power=0.8, after=50) | eg(eta=0.5)";
  const char* curved = "min x max y: x^2/2 + x*y - y^2/2";
  const auto gain = [&](const char* game) {
    return spread(outcomes(game, rule, 100, 500)) / spread(outcomes(game, rule, 100, 10'000));
  };
  EXPECT_LT(gain(kXy), 1.5);
  EXPECT_GT(gain(curved), 2.0);
}

TEST(BcSegPlus, ComesCloserThanSegWithFixedSteps) {
  const double corrected =
      spread(outcomes(kXy, "noise(0.3) | bc-seg-plus(eta=0.5, power=0.7)", 100, 10'000));
  const double fixed = spread(outcomes(kXy, "noise(0.3) | eg(eta=0.5)", 400, 2000));
  EXPECT_LT(corrected, 0.3 * fixed);
}

TEST(Chance, IsLeftOutOfTheMeanMap) {
  const Traced noisy = trace(parse_game(kXy), parse_pipe("noise | eg"));
  const Traced plain = trace(parse_game(kXy), parse_pipe("eg"));
  ASSERT_TRUE(noisy.chance);
  EXPECT_FALSE(plain.chance);
  EXPECT_EQ(noisy.step.text().find("uniform"), std::string::npos);
  EXPECT_NE(noisy.chance->step.text().find("uniform"), std::string::npos);
  EXPECT_EQ(noisy.state(), plain.state());
  EXPECT_EQ(noisy.step.inputs, noisy.state() + noisy.knobs.size());
  EXPECT_EQ(noisy.chance->step.inputs, noisy.step.inputs + 3);
  EXPECT_EQ(noisy.chance->step.outputs.size(), noisy.chance->step.inputs);
}

std::string refusal(const char* game, const char* rule) {
  try {
    trace(parse_game(game), parse_pipe(rule));
  } catch (const Error& error) {
    return error.what();
  }
  return "taken";
}

TEST(Chance, RefusesWhatHasNoMeaning) {
  EXPECT_NE(refusal(kXy, "svre").find("this game has none"), std::string::npos);
  EXPECT_NE(refusal(kXy, "minibatch | eg").find("this game has none"), std::string::npos);
  EXPECT_NE(refusal(kXy, "noise(sigma=-1)").find("outside its range"), std::string::npos);
  EXPECT_NE(refusal(kXy, "eg | noise").find("before the scheme"), std::string::npos);
  EXPECT_NE(refusal("min x max y: a*x*y; a ~ [1]", "gda").find("2 to 1000"), std::string::npos);
  EXPECT_NE(refusal("min x max y: a*x*y + b*x; a ~ [1, 2]; b ~ [1, 2, 3]", "gda")
                .find("'b' has 3 samples, and 'a' has 2"),
            std::string::npos);
}

}  // namespace
}  // namespace gyre
