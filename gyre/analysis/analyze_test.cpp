#include "gyre/analysis/analyze.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "gyre/analysis/analyze_json.hpp"
#include "gyre/analysis/rule_sets.hpp"
#include "gyre/games/catalogue.hpp"

namespace gyre {
namespace {

AnalysisWords words(const char* game, std::vector<const char*> rules) {
  AnalysisWords words;
  words.game = load_game(game);
  for (const char* rule : rules) words.rules.push_back(parse_pipe(rule));
  words.cycles = false;
  return words;
}

TEST(Analyze, SeesItsPredictionsMeasured) {
  const char* games[] = {"xy", "forsaken", "adolphs", "weak-attractor", "betty-sue", "rps"};
  for (const char* name : games) {
    AnalysisWords w = words(name, {});
    w.rules = usual_rules(w.game);
    const Analysis a = analyze(w);
    ASSERT_FALSE(a.points.empty()) << name;
    int compared = 0;
    for (const PointAnalysis& p : a.points)
      for (const RuleAtPoint& r : p.rules) {
        if (!r.sizes || std::isnan(r.measured.rate)) continue;
        ++compared;
        EXPECT_NEAR(r.measured.rate, r.sizes->radius, 0.01 * std::max(1.0, r.sizes->radius))
            << name << ' ' << w.rules[r.rule].text() << ' ' << testing::PrintToString(p.found.at);
      }
    EXPECT_GE(compared, 5) << name;
  }
}

TEST(Analyze, MeasuresWithinTheFourthDigitWhereSpiralsAreRound) {
  const AnalysisWords w =
      words("xy", {"gda", "alt-gda", "eg", "ogda", "conopt", "hgd", "proximal"});
  const Analysis a = analyze(w);
  for (const RuleAtPoint& r : a.points.at(0).rules)
    EXPECT_NEAR(r.measured.rate, r.sizes->radius, 1e-4) << w.rules[r.rule].text();
}

TEST(Analyze, NamesClasses) {
  const Analysis a = analyze(words("adolphs", {}));
  ASSERT_EQ(a.points.size(), 3u);
  EXPECT_EQ(class_name(a.points[0].report), "nash");
  EXPECT_EQ(class_name(a.points[2].report), "non-nash-attractor");
  EXPECT_EQ(class_name(analyze(words("neg-curv-quad", {})).points[0].report), "minimax");
  EXPECT_TRUE(std::isinf(analyze(words("xy", {})).points[0].rotation));
  EXPECT_NEAR(analyze(words("weak-attractor", {})).points[0].rotation, 10.0, 1e-9);
}

TEST(Analyze, ListsRulesThatAGameRefusesWithTheReason) {
  const AnalysisWords w = words("xy", {"eg", "mwu", "adam"});
  const Analysis a = analyze(w);
  EXPECT_TRUE(a.refused[0].empty());
  EXPECT_NE(a.refused[1].find("mixed strategies"), std::string::npos);
  EXPECT_EQ(a.points[0].rules.size(), 2u);
  const auto json = analysis_json(w, a);
  ASSERT_EQ(json["points"][0]["rules"].size(), 3u);
  EXPECT_TRUE(json["points"][0]["rules"][1]["radius"].is_null());
  EXPECT_TRUE(json["points"][0]["rules"][2]["eta_limit"].is_null());
  EXPECT_FALSE(json["points"][0]["rules"][2]["reason"].is_null());
  EXPECT_EQ(json.dump().find("nan"), std::string::npos);
}

TEST(Analyze, SaysWhatAPointLacksToBeGlobal) {
  const Analysis xy = analyze(words("xy", {}));
  EXPECT_EQ(xy.points.at(0).gap.value().value, 0.0);
  EXPECT_TRUE(xy.points[0].gap->exact);
  EXPECT_NEAR(xy.field.value().lipschitz.value, 1.0, 1e-12);
  EXPECT_TRUE(is_enough(xy.points[0].weak_minty.value(), *xy.field));
  // Nash to second order, and yet the maximiser has a far better reply.
  const Analysis adolphs = analyze(words("adolphs", {}));
  EXPECT_EQ(adolphs.points.at(0).report.kind, PointClass::kNash);
  EXPECT_GT(adolphs.points[0].gap.value().value, 33.0);
  // rho = -1/4 where L = 1, of which more than -1/2 is asked; and -0.6, which is less.
  AnalysisWords w = words("weakmvi-quad", {});
  set_parameter(w.game, "rho", -0.25);
  set_parameter(w.game, "L", 1.0);
  const Analysis enough = analyze(w);
  EXPECT_TRUE(is_enough(enough.points.at(0).weak_minty.value(), enough.field.value()));
  set_parameter(w.game, "rho", -0.6);
  const Analysis little = analyze(w);
  EXPECT_FALSE(is_enough(little.points.at(0).weak_minty.value(), little.field.value()));
}

TEST(Analyze, LooksForNoConstantsWhereNoneAreWanted) {
  AnalysisWords w = words("xy", {});
  w.constants = false;
  const Analysis without = analyze(w);
  EXPECT_FALSE(without.field || without.points.at(0).gap || without.points[0].weak_minty);
  const Analysis many = analyze(words("ipd", {}));
  EXPECT_FALSE(many.field);
  EXPECT_NE(many.field_why.find("8 variables"), std::string::npos);
}

TEST(Analyze, LooksAcrossALineOfPoints) {
  for (const char* game : {"betty-sue", "tandem"}) {
    const Analysis a = analyze(words(game, {}));
    ASSERT_EQ(a.points.at(0).found.dimension, 1u) << game;
    EXPECT_EQ(a.points[0].report.flow, Flow::kMarginal) << game;
    EXPECT_EQ(a.points[0].across, Flow::kAttracting) << game;
    EXPECT_FALSE(a.points[0].weak_minty) << game;  // rounding decides along the line
  }
}

TEST(Analyze, StopsWithWhatThereIs) {
  AnalysisWords w = words("xy", {"eg"});
  const std::atomic<bool> cancel{true};
  w.cancel = &cancel;
  EXPECT_TRUE(analyze(w).cancelled);
}

TEST(AllRules, AreManyAndEachIsThereOnce) {
  const std::vector<Pipe> rules = all_rules();
  EXPECT_GE(rules.size(), rule_catalogue().size());
  std::set<std::string> texts;
  for (const Pipe& p : rules) EXPECT_TRUE(texts.insert(p.text()).second) << p.text();
}

}  // namespace
}  // namespace gyre
