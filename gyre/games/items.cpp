#include "gyre/games/items.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/expr/parse.hpp"
#include "gyre/games/words.hpp"

namespace gyre {

namespace {

constexpr std::string_view kExample = "'min x max y: x*y', or 'x: x^2 + x*y; y: y^2 - x*y'";

/// Reads one item of the text.
class ItemReader : private Words {
 public:
  ItemReader(std::string_view text, GameItems& items)
      : Words(text, 0, text.size()), items_(items) {}
  ItemReader(std::string_view whole, std::size_t begin, std::size_t end, GameItems& items)
      : Words(whole, begin, end), items_(items) {}

  void read() {
    if (at_end()) return;
    const std::optional<bool> maximises = goal();
    if (maximises && !peek().is("(")) return zero_sum(*maximises);
    if (token().kind == Token::kName && peek().is("=")) return definition();
    if (token().kind == Token::kName && is_tilde(peek())) return samples();
    if (token().kind == Token::kName && peek().is("(") && !maximises) return function();
    players_or_domains();
  }

  Domain read_domain() {
    const Domain found = domain().domain;
    if (!at_end()) fail("nothing may follow the domain, but there is " + shown(), place());
    return found;
  }

 private:
  struct Variables {
    std::vector<NameItem> names;
    std::vector<DomainItem> domains;
  };

  NameItem variable(const std::string& after) {
    NameItem item = name("a variable must follow " + after);
    if (!token().is("[")) return item;
    advance();
    const double n = token().number;
    if (token().kind != Token::kNumber || n != std::floor(n) || n < 1.0)
      fail("the size of a vector is a whole number from 1", place());
    if (n > static_cast<double>(kMostCoordinates))
      fail("a game has at most " + std::to_string(kMostCoordinates) + " coordinates", place());
    item.number = static_cast<std::size_t>(n);
    advance();
    if (!token().is("]")) fail("']' must follow the size, not " + shown(), place());
    advance();
    return item;
  }

  /// `x1, x2[3] in [0, 1], z`: a domain holds for the names before it that have none yet.
  Variables variables(std::string after) {
    Variables list;
    std::size_t free = 0;  // the first name that no domain was written for
    while (true) {
      list.names.push_back(variable(after));
      if (is_word("in")) {
        advance();
        const DomainItem item = domain();
        for (; free < list.names.size(); ++free) {
          list.domains.push_back(item);
          list.domains.back().target = list.names[free];
        }
      }
      if (!token().is(",")) return list;
      advance();
      after = "','";
    }
  }

  /// What follows `in`.
  DomainItem domain() {
    DomainItem item;
    item.place = place();
    if (token().is("["))
      item.domain = box(item.place);
    else if (is_word("simplex") || is_word("ball"))
      item.domain.region = region();
    else
      fail("'in' must be followed by a box such as [-1, 1], by simplex or by ball(1), not " +
               shown(),
           place());
    return item;
  }

  Domain box(std::size_t begin) {
    advance();
    Domain box;
    box.low = bound(",");
    box.high = bound("]");
    if (!(box.low < box.high))
      fail("the box [" + number(box.low) + ", " + number(box.high) +
               "] is empty: its first number must be the smaller one",
           begin);
    return box;
  }

  Region region() {
    Region region;
    region.kind = is_word("ball") ? Region::Kind::kBall : Region::Kind::kSimplex;
    const std::string word(token().text);
    advance();
    if (!token().is("(")) return region;
    advance();
    const std::size_t size_place = place();
    const bool ball = region.kind == Region::Kind::kBall;
    const std::string shape = ball ? "a ball is written ball(radius) or ball(radius, [centre])"
                                   : "a simplex is written simplex, or simplex(total)";
    bool more = false;
    region.size = constant(ball ? std::string_view(",)") : std::string_view(")"), shape, more);
    if (!(region.size > 0.0 && std::isfinite(region.size)))
      fail(std::string(ball ? "the radius of a ball" : "the total of a simplex") +
               " is a finite number above zero, not " + number(region.size),
           size_place);
    if (more) centre(region, shape);
    return region;
  }

