#include "gyre/games/payoffs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/expr/expr.hpp"
#include "gyre/games/catalogue.hpp"

namespace gyre {
namespace {

/// What player `p` loses when both play pure strategies, counted from zero.
double loss(const Game& game, std::size_t p, std::size_t row, std::size_t column) {
  std::vector<std::pair<Expr, double>> values;
  for (std::size_t i = 0; i < game.dim(); ++i)
    values.emplace_back(game.coordinates[i].symbol,
                        i == row || i == game.regions[0].count + column ? 1.0 : 0.0);
  return evaluate<double>(game.players[p].loss, values);
}

std::string npy(const std::string& header, const std::string& data) {
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(header.size());
  bytes += '\0';
  return bytes + header + data;
}

template <class T>
std::string raw(std::initializer_list<T> values) {
  std::string bytes(values.size() * sizeof(T), '\0');
  std::memcpy(bytes.data(), values.begin(), bytes.size());
  return bytes;
}

TEST(Payoffs, OfACsvArePaidByTheRowPlayer) {
  for (const char* text : {"1,-2.5,0\n0,3,-1\n", "# prices\n1; -2.5; 0\r\n\n0; 3; -1",
                           "1 -2.5\t0 # a\n  0 3 -1  \n"}) {
    const Game game = parse_payoffs(text, "a.csv");
    EXPECT_EQ(
        game.text,
        "min x[2] in simplex max y[3] in simplex: x[1]*(y[1] - 2.5*y[2]) + x[2]*(3*y[2] - y[3])");
    EXPECT_EQ(loss(game, 0, 0, 1), -2.5);
    EXPECT_EQ(loss(game, 1, 1, 2), 1.0);
  }
}

TEST(Payoffs, AreReadFromNpyInEitherOrderAndAnyType) {
  const std::string c = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }\n";
  const std::string f = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }\n";
  const std::string i = "{'descr': '<i8', 'fortran_order': False, 'shape': (2, 3), }\n";
  const std::string j = "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }\n";
  for (const std::string& bytes :
       {npy(c, raw<double>({1, 2, 3, 4, 5, 6})), npy(f, raw<float>({1, 4, 2, 5, 3, 6})),
        npy(i, raw<std::int64_t>({1, 2, 3, 4, 5, 6})),
        npy(j, raw<std::int32_t>({1, 2, 3, 4, 5, 6}))}) {
    const Game game = parse_payoffs(bytes, "a.npy");
    for (std::size_t row = 0; row < 2; ++row)
      for (std::size_t column = 0; column < 3; ++column)
        EXPECT_EQ(loss(game, 0, row, column),
                  3.0 * static_cast<double>(row) + static_cast<double>(column) + 1.0);
  }
}

TEST(Payoffs, OfGambitFilesAreWon) {
  const std::string payoff_form =
      "NFG 1 R \"Dilemma\" { \"Alice\" \"Bob\" }\n{ 2 2 }\n\n3 3 5 0 0 5 1 1\n";
  const std::string outcome_form =
      "NFG 1 R \"Dilemma\" { \"Alice\" \"Bob\" }\n{ { \"C\" \"D\" } { \"C\" \"D\" } }\n\"about\"\n"
      "{ { \"both\" 3, 3 } { \"\" 5, 0 } { \"\" 0 5 } { \"\" 2/2, 1e0 } }\n1 2 3 4\n";
  for (const std::string& text : {payoff_form, outcome_form}) {
    const Game game = parse_payoffs(text, "d.nfg");
    EXPECT_EQ(game.title, "Dilemma");
    EXPECT_FALSE(game.zero_sum);
    EXPECT_EQ(loss(game, 0, 1, 0), -5.0);  // Alice defects alone
    EXPECT_EQ(loss(game, 1, 1, 0), 0.0);
    EXPECT_EQ(loss(game, 0, 0, 1), 0.0);
    EXPECT_EQ(loss(game, 1, 0, 1), -5.0);
    EXPECT_EQ(loss(game, 0, 1, 1), -1.0);
    EXPECT_EQ(loss(game, 1, 0, 0), -3.0);
  }
}

