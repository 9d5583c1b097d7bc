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
  ItemReader(std::string_view whole, std::size_t begin, std::size_t end, GameItems& items)
      : Words(whole, begin, end), items_(items) {}

  void read() {
    if (at_end()) return;
    const std::optional<bool> maximises = goal();
    if (maximises && !peek().is("(")) return zero_sum(*maximises);
    if (token().kind == Token::kName && peek().is("=")) return definition();
    if (token().kind == Token::kName && peek().is("(") && !maximises) return function();
    players_or_boxes();
  }

 private:
  struct Variables {
    std::vector<NameItem> names;
    std::vector<BoxItem> boxes;
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

  /// `x1, x2[3] in [0, 1], z`: a box holds for the names before it that have none yet.
  Variables variables(std::string after) {
    Variables list;
    std::size_t free = 0;  // the first name that no box was written for
    while (true) {
      list.names.push_back(variable(after));
      if (is_word("in")) {
        const BoxItem box = interval();
        for (; free < list.names.size(); ++free) {
          list.boxes.push_back(box);
          list.boxes.back().target = list.names[free];
        }
      }
      if (!token().is(",")) return list;
      advance();
      after = "','";
    }
  }

  BoxItem interval() {
    advance();
    BoxItem box;
    box.place = place();
    if (!token().is("["))
      fail("'in' must be followed by a box such as [-1, 1], not " + shown(), place());
    advance();
    box.low = bound(",");
    box.high = bound("]");
    if (!(box.low < box.high))
      fail("the box [" + number(box.low) + ", " + number(box.high) +
               "] is empty: its first number must be the smaller one",
           box.place);
    return box;
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

  /// Boxes written with a player's variables are for whole variables: `x[3]` is then the vector.
  void keep_boxes(Variables& list) {
    for (BoxItem& box : list.boxes) {
      box.target.number.reset();
      items_.boxes.push_back(std::move(box));
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
      keep_boxes(list);
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

  void players_or_boxes() {
    const std::size_t begin = place();
    if (token().kind != Token::kName || goal())
      fail("a game is written as " + std::string(kExample), begin);
    Variables list = variables("','");
    if (is_colon()) return player(begin, list);
    if (is_equals() && list.boxes.empty()) {
      if (list.names.size() > 1 || list.names[0].number)
        fail("only a single name can stand before '='", begin);
      advance();
      items_.definitions.push_back({list.names[0], {}, false, rest("=")});
      return;
    }
    if (at_end() && list.boxes.size() == list.names.size()) {
      for (BoxItem& box : list.boxes) items_.boxes.push_back(std::move(box));
      return;
    }
    fail("a game is written as " + std::string(kExample), place());
  }

  void player(std::size_t begin, Variables& list) {
    if (items_.zero_sum) fail(kMixed, begin);
    keep_boxes(list);
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

}  // namespace gyre
