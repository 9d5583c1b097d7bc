#include "gyre/games/nfg.hpp"

#include <cmath>
#include <optional>
#include <vector>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

namespace {

constexpr std::size_t kMost = 4'000'000;

/// A word of the file: text in quotes, a bracket, or anything else up to the next blank.
struct Word {
  std::string text;
  bool quoted = false;
  std::size_t place = 0;

  bool is(std::string_view other) const { return !quoted && text == other; }
};

class NfgReader {
 public:
  NfgReader(std::string_view text, const std::string& source) : text_(text), source_(source) {
    next();
  }

  Bimatrix read() {
    if (!word_.is("NFG")) fail("a Gambit game begins with NFG, not " + shown());
    next();
    if (!word_.is("1")) fail("version 1 of the format is read, not " + shown());
    next();
    if (!word_.is("R") && !word_.is("D")) fail("'R' must follow the version, not " + shown());
    next();
    Bimatrix game;
    game.title = quoted("the title of the game");
    players(game);
    strategies();
    if (word_.quoted) next();  // a comment
    for (Matrix& m : game.payoffs) {
      m.rows = sizes_[0], m.columns = sizes_[1];
      m.values.resize(sizes_[0] * sizes_[1]);
    }
    const std::vector<std::array<double, 2>> outcomes =
        word_.is("{") ? outcome_list() : std::vector<std::array<double, 2>>{};
    for (std::size_t k = 0; k < sizes_[0] * sizes_[1]; ++k) {
      // The first player's strategy changes fastest.
      const std::size_t at = (k % sizes_[0]) * sizes_[1] + k / sizes_[0];
      const std::array<double, 2> both = outcomes_ ? outcome(outcomes) : pair();
      for (std::size_t p = 0; p < 2; ++p) game.payoffs[p].values[at] = both[p];
    }
    if (!at_end()) fail("the table is full, but " + shown() + " follows");
    return game;
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    std::size_t line = 1, column = 1;
    for (std::size_t i = 0; i < word_.place; ++i) {
      column = text_[i] == '\n' ? 1 : column + !is_continuation(text_[i]);
      line += text_[i] == '\n';
    }
    throw Error(source_ + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " +
                message);
  }

  bool at_end() const { return word_.text.empty() && !word_.quoted; }
  std::string shown() const { return at_end() ? "the end" : as_typed(word_.text); }

  void next() {
    constexpr std::string_view kBlank = " \t\r\n";
    word_ = {};
    at_ = std::min(text_.find_first_not_of(kBlank, at_), text_.size());
    word_.place = at_;
    if (at_ == text_.size()) return;
    if (text_[at_] == '"') {
      word_.quoted = true;
      for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
        word_.text += text_[at_];
      }
      if (at_ == text_.size()) fail("this text has no closing quote");
      ++at_;
      return;
    }
    if (text_[at_] == '{' || text_[at_] == '}' || text_[at_] == ',') {
      word_.text = text_[at_++];
      return;
    }
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n{},\"", at_), text_.size());
    word_.text = text_.substr(at_, end - at_);
    at_ = end;
  }

  std::string quoted(const std::string& what) {
    if (!word_.quoted) fail(what + " in quotes must stand here, not " + shown());
    std::string text = word_.text;
    next();
    return text;
  }

  void take(std::string_view sign) {
    if (!word_.is(sign)) fail("'" + std::string(sign) + "' must stand here, not " + shown());
    next();
  }

  void players(Bimatrix& game) {
    take("{");
    for (std::size_t i = 0; !word_.is("}"); ++i) {
      if (i == 2) fail("only games of two players are read, and this is a third");
      game.players[i] = quoted("a player's name");
      count_ = i + 1;
    }
    if (count_ != 2) fail("a game of two players is wanted, not of " + std::to_string(count_));
    next();
  }

  /// Numbers of strategies, or lists of their names.
  void strategies() {
    take("{");
    for (std::size_t i = 0; !word_.is("}"); ++i) {
      if (i == 2) fail("two players have two sets of strategies, and this is a third");
      if (word_.is("{")) {
        next();
        for (; !word_.is("}"); ++sizes_[i]) quoted("a strategy's name");
        next();
      } else {
        sizes_[i] = whole("the number of a player's strategies");
      }
      if (sizes_[i] == 0 || sizes_[i] > kMost) fail("a player has at least one strategy");
    }
    if (sizes_[0] == 0 || sizes_[1] == 0) fail("the second player's strategies are missing");
    if (sizes_[0] * sizes_[1] > kMost)
      fail("at most " + std::to_string(kMost) + " cells are taken");
    next();
  }

  std::size_t whole(const std::string& what) {
    const std::optional<double> value = word_.quoted ? std::nullopt : to_number(word_.text);
    if (!value || !(*value >= 0.0 && *value <= static_cast<double>(kMost)) ||
        *value != std::floor(*value))
      fail(what + " must stand here, not " + shown());
    next();
    return static_cast<std::size_t>(*value);
  }

  /// A decimal, or a ratio as in 1/3.
  double payoff() {
    if (at_end())
      fail("the table ends early: it has " + std::to_string(sizes_[0]) + " times " +
           std::to_string(sizes_[1]) + " cells");
    const std::size_t slash = word_.text.find('/');
    const auto above = to_number(std::string_view(word_.text).substr(0, slash));
    const auto below = slash == word_.text.npos
                           ? std::optional(1.0)
                           : to_number(std::string_view(word_.text).substr(slash + 1));
    if (word_.quoted || !above || !below || !std::isfinite(*above / *below))
      fail("a payoff must be a finite number, not " + shown());
    next();
    return *above / *below;
  }

  std::array<double, 2> pair() {
    const double first = payoff();
    return {first, payoff()};
  }

  /// `{ "name" 1, 2 } { "" 3, 4 } ...` in braces of its own.
  std::vector<std::array<double, 2>> outcome_list() {
    outcomes_ = true;
    take("{");
    std::vector<std::array<double, 2>> all;
    while (!word_.is("}")) {
      take("{");
      quoted("the name of an outcome");
      if (word_.is(",")) next();
      const double first = payoff();
      if (word_.is(",")) next();
      all.push_back({first, payoff()});
      take("}");
    }
    next();
    return all;
  }

  std::array<double, 2> outcome(const std::vector<std::array<double, 2>>& all) {
    if (at_end()) return pair();  // says that the table ends early
    const Word here = word_;
    const std::size_t which = whole("the number of an outcome");
    if (which > all.size()) {
      word_ = here;
      fail("there is no outcome " + std::to_string(which) + "; there are " +
           std::to_string(all.size()));
    }
    return which == 0 ? std::array{0.0, 0.0} : all[which - 1];
  }

  std::string_view text_;
  const std::string& source_;
  std::size_t at_ = 0, count_ = 0;
  Word word_;
  std::array<std::size_t, 2> sizes_{};
  bool outcomes_ = false;
};

}  // namespace

Bimatrix parse_nfg(std::string_view text, const std::string& source) {
  return NfgReader(text, source).read();
}

}  // namespace gyre
