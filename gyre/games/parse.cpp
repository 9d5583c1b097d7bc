#include "gyre/games/parse.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/expr/lexer.hpp"
#include "gyre/expr/parse.hpp"
#include "gyre/games/domain.hpp"
#include "gyre/games/items.hpp"

namespace gyre {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kDeepestDefinitions = 200;
constexpr std::size_t kMostSamples = 1'000;
constexpr std::size_t kMostDefined = 100'000;  // operations in all definitions together

bool is_taken(std::string_view name) {
  return is_reserved(name) || name == "in" || name == "inf" || name == "nan";
}

/// The names in a formula that are neither constants nor functions of the language.
std::vector<std::string_view> free_names(std::string_view formula) {
  std::vector<std::string_view> names;
  Lexer lexer(formula);
  for (Token t = lexer.next(); t.kind != Token::kEnd; t = lexer.next())
    if (t.kind == Token::kName && !is_reserved(t.text)) names.push_back(t.text);
  return names;
}

class GameBuilder {
 public:
  GameBuilder(std::string_view text, std::span<const std::string> parameters)
      : text_(text), items_(read_items(text)), graph_(std::make_shared<Graph>()) {
    game_.graph = graph_;
    game_.text = std::string(text);
    game_.zero_sum = items_.zero_sum;
    for (const std::string& p : parameters) {
      claim({0, p, "a parameter"});
      add_parameter(p, 0.0);
    }
    claim_names();
    name_definitions();
    name_samples();
    name_players();
    for (const DomainItem& d : items_.domains) confine(d);
    for (const DefinitionItem* d : order_) define(*d, 0);
    read_losses();
  }

  Game take() { return std::move(game_); }

 private:
  [[noreturn]] void fail(const std::string& message, std::size_t place) const {
    throw Error(message, caret(text_, place));
  }

  /// A name that an item takes, and what for.
  struct Claim {
    std::size_t place;
    std::string name, what;
    std::size_t player = 0;  ///< counted from one; 0 for a definition

    bool operator<(const Claim& other) const { return place < other.place; }
  };

  void claim(const Claim& c) {
    if (is_taken(c.name))
      fail("'" + c.name + "' has a meaning of its own and cannot name " + c.what, c.place);
    const auto [before, is_new] = owner_.try_emplace(c.name, c.player);
    if (is_new) return;
    if (c.player > 0 && before->second > 0 && c.player != before->second)
      fail("two players own '" + c.name + "'", c.place);
    fail("'" + c.name + "' is named twice", c.place);
  }

  /// In the order of the text, so that of two equal names the second is the mistake.
  void claim_names() {
    std::vector<Claim> claims;
    for (const DefinitionItem& d : items_.definitions)
      claims.push_back({d.name.place, d.name.name, d.is_function ? "a function" : "a parameter"});
    for (std::size_t i = 0; i < items_.players.size(); ++i)
      for (const NameItem& v : items_.players[i].variables)
        claims.push_back({v.place, v.name, "a variable", i + 1});
    for (const SampleItem& s : items_.samples)
      claims.push_back({s.name.place, s.name.name, "a sample"});
    std::sort(claims.begin(), claims.end());
    for (const Claim& c : claims) claim(c);
  }

  void add_parameter(const std::string& name, double value) {
    const Expr symbol = Expr::symbol(*graph_, name);
    scope_.scalars[name] = symbol;
    game_.parameters.push_back({name, symbol, value, value, std::nullopt, {}});
  }

  /// A definition without free names is a parameter.
  void name_definitions() {
    for (const DefinitionItem& d : items_.definitions) {
      const std::string& name = d.name.name;
      if (d.is_function || !free_names(d.formula.text).empty()) {
        definitions_[name] = &d;
        order_.push_back(&d);
        continue;
      }
      Graph scratch;
      const double value = evaluate(parse(d.formula.text, scratch, {}, text_, d.formula.place));
      if (!std::isfinite(value))
        fail("the parameter '" + name + "' must be a finite number, not " + number(value),
             d.formula.place);
      add_parameter(name, value);
    }
  }

