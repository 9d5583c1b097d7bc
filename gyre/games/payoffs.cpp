#include "gyre/games/payoffs.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <vector>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/expr/parse.hpp"
#include "gyre/games/matrix.hpp"
#include "gyre/games/nfg.hpp"
#include "gyre/games/parse.hpp"

namespace gyre {

namespace {

std::string player(char name, std::size_t strategies) {
  return name + ("[" + std::to_string(strategies)) + "] in simplex";
}

/// A formula, and the definitions that it uses.
struct Formula {
  std::string text, definitions;
};

/// x'Ay, a row at a time, without the zeros. Rows that are too long together get names of their
/// own: `name` and their number.
Formula bilinear(const Matrix& a, const std::string& name) {
  std::vector<std::string> rows;
  std::size_t characters = 0;
  for (std::size_t i = 0; i < a.rows; ++i) {
    std::string row;
    for (std::size_t j = 0; j < a.columns; ++j) {
      const double value = a(i, j);
      if (value == 0.0) continue;
      row += value < 0.0 ? (row.empty() ? "-" : " - ") : (row.empty() ? "" : " + ");
      if (std::abs(value) != 1.0) row += number(std::abs(value)) + "*";
      row += "y[" + std::to_string(j + 1) + "]";
    }
    if (!row.empty()) rows.push_back("x[" + std::to_string(i + 1) + "]*(" + row + ")");
    characters += row.size() + 16;
  }
  Formula formula{rows.empty() ? "0" : "", ""};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string term = rows[i];
    if (characters > kLongestFormula) {
      term = name + std::to_string(i + 1);
      formula.definitions += "; " + term + " = " + rows[i];
    }
    formula.text += (i ? " + " : "") + term;
  }
  return formula;
}

void check(const Matrix& a, const std::string& source) {
  if (a.rows < 2 || a.columns < 2)
    throw Error(source + ": each player needs at least two strategies, and this table has " +
                std::to_string(a.rows) + " rows and " + std::to_string(a.columns) + " columns");
  if (a.rows + a.columns > kMostStrategies)
    throw Error(source + " has " + std::to_string(a.rows) + " rows and " +
                std::to_string(a.columns) + " columns; at most " + std::to_string(kMostStrategies) +
                " together are taken");
}

Game named(const std::string& text, const std::string& source, const std::string& title) {
  try {
    Game game = parse_game(text);
    game.title = title.empty() ? std::filesystem::path(source).filename().string() : title;
    for (const Region& r : game.regions)
      for (std::size_t i = 0; i < r.count; ++i)
        game.start.push_back(2.0 * static_cast<double>(r.count - i) /
                             static_cast<double>(r.count * (r.count + 1)));
    return game;
  } catch (const Error& error) {
    throw Error(source + ": " + error.what());
  }
}

}  // namespace

bool is_payoff_file(std::string_view path) {
  return path.ends_with(".csv") || path.ends_with(".npy") || path.ends_with(".nfg");
}

Game parse_payoffs(std::string_view bytes, const std::string& source) {
  if (source.ends_with(".nfg")) {
    const Bimatrix both = parse_nfg(bytes, source);
    const Matrix &a = both.payoffs[0], &b = both.payoffs[1];
    check(a, source);
    const Formula of_x = bilinear(a, "A"), of_y = bilinear(b, "B");
    return named(player('x', a.rows) + ": max " + of_x.text + "; " + player('y', a.columns) +
                     ": max " + of_y.text + of_x.definitions + of_y.definitions,
                 source, both.title);
  }
  const Matrix a =
      source.ends_with(".npy") ? parse_npy_matrix(bytes, source) : parse_csv_matrix(bytes, source);
  check(a, source);
  const Formula paid = bilinear(a, "A");
  return named("min " + player('x', a.rows) + " max " + player('y', a.columns) + ": " + paid.text +
                   paid.definitions,
               source, {});
}

Game read_payoffs(const std::string& path) {
  constexpr std::streamoff kLongestRead = 40'000'000;
  std::error_code problem;
  if (std::filesystem::is_directory(path, problem))
    throw Error(as_typed(path) + " is a folder, not a file of payoffs");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error("cannot read the file of payoffs " + as_typed(path));
  std::string bytes(static_cast<std::size_t>(kLongestRead), '\0');
  in.read(bytes.data(), kLongestRead);
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return parse_payoffs(bytes, path);
}

}  // namespace gyre
