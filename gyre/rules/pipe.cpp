#include "gyre/rules/pipe.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/rules/called.hpp"

namespace gyre {

namespace {

constexpr std::size_t kLongestPipe = 4'096;
constexpr std::size_t kMostStages = 16;
constexpr double kMostInnerSteps = 100'000;

/// `name(a=1, 2)` as typed, with its place in the whole text.
struct Word {
  std::string_view name;
  std::vector<std::string_view> args;
};

class PipeParser {
 public:
  explicit PipeParser(std::string_view text) : text_(text) {}

  Pipe parse() {
    if (text_.size() > kLongestPipe)
      throw Error("the rule has " + std::to_string(text_.size()) + " characters; at most " +
                  std::to_string(kLongestPipe) + " are taken");
    if (trim(text_).empty()) throw Error("the rule is empty; try --rule extragradient");
    read();
    order();
    return std::move(pipe_);
  }

 private:
  void read() {
    for (const std::string_view piece : split(text_, '|')) add(word(piece));
  }

  /// The stages that a name of the literature stands for, and no scheme that it does not name.
  static std::vector<StageSpec> stages_of(const Alias& alias) {
    PipeParser parser(alias.pipe);
    parser.read();
    return std::move(parser.pipe_.stages);
  }

  [[noreturn]] void fail(const std::string& message, std::string_view at) const {
    throw Error(message, caret(text_, static_cast<std::size_t>(at.data() - text_.data())));
  }

  Word word(std::string_view piece) const {
    const std::string_view whole = trim(piece);
    if (whole.empty()) fail("a stage is missing in the rule", piece);
    const std::size_t open = whole.find('(');
    Word w{trim(whole.substr(0, open)), {}};
    if (open == std::string_view::npos) return w;
    if (whole.back() != ')') fail("this '(' is never closed", whole.substr(open));
    const std::string_view inside = whole.substr(open + 1, whole.size() - open - 2);
    if (const std::size_t bad = inside.find_first_of("()"); bad != std::string_view::npos)
      fail("a bracket inside the arguments of a stage", inside.substr(bad));
    if (!trim(inside).empty()) w.args = split(inside, ',');
    return w;
  }

  static std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const StageFacts& s : rule_catalogue()) all.push_back(s.facts.id);
    for (const Alias& a : rule_aliases()) all.push_back(a.name);
    return all;
  }

  static StageSpec fresh(std::size_t place) {
    StageSpec spec{place, {}, {}, {}};
    for (const ParamFacts& p : rule_catalogue()[place].params)
      if (p.kind == ParamKind::kReal || p.kind == ParamKind::kCount) spec.reals[p.name] = p.initial;
    return spec;
  }

  void add(const Word& w) {
    std::vector<StageSpec> stages;
    for (std::size_t i = 0; i < rule_catalogue().size(); ++i)
      if (rule_catalogue()[i].facts.id == w.name) stages.push_back(fresh(i));
    for (const Alias& alias : rule_aliases())
      if (alias.name == w.name) stages = stages_of(alias);
    if (stages.empty())
      fail("unknown rule " + as_typed(w.name) + did_you_mean(w.name, names()) +
               (nearest(w.name, names()).empty() ? "; 'gyre rules' lists them" : ""),
           w.name);
    for (std::size_t i = 0; i < w.args.size(); ++i) argument(stages, w, i);
    for (StageSpec& s : stages) pipe_.stages.push_back(std::move(s));
    for (std::size_t i = words_.size(); i < pipe_.stages.size(); ++i) words_.push_back(w.name);
  }

  void argument(std::vector<StageSpec>& stages, const Word& w, std::size_t i) const {
    const std::string_view arg = w.args[i];
    const std::size_t equals = arg.find('=');
    if (equals == std::string_view::npos) return positional(stages, w, i);
    const std::string name(trim(arg.substr(0, equals)));
    const std::string_view value = trim(arg.substr(equals + 1));
    if (name.empty()) fail("a parameter has no name", arg);
    for (std::size_t j = 0; j < i; ++j)
      if (name_of(stages, w.args[j]) == name) fail("'" + name + "' is given twice", arg);
    StageSpec* owner = nullptr;
    const ParamFacts* param = nullptr;
    for (StageSpec& s : stages) {
      const ParamFacts* p = s.facts().param(name);
      if (!p) continue;
      if (owner)
        fail("both " + owner->facts().facts.id + " and " + s.facts().facts.id +
                 " have a parameter '" + name + "'; write the pipe out",
             arg);
      owner = &s, param = p;
    }
    if (!owner) {
      for (StageSpec& s : stages)  // any other name is a player's, where the stage knows players
        for (const ParamFacts& p : s.facts().params)
          if (p.kind == ParamKind::kRealPerPlayer || p.kind == ParamKind::kCountPerPlayer)
            owner = &s, param = &p;
      if (!owner || near_miss(stages, name, *param, value)) unknown(stages, w, name, arg);
      owner->per_player[name] = number_in(*param, name, value, arg);
    } else if (param->kind == ParamKind::kOrder) {
      for (const std::string_view player : split(value, '>')) {
        if (trim(player).empty()) fail("a player is missing in the order", arg);
        owner->order.emplace_back(trim(player));
      }
    } else {
      owner->reals[name] = number_in(*param, name, value, arg);
    }
  }

