#include "gyre/gan/dynamics_verdict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

#include "gyre/core/random.hpp"

namespace gyre::gan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr double kTurn = 2.0 * std::numbers::pi;

std::vector<double> series(std::size_t n, const std::function<double(double)>& f) {
  std::vector<double> all;
  for (std::size_t i = 0; i < n; ++i) all.push_back(f(static_cast<double>(i)));
  return all;
}

/// Noise with memory: 0 is white, 1 a random walk.
std::vector<double> noise(std::size_t n, double memory, std::uint64_t number) {
  Stream stream(7, "noise", number);
  double x = 0.0;
  return series(n, [&](double) { return x = memory * x + stream.normal(); });
}

TEST(Period, FindsASineInNoiseAndSaysHowStrongItIs) {
  Stream stream(1, "sine");
  for (const double period : {5.0, 17.3, 45.0}) {
    const auto all = series(
        400, [&](double t) { return 3.0 + std::sin(kTurn * t / period) + stream.normal() / 2.0; });
    const Oscillation o = find_period(all);
    EXPECT_TRUE(o.found) << period;
    EXPECT_NEAR(o.period, period, 0.02 * period);
    EXPECT_NEAR(o.strength, 0.5 / 0.75, 0.12);
    EXPECT_LT(o.chance, 1e-6);
  }
}

TEST(Period, FindsWhatIsNoSineAndWhatDrifts) {
  // As a loss that creeps up and falls: half of the variance is in the harmonics.
  const auto teeth = series(500, [](double t) { return std::pow(std::fmod(t, 40.0) / 40.0, 2); });
  EXPECT_TRUE(find_period(teeth).found);
  EXPECT_NEAR(find_period(teeth).period, 40.0, 1.0);
  // A sine whose second harmonic is its strongest part repeats itself with the first.
  const auto bumps =
      series(500, [](double t) { return std::sin(t / 6.0) + 1.2 * std::sin(t / 3.0 + 1.0); });
  EXPECT_TRUE(find_period(bumps).found);
  EXPECT_NEAR(find_period(bumps).period, 6.0 * kTurn, 1.0);
  const auto trend = series(
      300, [](double t) { return 1e-4 * t * t + std::sin(kTurn * t / 25.0) * (1.0 + t / 300.0); });
  EXPECT_TRUE(find_period(trend).found);
  EXPECT_NEAR(find_period(trend).period, 25.0, 1.0);
}

TEST(Period, CountsNoneThatCarriesLittle) {
  Stream stream(1, "little");
  const auto all =
      series(3000, [&](double t) { return 0.4 * std::sin(kTurn * t / 30.0) + stream.normal(); });
  const Oscillation o = find_period(all);
  EXPECT_NEAR(o.period, 30.0, 0.1);
  EXPECT_LT(o.chance, 1e-6);
  EXPECT_NEAR(o.strength, 0.08 / 1.08, 0.02);
  EXPECT_FALSE(o.found);
}

TEST(Period, FindsNoneInNoiseOfAnyMemory) {
  for (const double memory : {0.0, 0.5, 0.9, 0.97, 1.0})
    for (const std::size_t n : {64, 300}) {
      int found = 0;
      for (std::uint64_t number = 0; number < 300; ++number)
        found += find_period(noise(n, memory, number)).found;
      EXPECT_LE(found, 2) << memory << ", " << n;
    }
}

TEST(Period, FindsNoneInWhatOnlyFalls) {
  Stream stream(1, "falls");
  const auto falls = series(300, [](double t) { return std::exp(-t / 40.0); });
  const auto noisy =
      series(300, [&](double t) { return std::exp(-t / 40.0) + 0.02 * stream.normal(); });
  EXPECT_FALSE(find_period(falls).found);
  EXPECT_FALSE(find_period(noisy).found);
  EXPECT_FALSE(find_period(series(300, [](double) { return 0.3; })).found);
  EXPECT_FALSE(find_period(series(20, [](double t) { return std::sin(t); })).found);
  EXPECT_FALSE(find_period(series(300, [](double t) { return std::log(t - 200.0); })).found);
}

