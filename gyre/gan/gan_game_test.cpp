#include "gyre/gan/gan_game.hpp"

#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/function.h>

#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/gan/tensor_field.hpp"

namespace gyre::gan {
namespace {

const BlockKind kDoubles{0, at::kDouble, at::kCPU};

Settings small(const std::string& loss) {
  Settings settings;
  settings.generator = "linear(5) | tanh | linear";
  settings.discriminator = "linear(4) | tanh | linear";
  settings.batch = 7;
  settings.loss = loss;
  return settings;
}

struct Table {
  explicit Table(const Settings& settings)
      : game(settings, make_data(settings.data), kDoubles), field(game, kDoubles) {
    std::vector<BlockPtr> blocks;
    for (at::Tensor& block : game.start()) blocks.push_back(Block::tensor(std::move(block)));
    w = TensorPoint(std::move(blocks));
    field.begin_step();
  }
  double loss(const TensorPoint& at, std::size_t player) {
    return game.losses(field.leaves(at), kEverybody)[player].item().toDouble();
  }
  /// A direction with numbers of both signs.
  TensorPoint direction() const {
    std::vector<BlockPtr> blocks;
    for (const BlockPtr& b : w.blocks()) {
      at::Tensor d = value(b).clone();
      for (std::int64_t i = 0; i < d.numel(); ++i)
        d.data_ptr<double>()[i] = std::sin(1.0 + static_cast<double>(i * i));
      blocks.push_back(Block::tensor(std::move(d)));
    }
    return TensorPoint(std::move(blocks));
  }