  /// `[1, 0])` of a ball.
  void centre(Region& region, const std::string& shape) {
    if (!token().is("[")) fail(shape, place());
    advance();
    for (bool more = true; more;) {
      const std::size_t begin = place();
      region.centre.push_back(constant(",]", shape, more));
      if (!std::isfinite(region.centre.back())) fail("a ball's centre is finite", begin);
    }
    if (!token().is(")")) fail(shape, place());
    advance();
  }

  /// A constant formula up to one of the signs; `more` says whether it was the comma.
  double constant(std::string_view until, const std::string& shape, bool& more) {
    const std::size_t from = place();
    const auto ends = [&] {
      return token().text.size() == 1 && until.find(token().text) != until.npos;
    };
    for (int depth = 0; depth > 0 || !ends(); advance()) {
      if (at_end() || (depth == 0 && (token().is(",") || token().is("]") || token().is(")"))))
        fail(shape, place());
      if (token().is("(") || token().is("[")) ++depth;
      if (token().is(")") || token().is("]")) --depth;
    }
    const std::string_view text = whole().substr(from, place() - from);
    more = token().is(",");
    advance();
    Graph graph;
    return evaluate(parse(text, graph, {}, whole(), from));
  }

  /// A constant formula up to the sign that ends it.
  double bound(std::string_view until) {
    const std::size_t from = place();
    for (int depth = 0; depth > 0 || !token().is(until); advance()) {
      if (at_end() || (depth == 0 && (token().is(",") || token().is("]"))))
        fail("a box is two numbers: [-1, 1]", place());
      if (token().is("(") || token().is("[")) ++depth;
      if (token().is(")") || token().is("]")) --depth;
    }
    const std::string_view text = whole().substr(from, place() - from);
    advance();
    Graph graph;
    Scope scope;
    scope.scalars["inf"] = Expr(graph, graph.constant(std::numeric_limits<double>::infinity()));
    return evaluate(parse(text, graph, scope, whole(), from));
  }

  /// Domains written with a player's variables are for whole variables: `x[3]` is then the vector.
  void keep_domains(Variables& list) {
    for (DomainItem& item : list.domains) {
      item.target.number.reset();
      items_.domains.push_back(std::move(item));
    }
  }

  void zero_sum(bool maximises) {
    const std::size_t begin = place();
    if (items_.zero_sum)
      fail("a game has one 'min ... max ...: formula'; this is a second one", begin);
    if (!items_.players.empty()) fail(kMixed, begin);
    for (int i = 0; i < 2; ++i) {
      PlayerItem player;
      player.place = place();
      player.maximises = maximises != (i == 1);
      if (i == 1) {
        const std::optional<bool> second = goal();
        const std::string wanted = player.maximises ? "max" : "min";
        if (!second)
          fail("'" + wanted + "' and the opponent's variables must follow, not " + shown() +
                   ": write for example " + std::string(kExample),
               place());
        if (*second != player.maximises)
          fail("both players " + std::string(maximises ? "maximise" : "minimise") +
                   " the same formula; write 'min ... max ...', or one loss for each player",
               place());
      }
      const std::string word = player.maximises ? "'max'" : "'min'";
      advance();
      if (goal()) fail("a variable must follow " + word + ", not " + shown(), place());
      Variables list = variables(word);
      player.variables = list.names;
      keep_domains(list);
      items_.players.push_back(std::move(player));
    }
    if (!is_colon()) fail("':' and a formula must follow the players, not " + shown(), place());
    advance();
    items_.players[0].formula = items_.players[1].formula = rest(":");
    items_.zero_sum = true;
  }

  void definition() {
    DefinitionItem item;
    item.name = name("");
    advance();
    item.formula = rest("=");
    items_.definitions.push_back(std::move(item));
  }

