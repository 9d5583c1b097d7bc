#include "gyre/report/values.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "gyre/core/assert.hpp"
#include "gyre/core/version.hpp"
#include "gyre/report/figures.hpp"
#include "gyre/report/format.hpp"
#include "gyre/report/html.hpp"
#include "gyre/report/mathml.hpp"

namespace gyre::report {

namespace {

std::string letter(const char* name) { return math(mathml_name(name)); }

std::string equals(const char* name, double value, int digits) {
  return math(mathml_name(name) + mathml_operator("=") + mathml_number(value, digits));
}

/// √(1+η²).
std::string growth_formula() {
  return tag("msqrt", tag("mn", "1") + mathml_operator("+") +
                          tag("msup", mathml_name("eta") + tag("mn", "2")));
}

std::string log_of(const std::string& inside) {
  return mathml_call("ln", tag("mspace", {{"width", "0.17em"}}, "") + inside);
}

/// A complex number and its conjugate: "a ± b i".
std::pair<std::string, std::string> pair_of(std::complex<double> a, int digits) {
  const double im = std::abs(a.imag());
  const bool no_real = std::abs(a.real()) < 1e-12;
  std::string inside = no_real ? "" : mathml_number(a.real(), digits);
  inside += mathml_operator("±");
  if (im != 1.0) inside += mathml_number(im, digits) + mathml_operator("\u2062");
  const std::string text = (no_real ? "" : shown(a.real(), digits) + " ") + "± " +
                           (im == 1.0 ? "" : shown(im, digits)) + "i";
  return {text, math(mathml_row(inside + tag("mi", "i")))};
}

class Filler {
 public:
  explicit Filler(Words& words) : words_(words) {}

  void text(const std::string& name, std::string value) { words_.set(name, std::move(value)); }
  void number(const std::string& name, double value, int digits) {
    words_.set(name, shown(value, digits));
  }
  void count(const std::string& name, std::uint64_t value) { words_.set(name, grouped(value)); }
  void html(const std::string& name, std::string plain, std::string html) {
    words_.set(name, std::move(plain), std::move(html));
  }
  void pair(const std::string& name, std::complex<double> a, int digits) {
    auto [plain, html] = pair_of(a, digits);
    words_.set(name, std::move(plain), std::move(html));
  }