  void name_samples() {
    Samples& all = game_.samples;
    for (const SampleItem& s : items_.samples) {
      if (s.values.size() < 2 || s.values.size() > kMostSamples)
        fail("there are 2 to " + std::to_string(kMostSamples) + " samples, not " +
                 std::to_string(s.values.size()),
             s.place);
      if (!all.values.empty() && s.values.size() != all.size())
        fail("'" + s.name.name + "' has " + std::to_string(s.values.size()) + " samples, and '" +
                 all.names[0] + "' has " + std::to_string(all.size()),
             s.place);
      all.names.push_back(s.name.name);
      all.symbols.push_back(Expr::symbol(*graph_, s.name.name));
      all.values.push_back(s.values);
      scope_.scalars[s.name.name] = all.symbols.back();
    }
  }

  /// The mean over all samples.
  Expr mean(const Expr& typed) const {
    const Samples& all = game_.samples;
    std::vector<Expr> terms;
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::vector<Expr> values;
      for (const std::vector<double>& v : all.values) values.emplace_back(v[i]);
      terms.push_back(substitute(typed, all.symbols, values));
    }
    const auto count = static_cast<double>(terms.size());
    // Halves are added first, so that many samples make no deep formula.
    for (; terms.size() > 1; terms.resize((terms.size() + 1) / 2))
      for (std::size_t i = 0; 2 * i < terms.size(); ++i)
        terms[i] = 2 * i + 1 < terms.size() ? terms[2 * i] + terms[2 * i + 1] : terms[2 * i];
    return (1.0 / count) * terms[0];
  }

  void name_players() {
    for (const PlayerItem& item : items_.players) {
      Player player;
      player.first = game_.dim();
      player.maximises = item.maximises;
      for (const NameItem& v : item.variables) {
        add_variable(v);
        player.variables.push_back(v.name);
      }
      player.name = join(player.variables, ",");
      player.count = game_.dim() - player.first;
      game_.players.push_back(std::move(player));
    }
  }

  void add_variable(const NameItem& v) {
    const std::size_t size = v.number.value_or(1);
    if (game_.dim() + size > kMostCoordinates)
      fail("a game has at most " + std::to_string(kMostCoordinates) + " coordinates", v.place);
    first_[v.name] = game_.dim();
    std::vector<Expr> components;
    for (std::size_t i = 1; i <= size; ++i) {
      const std::string name = v.number ? v.name + "[" + std::to_string(i) + "]" : v.name;
      components.push_back(Expr::symbol(*graph_, name));
      game_.coordinates.push_back({name, components.back(), -kInfinity, kInfinity});
    }
    if (v.number)
      scope_.vectors[v.name] = std::move(components);
    else
      scope_.scalars[v.name] = components[0];
  }

  void confine(const DomainItem& item) {
    const std::string& name = item.target.name;
    if (!first_.contains(name)) {
      std::vector<std::string> known;
      for (const auto& [n, at] : first_) known.push_back(n);
      fail("there is no variable '" + name + "' to confine" + did_you_mean(name, known),
           item.target.place);
    }
    const auto vector = scope_.vectors.find(name);
    std::size_t from = first_[name], count = 1;
    if (item.target.number) {
      if (vector == scope_.vectors.end() || *item.target.number > vector->second.size())
        fail("'" + name + "' has no component " + std::to_string(*item.target.number),
             item.target.place);
      from += *item.target.number - 1;
    } else if (vector != scope_.vectors.end()) {
      count = vector->second.size();
    }
    const std::string shown = item.target.number ? game_.coordinates[from].name : name;
    for (std::size_t i = from; i < from + count; ++i)
      if (!confined_.insert(i).second && !region_of(game_, i))
        fail("'" + game_.coordinates[i].name + "' already has a box", item.target.place);
    const std::string wrong = gyre::confine(game_, from, count, shown, item.domain);
    if (!wrong.empty()) fail(wrong, item.target.place);
  }