  /// What an argument sets: a number alone stands for the first parameter of its stage.
  static std::string_view name_of(const std::vector<StageSpec>& stages, std::string_view arg) {
    if (const std::size_t equals = arg.find('='); equals != std::string_view::npos)
      return trim(arg.substr(0, equals));
    const ParamFacts* first = first_number(stages[0].facts());
    return first ? first->name : std::string_view();
  }

  static const ParamFacts* first_number(const StageFacts& stage) {
    for (const ParamFacts& p : stage.params)
      if (p.kind == ParamKind::kReal || p.kind == ParamKind::kCount) return &p;
    return nullptr;
  }

  /// `etaa=5` is more likely a slip of the pen than a player called etaa; `y=5` is a player, and so
  /// is et, but not in `et=0.1` where players have whole numbers.
  static bool near_miss(const std::vector<StageSpec>& stages, const std::string& name,
                        const ParamFacts& of_player, std::string_view text) {
    const std::optional<double> value = to_number(text);
    const bool fits =
        of_player.kind != ParamKind::kCountPerPlayer || !value || *value == std::floor(*value);
    if (name.size() < 2 || (name.size() < 3 && fits)) return false;
    for (const StageSpec& s : stages)
      for (const ParamFacts& p : s.facts().params)
        if (p.name != "PLAYER" && !nearest(name, std::vector{p.name}).empty()) return true;
    return false;
  }

  void positional(std::vector<StageSpec>& stages, const Word& w, std::size_t i) const {
    if (stages.size() != 1 || i > 0) fail("this value needs a name, as in eta=0.1", w.args[i]);
    const ParamFacts* p = first_number(stages[0].facts());
    if (!p) fail("'" + std::string(w.name) + "' takes no number without a name", w.args[i]);
    stages[0].reals[p->name] = number_in(*p, p->name, trim(w.args[i]), w.args[i]);
  }

  [[noreturn]] void unknown(const std::vector<StageSpec>& stages, const Word& w,
                            const std::string& name, std::string_view at) const {
    std::vector<std::string> known;
    for (const StageSpec& s : stages)
      for (const ParamFacts& p : s.facts().params)
        if (p.name != "PLAYER") known.push_back(p.name);
    std::string hint = did_you_mean(name, known);
    if (hint.empty() && name == "eta")
      hint = "; the step size belongs to the scheme: " + std::string(w.name) +
             " | simultaneous(eta=...)";
    if (hint.empty()) hint = known.empty() ? "; it has none" : "; it has " + join(known, ", ");
    fail("'" + std::string(w.name) + "' has no parameter " + as_typed(name) + hint, at);
  }

  double number_in(const ParamFacts& p, const std::string& name, std::string_view text,
                   std::string_view at) const {
    const std::optional<double> value = to_number(text);
    if (!value) fail("'" + name + "' needs a number, not " + as_typed(text), at);
    const bool counts = p.kind == ParamKind::kCount || p.kind == ParamKind::kCountPerPlayer;
    if (counts && *value != std::floor(*value))
      fail("'" + name + "' needs a whole number, not " + as_typed(text), at);
    if (!p.range.holds(*value))
      fail("'" + name + "' is " + as_typed(text) + ", outside its range " + number(p.range.low) +
               " to " + number(p.range.high),
           at);
    return *value;
  }

  /// Field stages, then one scheme, then wrappers; products only while somebody offers them.
  void order() {
    std::optional<std::size_t> scheme;
    std::string deaf;  // the field stage behind which there are no products any more
    for (std::size_t i = 0; i < pipe_.stages.size(); ++i) {
      const StageFacts& s = pipe_.stages[i].facts();
      const std::string& id = s.facts.id;
      if (s.kind == StageKind::kScheme && scheme)
        fail("two schemes in one rule, " + pipe_.stages[*scheme].facts().facts.id + " and " + id +
                 "; a pipe has one",
             words_[i]);
      if (s.kind == StageKind::kScheme) scheme = i;
      if (s.kind == StageKind::kField && scheme)
        fail("'" + id + "' changes the field, so it stands before the scheme " +
                 pipe_.stages[*scheme].facts().facts.id,
             words_[i]);
      if (s.kind == StageKind::kWrapper && !scheme) insert_scheme(i), scheme = i, ++i;
      if (s.needs_products && !deaf.empty())
        fail("'" + id + "' needs products with the Jacobian, and there are none behind " + deaf +
                 ": put " + id + " before it",
             words_[i]);
      if (s.facts.needs.losses && i > 0 && pipe_.stages[i - 1].facts().kind == StageKind::kField)
        fail("'" + id + "' looks at the players' losses, and behind " +
                 pipe_.stages[i - 1].facts().facts.id + " there is only a field: put " + id +
                 " first",
             words_[i]);
      if (s.kind == StageKind::kField && !s.facts.offers_products) deaf = id;
    }
    if (!scheme) insert_scheme(scheme.emplace(pipe_.stages.size()));
    pipe_.scheme = *scheme;
    if (pipe_.stages.size() > kMostStages)
      fail("a rule has at most " + std::to_string(kMostStages) + " stages, its scheme among them",
           words_[kMostStages]);
    if (inner_steps() > kMostInnerSteps)
      fail("one step of this rule takes " + number(inner_steps()) + " steps inside; at most " +
               number(kMostInnerSteps) + " are taken",
           text_);
  }

