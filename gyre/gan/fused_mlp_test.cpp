// What is done without autograd is what autograd does.
#include "gyre/gan/fused_mlp.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gyre/core/random.hpp"
#include "gyre/gan/gan_game.hpp"
#include "gyre/gan/tensor_field.hpp"

namespace gyre::gan {
namespace {

const BlockKind kFloats{0, at::kFloat, at::kCPU};

double length(const TensorPoint& a) { return std::sqrt(dot(a, a)); }

/// Networks that between them have every layer, small enough for loops and too large for them.
const std::pair<const char*, const char*> kNetworks[] = {
    {"linear(3) | sigmoid | linear | sigmoid", "linear(3) | sigmoid | linear | sigmoid"},
    {"linear(9) | layer-norm | relu | linear", "linear(7) | leaky-relu(0.3) | layer-norm | linear"},
    {"linear(40) | tanh | linear(50) | relu | linear",
     "linear(64) | leaky-relu | linear(33) | tanh | linear"},
    {"linear(300) | relu | linear(200) | leaky-relu | linear",
     "linear(300) | relu | linear(200) | relu | linear"}};

TEST(Fused, SlopesAreThoseOfAutograd) {
  Stream chance(4, "settings");
  int compared = 0;
  for (const auto& [generator, discriminator] : kNetworks)
    for (const char* loss :
         {"minimax", "non-saturating", "least-squares", "wasserstein", "hinge", "relativistic"})
      for (const std::int64_t batch : {1, 5, 64}) {
        Settings settings;
        settings.data = chance.uniform() < 0.5 ? "gauss75" : "ring8";
        settings.latent = chance.uniform() < 0.5 ? 2 : 21;
        settings.generator = generator;
        settings.discriminator = discriminator;
        settings.loss = loss;
        settings.batch = batch;
        if (chance.uniform() < 0.3) settings.instance_noise = 0.2;
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

TEST(Fused, OthersGoByAutograd) {
  for (const char* change : {"discriminator=outer | linear", "r1=0.5", "gp=1"}) {
    Settings settings;
    const std::string text = change;
    set(settings, text.substr(0, text.find('=')), text.substr(text.find('=') + 1));
    GanGame game(settings, make_data(settings.data), kFloats);
    std::vector<at::Tensor> slopes(2);
    std::vector<double> losses(2);
    EXPECT_FALSE(game.slopes(game.start(), kEverybody, slopes, losses)) << change;
  }
}

}  // namespace
}  // namespace gyre::gan