  void samples() {
    const std::string shape = "samples are a list of numbers, as in a ~ [1, 2, 3]";
    SampleItem item{name(""), {}, 0};
    advance();
    item.place = place();
    if (!token().is("[")) fail(shape, place());
    advance();
    for (bool more = true; more;) {
      const std::size_t begin = place();
      item.values.push_back(constant(",]", shape, more));
      if (!std::isfinite(item.values.back())) fail("a sample is a finite number", begin);
    }
    if (!at_end()) fail("nothing may follow the samples, but there is " + shown(), place());
    items_.samples.push_back(std::move(item));
  }

  void function() {
    DefinitionItem item;
    item.is_function = true;
    item.name = name("");
    do {
      advance();
      item.arguments.push_back(
          name("a function's definition names its arguments, as in f(z) = z^2"));
    } while (token().is(","));
    if (!token().is(")"))
      fail("')' must follow the arguments of '" + item.name.name + "', not " + shown(), place());
    advance();
    if (!is_equals())
      fail("'=' must follow '" + item.name.name + "(...)': a game is written as " +
               std::string(kExample),
           place());
    advance();
    item.formula = rest("=");
    items_.definitions.push_back(std::move(item));
  }

  void players_or_domains() {
    const std::size_t begin = place();
    if (token().kind != Token::kName || goal())
      fail("a game is written as " + std::string(kExample), begin);
    Variables list = variables("','");
    if (is_colon()) return player(begin, list);
    if (is_equals() && list.domains.empty()) {
      if (list.names.size() > 1 || list.names[0].number)
        fail("only a single name can stand before '='", begin);
      advance();
      items_.definitions.push_back({list.names[0], {}, false, rest("=")});
      return;
    }
    if (at_end() && list.domains.size() == list.names.size()) {
      for (DomainItem& item : list.domains) items_.domains.push_back(std::move(item));
      return;
    }
    fail("a game is written as " + std::string(kExample), place());
  }

  void player(std::size_t begin, Variables& list) {
    if (items_.zero_sum) fail(kMixed, begin);
    keep_domains(list);
    PlayerItem item{list.names, {}, false, begin};
    advance();
    if (const std::optional<bool> word = goal(); word && !calls_function()) {
      item.maximises = *word;
      const std::string said(token().text);
      advance();
      item.formula = rest(said);
    } else {
      item.formula = rest(":");
    }
    items_.players.push_back(std::move(item));
  }

  /// Whether the `max` here is the function, as in `max(x, 0)`, and not what the player wants, as
  /// in `max (x + 1)*y`: only the function's brackets hold a comma.
  bool calls_function() const {
    Lexer words = ahead();
    Token t = words.next();
    if (!t.is("(")) return false;
    for (int depth = 1; depth > 0;) {
      t = words.next();
      if (t.kind == Token::kEnd) return false;
      if (t.is("(") || t.is("[")) ++depth;
      if (t.is(")") || t.is("]")) --depth;
      if (depth == 1 && t.is(",")) return true;
    }
    return false;
  }

  static constexpr const char* kMixed =
      "'min ... max ...: formula' already says both players' losses; 'x: loss' cannot stand "
      "beside it";

  GameItems& items_;
};

}  // namespace

GameItems read_items(std::string_view text) {
  constexpr std::string_view kWideSemicolon = "\uFF1B";
  if (text.size() > kLongestGame)
    throw Error("the game has " + std::to_string(text.size()) + " characters; at most " +
                std::to_string(kLongestGame) + " are taken");
  GameItems items;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t narrow = std::min(text.find(';', begin), text.size());
    const std::size_t end = std::min(narrow, text.substr(0, narrow).find(kWideSemicolon, begin));
    ItemReader(text, begin, end, items).read();
    begin = end + (end < narrow ? kWideSemicolon.size() : 1);
  }
  if (items.players.empty())
    throw Error(trim(text).empty()
                    ? "the game is empty; write for example " + std::string(kExample)
                    : "the game has no players; write for example " + std::string(kExample),
                caret(text, 0));
  return items;
}

Domain read_domain(std::string_view text) {
  GameItems none;
  return ItemReader(text, none).read_domain();
}

}  // namespace gyre