TEST(Sketch, KeepsDistances) {
  Stream stream(3, "vector");
  constexpr std::size_t kSize = 20000;
  double worst = 0.0, square = 0.0;
  for (int tried = 0; tried < 20; ++tried) {
    std::vector<float> numbers(kSize);
    double truth = 0.0;
    for (float& x : numbers) {
      x = static_cast<float>(1.0 + stream.normal());  // so that signs matter
      truth += static_cast<double>(x) * static_cast<double>(x);
    }
    std::vector<double> sketch(kSketch), halves(kSketch);
    add_to_sketch(numbers, 0, 1, sketch);
    double found = 0.0;
    for (const double x : sketch) found += x * x;
    const double off = std::sqrt(found / truth) - 1.0;
    worst = std::max(worst, std::abs(off)), square += off * off / 20.0;
    const std::span<const float> all(numbers);
    add_to_sketch(all.first(777), 0, 1, halves);
    add_to_sketch(all.subspan(777), 777, 1, halves);
    for (std::size_t k = 0; k < kSketch; ++k) EXPECT_NEAR(halves[k], sketch[k], 1e-9);
  }
  EXPECT_LT(worst, 0.25);
  EXPECT_LT(std::sqrt(square), 0.1);  // 1/sqrt(2 * 128) = 0.06
  EXPECT_GT(std::sqrt(square), 0.03);
}

TEST(Plane, FindsTheTwoDirectionsAndTheTurns) {
  std::vector<std::vector<float>> rows;
  for (int i = 0; i <= 300; ++i) {
    const double t = kTurn * i / 100.0;
    rows.push_back({1.0f, static_cast<float>(3.0 * std::cos(t)), 5.0f,
                    static_cast<float>(2.0 * std::sin(t)), static_cast<float>(0.01 * i / 300)});
  }
  const Plane plane = principal_plane(rows);
  EXPECT_NEAR(plane.share[0], 9.0 / 13.0, 0.01);
  EXPECT_NEAR(plane.share[1], 4.0 / 13.0, 0.01);
  EXPECT_NEAR(std::abs(plane.x[0]), 3.0, 0.05);
  EXPECT_NEAR(std::abs(turns_about_middle(plane)), 3.0, 0.05);
  EXPECT_TRUE(principal_plane({}).x.empty());
  EXPECT_EQ(principal_plane(std::vector<std::vector<float>>(4, {2.0f})).x,
            std::vector<double>(4, 0.0));
}

/// Looks every 20 steps at players whose place and losses are functions of the look's number.
Evidence players(std::size_t count, const std::function<std::vector<double>(double)>& place,
                 const std::function<double(double)>& loss) {
  Evidence evidence;
  for (std::size_t i = 0; i < count; ++i) {
    const auto t = static_cast<double>(i);
    Look look{.step = 20 * i, .losses = {loss(t), 1.0 - loss(t)}, .norms = {1.0, 1.0}};
    for (const double x : place(t)) look.place.push_back(static_cast<float>(x));
    evidence.looks.push_back(std::move(look));
  }
  evidence.steps = 20 * count;
  return evidence;
}

Quality quality(const std::function<double(double)>& f, std::size_t count = 40) {
  Quality all{.name = "high_quality"};
  for (std::size_t i = 0; i < count; ++i)
    all.steps.push_back(100.0 * static_cast<double>(i)),
        all.values.push_back(f(static_cast<double>(i) / static_cast<double>(count)));
  return all;
}

std::vector<double> on_circle(double t, double radius, Stream& stream, double noise,
                              double period = 45.0) {
  std::vector<double> place(20);
  for (double& x : place) x = noise * stream.normal();
  place[3] += radius * std::cos(kTurn * t / period);
  place[7] += radius * std::sin(kTurn * t / period);
  return place;
}