TEST(Payoffs, MayBeTooManyForOneFormula) {
  constexpr std::size_t kSize = 70;
  const auto of_x = [](std::size_t i, std::size_t j) {
    return static_cast<double>(1001 * i + j + 1001) / 1001.0;
  };
  std::string nfg = "NFG 1 R \"\" { \"\" \"\" } { 70 70 }\n", csv;
  for (std::size_t j = 0; j < kSize; ++j)
    for (std::size_t i = 0; i < kSize; ++i)
      nfg += number(of_x(i, j)) + " " + number(std::sqrt(of_x(i, j))) + "\n";
  for (std::size_t i = 0; i < kSize; ++i)
    for (std::size_t j = 0; j < kSize; ++j)
      csv += number(of_x(i, j)) + (j + 1 == kSize ? "\n" : ",");
  const Game both = parse_payoffs(nfg, "large.nfg"), one = parse_payoffs(csv, "large.csv");
  for (const auto& [i, j] : {std::pair{0u, 0u}, {69u, 0u}, {3u, 41u}, {69u, 69u}}) {
    EXPECT_DOUBLE_EQ(loss(both, 0, i, j), -of_x(i, j));
    EXPECT_DOUBLE_EQ(loss(both, 1, i, j), -std::sqrt(of_x(i, j)));
    EXPECT_DOUBLE_EQ(loss(one, 0, i, j), of_x(i, j));
  }
}

TEST(Payoffs, AreLoadedByTheEndingOfThePath) {
  const auto folder = std::filesystem::temp_directory_path() / "gyre-payoffs-test";
  std::filesystem::create_directories(folder);
  const std::string path = folder / "coins.csv";
  std::ofstream(path) << "1,-1\n-1,1\n";
  const Game game = load_game(path);
  EXPECT_EQ(game.title, "coins.csv");
  EXPECT_EQ(game.regions.size(), 2u);
  std::filesystem::remove_all(folder);
}

TEST(Payoffs, SayWhereTheyAreWrong) {
  const std::string head = "NFG 1 R \"t\" { \"A\" \"B\" } { 2 2 }\n";
  const std::string f8 = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }\n";
  const std::tuple<std::string, std::string, std::string> cases[] = {
      {"a.csv", "", "a.csv holds no numbers"},
      {"a.csv", "1,2\n3,x", "a.csv:2:3: 'x' is not a finite number"},
      {"a.csv", "1,2\n3,nan", "a.csv:2:3: 'nan' is not a finite number"},
      {"a.csv", "1,2\n3,,4", "a.csv:2:3: a number is missing"},
      {"a.csv", "1,2\n3,", "a.csv:2:2: a number is missing behind the last comma"},
      {"a.csv", "1,2\n3", "a.csv:2:1: this row has 1 numbers, but the first has 2"},
      {"a.csv", "1,2",
       "a.csv: each player needs at least two strategies, and this table has 1 rows and 2 columns"},
      {"a.csv", "0,0\n0,0",
       "a.csv: no player can move: no loss depends on a variable of the player who pays it"},
      {"a.npy", "hello", "a.npy: at byte 0: this is not an NPY file"},
      {"a.npy", npy(f8, raw<double>({1, 2, 3})),
       "a.npy: at byte 70: the header promises 32 bytes of numbers, and 24 follow"},
      {"a.npy", npy("{'descr': '<c8', 'fortran_order': False, 'shape': (2, 2), }", ""),
       "a.npy: at byte 10: numbers of type '<c8' are not read; known are <f8, <f4, <i8, <i4"},
      {"a.npy", npy("{'descr': '<f8', 'shape': (2, 2, 2), }", ""),
       "a.npy: at byte 10: a table of payoffs has one axis or two, not 3"},
      {"a.npy", npy("{'descr': '<f8', 'shape': (2, -2), }", ""),
       "a.npy: at byte 10: the shape '(2, -2)' is not that of a table"},
      {"a.nfg", "NFG 2", "a.nfg:1:5: version 1 of the format is read, not '2'"},
      {"a.nfg", "EFG", "a.nfg:1:1: a Gambit game begins with NFG, not 'EFG'"},
      {"a.nfg", "NFG 1 R \"t\" { \"A\" \"B\" \"C\" } { 2 2 2 }",
       "a.nfg:1:23: only games of two players are read, and this is a third"},
      {"a.nfg", head + "1 2 3 4 5 6 7", "a.nfg:2:14: the table ends early: it has 2 times 2 cells"},
      {"a.nfg", head + "1 2 3 4 5 6 7 eight",
       "a.nfg:2:15: a payoff must be a finite number, not 'eight'"},
      {"a.nfg", head + "1 2 3 4 5 6 7 8 9", "a.nfg:2:17: the table is full, but '9' follows"},
      {"a.nfg", head + "{ { \"a\" 1, 1 } }\n1 1 1 2",
       "a.nfg:3:7: there is no outcome 2; there are 1"},
      {"a.nfg", "NFG 1 R \"t", "a.nfg:1:9: this text has no closing quote"},
  };
  for (const auto& [source, bytes, message] : cases) {
    try {
      parse_payoffs(bytes, source);
      ADD_FAILURE() << "taken: " << bytes;
    } catch (const Error& error) {
      EXPECT_EQ(error.what(), message);
    }
  }
}

}  // namespace
}  // namespace gyre
