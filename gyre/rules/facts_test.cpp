// What rules state about themselves is complete, in order, and within its own bounds.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "gyre/core/text.hpp"
#include "gyre/rules/plain_test.hpp"

namespace gyre {
namespace {

using namespace testing;

TEST(RuleList, HoldsEveryRuleOfTheFolder) {
  std::set<std::string> on_disk, on_list;
  for (const auto& entry : std::filesystem::directory_iterator(GYRE_RULES_FOLDER)) {
    if (entry.path().extension() != ".hpp") continue;
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (text.find("static RuleFacts facts()") != std::string::npos)
      on_disk.insert(entry.path().stem().string());
  }
  for (const StageFacts& s : rule_catalogue()) on_list.insert(s.facts.id);
  EXPECT_FALSE(on_disk.empty());
  EXPECT_EQ(on_disk, on_list) << "a rule's id is the name of its file";
  EXPECT_EQ(on_list.size(), rule_catalogue().size()) << "ids are unique";
  EXPECT_EQ(Rules::size, rule_catalogue().size());
}

TEST(RuleList, StandsInTheOrderOfTheAlphabet) {
  EXPECT_TRUE(std::is_sorted(
      rule_catalogue().begin(), rule_catalogue().end(),
      [](const StageFacts& a, const StageFacts& b) { return a.facts.id < b.facts.id; }));
}

bool assigns(const RuleFacts& f, const std::string& name) {
  return std::any_of(f.equations.begin(), f.equations.end(), [&](const std::string& e) {
    return std::regex_search(e, std::regex("(^|: |; )" + name + " = "));
  });
}

TEST(EveryRule, StatesEverything) {
  for (const StageFacts& s : rule_catalogue()) {
    const RuleFacts& f = s.facts;
    SCOPED_TRACE(f.id);
    EXPECT_TRUE(std::regex_match(f.id, std::regex("[a-z][a-z0-9-]*")));
    EXPECT_FALSE(f.name.empty());
    EXPECT_TRUE(f.does.ends_with('.')) << f.does;
    EXPECT_TRUE(f.fails.ends_with('.')) << f.fails;
    EXPECT_FALSE(f.paper.authors.empty());
    EXPECT_FALSE(f.paper.title.empty());
    EXPECT_GT(f.paper.year, 1800);
    EXPECT_TRUE(std::regex_match(f.paper.link, std::regex("|arXiv:[0-9]{4}\\.[0-9]{4,5}|10\\..+")));
    EXPECT_TRUE(assigns(f, s.kind == StageKind::kField ? "d" : "w"));
    EXPECT_NE(f.bilinear.empty(), f.no_bilinear.empty()) << "one of the two";
    EXPECT_GT(f.calls, 0.0);
    EXPECT_EQ(s.needs_products, f.products > 0.0 || f.solves > 0.0);
    std::set<std::string> names;
    for (const Slot& slot : f.memory) {
      EXPECT_TRUE(assigns(f, slot.name)) << slot.name;
      EXPECT_FALSE(slot.start.empty()) << slot.name;
      EXPECT_TRUE(names.insert(slot.name).second) << slot.name;
    }
    for (const ParamFacts& p : s.params) {
      EXPECT_TRUE(names.insert(p.name).second) << p.name;
      EXPECT_FALSE(p.about.empty()) << p.name;
      if (p.kind == ParamKind::kOrder) continue;
      EXPECT_LT(p.range.low, p.range.high) << p.name;
      EXPECT_TRUE(p.range.holds(p.initial)) << p.name;
    }
  }
}

TEST(EveryRule, EveryParameterIsNamedInItsEquations) {
  int checked = 0;
  for (const StageFacts& s : rule_catalogue())
    for (const ParamFacts& p : s.params) {
      std::string word = "\\b" + p.name + "\\b";
      if (p.name == "PLAYER") word = "\\[p\\]";
      if (p.kind == ParamKind::kOrder) word = "\\b(in order|first|second)\\b";
      std::vector<std::string> all = s.facts.equations;
      for (const Slot& slot : s.facts.memory) all.push_back(slot.start);
      const bool named = std::any_of(all.begin(), all.end(), [&](const std::string& e) {
        return std::regex_search(e, std::regex(word));
      });
      EXPECT_TRUE(named) << s.facts.id << " " << p.name;
      ++checked;
    }
  EXPECT_GT(checked, 0);
}

TEST(EveryRule, TakesFiniteFirstStepsAtTheEndsOfItsRanges) {
  int tried = 0;
  for (const StageFacts& s : rule_catalogue())
    for (const ParamFacts& p : s.params) {
      if (p.kind == ParamKind::kOrder) continue;
      for (const double end : {p.range.low, p.range.high}) {
        const std::string name = p.name == "PLAYER" ? "x" : p.name;
        for (const std::string& pipe :
             pipes_with(s, s.facts.id + "(" + name + "=" + number(end) + ")")) {
          // Undamped solves are for games where there is something to solve for.
          const bool curved = s.facts.solves > 0.0 && fits(parse_pipe(pipe), ridge());
          PlainRun run(parse_pipe(pipe), curved ? ridge() : a_game_for(parse_pipe(pipe)));
          run.step(3);
          EXPECT_TRUE(std::isfinite(length(run.at()))) << pipe;
          EXPECT_TRUE(std::isfinite(length(run.output()))) << pipe;
          ++tried;
        }
      }
    }
  EXPECT_GT(tried, 0);
}

TEST(EveryRule, WithSlotsNamesThemAfterItself) {
  for (const StageFacts& s : rule_catalogue())
    for (const std::string& pipe : pipes_with(s, s.facts.id)) {
      const PlainRun run(parse_pipe(pipe), a_game_for(parse_pipe(pipe)));
      const std::vector<std::string> names = run.rule->slot_names();
      EXPECT_EQ(names.size(), run.rule->slots());
      for (const Slot& slot : s.facts.memory)
        EXPECT_EQ(std::count(names.begin(), names.end(), s.facts.id + "." + slot.name), 1) << pipe;
    }
}

}  // namespace
}  // namespace gyre