  GanGame game;
  TensorField field;
  TensorPoint w;
};

std::vector<Settings> variants() {
  std::vector<Settings> all;
  for (const char* loss :
       {"minimax", "non-saturating", "least-squares", "wasserstein", "hinge", "relativistic"}) {
    all.push_back(small(loss));
    all.push_back(small(loss));
    all.back().discriminator = "linear(4) | layer-norm | tanh | linear";
    all.back().r1 = 0.7;
    all.push_back(small(loss));
    all.back().discriminator = "linear(4) | batch-norm | tanh | linear";
    all.back().r2 = 0.4, all.back().gp = 1.5, all.back().instance_noise = 0.3;
  }
  return all;
}

TEST(GanGame, TheFieldIsEveryPlayersOwnSlope) {
  constexpr double kStep = 1e-5;
  for (const Settings& settings : variants()) {
    SCOPED_TRACE(settings.loss + " " + std::to_string(settings.r1) + std::to_string(settings.gp));
    Table t(settings);
    const TensorPoint u = t.direction(), f = t.field.at(t.w);
    for (std::size_t p = 0; p < 2; ++p) {
      const TensorPoint mine = on(p, u, fill(u, 0.0));
      const double slope =
          (t.loss(t.w + kStep * mine, p) - t.loss(t.w - kStep * mine, p)) / (2 * kStep);
      EXPECT_NEAR(dot(f, mine), slope, 1e-8);
      EXPECT_NEAR(dot(t.field.at(t.w, static_cast<int>(p)), u), slope, 1e-8);
    }
  }
}

TEST(GanGame, ProductsAreThoseOfTheFieldsSlope) {
  constexpr double kStep = 1e-5;
  for (const Settings& settings : variants()) {
    SCOPED_TRACE(settings.loss + " " + std::to_string(settings.r1) + std::to_string(settings.gp));
    Table t(settings);
    const TensorPoint u = t.direction(), v = t.field.at(t.w);
    const TensorPoint there =
        (0.5 / kStep) * (t.field.at(t.w + kStep * u) - t.field.at(t.w - kStep * u));
    const TensorPoint product = t.field.jvp(t.w, u);
    EXPECT_LE(std::sqrt(dot(product - there, product - there)),
              1e-7 * (1.0 + std::sqrt(dot(there, there))));
    EXPECT_NEAR(dot(v, product), dot(t.field.vjp(t.w, v), u),
                1e-12 * (1 + std::abs(dot(v, product))));
  }
}

TEST(GanGame, LossesAreTheirFormulas) {
  // With a discriminator whose weights are zero every judgement is its last bias.
  for (const auto& [loss, generator, discriminator] :
       std::vector<std::tuple<std::string, double, double>>{
           {"minimax", -std::log(1 + std::exp(0.3)) - std::log(1 + std::exp(-0.3)), NAN},
           {"non-saturating", std::log(1 + std::exp(-0.3)),
            std::log(1 + std::exp(-0.3)) + std::log(1 + std::exp(0.3))},
           {"least-squares", 0.245, 0.5 * (0.49 + 0.09)},
           {"wasserstein", 0.0, 0.0},
           {"hinge", -0.3, 0.7 + 1.3},
           {"relativistic", std::log(2.0), std::log(2.0)}}) {
    SCOPED_TRACE(loss);
    Table t(small(loss));
    at::Tensor d = value(t.w.block(kDiscriminator)).clone().fill_(0.0);
    d.data_ptr<double>()[d.numel() - 1] = 0.3;
    const TensorPoint w({t.w.block(kGenerator), Block::tensor(d)});
    EXPECT_NEAR(t.loss(w, kGenerator), generator, 1e-12);
    if (std::isfinite(discriminator)) {
      EXPECT_NEAR(t.loss(w, kDiscriminator), discriminator, 1e-12);
    }
  }
}

TEST(GanGame, OneSampleIsTheSameWheneverItIsUsed) {
  Table t(small("hinge"));
  t.game.use(5);
  const double first = t.loss(t.w, 1);
  t.game.use(6);
  const double other = t.loss(t.w, 1);
  t.game.use(5);
  EXPECT_EQ(t.loss(t.w, 1), first);
  EXPECT_NE(other, first);
}

TEST(GanGame, ClippedCriticsStayWithinTheirBound) {
  Settings settings = small("wasserstein");
  settings.clip = 0.01;
  Table t(settings);
  const TensorPoint inside = t.field.project(t.w);
  EXPECT_EQ(inside.block(kGenerator), t.w.block(kGenerator));
  EXPECT_NEAR(value(inside.block(kDiscriminator)).abs().max().item().toDouble(), 0.01, 1e-15);
  settings.loss = "hinge";
  EXPECT_THROW(GanGame(settings, make_data("ring8"), kDoubles), Error);
}

TEST(GanGame, NormsOfTheLibraryAreOursWhereTheyAreDifferentiatedOnce) {
  Settings settings = small("non-saturating");
  settings.generator = "linear(12) | reshape(3, 2, 2) | batch-norm | tanh | linear";
  settings.discriminator = "linear(6) | batch-norm | tanh | linear";
  Table table(settings);
  TensorField twice(table.game, kDoubles, {.keeps_graph = true});
  twice.begin_step();
  const TensorPoint a = table.field.at(table.w), b = twice.at(table.w);
  EXPECT_LT(std::sqrt(dot(a - b, a - b)), 1e-12 * std::sqrt(dot(b, b)));
  EXPECT_GT(dot(b, b), 0.0);

  // It really is the library's, and only there: its nodes know its name.
  const at::Tensor x = at::ones({2, 2}, at::kFloat).requires_grad_(true);
  const Network norm("batch-norm", {2}, 2, "norm");
  const std::vector<at::Tensor> parameters{at::ones({2}), at::zeros({2})};
  EXPECT_EQ(norm(parameters, x).grad_fn()->name(), "AddBackward0");
  const DifferentiatedOnce once;
  EXPECT_EQ(norm(parameters, x).grad_fn()->name(), "NativeBatchNormBackward0");
  const DifferentiatedOnce often(false);
  EXPECT_EQ(norm(parameters, x).grad_fn()->name(), "AddBackward0");
}

}  // namespace
}  // namespace gyre::gan