TEST(Verdict, ACircleWithNoiseIsAnOrbit) {
  Stream stream(1, "circle");
  Evidence evidence = players(
      400, [&](double t) { return on_circle(t, 1.0, stream, 0.05); },
      [&](double t) { return 0.5 + 0.2 * std::cos(kTurn * t / 45.0) + 0.05 * stream.normal(); });
  evidence.qualities.push_back(quality([](double t) { return 0.5 + 0.1 * std::sin(100.0 * t); }));
  evidence.rule = "alternating(eta=0.03)";
  const DynamicsVerdict verdict = judge(evidence);
  EXPECT_EQ(verdict.motion, Motion::kOrbits);
  EXPECT_NEAR(verdict.period, 900.0, 20.0);
  EXPECT_THAT(verdict.words, HasSubstr("orbits with period ≈ 9"));
  EXPECT_THAT(verdict.words, HasSubstr("the players circle"));
  EXPECT_THAT(verdict.words, HasSubstr("quality has stopped improving"));
  EXPECT_THAT(verdict.words, HasSubstr("an averaging or extragradient scheme damps this"));
  evidence.rule = "extragradient(eta=0.03)";
  EXPECT_THAT(judge(evidence).words, HasSubstr("; smaller steps may damp this"));
  for (const char* rule : {"adam(beta2=0.999) | alternating", "adam(beta1=0.9) | alternating",
                           "adam | alternating", "momentum(beta=0.9) | alternating"}) {
    evidence.rule = rule;
    EXPECT_THAT(judge(evidence).words, HasSubstr("; less momentum, or an averaging")) << rule;
  }
  evidence.rule = "adam(beta1=0) | alternating";
  EXPECT_THAT(judge(evidence).words, Not(HasSubstr("momentum")));
  evidence.rule = "adam(beta1=-0.5, beta2=0.999) | alternating | ema";
  EXPECT_THAT(judge(evidence).words, HasSubstr("; smaller steps may damp this"));
  evidence.qualities[0] = quality([](double t) { return t; });
  EXPECT_THAT(judge(evidence).words, HasSubstr("quality still improves"));
}

TEST(Verdict, LossesOfZeroSumDoNotConfirmEachOther) {
  Stream stream(1, "mirror");
  // A third of the variance: a period, but none that may stand alone.
  const auto swing = [&](double t) { return std::cos(kTurn * t / 10.0) + stream.normal(); };
  const auto still = [&](double) {
    std::vector<double> place(30);
    for (double& x : place) x = stream.normal();
    return place;
  };
  Evidence evidence = players(800, still, swing);  // its two losses have noise of their own
  EXPECT_EQ(judge(evidence).motion, Motion::kOrbits) << judge(evidence).words;
  for (Look& look : evidence.looks) look.losses[1] = 1.0 - look.losses[0];
  const DynamicsVerdict mirrored = judge(evidence);
  EXPECT_TRUE(mirrored.oscillation.found);
  EXPECT_EQ(mirrored.motion, Motion::kHovers) << mirrored.words;
}

TEST(Verdict, WhatIsNoOrbitIsToldFromTheLooksThatShowedNone) {
  // Of an odd number of looks, the later half is the lesser one, for the period and for the rest.
  Stream stream(1, "odd");
  const DynamicsVerdict verdict = judge(players(
      401,
      [&](double) {
        return std::vector<double>{stream.normal(), stream.normal()};
      },
      [&](double) { return stream.normal(); }));
  EXPECT_EQ(verdict.motion, Motion::kHovers) << verdict.words;
  EXPECT_EQ(verdict.first, 201u);
}

TEST(Verdict, AnOrbitAfterGreatLeapsIsOne) {
  Stream stream(1, "late");
  const DynamicsVerdict verdict = judge(players(
      400,
      [&](double t) {
        std::vector<double> place = on_circle(t, 1.0, stream, 0.01, 20.0);
        place[0] = t < 220.0 ? 0.0 : 30.0;
        place[1] = t < 260.0 ? 0.0 : 30.0;
        return place;
      },
      [](double t) { return (t < 240.0 ? 9.0 : 0.5) + 0.2 * std::cos(kTurn * t / 20.0); }));
  EXPECT_EQ(verdict.motion, Motion::kOrbits) << verdict.words;
  EXPECT_EQ(verdict.first, 300u);
}