  /// Puts a definition into the scope, and before it those that it leans on.
  void define(const DefinitionItem& d, int depth) {
    const std::string& name = d.name.name;
    if (scope_.scalars.contains(name) || scope_.functions.contains(name)) return;
    if (!opened_.insert(name).second)
      fail("the definition of '" + name + "' leads back to itself", d.name.place);
    if (depth > kDeepestDefinitions)
      fail("definitions stand on each other more than " + std::to_string(kDeepestDefinitions) +
               " levels deep",
           d.name.place);
    check_arguments(d);
    for (const std::string_view used : free_names(d.formula.text))
      if (const auto it = definitions_.find(used);
          it != definitions_.end() && !is_argument(d, used))
        define(*it->second, depth + 1);
    Scope hidden = meanings(d.arguments);
    Function function;
    for (const NameItem& a : d.arguments) {
      // A name that no variable can have, so that an argument may be called like a variable.
      const Expr symbol = Expr::symbol(*graph_, a.name + " of " + name);
      scope_.vectors.erase(a.name);
      scope_.functions.erase(a.name);
      scope_.scalars[a.name] = symbol;
      function.parameters.push_back(symbol);
    }
    function.body = parse(d.formula.text, *graph_, scope_, text_, d.formula.place);
    show_arguments(d, hidden);
    if (graph_->size() > kMostDefined)
      fail("up to here the definitions need more than " + std::to_string(kMostDefined) +
               " operations",
           d.name.place);
    if (d.is_function)
      scope_.functions[name] = std::move(function);
    else
      scope_.scalars[name] = function.body;
  }

  static bool is_argument(const DefinitionItem& d, std::string_view name) {
    return std::any_of(d.arguments.begin(), d.arguments.end(),
                       [&](const NameItem& a) { return a.name == name; });
  }

  void check_arguments(const DefinitionItem& d) const {
    std::set<std::string> seen;
    for (const NameItem& a : d.arguments) {
      if (is_taken(a.name))
        fail("'" + a.name + "' has a meaning of its own and cannot name an argument", a.place);
      if (!seen.insert(a.name).second) fail("'" + a.name + "' is named twice", a.place);
    }
  }

  /// What the names mean so far.
  Scope meanings(const std::vector<NameItem>& names) const {
    Scope found;
    for (const NameItem& n : names) {
      if (const auto it = scope_.scalars.find(n.name); it != scope_.scalars.end())
        found.scalars.insert(*it);
      if (const auto it = scope_.vectors.find(n.name); it != scope_.vectors.end())
        found.vectors.insert(*it);
      if (const auto it = scope_.functions.find(n.name); it != scope_.functions.end())
        found.functions.insert(*it);
    }
    return found;
  }

  void show_arguments(const DefinitionItem& d, Scope& hidden) {
    for (const NameItem& a : d.arguments) scope_.scalars.erase(a.name);
    scope_.scalars.merge(hidden.scalars);
    scope_.vectors.merge(hidden.vectors);
    scope_.functions.merge(hidden.functions);
  }

  void read_losses() {
    for (std::size_t i = 0; i < game_.players.size(); ++i) {
      const PlayerItem& item = items_.players[i];
      Player& player = game_.players[i];
      const Expr typed =
          simplify(parse(item.formula.text, *graph_, scope_, text_, item.formula.place));
      player.loss = item.maximises ? simplify(-typed) : typed;
      if (game_.zero_sum) game_.payoff = typed;
      if (game_.samples.size() == 0) continue;
      game_.samples.losses.push_back(player.loss);
      player.loss = mean(player.loss);
      if (game_.zero_sum) game_.payoff = mean(typed);
    }
    if (std::none_of(game_.players.begin(), game_.players.end(),
                     [&](const Player& p) { return moves(p); }))
      fail("no player can move: no loss depends on a variable of the player who pays it",
           items_.players[0].formula.place);
  }

  bool moves(const Player& player) const {
    const std::vector<Expr> in_loss = gyre::symbols(std::span(&player.loss, 1));
    for (std::size_t i = player.first; i < player.first + player.count; ++i)
      if (std::find(in_loss.begin(), in_loss.end(), game_.coordinates[i].symbol) != in_loss.end())
        return true;
    return false;
  }

  std::string_view text_;
  GameItems items_;
  std::shared_ptr<Graph> graph_;
  Game game_;
  Scope scope_;
  std::map<std::string, std::size_t> owner_;  // name to player, counted from one, or 0
  std::map<std::string, std::size_t> first_;  // variable to its first coordinate
  std::set<std::size_t> confined_;
  std::map<std::string, const DefinitionItem*, std::less<>> definitions_;
  std::vector<const DefinitionItem*> order_;  // of definitions, as typed
  std::set<std::string> opened_;
};

}  // namespace

Game parse_game(std::string_view text) { return parse_game(text, {}); }

Game parse_game(std::string_view text, std::span<const std::string> parameters) {
  return GameBuilder(text, parameters).take();
}

double parse_constant(std::string_view text) {
  Graph graph;
  return evaluate(parse(text, graph, {}));
}

}  // namespace gyre