  /// How often the scheme moves within one step: counts multiply from stage to stage.
  double inner_steps() const {
    double steps = 1.0;
    for (const StageSpec& s : pipe_.stages) {
      for (const ParamFacts& p : s.facts().params)
        if (p.kind == ParamKind::kCount)
          steps *= std::max(1.0, s.reals.at(p.name));
        else if (p.kind == ParamKind::kCountPerPlayer)
          for (const auto& [player, times] : s.per_player) steps *= times;
    }
    return steps;
  }

  void insert_scheme(std::size_t at) {
    for (std::size_t i = 0; i < rule_catalogue().size(); ++i)
      if (rule_catalogue()[i].facts.id == "simultaneous") {
        pipe_.stages.insert(pipe_.stages.begin() + static_cast<std::ptrdiff_t>(at), fresh(i));
        words_.insert(words_.begin() + static_cast<std::ptrdiff_t>(at), text_);
      }
  }

  std::string_view text_;
  Pipe pipe_;
  std::vector<std::string_view> words_;  // the word that each stage came from
};

}  // namespace

Pipe parse_pipe(std::string_view text) { return PipeParser(text).parse(); }

std::string Pipe::text() const {
  std::string all;
  for (const StageSpec& s : stages) {
    std::vector<std::string> args;
    for (const ParamFacts& p : s.facts().params) {
      if (p.kind == ParamKind::kReal || p.kind == ParamKind::kCount) {
        const double value = s.reals.at(p.name);
        if (value != p.initial || p.name == "eta") args.push_back(p.name + "=" + number(value));
      } else if (p.kind == ParamKind::kOrder) {
        if (!s.order.empty()) args.push_back(p.name + "=" + join(s.order, ">"));
      } else {
        for (const auto& [player, value] : s.per_player)
          args.push_back(player + "=" + number(value));
      }
    }
    all += (all.empty() ? "" : " | ") + s.facts().facts.id;
    if (!args.empty()) all += "(" + join(args, ", ") + ")";
  }
  return all;
}

bool Pipe::draws() const {
  return std::ranges::any_of(stages, [](const StageSpec& s) { return s.facts().facts.draws; });
}

void check_needs(const Pipe& pipe, const GameShape& game) {
  for (const StageSpec& s : pipe.stages) {
    const Needs& needs = s.facts().facts.needs;
    const std::string id = "'" + s.facts().facts.id + "'";
    if ((needs.two_players || needs.zero_sum) && game.players != 2)
      throw Error(id + " is for two players; this game has " + std::to_string(game.players));
    if (needs.zero_sum && !game.zero_sum)
      throw Error(id +
                  " is for zero-sum games: one formula that one player minimises and the "
                  "other maximises");
    if (needs.simplices && !game.simplices)
      throw Error(id +
                  " plays mixed strategies: every variable must belong to a simplex, as in "
                  "'min x[2] in simplex max y[2] in simplex: ...'");
    if (needs.samples && !game.samples)
      throw Error(id +
                  " draws among samples, and this game has none: it must be a mean over them, as "
                  "'min x max y: a*x*y + b*x; a ~ [1, 2, 3]; b ~ [0, 1, -1]'");
  }
}

void check_players(const Pipe& pipe, const std::vector<std::vector<std::string>>& players) {
  auto place = [&](const std::string& name) {
    for (std::size_t p = 0; p < players.size(); ++p)
      if (std::count(players[p].begin(), players[p].end(), name) > 0) return static_cast<int>(p);
    std::vector<std::string> known;
    for (const auto& names : players) known.insert(known.end(), names.begin(), names.end());
    throw Error("the rule names the player " + as_typed(name) + ", and this game has " +
                join(known, ", ") + did_you_mean(name, known));
  };
  for (const StageSpec& s : pipe.stages) {
    std::vector<bool> seen(players.size(), false);
    for (const auto& [name, value] : s.per_player) {
      const auto p = static_cast<std::size_t>(place(name));
      if (is_number_of_player(name)) continue;  // a name may say otherwise
      if (seen[p])
        throw Error("'" + s.facts().facts.id + "' names the player " + as_typed(name) + " twice");
      seen[p] = true;
    }
    seen.assign(players.size(), false);
    for (const std::string& name : s.order) {
      const auto p = static_cast<std::size_t>(place(name));
      if (seen[p]) throw Error("the order " + join(s.order, ">") + " names a player twice");
      seen[p] = true;
    }
    if (!s.order.empty() && s.order.size() != players.size())
      throw Error("the order " + join(s.order, ">") + " names " + std::to_string(s.order.size()) +
                  " of " + std::to_string(players.size()) + " players; it must name all");
  }
}

}  // namespace gyre