TEST(Verdict, ASpiralInSettlesAndASpiralOutWidens) {
  Stream stream(1, "spiral");
  auto spiral = [&](double rate) {
    return judge(players(
        400, [&](double t) { return on_circle(t, std::exp(rate * t), stream, 1e-3); },
        [&](double t) { return std::exp(rate * t) * std::cos(kTurn * t / 45.0); }));
  };
  const DynamicsVerdict in = spiral(-0.01);
  EXPECT_EQ(in.motion, Motion::kSettles);
  EXPECT_THAT(in.words, HasSubstr("shrinking circles, period ≈ 9"));
  EXPECT_THAT(in.words, HasSubstr("each is 0.6"));  // exp(-0.01 * 45) = 0.638
  EXPECT_EQ(spiral(-0.001).motion, Motion::kSettles);
  EXPECT_THAT(spiral(0.0).words, Not(HasSubstr("wide")));
  const DynamicsVerdict out = spiral(0.01);
  EXPECT_EQ(out.motion, Motion::kOrbits);
  EXPECT_THAT(out.words, HasSubstr("wider and wider"));
}

TEST(Verdict, ARandomWalkDriftsAndWhiteNoiseHovers) {
  for (std::uint64_t number = 0; number < 20; ++number) {
    Stream stream(1, "walk", number);
    std::vector<double> at(30);
    const auto walk = [&](double) {
      for (double& x : at) x += stream.normal();
      return at;
    };
    double loss = 0.0;
    const DynamicsVerdict drifts =
        judge(players(300, walk, [&](double) { return loss += 0.01 * stream.normal(); }));
    EXPECT_EQ(drifts.motion, Motion::kDrifts) << drifts.words;
    const auto still = [&](double) {
      for (double& x : at) x = stream.normal();
      return at;
    };
    const DynamicsVerdict hovers =
        judge(players(300, still, [&](double) { return stream.normal(); }));
    EXPECT_EQ(hovers.motion, Motion::kHovers) << hovers.words;
  }
}

TEST(Verdict, ADecayingLossSettlesAndRisingQualityImproves) {
  const auto approach = [](double t) {
    return std::vector<double>{std::exp(-t / 30.0), 1.0 - 0.5 * std::exp(-t / 30.0)};
  };
  const auto falls = [](double t) { return std::exp(-t / 30.0); };
  EXPECT_EQ(judge(players(300, approach, falls)).motion, Motion::kSettles);

  const auto straight = [](double t) { return std::vector<double>{t, 2.0 * t}; };
  Evidence evidence = players(300, straight, falls);
  EXPECT_EQ(judge(evidence).motion, Motion::kDrifts);
  Stream stream(1, "quality");
  evidence.qualities = {quality([&](double t) { return t + 0.05 * stream.normal(); })};
  EXPECT_EQ(judge(evidence).motion, Motion::kImproves);
  evidence.qualities = {quality([](double t) { return 0.7 + 0.05 * std::sin(300.0 * t); })};
  EXPECT_THAT(judge(evidence).words, HasSubstr("drifts"));
  EXPECT_THAT(judge(evidence).words, HasSubstr("quality has stopped improving"));
  evidence.qualities = {quality([](double t) { return t < 0.6 ? 0.8 : 0.02; })};
  EXPECT_EQ(judge(evidence).motion, Motion::kCollapsed);
  EXPECT_THAT(judge(evidence).words, HasSubstr("high_quality is 0.02, and has been 0.8"));
}

TEST(Verdict, WhatGrowsOrEndsDiverges) {
  Evidence evidence = players(
      100, [](double t) { return std::vector<double>{t}; },
      [](double t) { return std::exp(t / 5.0); });
  EXPECT_EQ(judge(evidence).motion, Motion::kDiverges);
  evidence = players(
      100, [](double t) { return std::vector<double>{t}; }, [](double) { return 0.5; });
  EXPECT_NE(judge(evidence).motion, Motion::kDiverges);
  evidence.finite = false;
  EXPECT_THAT(judge(evidence).words, HasSubstr("diverges: not finite at step 2000"));
  evidence.looks.back().losses[0] = std::nan("");
  EXPECT_EQ(judge(evidence).motion, Motion::kDiverges);
}

