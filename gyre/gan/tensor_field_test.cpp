// Rules do on tensors what they do on symbols, and the field counts what that costs.
#include "gyre/gan/tensor_field.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/optim/adam.h>

#include "gyre/core/error.hpp"
#include "gyre/gan/games_test.hpp"
#include "gyre/gan/tensor_rule.hpp"
#include "gyre/program/traced_run_test.hpp"
#include "gyre/rules/plain_test.hpp"

namespace gyre::gan {
namespace {

using namespace testing;
using gyre::testing::difference;
using gyre::testing::length;
using ::testing::HasSubstr;

const BlockKind kDoubles{0, at::kDouble, at::kCPU};

class TensorRun {
 public:
  TensorRun(const Pipe& pipe, const Twin& twin, std::uint64_t seed = 1)
      : game(twin.game()),
        field(game, kDoubles, {.solves = {.iterations = 50}, .seed = seed}),
        rule(build_tensor_rule(pipe, twin.players, twin.zero_sum)),
        memory(rule->slots()),
        point(point_of(twin.sizes, twin.start)) {
    rule->start(point, field, memory);
  }

  void step() {
    field.begin_step();
    point = rule->step(point, field, memory);
    std::vector<const TensorPoint*> all{&point};
    for (const TensorPoint& slot : memory) all.push_back(&slot);
    settle(all);
  }
  std::vector<double> state() const {
    std::vector<double> all = numbers_of(point);
    for (const TensorPoint& slot : memory) {
      const std::vector<double> numbers = numbers_of(slot);
      all.insert(all.end(), numbers.begin(), numbers.end());
    }
    return all;
  }

