// What is done without autograd is what autograd does.
#include "gyre/gan/fused_mlp.hpp"

#include <ATen/ops/empty.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gyre/core/random.hpp"
#include "gyre/data/image_data.hpp"
#include "gyre/gan/gan_game.hpp"
#include "gyre/gan/tensor_field.hpp"

namespace gyre::gan {
namespace {

const BlockKind kFloats{0, at::kFloat, at::kCPU}, kDoubles{0, at::kDouble, at::kCPU};

double length(const TensorPoint& a) { return std::sqrt(dot(a, a)); }

/// Networks that between them have every layer, small enough for loops and too large for them.
const std::pair<const char*, const char*> kNetworks[] = {
    {"linear(3) | sigmoid | linear | sigmoid", "linear(3) | sigmoid | linear | sigmoid"},
    {"linear(9) | layer-norm | relu | linear", "linear(7) | leaky-relu(0.3) | layer-norm | linear"},
    {"linear(40) | tanh | linear(50) | relu | linear",
     "linear(64) | leaky-relu | linear(33) | tanh | linear"},
    {"linear(300) | relu | linear(200) | leaky-relu | linear",
     "linear(300) | relu | linear(200) | relu | linear"}};

/// What is left to chance: the data, the noise, and whether there is more of it.
Settings drawn(Stream& chance, const char* generator, const char* discriminator, const char* loss,
               std::int64_t batch) {
  Settings settings;
  settings.data = chance.uniform() < 0.5 ? "gauss75" : "ring8";
  settings.latent = chance.uniform() < 0.5 ? 2 : 21;
  settings.generator = generator;
  settings.discriminator = discriminator;
  settings.loss = loss;
  settings.batch = batch;
  if (chance.uniform() < 0.3) settings.instance_noise = 0.2;
  return settings;
}

TEST(Fused, SlopesAreThoseOfAutograd) {
  Stream chance(4, "settings");
  int compared = 0;
  for (const auto& [generator, discriminator] : kNetworks)
    for (const char* loss :
         {"minimax", "non-saturating", "least-squares", "wasserstein", "hinge", "relativistic"})
      for (const std::int64_t batch : {1, 5, 64}) {
        const Settings settings = drawn(chance, generator, discriminator, loss, batch);
        SCOPED_TRACE(std::string(loss) + " " + settings.data + " " + discriminator + " batch " +
                     std::to_string(batch));
        GanGame game(settings, make_data(settings.data), kFloats);
        TensorField fast(game, kFloats), slow(game, kFloats, {.autograd_only = true});
        std::vector<BlockPtr> blocks;
        for (at::Tensor& block : game.start()) blocks.push_back(Block::tensor(std::move(block)));
        const TensorPoint w(std::move(blocks));
        for (const int player : {kEverybody, 0, 1}) {
          for (TensorField* field : {&fast, &slow}) {
            field->go_on_from(7);
            field->begin_step();
          }
          const TensorPoint a = fast.at(w, player), b = slow.at(w, player);
          EXPECT_EQ(fast.backward_passes(), 0);
          EXPECT_GT(slow.backward_passes(), 0);
          EXPECT_LE(length(a - b), 2e-5 * length(b) + 1e-9);
          for (std::size_t p = 0; p < 2; ++p) {
            if (player != kEverybody && player != static_cast<int>(p)) continue;
            EXPECT_NEAR(*fast.losses()[p], *slow.losses()[p],
                        1e-5 * (1 + std::abs(*slow.losses()[p])));
            // Block by block, as one may be much shorter than the other.
            const TensorPoint pa = on(p, a, fill(a, 0.0)), pb = on(p, b, fill(b, 0.0));
            EXPECT_LE(length(pa - pb), 2e-5 * length(pb) + 1e-9) << "player " << p;
            EXPECT_GT(length(pb), 0.0);
          }
          ++compared;
        }
      }
  EXPECT_EQ(compared, 4 * 6 * 3 * 3);
}

/// All four kinds of products, on floats without autograd and on doubles with it.
void expect_products_of_autograd(const Settings& settings, std::shared_ptr<const Data> data,
                                 Stream& chance) {
  GanGame game(settings, data, kFloats), same(settings, data, kDoubles);
  ASSERT_TRUE(game.multiplies());
  EXPECT_FALSE(same.multiplies());
  TensorField fast(game, kFloats), slow(same, kDoubles);
  std::vector<BlockPtr> w, exact_w, u, exact_u;
  for (const at::Tensor& block : game.start()) {
    at::Tensor along = at::empty({block.numel()}, at::kFloat);
    chance.normals(std::span(along.data_ptr<float>(), static_cast<std::size_t>(along.numel())));
    // Biases begin at zero, where half of what is to be tested is zero, too.
    const at::Tensor at = block.add(along.flip(0), 0.02);
    w.push_back(Block::tensor(at));
    exact_w.push_back(Block::tensor(at.to(at::kDouble)));
    u.push_back(Block::tensor(along));
    exact_u.push_back(Block::tensor(along.to(at::kDouble)));
  }
  for (const auto ask : {&TensorField::jvp, &TensorField::vjp, &TensorField::jvp_between,
                         &TensorField::vjp_between}) {
    for (TensorField* field : {&fast, &slow}) {
      field->go_on_from(7);
      field->begin_step();
    }
    const TensorPoint a = (fast.*ask)(TensorPoint(w), TensorPoint(u));
    const TensorPoint b = (slow.*ask)(TensorPoint(exact_w), TensorPoint(exact_u));
    EXPECT_EQ(fast.backward_passes(), 0);
    for (std::size_t p = 0; p < 2; ++p) {
      const at::Tensor wanted = value(b.block(p));
      const at::Tensor off = value(a.block(p)).to(at::kDouble).sub(wanted);
      const double size = wanted.norm().item().toDouble();
      EXPECT_LE(off.norm().item().toDouble(), 2e-5 * size + 1e-9) << "player " << p;
    }
  }
}

TEST(Fused, ProductsAreThoseOfAutogradInDoubles) {
  const std::pair<const char*, const char*> networks[] = {
      {"linear(3) | relu | linear", "linear(5) | leaky-relu(0.3) | linear"},
      {"linear", "linear(40) | relu | linear(1)"},
      {"linear(40) | leaky-relu | linear(33) | relu | linear",
       "linear(64) | leaky-relu(0.2) | linear(37) | leaky-relu(0.2) | linear"},
      {"linear(70) | relu | linear(60) | relu | linear(50) | relu | linear",
       "linear(70) | relu | linear(60) | linear(50) | relu | linear(40) | relu | linear"}};
  Stream chance(5, "settings");
  for (const auto& [generator, discriminator] : networks)
    for (const char* loss : {"minimax", "non-saturating", "least-squares", "wasserstein", "hinge"})
      for (const std::int64_t batch : {1, 5, 64, 300}) {
        const Settings settings = drawn(chance, generator, discriminator, loss, batch);
        SCOPED_TRACE(std::string(loss) + " " + settings.data + " " + discriminator + " batch " +
                     std::to_string(batch));
        expect_products_of_autograd(settings, make_data(settings.data), chance);
      }
}

TEST(Fused, ProductsOfConditionalGames) {
  Images images{.width = 3, .height = 2};
  for (int i = 0; i < 40; ++i) {
    images.labels.push_back(i % 4);
    for (int k = 0; k < 6; ++k)
      images.pixels.push_back(static_cast<std::uint8_t>(i * 6 + k * (i % 4)));
  }
  Settings settings;
  settings.conditional = true;
  settings.latent = 3;
  settings.generator = "linear(20) | relu | linear";
  settings.discriminator = "linear(33) | leaky-relu | linear(40) | relu | linear";
  settings.batch = 50;
  Stream chance(6, "settings");
  expect_products_of_autograd(settings, std::make_shared<ImageData>(images, -1.0f, 1.0f), chance);
}

TEST(Fused, OthersGoByAutograd) {
  for (const char* change : {"discriminator=outer | linear", "r1=0.5", "gp=1"}) {
    Settings settings;
    const std::string text = change;
    set(settings, text.substr(0, text.find('=')), text.substr(text.find('=') + 1));
    GanGame game(settings, make_data(settings.data), kFloats);
    std::vector<at::Tensor> slopes(2);
    std::vector<double> losses(2);
    EXPECT_FALSE(game.slopes(game.start(), kEverybody, slopes, losses)) << change;
    EXPECT_FALSE(game.multiplies()) << change;
  }
}

}  // namespace
}  // namespace gyre::gan
