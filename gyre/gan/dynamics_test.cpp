#include "gyre/gan/dynamics.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/gan/dynamics_spectrum.hpp"
#include "gyre/gan/games_test.hpp"
#include "gyre/gan/gan_game.hpp"
#include "gyre/gan/training.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/testing.hpp"

namespace gyre::gan {
namespace {

using testing::point_of;
using testing::VectorGame;

const BlockKind kDoubles{0, at::kDouble, at::kCPU};

SpectrumLook seen(VectorGame game, const std::vector<std::int64_t>& sizes,
                  const std::vector<double>& at) {
  TensorField field(game, kDoubles);
  field.begin_step();
  const auto look = spectrum_at(field, point_of(sizes, at), {});
  EXPECT_TRUE(look);
  return look.value_or(SpectrumLook{});
}

TEST(Spectrum, OfTheBilinearGameIsPureRotation) {
  const testing::Twin xy = testing::twins()[0];
  const SpectrumLook look = seen(xy.game(), xy.sizes, xy.start);
  ASSERT_EQ(look.eigenvalues.size(), 2u);
  EXPECT_NEAR(std::abs(look.eigenvalues[0].imag()), 1.0, 1e-14);
  EXPECT_NEAR(look.eigenvalues[0].real(), 0.0, 1e-14);
  EXPECT_EQ(look.eigenvalues[0], std::conj(look.eigenvalues[1]));
  EXPECT_NEAR(look.rotation(), 1.0, 1e-14);
  EXPECT_EQ(look.curvature[0], (std::array<double, 2>{0.0, 0.0}));
  EXPECT_EQ(look.products, 4);  // 2 for the whole, one for each player
}

TEST(Spectrum, OfAQuadraticGameIsItsMatrices) {
  // x: a x²/2 + c x y, y: b y²/2 - c x y, as pairs (a, b, c).
  const VectorGame game({2, 2}, false, [](const auto& w) {
    const at::Tensor x = w[0], y = w[1];
    const at::Tensor a = at::tensor({1.0, -0.5}, at::kDouble),
                     b = at::tensor({1.0, 3.0}, at::kDouble);
    const at::Tensor c = at::tensor({2.0, 0.0}, at::kDouble);
    return std::vector<at::Tensor>{(a * x * x / 2 + c * x * y).sum(),
                                   (b * y * y / 2 - c * x * y).sum()};
  });
  const SpectrumLook look = seen(game, {2, 2}, {0.3, -1.0, 2.0, 0.1});
  ASSERT_EQ(look.eigenvalues.size(), 4u);
  EXPECT_NEAR(look.eigenvalues[0].real(), 3.0, 1e-12);
  EXPECT_NEAR(look.eigenvalues[1].real(), 1.0, 1e-12);
  EXPECT_NEAR(std::abs(look.eigenvalues[1].imag()), 2.0, 1e-12);
  EXPECT_NEAR(look.eigenvalues[3].real(), -0.5, 1e-12);
  EXPECT_NEAR(look.rotation(), 2.0 / std::sqrt(5.0), 1e-12);
  EXPECT_NEAR(look.curvature[0][0], -0.5, 1e-12);
  EXPECT_NEAR(look.curvature[0][1], 1.0, 1e-12);
  EXPECT_NEAR(look.curvature[1][1], 3.0, 1e-12);
}

TEST(Spectrum, OfAnUnregularisedDiracGanAtItsPointTurns) {
  const testing::Twin dirac = testing::twins()[1];
  const SpectrumLook look = seen(dirac.game(), dirac.sizes, {0.0, 0.0});
  ASSERT_EQ(look.eigenvalues.size(), 2u);
  EXPECT_NEAR(std::abs(look.eigenvalues[0].imag()), 0.5, 1e-12);
  EXPECT_NEAR(look.rotation(), 1.0, 1e-12);
}

Settings tiny(const std::string& loss = "non-saturating") {
  Settings settings;
  settings.generator = "linear(7) | tanh | linear";
  settings.discriminator = "linear(6) | tanh | linear";
  settings.loss = loss;
  settings.batch = 16;
  settings.rule = "adam | alternating(eta=0.01, order=d>g)";
  settings.steps = 60;
  settings.log = 20;
  settings.checkpoint = 20;
  settings.samples = 50;
  settings.dynamics = 5;
  settings.dynamics_batch = 32;
  settings.spectrum_each = 4;
  return settings;
}

TEST(Spectrum, OfATinyGanIsThatOfItsWrittenOutJacobian) {
  for (const char* loss : {"minimax", "non-saturating", "wasserstein", "relativistic"}) {
    SCOPED_TRACE(loss);
    const Settings settings = tiny(loss);
    GanGame game(settings, make_data("ring8"), kDoubles);
    FieldOptions options;
    options.keeps_graph = true;
    TensorField field(game, kDoubles, options);
    field.hold(5);
    std::vector<BlockPtr> blocks;
    for (at::Tensor& block : game.start()) blocks.push_back(Block::tensor(block.mul(2.0)));
    const TensorPoint w(std::move(blocks));
    const std::int64_t first = w.block(0)->kind().size, second = w.block(1)->kind().size;
    const auto size = static_cast<std::size_t>(first + second);
    ASSERT_GT(size, 30u);  // more than the products
    Eigen::MatrixXd J(size, size);
    for (std::size_t i = 0; i < size; ++i) {
      std::vector<double> unit(size);
      unit[i] = 1.0;
      const std::vector<double> column =
          testing::numbers_of(field.jvp(w, point_of({first, second}, unit)));
      for (std::size_t k = 0; k < size; ++k)
        J(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(i)) = column[k];
    }
    std::vector<std::complex<double>> truth;
    for (const auto& e : J.eigenvalues()) truth.push_back(e);
    std::sort(truth.begin(), truth.end(),
              [](const auto& a, const auto& b) { return std::abs(a) > std::abs(b); });
    const auto look = spectrum_at(field, w, {.eigenvalues = 3});
    ASSERT_TRUE(look);
    ASSERT_GE(look->eigenvalues.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(std::abs(look->eigenvalues[i]), std::abs(truth[i]), 1e-3 * std::abs(truth[0]));
      EXPECT_NEAR(std::abs(look->eigenvalues[i].imag()), std::abs(truth[i].imag()),
                  1e-3 * std::abs(truth[0]));
    }
    EXPECT_EQ(look->products, 60);
    const Eigen::MatrixXd own = J.topLeftCorner(first, first);
    const Eigen::VectorXd ends =
        Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(0.5 * (own + own.transpose())).eigenvalues();
    const double scale = ends.cwiseAbs().maxCoeff();
    EXPECT_NEAR(look->curvature[0][0], ends[0], 0.02 * scale);
    EXPECT_NEAR(look->curvature[0][1], ends[first - 1], 0.02 * scale);
  }
}

std::string bytes_at_end(const Settings& settings, bool looks, std::vector<Look>* seen = nullptr) {
  const std::shared_ptr<const Data> data = make_data(settings.data);
  Trainer trainer(settings, data);
  DynamicsLooker looker(settings, data, {});
  while (trainer.steps() < settings.steps) {
    trainer.step();
    if (looks && looker.is_due(trainer.steps())) looker.look(trainer.players(), trainer.steps());
  }
  if (looks) looker.path_angle(trainer.players());
  if (seen) *seen = looker.looks();
  return trainer.checkpoint().bytes();
}

TEST(Dynamics, LookingChangesNothing) {
  for (const char* rule :
       {"adam | alternating(eta=0.01, order=d>g)", "adam | extragradient(eta=0.01) | average",
        "conopt(gamma=0.1) | simultaneous(eta=0.01)"})
    for (const char* sampling : {"fresh", "same"}) {
      Settings settings = tiny();
      settings.rule = rule, settings.sampling = sampling;
      std::vector<Look> looks;
      EXPECT_EQ(bytes_at_end(settings, true, &looks), bytes_at_end(settings, false)) << rule;
      ASSERT_EQ(looks.size(), 12u);
      EXPECT_EQ(
          std::count_if(looks.begin(), looks.end(), [](const Look& l) { return !!l.spectrum; }), 3);
      EXPECT_GT(looks[0].norms[0], 0.0);
      EXPECT_NE(looks[0].losses, looks[1].losses);
      EXPECT_EQ(looks[0].place.size(), 62u);  // 37 and 25 parameters: all of them
    }
}

TEST(Dynamics, LooksAreOnOneBatchWhateverTheTrainingDoes) {
  const Settings settings = tiny();
  const std::shared_ptr<const Data> data = make_data(settings.data);
  Trainer trainer(settings, data);
  DynamicsLooker one(settings, data, {}), two(settings, data, {});
  const TensorPoint players = trainer.players();
  one.look(players, 5);
  trainer.step();
  one.look(trainer.players(), 20);
  two.look(players, 5);
  one.look(players, 25);
  EXPECT_EQ(one.looks()[0].losses, two.looks()[0].losses);
  EXPECT_EQ(one.looks()[0].losses, one.looks()[2].losses);
  EXPECT_EQ(one.looks()[0].norms, one.looks()[2].norms);
  EXPECT_EQ(one.products(), 60);
  EXPECT_EQ(one.calls(), 4.0);
}

TEST(Dynamics, RowsGoOnWhereATrainingWasLeft) {
  const TestFolder folder;
  const Settings settings = tiny();
  const std::shared_ptr<const Data> data = make_data(settings.data);
  auto train_to = [&](const TrainingFolder& place, std::uint64_t stop) {
    Trainer trainer(settings, data);
    std::string problem;
    if (const auto checkpoint = place.last(problem)) trainer.restore(*checkpoint, "it");
    DynamicsLooker looker(settings, data, place.looks(trainer.steps()));
    std::atomic<bool> cancel = false;
    TrainingOptions options;
    options.cancel = &cancel;
    options.look = [&](std::uint64_t step) {
      if (looker.is_due(step)) looker.look(trainer.players(), step);
      cancel = step + 1 == stop;
    };
    options.saving = [&] { place.save(looker.looks()); };
    train(trainer, settings, place, place.rows(trainer.steps()), options);
  };
  const TrainingFolder whole = TrainingFolder::make(folder / "whole", settings, false);
  train_to(whole, 1000);
  const TrainingFolder cut = TrainingFolder::make(folder / "cut", settings, false);
  train_to(cut, 33);
  train_to(cut, 1000);
  for (const char* name : {TrainingFolder::kDynamics, TrainingFolder::kPlaces,
                           TrainingFolder::kCheckpoint, TrainingFolder::kMetrics})
    EXPECT_EQ(read_file(folder / "cut" / name, 1 << 20),
              read_file(folder / "whole" / name, 1 << 20))
        << name;
  EXPECT_EQ(whole.looks(60).size(), 12u);
  EXPECT_EQ(whole.looks(30).size(), 6u);
}

TEST(Dynamics, ThePathAngleIsOneOnAWayDownhill) {
  Settings settings = tiny();
  settings.rule = "simultaneous(eta=0.01)";
  settings.steps = 3;
  settings.batch = settings.dynamics_batch = 2000;
  const std::shared_ptr<const Data> data = make_data(settings.data);
  Trainer trainer(settings, data);
  while (trainer.steps() < settings.steps) trainer.step();
  DynamicsLooker looker(settings, data, {});
  const PathAngle angle = looker.path_angle(trainer.players());
  ASSERT_EQ(angle.at.size(), 31u);
  EXPECT_EQ(angle.at.front(), 0.0);
  EXPECT_NEAR(angle.at.back(), 1.2, 1e-12);
  EXPECT_GT(angle.cosine.front(), 0.95);  // so few small steps go where the field says
  for (const double c : angle.cosine) EXPECT_LE(std::abs(c), 1.0 + 1e-6);
  Trainer fresh(settings, data);
  EXPECT_TRUE(looker.path_angle(fresh.players()).at.empty());
}

}  // namespace
}  // namespace gyre::gan