TEST(Verdict, SaysWhenTooLittleWasLogged) {
  const auto straight = [](double t) { return std::vector<double>{t}; };
  Evidence evidence = players(20, straight, [](double) { return 0.5; });
  EXPECT_EQ(judge(evidence).motion, Motion::kUntold);
  EXPECT_THAT(judge(evidence).words, HasSubstr("20 looks are too few"));
  evidence.qualities = {quality([](double t) { return t; })};
  EXPECT_EQ(judge(evidence).motion, Motion::kImproves);
  EXPECT_THAT(judge(evidence).words, HasSubstr("20 looks are too few"));
  EXPECT_THAT(judge({}).words, HasSubstr("dynamics=N"));
}

TEST(Verdict, StepsAreWrittenForPeople) {
  EXPECT_EQ(in_steps(53217.4), "53200");
  EXPECT_EQ(in_steps(12.4), "12");
  EXPECT_EQ(in_steps(1234567.0), "1230000");
  EXPECT_EQ(in_steps(0.0), "0");
}

TEST(Quality, LowerIsBetterWhereItIs) {
  Quality fid = quality([](double t) { return 100.0 - 50.0 * t; });
  fid.higher = false;
  EXPECT_TRUE(trend_of(fid)->improves);
  fid.higher = true;
  EXPECT_TRUE(trend_of(fid)->worsens);
  Stream stream(1, "slow");
  const auto slow = [&](double rise, double noise) {
    return *trend_of(quality([&](double t) { return rise * t + noise * stream.normal(); }, 200));
  };
  EXPECT_TRUE(slow(0.6, 0.2).improves);
  // With rare disasters the medians alone do not show it.
  const QualityTrend by_order = *trend_of(quality(
      [](double t) { return 0.5 * t - (std::fmod(200.0 * t, 5.0) < 0.5 ? 3.0 : 0.0); }, 200));
  EXPECT_LT(by_order.now - by_order.before, 2.0 * by_order.noise);
  EXPECT_TRUE(by_order.improves);
  EXPECT_FALSE(slow(0.0, 0.2).improves);
  EXPECT_LT(std::abs(slow(0.0, 0.2).order), 3.0);
  Quality modes = quality([](double t) { return t < 0.5 ? 8.0 : 1.0; });
  modes.name = "modes";
  EXPECT_TRUE(trend_of(modes)->collapsed);
  EXPECT_FALSE(trend_of(quality([](double t) { return t; }, 15)));
}

TEST(Looks, ReadBackAsTheyWere) {
  std::vector<Look> looks{
      {.step = 0,
       .losses = {0.1, 1.0 / 3.0},
       .norms = {1e-9, 2.0},
       .place = {0.1f, -1e-20f, 3.4028235e38f}},
      {.step = 20, .losses = {1, 2}, .norms = {3, 4}, .place = {1.f, 2.f, 3.f}}};
  looks[1].spectrum = SpectrumLook{
      {{0.1, 0.7}, {0.1, -0.7}, {-0.2, 0.0}}, 0.05, {{{-1.0, 2.0}, {0.25, 1.0 / 7.0}}}, 60};
  looks.push_back({.step = 40, .losses = {5, 6}, .norms = {7, 8}, .place = {4.f, 5.f, 6.f}});
  looks[2].spectrum = SpectrumLook{{{9.0, 0.0}}, 0.01, {{{1, 2}, {3, 4}}}, 60};
  const std::string table = looks_table(looks), places = places_table(looks);
  const std::vector<Look> again = read_looks(table, places, 40);
  EXPECT_EQ(looks_table(again), table);
  EXPECT_EQ(places_table(again), places);
  ASSERT_EQ(again.size(), 3u);
  EXPECT_EQ(again[0].place, looks[0].place);
  EXPECT_FALSE(again[0].spectrum);
  EXPECT_EQ(again[1].spectrum->eigenvalues, looks[1].spectrum->eigenvalues);
  EXPECT_EQ(again[1].spectrum->curvature, looks[1].spectrum->curvature);
  EXPECT_EQ(again[2].spectrum->eigenvalues.size(), 1u);
  EXPECT_NEAR(again[1].spectrum->rotation(), 0.7 / std::hypot(0.1, 0.7), 1e-15);
  EXPECT_EQ(read_looks(table, places, 30).size(), 2u);
  EXPECT_EQ(read_looks(table, "", 40).size(), 0u);
}

}  // namespace
}  // namespace gyre::gan
