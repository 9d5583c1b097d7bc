#include "gyre/rules/pipe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"
#include "gyre/core/text.hpp"

namespace gyre {
namespace {

struct Good {
  std::string text, canonical;
};

const Good kGood[] = {
    {"gda", "simultaneous(eta=0.1)"},
    {"conopt(gamma=1)|adam|eg(eta=0.05)|lookahead(k=5)",
     "conopt | adam | extragradient(eta=0.05) | lookahead"},
    {"eg(0.3)", "extragradient(eta=0.3)"},
    {"lookahead(7)", "simultaneous(eta=0.1) | lookahead(k=7)"},
    {"alternating(order=y>x, y=5)", "alternating(eta=0.1, order=y>x, y=5)"},
    {"alternating( order = y > x , y = 5 )", "alternating(eta=0.1, order=y>x, y=5)"},
    {"adam", "adam | simultaneous(eta=0.1)"},
    {"average | ema(decay=0.5)", "simultaneous(eta=0.1) | average | ema(decay=0.5)"},
    {"adam | average", "adam | simultaneous(eta=0.1) | average"},
    {"extra-adam(eta=0.01,beta1=0)", "adam(beta1=0) | extragradient(eta=0.01)"},
    {"negative-momentum(eta=1e-3)", "momentum | alternating(eta=0.001)"},
    {"scale()", "scale | simultaneous(eta=0.1)"},
    {"eg()", "extragradient(eta=0.1)"},
    {"simultaneous | lookahead(k=2) | lookahead(k=3, alpha=1)",
     "simultaneous(eta=0.1) | lookahead(k=2) | lookahead(k=3, alpha=1)"},
    {"optimistic-adam(eta=0.1, eps=1e-4) | ema", "adam(eps=0.0001) | optimistic(eta=0.1) | ema"},
    {"adam | adam | eg", "adam | adam | extragradient(eta=0.1)"},
    {"conopt | momentum | rmsprop | optimistic | ema | average",
     "conopt | momentum | rmsprop | optimistic(eta=0.1) | ema | average"},
    {"eg(eta=1e-400)", "extragradient(eta=0)"},
    {"eg(eta=+0.2)", "extragradient(eta=0.2)"},
    {"eg(eta=.5)", "extragradient(eta=0.5)"},
    {"momentum(beta=-0)", "momentum(beta=0) | simultaneous(eta=0.1)"},
    {"eg(eta=0)", "extragradient(eta=0)"},
};

TEST(Pipe, ReadsAndPrintsTheOneSpelling) {
  for (const Good& g : kGood) EXPECT_EQ(parse_pipe(g.text).text(), g.canonical) << g.text;
}

TEST(Pipe, ReadsItsOwnSpellingBack) {
  for (const Good& g : kGood) EXPECT_EQ(parse_pipe(g.canonical).text(), g.canonical) << g.text;
}

TEST(Pipe, KnowsTheNamesOfTheLiterature) {
  for (const char* name : {"sim-gda",
                           "alt-gda",
                           "hgd",
                           "conopt",
                           "aligned-conopt",
                           "sga",
                           "la",
                           "lola",
                           "sos",
                           "cgd",
                           "lcgd",
                           "acgd",
                           "lss",
                           "cross-curl",
                           "jare",
                           "nk-penalty",
                           "odegan-reg",
                           "crit-damp",
                           "stackelberg",
                           "tgda",
                           "follow-ridge",
                           "gd-newton",
                           "complete-newton",
                           "newton-root",
                           "cesp",
                           "unroll",
                           "mwu",
                           "alt-mwu",
                           "omwu",
                           "mirror-prox-ent",
                           "pgda",
                           "peg",
                           "pogda",
                           "rm",
                           "rm-plus",
                           "rm-plus-alt",
                           "prm-plus",
                           "fp"})
    EXPECT_NO_THROW(parse_pipe(name)) << name;
}

struct Wrong {
  std::string text, message;
  int column;  ///< of the caret; -1 where there is none
};

const Wrong kWrong[] = {
    {"", "the rule is empty; try --rule extragradient", -1},
    {"gdaa", "unknown rule 'gdaa'; did you mean 'gda'?", 0},
    {"scale(y=5, x=-0.5) | conopt | sga",
     "'sga' needs products with the Jacobian, and there are none behind conopt: put sga before it",
     30},
    {"eg|gda", "two schemes in one rule, extragradient and simultaneous; a pipe has one", 3},
    {"gda|adam", "'adam' changes the field, so it stands before the scheme simultaneous", 4},
    {"gda | average | adam",
     "'adam' changes the field, so it stands before the scheme simultaneous", 16},
    {"adam|conopt",
     "'conopt' needs products with the Jacobian, and there are none behind adam: put conopt before "
     "it",
     5},
    {"hgd | sga",
     "'sga' needs products with the Jacobian, and there are none behind hgd: put sga before it", 6},
    {"eg(eta=-1)", "'eta' is '-1', outside its range 0 to 1000000", 3},
    {"eg(eta=1e7)", "'eta' is '1e7', outside its range 0 to 1000000", 3},
    {"eg(eta=nan)", "'eta' is 'nan', outside its range 0 to 1000000", 3},
    {"eg(k=1)", "'eg' has no parameter 'k'; it has eta", 3},
    {"eg(etaa=0.1)", "'eg' has no parameter 'etaa'; did you mean 'eta'?", 3},
    {"adam(eta=1)",
     "'adam' has no parameter 'eta'; the step size belongs to the scheme: adam | "
     "simultaneous(eta=...)",
     5},
    {"lookahead(k=1.5)", "'k' needs a whole number, not '1.5'", 10},
    {"lookahead(k=0)", "'k' is '0', outside its range 1 to 10000", 10},
    {"eg(", "this '(' is never closed", 2},
    {"eg(eta=0.1", "this '(' is never closed", 2},
    {"eg)", "unknown rule 'eg)'; did you mean 'eg'?", 0},
    {"eg(eta=0.1))", "a bracket inside the arguments of a stage", 10},
    {"eg(eta=(0.1))", "a bracket inside the arguments of a stage", 7},
    {"eg|", "a stage is missing in the rule", 3},
    {"|eg", "a stage is missing in the rule", 0},
    {"eg||gda", "a stage is missing in the rule", 3},
    {"alternating(etaa=3)", "'alternating' has no parameter 'etaa'; did you mean 'eta'?", 12},
    {"eg(eta=abc)", "'eta' needs a number, not 'abc'", 3},
    {"eg(eta=)", "'eta' needs a number, not ''", 3},
    {"eg(=3)", "a parameter has no name", 3},
    {"eg(,)", "'eta' needs a number, not ''", 3},
    {"eg(eta=0.1, 0.2)", "this value needs a name, as in eta=0.1", 11},
    {"eg(0.1, eta=0.2)", "'eta' is given twice", 7},
    {"eg(eta=0.1, eta=0.2)", "'eta' is given twice", 11},
    {"extra-adam(0.1)", "this value needs a name, as in eta=0.1", 11},
    {"hgd(2)", "'hgd' takes no number without a name", 4},
    {"hgd(gamma=1)", "'hgd' has no parameter 'gamma'; it has none", 4},
    {"sga(align=2)", "'align' is '2', outside its range 0 to 1", 4},
    {"sga(align=0.5)", "'align' needs a whole number, not '0.5'", 4},
    {"momentum(beta=1)", "'beta' is '1', outside its range -0.999999999 to 0.999999999", 9},
    {"alternating(x=0)", "'x' is '0', outside its range 1 to 1000", 12},
    {"alternating(et=0.1)", "'alternating' has no parameter 'et'; did you mean 'eta'?", 12},
    {"alternating(x=1.5)", "'x' needs a whole number, not '1.5'", 12},
    {"alternating(order=)", "a player is missing in the order", 12},
    {"alternating(order=x>)", "a player is missing in the order", 12},
    {"extragradient eta=0.1", "unknown rule 'extragradient eta=0.1'; 'gyre rules' lists them", 0},
    {"EG", "unknown rule 'EG'; 'gyre rules' lists them", 0},
    {"lookahead(k=10000) | lookahead(k=10000)",
     "one step of this rule takes 100000000 steps inside; at most 100000 are taken", 0},
    {"adam(beta1=0.5, beta1=0.5)", "'beta1' is given twice", 15},
    {"eg(eta=0x10)", "'eta' needs a number, not '0x10'", 3},
    {"eg(η=0.1)", "'eg' has no parameter 'η'; it has eta", 3},
    {"ég(eta=0.1)", "unknown rule 'ég'; 'gyre rules' lists them", 0},
    {"gda|gda|gda|gda", "two schemes in one rule, simultaneous and simultaneous; a pipe has one",
     4},
    {"scale|scale|scale|scale|scale|scale|scale|scale|scale|scale|scale|scale|scale|scale|scale|"
     "scale|gda",
     "a rule has at most 16 stages, its scheme among them", 63},
    {"scale|scale|scale|scale|scale|scale|scale|scale|scale|scale|scale|scale|scale|scale|scale|"
     "scale",
     "a rule has at most 16 stages, its scheme among them", 0},
    {"eg [0.1]", "unknown rule 'eg [0.1]'; 'gyre rules' lists them", 0},
};

/// Where the caret stands, counted in characters of the shown line.
int caret_column(const Error& e) {
  const std::size_t newline = e.detail().find('\n');
  if (newline == std::string::npos) return -1;
  return static_cast<int>(e.detail().size() - newline) - 4;
}

TEST(Pipe, SaysWhatIsWrongAndWhere) {
  static_assert(std::size(kWrong) >= 25);
  for (const Wrong& w : kWrong) {
    try {
      ADD_FAILURE() << w.text << " was read as " << parse_pipe(w.text).text();
    } catch (const Error& e) {
      EXPECT_EQ(e.what(), w.message) << w.text;
      EXPECT_EQ(caret_column(e), w.column) << w.text << "\n" << e.detail();
    }
  }
}

TEST(Pipe, KnowsEveryStageByItsIdWithItsDefaults) {
  ASSERT_FALSE(rule_catalogue().empty());
  for (const StageFacts& s : rule_catalogue()) {
    const Pipe pipe = parse_pipe(s.facts.id);
    int found = 0;
    for (std::size_t i = 0; i < pipe.stages.size(); ++i) {
      if (&pipe.stages[i].facts() != &s) continue;
      ++found;
      for (const auto& [name, value] : pipe.stages[i].reals)
        EXPECT_EQ(value, s.param(name)->initial) << s.facts.id;
    }
    EXPECT_EQ(found, 1) << s.facts.id;
    EXPECT_EQ(pipe.stages[pipe.scheme].facts().kind, StageKind::kScheme);
  }
}

TEST(Pipe, EveryParameterTakesTheEndsOfItsRangeAndNothingBeyond) {
  int tried = 0;
  for (const StageFacts& s : rule_catalogue())
    for (const ParamFacts& p : s.params) {
      if (p.kind == ParamKind::kOrder) continue;
      const std::string name = p.name == "PLAYER" ? "x" : p.name;
      auto text = [&](double value) { return s.facts.id + "(" + name + "=" + number(value) + ")"; };
      for (const double end : {p.range.low, p.range.high}) {
        const std::string canonical = parse_pipe(text(end)).text();
        EXPECT_EQ(parse_pipe(canonical).text(), canonical);
      }
      for (const double beyond : {p.range.low - 1.0, p.range.high + 1.0})
        EXPECT_THROW(parse_pipe(text(beyond)), Error) << text(beyond);
      ++tried;
    }
  EXPECT_GT(tried, 0);
}

TEST(Pipe, DrawsWhereAStageDoes) {
  EXPECT_TRUE(parse_pipe("adam | noise | eg").draws());
  EXPECT_TRUE(parse_pipe("svre | lookahead").draws());
  EXPECT_FALSE(parse_pipe("adam | decay | eg | lookahead").draws());
}

TEST(Pipe, EveryAliasStandsForItsPipe) {
  ASSERT_FALSE(rule_aliases().empty());
  std::string last;
  for (const Alias& a : rule_aliases()) {
    EXPECT_EQ(parse_pipe(a.name).text(), parse_pipe(a.pipe).text());
    EXPECT_FALSE(a.about.empty()) << a.name;
    EXPECT_LT(last, a.name) << "the aliases stand in the order of the alphabet";
    last = a.name;
    for (const StageFacts& s : rule_catalogue()) EXPECT_NE(s.facts.id, a.name);
  }
}

TEST(Pipe, AnArgumentOfAnAliasGoesToTheStageThatKnowsIt) {
  int tried = 0;
  for (const Alias& a : rule_aliases())
    for (const StageSpec& s : parse_pipe(a.pipe).stages)
      for (const ParamFacts& p : s.facts().params) {
        if (p.kind != ParamKind::kReal || a.pipe.find('(') != std::string::npos) continue;
        const std::string arg = "(" + p.name + "=" + number(p.initial / 2) + ")";
        std::string written = a.pipe;
        const std::size_t at = written.find(s.facts().facts.id);
        // Not where the scheme is nobody's word, nor where two stages could be meant.
        if (at == std::string::npos || at != written.rfind(s.facts().facts.id)) continue;
        written.insert(at + s.facts().facts.id.size(), arg);
        EXPECT_EQ(parse_pipe(a.name + arg).text(), parse_pipe(written).text());
        ++tried;
      }
  EXPECT_GT(tried, 10);
}

TEST(Pipe, ANameForAWrapperTakesTheSchemeBeforeIt) {
  EXPECT_EQ(parse_pipe("eg | avg").text(), parse_pipe("extragradient | average").text());
  EXPECT_EQ(parse_pipe("avg").text(), parse_pipe("simultaneous | average").text());
}

/// Whether a scheme may stand behind any field stage.
bool can_follow(const std::string& scheme) {
  const StageFacts& s = parse_pipe(scheme).stages.front().facts();
  return !s.needs_products && !s.facts.needs.losses;
}

TEST(Pipe, RandomPipesAreReadBackFromTheirText) {
  for (std::uint64_t i = 0; i < 300; ++i) {
    Stream random(1, "pipes", i);
    auto pick = [&](StageKind kind) {
      std::vector<const StageFacts*> of_kind;
      for (const StageFacts& s : rule_catalogue())
        if (s.kind == kind) of_kind.push_back(&s);
      const StageFacts& s = *of_kind[random.bits() % of_kind.size()];
      std::vector<std::string> args;
      for (const ParamFacts& p : s.params) {
        double value = random.uniform(std::max(p.range.low, -2.0), std::min(p.range.high, 3.0));
        if (p.kind == ParamKind::kCount || p.kind == ParamKind::kCountPerPlayer)
          value = std::floor(value);
        if (random.uniform() < 0.5) continue;
        if (p.kind == ParamKind::kOrder)
          args.push_back(p.name + "=b>a");
        else
          args.push_back((p.name == "PLAYER" ? "b" : p.name) + "=" + number(value));
      }
      return s.facts.id + (args.empty() ? "" : "(" + join(args, ", ") + ")");
    };
    std::vector<std::string> stages;
    for (auto n = random.bits() % 2; n-- > 0;) stages.push_back(pick(StageKind::kField));
    const bool bends = !stages.empty();
    do stages.resize(bends), stages.push_back(pick(StageKind::kScheme));
    while (bends && !can_follow(stages.back()));
    for (auto n = random.bits() % 3; n-- > 0;) stages.push_back(pick(StageKind::kWrapper));
    const std::string text = join(stages, "|"), canonical = parse_pipe(text).text();
    const Pipe a = parse_pipe(text), b = parse_pipe(canonical);
    EXPECT_EQ(b.text(), canonical);
    ASSERT_EQ(a.stages.size(), b.stages.size()) << text;
    for (std::size_t k = 0; k < a.stages.size(); ++k) {
      EXPECT_EQ(a.stages[k].place, b.stages[k].place) << text;
      EXPECT_EQ(a.stages[k].reals, b.stages[k].reals) << text;
      EXPECT_EQ(a.stages[k].per_player, b.stages[k].per_player) << text;
      EXPECT_EQ(a.stages[k].order, b.stages[k].order) << text;
    }
  }
}

TEST(Pipe, HostileTextIsRefusedAtOnce) {
  const std::string deep(2'000, '(');
  for (const std::string& text :
       {std::string(10'000'000, 'a'), std::string(100'000, '|'), std::string(4'000, '|'),
        "eg" + deep, "eg" + deep + std::string(2'000, ')'), "eg(" + std::string(4'000, ',') + ")",
        std::string(4'000, ')'), "eg(eta=" + std::string(4'000, '9') + ")", std::string("eg\0", 3),
        std::string("\x1b[31m\xff\xfe"), "alternating(order=" + std::string(4'000, '>') + ")"}) {
    try {
      ADD_FAILURE() << "was read as " << parse_pipe(text).text();
    } catch (const Error& e) {
      EXPECT_LT(std::string_view(e.what()).size(), 300u);
      EXPECT_LT(e.detail().size(), 600u);
      EXPECT_THAT(e.what(), testing::Not(testing::HasSubstr("\x1b")));
      EXPECT_THAT(e.detail(), testing::Not(testing::HasSubstr("\x1b")));
    }
  }
}

TEST(Pipe, RandomBytesEitherReadOrThrowError) {
  const std::string_view letters = "aegmt()=|,.>0159 -_\xc3\xa9\n";
  for (std::uint64_t i = 0; i < 3000; ++i) {
    Stream random(2, "bytes", i);
    std::string text = i % 2 ? "adam(eps=0.1)|eg(eta=0.2)|lookahead(k=3)" : "";
    for (int n = 0; n < 12; ++n)
      text.insert(random.bits() % (text.size() + 1), 1, letters[random.bits() % letters.size()]);
    try {
      const std::string canonical = parse_pipe(text).text();
      EXPECT_EQ(parse_pipe(canonical).text(), canonical) << text;
    } catch (const Error& e) {
      EXPECT_GT(std::string_view(e.what()).size(), 0u);
    }
  }
}

std::string players_error(const std::string& pipe) {
  try {
    check_players(parse_pipe(pipe), {{"x", "1"}, {"u", "v", "2"}});
    return "";
  } catch (const Error& e) {
    return e.what();
  }
}

TEST(Players, OfAPipeMustBeInTheGame) {
  for (const char* good : {"gda", "scale(x=2, v=3)", "scale(1=2, 2=3)", "alternating(order=v>1)",
                           "alternating(u=3)", "scale(u=2) | scale(v=2)"})
    EXPECT_EQ(players_error(good), "");
  EXPECT_EQ(players_error("scale(y=2)"),
            "the rule names the player 'y', and this game has x, 1, u, v, 2");
  EXPECT_EQ(players_error("alternating(order=2>3)"),
            "the rule names the player '3', and this game has x, 1, u, v, 2");
  EXPECT_EQ(players_error("alternating(order=u>v)"), "the order u>v names a player twice");
  EXPECT_EQ(players_error("alternating(order=u)"),
            "the order u names 1 of 2 players; it must name all");
  EXPECT_EQ(players_error("scale(u=2, v=2)"), "'scale' names the player 'v' twice");
  EXPECT_EQ(players_error("alternating(x=2, 1=3)"), "");
}

}  // namespace
}  // namespace gyre
