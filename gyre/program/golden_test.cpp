// Up to ten points of every rule on two games, kept in golden/rules.txt. A change of the code must
// leave them alone. To write the file anew after a wanted change:
//
//     GYRE_REGENERATE=1 build/ci/gyre/program/gyre_program_test --gtest_filter='Golden*'
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "gyre/core/text.hpp"
#include "gyre/program/traced_run_test.hpp"
#include "gyre/rules/plain_test.hpp"

namespace gyre {
namespace {

using namespace testing;

constexpr int kPoints = 10, kEvery = 3;

/// The points of one rule on one game, a line each: step, reported point.
std::string path_of(const std::string& pipe, const HandGame& game) {
  TracedRun run(parse_game(game.text), pipe, game.start);
  std::string lines;
  for (int i = 0; i < kPoints && length(run.at()) < 1e6; ++i) {
    std::vector<std::string> words{std::to_string(i * kEvery)};
    for (const double x : run.output()) words.push_back(number(x));
    lines += join(words, " ") + "\n";
    run.step(kEvery);
  }
  return lines;
}

/// By rule and game.
using Paths = std::map<std::pair<std::string, std::string>, std::string>;

Paths computed() {
  Paths paths;
  for (const StageFacts& s : rule_catalogue()) {
    const Pipe pipe = parse_pipe(s.facts.id);
    int games = 0;
    for (const HandGame& game : {rotation(), bent(), ridge(), pennies(), pair_of_games()})
      if (fits(pipe, game) && games++ < 2)
        paths[{pipe.text(), game.text}] = path_of(pipe.text(), game);
    EXPECT_GT(games, 0) << pipe.text();
  }
  return paths;
}

Paths kept() {
  Paths paths;
  std::ifstream file(GYRE_GOLDEN_PATHS);
  std::string line, rule, game;
  while (std::getline(file, line)) {
    if (line.starts_with("rule "))
      rule = line.substr(5);
    else if (line.starts_with("game "))
      game = line.substr(5);
    else if (!line.empty())
      paths[{rule, game}] += line + "\n";
  }
  return paths;
}

void expect_near(const std::string& now, const std::string& then, const std::string& what) {
  std::istringstream a(now), b(then);
  std::string x, y;
  while (a >> x && b >> y) {
    const double p = to_number(x).value_or(NAN), q = to_number(y).value_or(NAN);
    // Thirty steps, and libraries whose sin and exp differ in the last place.
    EXPECT_NEAR(p, q, 1e-11 * (1.0 + std::abs(q))) << what;
  }
  EXPECT_EQ(std::count(now.begin(), now.end(), '\n'), std::count(then.begin(), then.end(), '\n'))
      << what;
}

TEST(Golden, PathsAreWhatTheyWere) {
  const Paths now = computed();
  if (std::getenv("GYRE_REGENERATE")) {
    std::ofstream file(GYRE_GOLDEN_PATHS);
    for (const auto& [key, lines] : now)
      file << "rule " << key.first << "\ngame " << key.second << "\n" << lines;
  }
  const Paths then = kept();
  ASSERT_FALSE(then.empty());
  for (const auto& [key, lines] : now) {
    const auto found = then.find(key);
    if (found == then.end())
      ADD_FAILURE() << key.first << " on " << key.second << " has no golden path";
    else
      expect_near(lines, found->second, key.first + " on " + key.second);
  }
  EXPECT_EQ(then.size(), now.size()) << "a golden path belongs to no rule any more";
}

}  // namespace
}  // namespace gyre
