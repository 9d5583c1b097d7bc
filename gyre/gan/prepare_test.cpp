#include "gyre/gan/prepare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>

#include "gyre/core/error.hpp"
#include "gyre/data/testing.hpp"
#include "gyre/gan/trainer.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/testing.hpp"

namespace gyre::gan {
namespace {

using ::testing::HasSubstr;

/// Twelve pictures of 8 by 8, black and white, in two classes.
std::string pictures_in(const TestFolder& folder, bool labels) {
  std::string pixels;
  for (int i = 0; i < 12 * 64; ++i) pixels += (i * 7 / 3) % 2 == 0 ? '\0' : '\xff';
  write_file(folder / "train-images-idx3-ubyte", idx_bytes({12, 8, 8}, pixels));
  if (labels) {
    std::string classes;
    for (int i = 0; i < 12; ++i) classes += static_cast<char>(i % 2);
    write_file(folder / "train-labels-idx1-ubyte", idx_bytes({12}, classes));
  }
  return (folder / "train-images-idx3-ubyte").string();
}

Settings tiny(const std::string& data) {
  Settings settings;
  settings.data = data;
  settings.generator = "dcgan(2)";
  settings.discriminator = "dcgan(2)";
  settings.latent = 3;
  settings.batch = 4;
  return settings;
}

TEST(Prepare, PicturesHaveTheRangeOfTheGeneratorsLastLayer) {
  const TestFolder folder;
  Settings settings = tiny(pictures_in(folder, false));
  for (const auto& [generator, low, high] : {std::tuple{"linear | sigmoid", 0.0f, 1.0f},
                                             {"linear | tanh", -1.0f, 1.0f},
                                             {"linear", -1.0f, 1.0f},
                                             {"dcgan(4)", -1.0f, 1.0f},
                                             {"linear(3)|sigmoid|linear", -1.0f, 1.0f}}) {
    SCOPED_TRACE(generator);
    settings.generator = generator;
    const auto data = data_of(settings);
    std::vector<float> x(64 * 10);
    Stream stream(1, "test");
    data->draw(stream, x);
    EXPECT_EQ(*std::ranges::min_element(x), low);
    EXPECT_EQ(*std::ranges::max_element(x), high);
  }
}

TEST(Prepare, PicturesHaveTheSizeThatIsWanted) {
  const TestFolder folder;
  Settings settings = tiny(pictures_in(folder, false));
  settings.size = "16x16x3";
  EXPECT_THAT(data_of(settings)->shape(), ::testing::ElementsAre(3, 16, 16));
  settings.data = "ring8";
  EXPECT_THAT(complaint_of([&] { data_of(settings); }), HasSubstr("size is for pictures"));
}

TEST(Prepare, NamesOfNetworksAreSpelledOutOnce) {
  const TestFolder folder;
  const Settings settings = tiny(pictures_in(folder, false));
  const auto data = data_of(settings);
  const Settings spelled = spelled_out(settings, *data);
  EXPECT_EQ(spelled.generator,
            "linear(32) | reshape(2, 4, 4) | batch-norm | relu | upsample | conv | tanh");
  EXPECT_EQ(spelled.discriminator, "conv(2, 4, 2) | leaky-relu | linear");
  EXPECT_EQ(listed(spelled_out(spelled, *data)), listed(spelled));
  Trainer named(settings, data), lines(spelled, data);
  named.step(), lines.step();
  EXPECT_EQ(named.checkpoint().bytes(), lines.checkpoint().bytes());
}

TEST(Prepare, ConditionalTrainingsNeedLabels) {
  const TestFolder with, without;
  Settings settings = tiny(pictures_in(with, true));
  settings.conditional = true;
  EXPECT_EQ(classes_of(settings, *data_of(settings)), 2);
  EXPECT_EQ(Trainer(settings, data_of(settings)).classes(), 2);
  settings.data = pictures_in(without, false);
  EXPECT_THAT(complaint_of([&] { Trainer(settings, data_of(settings)); }),
              HasSubstr("conditional training needs data with labels"));
  settings.data = "ring8";
  EXPECT_THAT(complaint_of([&] { classes_of(settings, *data_of(settings)); }),
              HasSubstr("'ring8' has none"));
}

TEST(Prepare, ConditionalConvolutionsGoOnBitForBit) {
  const TestFolder folder;
  Settings settings = tiny(pictures_in(folder, true));
  settings.conditional = true;
  settings.discriminator = "spectral conv(2, 4, 2) | leaky-relu | spectral linear";
  Trainer whole(settings, data_of(settings)), first(settings, data_of(settings)),
      second(settings, data_of(settings));
  while (whole.steps() < 6) whole.step();
  while (first.steps() < 2) first.step();
  second.restore(first.checkpoint(), "it");
  while (second.steps() < 6) second.step();
  EXPECT_EQ(second.checkpoint().bytes(), whole.checkpoint().bytes());
}

TEST(Prepare, NetworksOfAnotherSizeAreToldTheDatas) {
  const TestFolder folder;
  Settings settings = tiny(pictures_in(folder, false));
  settings.generator = "linear(784) | reshape(1, 28, 28) | tanh";
  const std::string problem = complaint_of([&] { Trainer(settings, data_of(settings)); });
  EXPECT_THAT(problem, HasSubstr("it gives 1x28x28, which is 784 numbers, and 64 are needed"));
  EXPECT_THAT(problem, HasSubstr("have the shape 1x8x8, and size=WIDTHxHEIGHT scales them"));
}

TEST(Prepare, BatchesThatDoNotFitIntoMemoryAreTold) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the address sanitizer itself needs the memory that is taken away here";
#endif
  const TestFolder folder;
  Settings settings = tiny(pictures_in(folder, false));
  settings.generator = "linear(100000) | relu | linear(100000) | relu | linear";  // 40 GB a player
  settings.discriminator =
      "linear(100000) | relu | linear(100000) | relu | linear(100000) | linear";
  settings.batch = 65536;
  // The limit is for machines that have so much, or promise it.
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_AS, &before), 0);
  rlimit less = before;
  less.rlim_cur = std::min<rlim_t>(before.rlim_max, rlim_t{20} << 30);
  ASSERT_EQ(setrlimit(RLIMIT_AS, &less), 0);
  const std::string problem = complaint_of([&] { Trainer(settings, data_of(settings)); });
  ASSERT_EQ(setrlimit(RLIMIT_AS, &before), 0);
  EXPECT_THAT(problem, HasSubstr("out of memory: batches of 65536"));
  EXPECT_THAT(problem, HasSubstr("generator 'linear(100000)"));
}

TEST(Prepare, HalvesApartNeedTwoLooksAStep) {
  Settings settings;
  settings.halves = "apart";
  for (const auto& [rule, fits] : {std::pair{"adam | alternating(order=d>g, d=2)", true},
                                   {"alternating(critic=4)", true},
                                   {"alternating", false},
                                   {"alternating(d=3)", false},
                                   {"alternating(g=2)", false},
                                   {"extragradient", false},
                                   {"simultaneous", false}}) {
    settings.rule = rule;
    const std::string problem = complaint_of([&] { Trainer(settings, data_of(settings)); });
    EXPECT_EQ(problem == "nothing", fits) << rule;
    if (!fits) {
      EXPECT_THAT(problem, HasSubstr("halves = apart needs a rule in which"));
    }
  }
}

}  // namespace
}  // namespace gyre::gan
