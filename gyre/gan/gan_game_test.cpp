#include "gyre/gan/gan_game.hpp"

#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/function.h>

#include <algorithm>
#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/data/image_data.hpp"
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

/// Pictures of 8 by 8 in three classes, whose left pixel says which.
std::shared_ptr<const Data> pictures() {
  Images images{.width = 8, .height = 8};
  for (int i = 0; i < 9; ++i) {
    for (int k = 0; k < 64; ++k)
      images.pixels.push_back(static_cast<std::uint8_t>((37 * i + 11 * k) % 256));
    images.pixels[64 * static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(100 * (i % 3));
    images.labels.push_back(i % 3);
  }
  return std::make_shared<ImageData>(std::move(images), 0.0f, 1.0f);
}

std::shared_ptr<const Data> data_for(const Settings& settings) {
  return settings.data == "pictures" ? pictures() : make_data(settings.data);
}

struct Table {
  explicit Table(const Settings& settings)
      : game(settings, data_for(settings), kDoubles), field(game, kDoubles) {
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
  Settings conditional = small("non-saturating");
  conditional.data = "pictures";
  conditional.conditional = true;
  conditional.generator = "linear(5) | tanh | linear | sigmoid";
  all.push_back(conditional);
  conditional.loss = "hinge";
  conditional.r1 = 0.3, conditional.gp = 0.5;
  conditional.generator =
      "linear(4) | reshape(1, 2, 2) | tanh | upsample | conv(8) | tanh | upsample | conv";
  conditional.discriminator =
      "spectral conv(3, 4, 2) | tanh | conv(2, 4, 2) | tanh | spectral linear";
  all.push_back(conditional);
  conditional.generator = "linear(8) | reshape(2, 2, 2) | tanh | spectral tconv(3, 4, 2) | tconv";
  all.push_back(conditional);
  return all;
}

TEST(GanGame, TheFieldIsEveryPlayersOwnSlope) {
  constexpr double kStep = 1e-6;
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
  constexpr double kStep = 1e-6;
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

/// A discriminator of one linear layer whose last numbers are those of the classes.
Settings told_by(const char* discriminator) {
  Settings settings;
  settings.data = "pictures";
  settings.conditional = true;
  settings.generator = "linear | sigmoid";
  settings.discriminator = discriminator;
  settings.batch = 40;
  settings.loss = "wasserstein";
  return settings;
}

TEST(GanGame, ConditionalPlayersAreToldWhatIsShown) {
  // Judgements that are 10 for class 2 and otherwise the left pixel: 0, 100/255 and 200/255 show
  // whether a picture's class is the one that is told.
  for (const char* discriminator : {"linear", "conv(1, 1) | linear"}) {
    SCOPED_TRACE(discriminator);
    Table t(told_by(discriminator));
    EXPECT_EQ(t.game.classes(), 3);
    const Layout& layout = t.game.layouts()[kDiscriminator];
    EXPECT_EQ(layout[0].shape, layout.size() == 2 ? (std::vector<std::int64_t>{1, 67})
                                                  : (std::vector<std::int64_t>{1, 4, 1, 1}));
    at::Tensor d = value(t.w.block(kDiscriminator)).clone().fill_(0.0);
    double* to = d.data_ptr<double>();
    to[0] = 1.0;
    to[layout.size() == 2 ? 66 : 3] = 10.0;
    if (layout.size() > 2) to[5] = 1.0;  // of the linear layer behind, its first pixel
    at::Tensor g = value(t.w.block(kGenerator)).clone().fill_(0.0);
    const TensorPoint w({Block::tensor(g), Block::tensor(d)});
    // Fakes are grey: 0.5. Both see the same classes, so 10 times their share drops out.
    int shares[3] = {};
    std::vector<float> x(64 * 40);
    std::vector<std::int32_t> labels(40);
    for (std::uint64_t sample : {3, 4}) {
      t.game.use(sample);
      Stream stream(1, "sample.data", sample);
      static_cast<const ImageData&>(t.game.data()).draw(stream, x, labels);
      double pixel = 0.0;
      for (const std::int32_t label : labels)
        pixel += label * 100.0 / 255.0 / 40.0, ++shares[label];
      EXPECT_NEAR(t.game.losses(t.field.leaves(w), 1)[1].item().toDouble(), 0.5 - pixel, 1e-6);
      const double ones = static_cast<double>(std::count(labels.begin(), labels.end(), 2)) / 40.0;
      EXPECT_NEAR(t.game.losses(t.field.leaves(w), 0)[0].item().toDouble(), -(0.5 + 10.0 * ones),
                  1e-6);
    }
    EXPECT_GT(*std::min_element(shares, shares + 3), 5);
  }
}

TEST(GanGame, AConditionalGeneratorMakesWhatItIsAskedFor) {
  Settings settings = told_by("linear");
  settings.generator = "linear";
  Table t(settings);
  // Every pixel is the number of its class, whatever the noise.
  at::Tensor g = value(t.w.block(kGenerator)).clone().fill_(0.0);
  for (std::int64_t pixel = 0; pixel < 64; ++pixel)
    for (int c = 0; c < 3; ++c) g.data_ptr<double>()[pixel * 5 + 2 + c] = c;
  const std::vector<at::Tensor> views{g.narrow(0, 0, 320).view({64, 5}), g.narrow(0, 320, 64)};
  const at::Tensor turns = t.game.generate(views, 7, 1), twos = t.game.generate(views, 4, 1, 2);
  for (int i = 0; i < 7; ++i) EXPECT_EQ(turns[i].mean().item().toDouble(), i % 3);
  EXPECT_EQ(twos.min().item().toDouble(), 2.0);
}

TEST(GanGame, TheFastWayGivesTheSlopesOfAutograd) {
  const BlockKind floats{0, at::kFloat, at::kCPU};
  int tried = 0;
  for (const bool conditional : {false, true})
    for (const char* halves : {"together", "apart"})
      for (const char* loss :
           {"minimax", "non-saturating", "least-squares", "wasserstein", "hinge"})
        for (const double noise : {0.0, 0.3}) {
          SCOPED_TRACE(std::string(loss) + " " + halves + (conditional ? " conditional" : ""));
          Settings settings = told_by("linear(6) | leaky-relu | layer-norm | linear");
          settings.conditional = conditional;
          settings.halves = halves;
          settings.loss = loss;
          settings.instance_noise = noise;
          GanGame game(settings, pictures(), floats);
          TensorField fast(game, floats), slow(game, floats, {.autograd_only = true});
          std::vector<BlockPtr> blocks;
          for (at::Tensor& block : game.start()) blocks.push_back(Block::tensor(std::move(block)));
          const TensorPoint w(std::move(blocks));
          auto looked = [&](TensorField& field) {
            field.begin_step();
            std::vector<TensorPoint> all;
            for (const int player : {1, 1, 0, kEverybody}) all.push_back(field.at(w, player));
            return all;
          };
          const auto a = looked(fast), b = looked(slow);
          for (std::size_t i = 0; i < a.size(); ++i)
            EXPECT_LT(std::sqrt(dot(a[i] - b[i], a[i] - b[i])),
                      2e-5 * (1e-3 + std::sqrt(dot(b[i], b[i]))));
          EXPECT_EQ(fast.backward_passes(), 0);
          ++tried;
        }
  EXPECT_EQ(tried, 40);
}

TEST(GanGame, HalvesApartAreTheTwoPartsOfALook) {
  for (const char* loss : {"minimax", "non-saturating", "least-squares", "wasserstein", "hinge"}) {
    SCOPED_TRACE(loss);
    Settings settings = small(loss);
    Table whole(settings);
    settings.halves = "apart";
    Table t(settings);
    const TensorPoint on_data = t.field.at(t.w, 1), on_fakes = t.field.at(t.w, 1);
    const TensorPoint sum = on_data + on_fakes, want = whole.field.at(whole.w, 1);
    EXPECT_LT(dot(sum - want, sum - want), 1e-20);
    EXPECT_GT(dot(on_data - on_fakes, on_data - on_fakes), 1e-6);
    t.game.begin_step();
    const TensorPoint moved =
        on(0, 1.5 * t.w, t.w);  // another generator, which data know nothing of
    const TensorPoint moved_data = t.field.at(moved, 1), moved_fakes = t.field.at(moved, 1);
    EXPECT_EQ(dot(moved_data - on_data, moved_data - on_data), 0.0);
    EXPECT_GT(dot(moved_fakes - on_fakes, moved_fakes - on_fakes), 1e-12);
    t.field.at(t.w, 1);
    t.game.begin_step();  // data first in every step, wherever the last one ended
    const TensorPoint again = t.field.at(t.w, 1);
    EXPECT_EQ(dot(again - on_data, again - on_data), 0.0);
  }
  Settings settings = small("relativistic");
  settings.halves = "apart";
  EXPECT_THROW(GanGame(settings, make_data("ring8"), kDoubles), Error);
  settings.loss = "hinge", settings.r1 = 0.1;
  EXPECT_THROW(GanGame(settings, make_data("ring8"), kDoubles), Error);
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
