#include "gyre/games/toml.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/domain.hpp"
#include "gyre/games/items.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/games/toml_reader.hpp"

namespace gyre {

namespace {

class GameFile {
 public:
  GameFile(std::string_view toml, std::string name, std::string source)
      : in_(toml, std::move(source)), root_(in_.root()) {
    in_.allow(root_, "a game file",
              {"title", "formula", "shows", "shows_zh", "start", "paper", "parameters", "domain",
               "view", "points"});
    read_formula();
    game_.name = std::move(name);
    game_.title = in_.text(root_, "title");
    game_.shows = in_.text(root_, "shows");
    game_.shows_zh = in_.text(root_, "shows_zh");
    if (game_.title.empty()) game_.title = game_.name;
    read_parameters();
    read_paper();
    read_domain();
    read_view();
    read_start();
    read_points();
  }

  Game take() { return std::move(game_); }

 private:
  const toml::table* child(const std::string& key) const {
    const toml::node* node = root_.get(key);
    return node ? &in_.table(*node, "[" + key + "]") : nullptr;
  }

  void read_formula() {
    std::vector<std::string> names;
    if (const toml::table* table = child("parameters"))
      for (const auto& [key, value] : *table) {
        const std::string name(key.str());
        if (!is_identifier(name) || is_reserved(name))
          in_.fail(key.source().begin, as_typed(name) + " cannot name a parameter");
        names.push_back(name);
      }
    const toml::node& node = in_.need(root_, "formula");
    const std::string text = in_.text(root_, "formula");
    game_ = in_.placed(node, "'formula'", [&] { return parse_game(text, names); });
  }

  void read_parameters() {
    const toml::table* table = child("parameters");
    if (!table) return;
    for (Parameter& p : game_.parameters) {
      const toml::node* node = table->get(p.name);
      if (!node) continue;  // the formula's text gives it
      const std::string where = "[parameters." + p.name + "]";
      const toml::table& facts = in_.table(*node, where);
      in_.allow(facts, where, {"default", "range", "log", "about"});
      const toml::node& initial = in_.need(facts, "default");
      p.value = p.initial = in_.constant(initial, "'default'");
      if (!std::isfinite(p.value)) in_.fail(initial, "'default' must be a finite number");
      p.about = in_.text(facts, "about");
      if (const toml::node* range = facts.get("range")) {
        const auto [low, high] = in_.interval(*range, "'range'");
        p.range = Range{low, high, false};
        if (!p.range->holds(p.value))
          in_.fail(initial, "the default " + number(p.value) + " is outside the range, " +
                                number(low) + " to " + number(high));
      }
      if (const toml::node* log = facts.get("log")) {
        if (!log->is_boolean()) in_.fail(*log, "'log' must be true or false");
        if (*log->value<bool>() && !(p.range && p.range->low > 0.0))
          in_.fail(*log, "a logarithmic range must begin above zero");
        if (p.range) p.range->logarithmic = *log->value<bool>();
      }
    }
    for (const Parameter& p : game_.parameters) {
      scope_.scalars[p.name] = p.symbol;
      values_.emplace_back(p.symbol, p.value);
    }
  }

  void read_paper() {
    const toml::table* table = child("paper");
    if (!table) return;
    in_.allow(*table, "[paper]", {"authors", "year", "title", "link"});
    game_.paper.authors = in_.text(*table, "authors");
    game_.paper.title = in_.text(*table, "title");
    game_.paper.link = in_.text(*table, "link");
    if (const toml::node* year = table->get("year")) {
      if (!year->is_integer()) in_.fail(*year, "'year' must be a whole number");
      game_.paper.year = static_cast<int>(*year->value<std::int64_t>());
    }
  }

  /// Refuses keys that name neither a variable nor a component of a vector.
  void allow_variables(const toml::table& table, const std::string& where) const {
    std::vector<std::string> known;
    for (const Player& p : game_.players)
      known.insert(known.end(), p.variables.begin(), p.variables.end());
    for (const Coordinate& c : game_.coordinates)
      if (std::find(known.begin(), known.end(), c.name) == known.end()) known.push_back(c.name);
    in_.allow(table, where, known);
  }

  /// The coordinates that such a key names: where they begin and how many.
  std::pair<std::size_t, std::size_t> named(const std::string& name) const {
    std::size_t first = 0, count = 0;
    for (std::size_t i = 0; i < game_.dim(); ++i) {
      const std::string& c = game_.coordinates[i].name;
      if (c != name && !c.starts_with(name + "[")) continue;
      if (count++ == 0) first = i;
    }
    return {first, count};
  }

  void read_domain() {
    const toml::table* table = child("domain");
    if (!table) return;
    allow_variables(*table, "[domain]");
    for (const auto& [key, value] : *table) {
      const std::string name(key.str());
      Domain domain;
      if (value.is_string()) {
        const std::string text = in_.text(*table, name);
        domain = in_.placed(value, "'" + name + "'", [&] { return gyre::read_domain(text); });
      } else {
        const auto [low, high] = in_.interval(value, "'" + name + "'");
        domain.low = low, domain.high = high;
      }
      const auto [first, count] = named(name);
      const std::string wrong = confine(game_, first, count, name, domain);
      if (!wrong.empty()) in_.fail(value, wrong);
    }
  }