 private:
  Words& words_;
};

void fill_letters(Filler& fill) {
  fill.html("x", "x", letter("x"));
  fill.html("y", "y", letter("y"));
  fill.html("eta", "η", letter("eta"));
  fill.html("theta", "θ", letter("theta"));
  fill.html("psi", "ψ", letter("psi"));
  fill.html("gamma", "γ", letter("gamma"));
  fill.html("beta1", "β₁", letter("beta1"));
  fill.html("beta2", "β₂", letter("beta2"));
}

void fill_game(Filler& fill, const Findings& found) {
  const Landscape& land = found.landscape;
  const std::string payoff = to_mathml(found.game.payoff);
  const std::string f = mathml_call(
      "f", mathml_bracketed(mathml_name("x") + mathml_operator(",") + mathml_name("y")));
  fill.html("f", "f(x, y) = x·y", math(f + mathml_operator("=") + payoff));
  fill.html("payoff", "x·y", math(payoff));
  fill.text("game", found.game.text);
  fill.text("saddle", place(land.saddle[0], land.saddle[1], 3));
  fill.number("payoff.saddle", land.payoff_at_saddle, 3);
  fill.number("bend.xx", land.bend_xx, 3);
  fill.number("bend.xy", land.bend_xy, 3);
  fill.number("bend.yy", land.bend_yy, 3);
  fill.count("arrows", land.x.size());
  fill.number("worst.cosine", land.worst_cosine, 2);
  const bool same = land.longest - land.shortest < 1e-12;
  fill.text("length.ratio", same ? shown(land.longest, 6)
                                 : shown(land.shortest, 6) + " … " + shown(land.longest, 6));
}

void fill_play(Filler& fill, const Findings& found) {
  const Orbit& book = found.book;
  const std::vector<double> distances = book.path.distances();
  fill.text("seed", std::to_string(found.seed));
  fill.html("eta.is", "η = " + shown(book.eta, 3), equals("eta", book.eta, 3));
  fill.text("eta.text", "η = " + shown(book.eta, 3));
  fill.text("book.fitted", shown_fixed(book.fitted, 10));
  fill.count("steps", book.path.size() - 1);
  fill.count("points", book.path.size());
  fill.text("random.start", place(found.random.start[0], found.random.start[1], 4));
  fill.text("book.start", place(book.start[0], book.start[1], 4));
  fill.number("book.first", distances.front(), 4);
  fill.number("book.last", distances.back(), 4);
  fill.number("book.turns", book.turns, 3);
  fill.text("book.predicted", shown_fixed(book.predicted, 10));
  fill.number("turn.factor",
              std::pow(book.fitted, static_cast<double>(book.path.size() - 1) / book.turns), 4);
  fill.count("starts", found.starts.size());
  fill.count("starts.drawn", kDrawnOfStarts);
  fill.count("crowd", found.crowd.starts);
  fill.text("crowd.slowest", shown_fixed(found.crowd.slowest, 10));
  fill.text("crowd.fastest", shown_fixed(found.crowd.fastest, 10));
  fill.count("crowd.diverged", found.crowd.diverged);
}

void fill_rates(Filler& fill, const Findings& found) {
  const Doubling& slowest = found.doublings.back();
  fill.html("growth.formula", "√(1+η²)", math(growth_formula()));
  fill.html("doubling.formula", "ln 2 / ln √(1+η²)",
            math(tag("mfrac", log_of(tag("mn", "2")) + log_of(growth_formula()))));
  fill.html("doubling.short", shown(2.0 * std::numbers::ln2, 3) + "/η²",
            math(mathml_number(2.0 * std::numbers::ln2, 3) + mathml_operator("/") +
                 tag("msup", mathml_name("eta") + tag("mn", "2"))));
  fill.count("drawn.etas", found.delays.size());
  fill.text("slowest.measured.plain", std::to_string(slowest.measured));
  fill.text("slowest.predicted.plain", shown_fixed(slowest.predicted, 2));
  fill.number("slowest.eta", slowest.eta, 3);
  fill.text("slowest.predicted", grouped_fixed(slowest.predicted, 2));
}

void fill_why(Filler& fill, const Findings& found) {
  const Why& why = found.why;
  const auto& values = why.spectrum.eigenvalues;
  fill.pair("eigenvalues", values.at(0), 6);
  fill.text("radius", shown_fixed(why.spectrum.radius, 10));
  fill.number("angle", std::abs(std::arg(values[0])) * 180.0 / std::numbers::pi, 5);
  fill.number("eta.most", why.eigenpaths.at(0).etas.back(), 3);
  const auto square = [](const char* name) {
    return tag("msup", mathml_name(name) + tag("mn", "2"));
  };
  fill.html("kept.formula", "x² + y² − ηxy",
            math(square("x") + mathml_operator("+") + square("y") + mathml_operator("−") +
                 mathml_name("eta") + mathml_name("x") + mathml_name("y")));
  fill.number("drift.step", why.worst_drift_a_step, 2);
  fill.number("reach.low", why.reach_low, 4);
  fill.number("reach.high", why.reach_high, 4);
  fill.count("kept.drawn", kDrawnOfTurns);
  fill.html("shared.loss", "f", math(to_mathml(found.shared.game.players.at(0).loss)));
  const auto& shared = found.shared.point.eigenvalues;
  fill.number("shared.low", shared.at(0).real(), 4);
  fill.number("shared.high", shared.at(1).real(), 4);
}

void fill_rules(Filler& fill, const Words& words, const Findings& found) {
  fill.count("rules", found.trials.size());
  fill.count("settled", static_cast<std::uint64_t>(
                            std::count_if(found.trials.begin(), found.trials.end(), settled)));
  fill.count("trial.steps", found.trial_steps);
  double gap = 0.0;
  const Trial *by_step = nullptr, *by_work = nullptr;
  const auto a_call = [](const Trial& t) {
    return std::pow(t.measured, 1.0 / (t.calls_a_step + t.products_a_step));
  };
  for (const Trial& t : found.trials) {
    if (t.spectrum) gap = std::max(gap, std::abs(t.measured - t.spectrum->radius));
    if (!settled(t)) continue;
    if (!by_step || t.measured < by_step->measured) by_step = &t;
    if (!by_work || a_call(t) < a_call(*by_work)) by_work = &t;
  }
  GYRE_ASSERT(by_step && by_work);
  fill.number("worst.gap", gap, 2);
  for (const char* key : {"adam", "adam-usual"})
    for (const char* beta : {"beta1", "beta2"})
      fill.number(std::string(key) + "." + beta, trial_of(found.trials, key).pipe.real(0, beta), 6);
  fill.text("best.step", words.text(by_step->key + ".name"));
  fill.number("best.step.rate", by_step->measured, 6);
  fill.text("best.work", words.text(by_work->key + ".name"));
  fill.number("best.work.rate", a_call(*by_work), 6);
}

void fill_gan(Filler& fill, const Findings& found) {
  fill.text("gan.start", place(found.gan_start[0], found.gan_start[1], 3));
  fill.html("gan.eta.is", "η = " + shown(found.gan_eta, 3), equals("eta", found.gan_eta, 3));
  const auto& values = found.gan.at(0).field_eigenvalues;
  fill.pair("gan.eigenvalues", values.at(0), 4);
  for (const GanTrial& gan : found.gan) {
    if (gan.game.parameters.empty()) continue;
    fill.number("r1.gamma", gan.game.parameters[0].value, 3);
  }
  fill.html("gan.solution", "θ = ψ = 0",
            math(mathml_name("theta") + mathml_operator("=") + mathml_name("psi") +
                 mathml_operator("=") + tag("mn", "0")));
  fill.html("gan.penalty", "γψ²/2",
            math(tag("mfrac", mathml_name("gamma") + tag("mn", "2")) +
                 tag("msup", mathml_name("psi") + tag("mn", "2"))));
}

}  // namespace

std::string verdict_key(const Outcome& outcome, double first_distance) {
  switch (outcome.verdict) {
    case Verdict::kSettled:
      return "verdict.settled";
    case Verdict::kCycling:
      return "verdict.cycling";
    case Verdict::kDiverged:
      return "verdict.diverged";
    case Verdict::kNotFinite:
      return "verdict.not-finite";
    case Verdict::kBudgetSpent:
      break;
  }
  constexpr double kMuch = 1.5;
  if (outcome.distance > kMuch * first_distance) return "verdict.drifting";
  return kMuch * outcome.distance < first_distance ? "verdict.nearing" : "verdict.spent";
}

bool settled(const Trial& trial) { return trial.outcome.verdict == Verdict::kSettled; }

const Trial& trial_of(const std::vector<Trial>& trials, std::string_view key) {
  const auto it =
      std::find_if(trials.begin(), trials.end(), [&](const Trial& t) { return t.key == key; });
  GYRE_ASSERT(it != trials.end());
  return *it;
}

Words words_for(const Findings& found, Language language) {
  Words words(language);
  Filler fill(words);
  fill_letters(fill);
  fill_game(fill, found);
  fill_play(fill, found);
  fill_rates(fill, found);
  fill_why(fill, found);
  fill_rules(fill, words, found);
  fill_gan(fill, found);
  fill.text("version", kVersion);
  fill.text("seconds.explore", shown_fixed(found.seconds, 1));
  return words;
}

}  // namespace gyre::report