  VectorGame game;
  TensorField field;
  std::unique_ptr<Rule<TensorPoint>> rule;
  std::vector<TensorPoint> memory;
  TensorPoint point;
};

bool fits(const Pipe& pipe, const Twin& twin) {
  try {
    check_needs(pipe, {twin.sizes.size(), twin.zero_sum, false});
  } catch (const Error&) {
    return false;
  }
  return std::ranges::all_of(pipe.stages, [&](const StageSpec& s) {
    return twin.curved || !s.facts().facts.needs.curved;
  });
}

TEST(EveryRule, DoesOnTensorsWhatItDoesOnSymbols) {
  std::set<std::string> ran;
  for (const Twin& twin : twins()) {
    const Game game = parse_game(twin.text);
    for (const std::string& text : gyre::testing::every_pipe()) {
      const Pipe pipe = parse_pipe(text);
      if (!fits(pipe, twin) || pipe.draws()) continue;
      SCOPED_TRACE(text + " on " + twin.text);
      TensorRun tensors(pipe, twin);
      gyre::testing::TracedRun traced(game, text, twin.start);
      ASSERT_EQ(traced.traced.slots, tensors.rule->slot_names());
      EXPECT_DOUBLE_EQ(traced.traced.calls_at_start, tensors.field.calls());
      // Newton steps leap about, and mixtures of nearly parallel moves lose digits: roundings
      // double with each of them.
      const bool far = traced.traced.solves_a_step > 0.0 || gyre::testing::mixes(pipe);
      for (int t = 0; t < (far ? 2 : 12); ++t) {
        const std::vector<double> state = traced.state();
        if (!(length(state) < 1e6)) break;  // what has diverged has no digits left to compare
        ASSERT_LE(length(difference(tensors.state(), state)),
                  (far ? 1e-10 : 1e-12) * (1.0 + length(state)))
            << "at step " << t;
        tensors.field.reset_counts();
        tensors.step();
        traced.step();
        EXPECT_DOUBLE_EQ(traced.traced.calls_a_step, tensors.field.calls());
        EXPECT_DOUBLE_EQ(traced.traced.products_a_step, tensors.field.products());
        EXPECT_DOUBLE_EQ(traced.traced.solves_a_step, tensors.field.solves());
      }
      for (const StageSpec& s : pipe.stages) ran.insert(s.facts().facts.id);
    }
  }
  // All but those that say that they play mixed strategies, or draw.
  for (const StageFacts& s : rule_catalogue())
    EXPECT_NE(ran.count(s.facts.id) > 0, s.facts.needs.simplices || s.facts.draws) << s.facts.id;
}

TEST(EveryRule, ThatDrawsDoesSoByTheSeed) {
  const Twin twin = twins()[2];
  int tried = 0, noisy = 0;
  for (const StageFacts& s : rule_catalogue()) {
    if (!s.facts.draws || s.facts.needs.samples) continue;
    SCOPED_TRACE(s.facts.id);
    std::vector<std::vector<double>> ends;
    for (const std::uint64_t seed : {1, 1, 2}) {
      TensorRun run(parse_pipe(s.facts.id), twin, seed);
      for (int t = 0; t < 5; ++t) run.step();
      ends.push_back(run.state());
      for (const double x : run.state()) EXPECT_TRUE(std::isfinite(x));
    }
    EXPECT_EQ(ends[0], ends[1]);
    noisy += ends[0] != ends[2];
    ++tried;
  }
  EXPECT_GE(tried, 3);
  EXPECT_GE(noisy, 1);  // the others draw samples, and this game is without
}

TEST(TensorField, NoiseIsStandardNormalAndTheSameForOneSample) {
  VectorGame game({20000, 1}, true,
                  [](const auto& w) { return zero_sum((w[0].sum() * w[1]).sum()); });
  TensorField field(game, kDoubles);
  std::vector<double> start(20001, 0.0);
  const TensorPoint w = point_of({20000, 1}, start);
  field.hold(field.draw());
  const TensorPoint a = field.normal(w, 1), b = field.normal(w, 1), c = field.normal(w, 2);
  EXPECT_EQ(numbers_of(a), numbers_of(b));
  EXPECT_NEAR(dot(a, a) / dim(a), 1.0, 0.05);
  EXPECT_NEAR(dot(a, c) / dim(a), 0.0, 0.05);
  field.hold(field.companion(field.held()));
  EXPECT_NEAR(dot(a, field.normal(w, 1)) / dim(a), 0.0, 0.05);
  field.hold(kMeanSample);
  EXPECT_EQ(dot(field.normal(w, 1), a), 0.0);
}

TEST(EveryRule, ThatIsNotForNetworksSaysSo) {
  int refused = 0;
  for (const StageFacts& s : rule_catalogue()) {
    if (!s.facts.needs.simplices && !s.facts.needs.samples) continue;
    try {
      build_tensor_rule(parse_pipe(s.facts.id), {{"g"}, {"d"}}, true);
      ADD_FAILURE() << s.facts.id;
    } catch (const Error& problem) {
      const char* why = s.facts.needs.simplices
                            ? "' plays mixed strategies, and the parameters of networks are none"
                            : "' draws among a given number of samples";
      EXPECT_THAT(problem.what(), HasSubstr("'" + s.facts.id + why));
    }
    ++refused;
  }
  EXPECT_GT(refused, 5);
}

/// J at a point, column by column, of a field that knows nothing of its zero sum.
std::vector<std::vector<double>> jacobian(const Twin& twin, bool zero_sum, auto product) {
  VectorGame game(twin.sizes, zero_sum, twin.losses);
  TensorField field(game, kDoubles);
  const TensorPoint w = point_of(twin.sizes, twin.start);
  std::vector<std::vector<double>> columns;
  for (std::size_t i = 0; i < twin.start.size(); ++i) {
    std::vector<double> unit(twin.start.size(), 0.0);
    unit[i] = 1.0;
    columns.push_back(numbers_of(product(field, w, point_of(twin.sizes, unit))));
  }
  return columns;
}

TEST(TensorField, ProductsAreThoseOfOneMatrix) {
  for (const Twin& twin : twins())
    for (const bool zero_sum : {false, true}) {
      if (zero_sum && !twin.zero_sum) continue;
      SCOPED_TRACE(twin.text);
      const auto j = jacobian(twin, zero_sum, [](auto& F, auto& w, auto u) { return F.jvp(w, u); });
      const auto jt =
          jacobian(twin, zero_sum, [](auto& F, auto& w, auto u) { return F.vjp(w, u); });
      const auto b =
          jacobian(twin, zero_sum, [](auto& F, auto& w, auto u) { return F.jvp_between(w, u); });
      const auto bt =
          jacobian(twin, zero_sum, [](auto& F, auto& w, auto u) { return F.vjp_between(w, u); });
      std::vector<std::size_t> owner;
      for (std::size_t p = 0; p < twin.sizes.size(); ++p)
        owner.insert(owner.end(), static_cast<std::size_t>(twin.sizes[p]), p);
      VectorGame game = twin.game();
      TensorField field(game, kDoubles);
      constexpr double kStep = 1e-5;
      for (std::size_t c = 0; c < j.size(); ++c) {
        std::vector<double> up = twin.start, down = twin.start;
        up[c] += kStep, down[c] -= kStep;
        const auto high = numbers_of(field.at(point_of(twin.sizes, up)));
        const auto low = numbers_of(field.at(point_of(twin.sizes, down)));
        for (std::size_t r = 0; r < j.size(); ++r) {
          EXPECT_NEAR(j[c][r], (high[r] - low[r]) / (2 * kStep), 1e-8);
          EXPECT_NEAR(jt[r][c], j[c][r], 1e-13);
          EXPECT_NEAR(b[c][r], owner[r] == owner[c] ? 0.0 : j[c][r], 1e-13);
          EXPECT_NEAR(bt[r][c], owner[r] == owner[c] ? 0.0 : j[c][r], 1e-13);
        }
      }
    }
}

TEST(TensorField, OneBackwardPassServesAZeroSumGame) {
  const Twin twin = twins()[1];
  VectorGame game = twin.game();
  TensorField field(game, kDoubles);
  const TensorPoint w = point_of(twin.sizes, twin.start);
  field.at(w);
  EXPECT_EQ(field.backward_passes(), 1);
  EXPECT_EQ(field.calls(), 1.0);
  field.at(w, 1);
  EXPECT_EQ(field.backward_passes(), 2);
  EXPECT_EQ(field.calls(), 1.5);
}

TEST(TensorField, ProductsAtOnePointShareItsGraph) {
  const Twin twin = twins()[3];
  VectorGame game = twin.game();
  TensorField field(game, kDoubles, {.keeps_graph = true});
  const TensorPoint w = point_of(twin.sizes, twin.start);
  field.begin_step();
  const TensorPoint u = field.at(w);
  EXPECT_EQ(field.backward_passes(), 2);
  field.vjp(w, u);
  field.vjp(w, u);
  EXPECT_EQ(field.backward_passes(), 4);
  EXPECT_EQ(field.products(), 2);
}

TEST(TensorField, DrawsASampleAStepOrALook) {
  const Twin twin = twins()[0];
  for (const Sampling sampling : {Sampling::kEachStep, Sampling::kEachLook}) {
    VectorGame game = twin.game();
    TensorField field(game, kDoubles, {.sampling = sampling});
    const auto rule = build_tensor_rule(parse_pipe("extragradient"), twin.players, true);
    TensorPoint w = point_of(twin.sizes, twin.start);
    for (int step = 1; step <= 3; ++step) {
      field.begin_step();
      w = rule->step(w, field, {});
      EXPECT_EQ(game.draws, sampling == Sampling::kEachStep ? step : 2 * step);
    }
  }
}

TEST(TensorField, SolvesNothingWhereTheMapIsSingular) {
  const Twin twin = twins()[2];
  VectorGame game = twin.game();
  TensorField field(game, kDoubles);
  const TensorPoint b = point_of(twin.sizes, {1, 2, 3, 4, 5, 6});
  const TensorPoint x = field.solve([](const TensorPoint& u) { return on(0, u, 0.0 * u); }, b);
  for (const double number : numbers_of(x)) EXPECT_FALSE(std::isfinite(number));
}

/// A network of two layers that fits given values: one player descends, the other has nothing.
class Regression final : public TensorGame {
 public:
  Regression()
      : layouts_{{{"0.weight", {16, 3}}, {"0.bias", {16}}, {"1.weight", {1, 16}}, {"1.bias", {1}}}},
        x_(at::rand({32, 3}, at::kDouble)),
        y_((x_ * x_).sum(1, true)) {}
  const std::vector<Layout>& layouts() const override { return layouts_; }
  std::vector<at::Tensor> losses(const Leaves& at, int) override { return {loss(at[0])}; }
  at::Tensor loss(const std::vector<at::Tensor>& w) const {
    const at::Tensor hidden = at::tanh(at::linear(x_, w[0], w[1]));
    return at::mse_loss(at::linear(hidden, w[2], w[3]), y_);
  }

