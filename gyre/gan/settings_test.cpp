#include "gyre/gan/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gyre/core/error.hpp"
#include "gyre/data/catalogue.hpp"
#include "gyre/data/data.hpp"
#include "gyre/gan/network.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre::gan {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string problem_of(auto&& action) {
  try {
    action();
    return {};
  } catch (const Error& problem) {
    return problem.what();
  }
}

TEST(Settings, EachSaysWhatItMeansAndTakes) {
  Settings settings;
  settings.batch = 7;
  const auto facts = setting_facts(settings);
  const auto values = listed(settings);
  ASSERT_EQ(facts.size(), values.size());
  for (std::size_t i = 0; i < facts.size(); ++i) {
    SCOPED_TRACE(facts[i].name);
    EXPECT_EQ(std::pair(facts[i].name, facts[i].value), values[i]);
    EXPECT_FALSE(facts[i].about.empty());
    if (facts[i].name == "batch") {
      EXPECT_EQ(facts[i].takes, "1 to 65536");
    }
    if (facts[i].name == "sampling") {
      EXPECT_EQ(facts[i].takes, "fresh, same");
    }
  }
}

TEST(Settings, EveryPresetCanBeReadAndStatesOnlyWhatDiffers) {
  const auto defaults = listed(Settings{});
  int seen = 0;
  for (const Preset& preset : presets()) {
    SCOPED_TRACE(preset.name);
    const Settings settings = load_settings(preset.name);
    EXPECT_EQ(settings.name, preset.name);
    EXPECT_FALSE(settings.title.empty());
    EXPECT_FALSE(settings.about.empty());
    const DataFacts& data = data_facts(settings.data);
    const std::vector<std::int64_t> shape =
        data.width > 0 ? std::vector<std::int64_t>{static_cast<std::int64_t>(data.channels),
                                                   static_cast<std::int64_t>(data.height),
                                                   static_cast<std::int64_t>(data.width)}
                       : make_data(settings.data)->shape();
    std::int64_t numbers = 1;
    for (const std::int64_t n : shape) numbers *= n;
    const std::int64_t classes = settings.conditional ? static_cast<std::int64_t>(data.classes) : 0;
    EXPECT_TRUE(classes > 0 || !settings.conditional);
    EXPECT_NO_THROW(Network(spelled_out(settings.generator, true, shape, "generator"),
                            {settings.latent + classes}, numbers, "generator"));
    if (classes == 0) {
      EXPECT_NO_THROW(Network(spelled_out(settings.discriminator, false, shape, "discriminator"),
                              shape, 1, "discriminator"));
    }
    EXPECT_NO_THROW(parse_pipe(settings.rule));
    const auto all = listed(settings);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool stated = preset.toml.find("\n" + all[i].first + " = ") != std::string::npos;
      if (all[i].first != "data") {
        EXPECT_EQ(stated, all[i] != defaults[i]) << all[i].first;
      }
    }
    ++seen;
  }
  EXPECT_GE(seen, 10);
}

TEST(Settings, ReadBackAsTheyWereWritten) {
  for (const Preset& preset : presets()) {
    Settings settings = load_settings(preset.name);
    set(settings, "seed", "77");
    set(settings, "ema", "0.999");
    EXPECT_EQ(listed(read_settings(to_toml(settings), "x.toml")), listed(settings));
  }
}

TEST(Settings, MistakesAreToldWithTheirPlace) {
  auto read = [](const char* toml) {
    return problem_of([&] { read_settings(toml, "mine.toml"); });
  };
  EXPECT_THAT(read("data = \"ring8\"\nlos = \"hinge\"\n"),
              ::testing::AllOf(StartsWith("mine.toml:2:1: unknown key 'los' in a training"),
                               HasSubstr("did you mean 'loss'?")));
  EXPECT_THAT(read("loss = \"hing\"\n"), HasSubstr("did you mean 'hinge'?"));
  EXPECT_THAT(read("batch = 0\n"), HasSubstr("batch takes whole numbers from 1 to 65536, not 0"));
  EXPECT_THAT(read("batch = 2.5\n"), HasSubstr("not 2.5"));
  EXPECT_THAT(read("batch = \"many\"\n"), HasSubstr("a number is needed"));
  EXPECT_THAT(read("steps = 0\n"), HasSubstr("steps takes whole numbers from 1"));
  EXPECT_THAT(read("conditional = 1\n"), HasSubstr("true or false is needed"));
  EXPECT_THAT(read("conditional = \"yes\"\n"), HasSubstr("true or false is needed"));
  EXPECT_THAT(read("device = \"gpu\"\n"), HasSubstr("device is one of cpu, cuda, not 'gpu'"));
  EXPECT_THAT(read("loss = = 3"), StartsWith("mine.toml:1:8: this is not TOML"));
}

TEST(Settings, SetByNameAsOnTheCommandLine) {
  Settings settings;
  set(settings, "r1", " 0.5 ");
  set(settings, "loss", "relativistic");
  set(settings, "steps", "5e3");
  EXPECT_EQ(settings.r1, 0.5);
  EXPECT_EQ(settings.loss, "relativistic");
  EXPECT_EQ(settings.steps, 5000u);
  set(settings, "conditional", "true");
  EXPECT_TRUE(settings.conditional);
  EXPECT_TRUE(read_settings(to_toml(settings), "x.toml").conditional);
  set(settings, "conditional", "false");
  EXPECT_FALSE(settings.conditional);
  EXPECT_THAT(problem_of([&] { set(settings, "conditional", "maybe"); }),
              HasSubstr("conditional is one of false, true, not 'maybe'"));
  EXPECT_THAT(problem_of([&] { set(settings, "stepps", "1"); }),
              HasSubstr("did you mean 'steps'?"));
  EXPECT_THAT(problem_of([&] { set(settings, "r1", "much"); }), HasSubstr("takes a number"));
}

TEST(Settings, UnknownPresetsAreRefusedWithTheNearest) {
  EXPECT_THAT(problem_of([] { load_settings("ring"); }), HasSubstr("did you mean 'ring8'?"));
  EXPECT_THAT(problem_of([] { load_settings("none/such.toml"); }), HasSubstr("none/such.toml"));
}

}  // namespace
}  // namespace gyre::gan