  void read_view() {
    const toml::table* table = child("view");
    if (!table) return;
    std::vector<bool> given(game_.dim());
    game_.view.resize(game_.dim());
    allow_variables(*table, "[view]");
    for (const auto& [key, value] : *table) {
      const std::string name(key.str());
      const auto interval = in_.interval(value, "'" + name + "'");
      if (!std::isfinite(interval[0]) || !std::isfinite(interval[1]))
        in_.fail(value, "a view has finite ends");
      const auto [first, count] = named(name);
      for (std::size_t i = first; i < first + count; ++i) {
        game_.view[i] = interval;
        given[i] = true;
      }
    }
    for (std::size_t i = 0; i < game_.dim(); ++i)
      if (!given[i]) in_.fail(*table, "[view] lacks '" + game_.coordinates[i].name + "'");
  }

  /// An array with one entry a coordinate.
  const toml::array& point(const toml::node& node, const std::string& what) const {
    const toml::array& entries = in_.array(node, what);
    if (entries.size() != game_.dim())
      in_.fail(node, what + " has " + std::to_string(entries.size()) +
                         " numbers, but the game has " + std::to_string(game_.dim()) +
                         " coordinates");
    return entries;
  }

  void read_start() {
    const toml::node* node = root_.get("start");
    if (!node) return;
    const toml::array& entries = point(*node, "'start'");
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const double value = in_.constant(entries[i], "'start'");
      const Coordinate& c = game_.coordinates[i];
      if (!std::isfinite(value)) in_.fail(entries[i], "'start' must be finite");
      if (value < c.low || value > c.high)
        in_.fail(entries[i], "'start' leaves the domain of '" + c.name + "', " + number(c.low) +
                                 " to " + number(c.high));
      game_.start.push_back(value);
    }
    if (!is_inside(game_, game_.start, 1e-9))
      in_.fail(*node,
               "'start' leaves the domain: a simplex has no negative numbers and a fixed sum, "
               "a ball a radius");
  }

  void read_points() {
    const toml::node* node = root_.get("points");
    if (!node) return;
    for (const toml::node& entry : in_.array(*node, "[[points]]")) {
      const toml::table& facts = in_.table(entry, "[[points]]");
      in_.allow(facts, "[[points]]", {"at", "class", "flow", "value", "about"});
      KnownPoint known;
      for (const toml::node& number : point(in_.need(facts, "at"), "'at'")) {
        known.formulas.push_back(simplify(in_.formula(number, *game_.graph, scope_, "'at'")));
        known.at.push_back(evaluate<double>(known.formulas.back(), values_));
        if (!std::isfinite(known.at.back())) in_.fail(number, "'at' must be finite");
      }
      known.kind = one_of(facts, "class",
                          {PointClass::kNash, PointClass::kDegenerateNash, PointClass::kMinimax,
                           PointClass::kNone});
      known.flow = one_of(
          facts, "flow",
          {Flow::kAttracting, Flow::kRepelling, Flow::kCentre, Flow::kSaddle, Flow::kMarginal});
      if (const toml::node* value = facts.get("value"))
        known.value =
            evaluate<double>(in_.formula(*value, *game_.graph, scope_, "'value'"), values_);
      known.about = in_.text(facts, "about");
      game_.points.push_back(std::move(known));
    }
  }

  /// The one whose name stands under the key.
  template <class Enum>
  Enum one_of(const toml::table& table, const std::string& key,
              std::initializer_list<Enum> all) const {
    const toml::node& node = in_.need(table, key);
    const std::string word = in_.text(table, key);
    std::vector<std::string> names;
    for (const Enum e : all) {
      names.emplace_back(to_string(e));
      if (word == names.back()) return e;
    }
    in_.fail(node, "'" + key + "' must be one of " + join(names, ", ") + ", not " + as_typed(word));
  }

  TomlReader in_;
  const toml::table& root_;
  Game game_;
  Scope scope_;  // the parameters
  std::vector<std::pair<Expr, double>> values_;
};

}  // namespace

Game parse_game_file(std::string_view toml, std::string name, std::string source) {
  if (!is_game_name(name))
    throw Error("a game is named by lower-case letters, digits and hyphens, not " + as_typed(name));
  return GameFile(toml, std::move(name), std::move(source)).take();
}

Game read_game_file(const std::string& path) {
  constexpr std::streamoff kLongestRead = 2'000'000;  // beyond what the reader takes
  const std::filesystem::path file(path);
  std::error_code problem;
  if (std::filesystem::is_directory(file, problem))
    throw Error(as_typed(path) + " is a folder, not a game file");
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error("cannot read the game file " + as_typed(path));
  std::string text(static_cast<std::size_t>(kLongestRead), '\0');
  in.read(text.data(), kLongestRead);
  text.resize(static_cast<std::size_t>(in.gcount()));
  return parse_game_file(text, file.stem().string(), path);
}

bool is_game_name(std::string_view name) {
  if (name.empty() || name.size() > 64) return false;
  bool hyphen = true;  // as if one stood before: the first is a letter
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
    if (!letter && !(i > 0 && (digit || (c == '-' && !hyphen)))) return false;
    hyphen = c == '-';
  }
  return !hyphen;
}

}  // namespace gyre