 private:
  std::vector<Layout> layouts_;
  at::Tensor x_, y_;
};

TEST(Adam, IsWhatTheLibraryCallsSo) {
  at::manual_seed(3);
  Regression game;
  const at::Tensor start = at::randn({16 * 3 + 16 + 16 + 1}, at::kDouble) * 0.3;
  std::vector<at::Tensor> theirs;
  std::int64_t begin = 0;
  for (const ParameterShape& p : game.layouts()[0]) {
    theirs.push_back(
        start.narrow(0, begin, size_of({p})).view(p.shape).clone().requires_grad_(true));
    begin += size_of({p});
  }
  torch::optim::Adam library(theirs, torch::optim::AdamOptions(0.01).betas({0.5, 0.9}));
  TensorField field(game, kDoubles);
  const auto rule = build_tensor_rule(parse_pipe("adam | simultaneous(eta=0.01)"), {{"w"}}, false);
  TensorPoint w({Block::tensor(start.clone())});
  std::vector<TensorPoint> memory(rule->slots());
  rule->start(w, field, memory);
  for (int step = 0; step < 200; ++step) {
    library.zero_grad();
    game.loss(theirs).backward();
    library.step();
    w = rule->step(w, field, memory);
  }
  std::vector<at::Tensor> flat;
  for (const at::Tensor& t : theirs) flat.push_back(t.detach().reshape({-1}));
  const at::Tensor moved = value(w.block(0)) - start;
  EXPECT_GT(moved.abs().max().item().toDouble(), 0.1);
  EXPECT_LE((value(w.block(0)) - at::cat(flat)).abs().max().item().toDouble(), 1e-6);
}

}  // namespace
}  // namespace gyre::gan
