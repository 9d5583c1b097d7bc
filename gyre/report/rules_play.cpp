#include <cmath>

#include "gyre/core/text.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/report/play.hpp"

namespace gyre::report {

namespace {

/// A rule of the tour; its words stand under the key. `eta` fills the scheme's step size.
struct Plan {
  const char* key;
  Family family;
  const char* before;  ///< stages before the scheme, each with its bar
  const char* scheme;
  const char* behind = "";
};

constexpr Plan kPlans[] = {
    {"gda", Family::kPlain, "", "simultaneous"},
    {"alternating", Family::kScheme, "", "alternating"},
    {"extragradient", Family::kScheme, "", "extragradient"},
    {"optimistic", Family::kScheme, "", "optimistic"},
    {"scale", Family::kField, "scale(y=5) | ", "simultaneous"},
    {"conopt", Family::kField, "conopt(gamma=1) | ", "simultaneous"},
    {"sga", Family::kField, "sga(lambda=1) | ", "simultaneous"},
    {"hgd", Family::kField, "hgd | ", "simultaneous"},
    {"momentum", Family::kMomentum, "momentum(beta=0.5) | ", "simultaneous"},
    {"negative-momentum", Family::kMomentum, "momentum(beta=-0.5) | ", "alternating"},
    {"nesterov", Family::kMomentum, "nesterov(beta=0.3) | ", "extragradient"},
    {"rmsprop", Family::kAdaptive, "rmsprop | ", "simultaneous"},
    {"adam", Family::kAdaptive, "adam | ", "simultaneous"},
    {"adam-usual", Family::kAdaptive, "adam(beta1=0.9, beta2=0.999) | ", "simultaneous"},
    {"optimistic-adam", Family::kAdaptive, "adam | ", "optimistic"},
    {"extra-adam", Family::kAdaptive, "adam | ", "extragradient"},
    {"lookahead", Family::kWrapper, "", "simultaneous", " | lookahead(k=5, alpha=0.5)"},
    {"average-gda", Family::kWrapper, "", "simultaneous", " | average"},
    {"average", Family::kWrapper, "", "alternating", " | average"},
    {"ema", Family::kWrapper, "", "alternating", " | ema(decay=0.99)"},
};

constexpr double kClose = 1e-3;
constexpr std::uint64_t kCloseSteps = 500;

std::string rule_text(const Plan& plan, double eta) {
  return std::string(plan.before) + plan.scheme + "(eta=" + number(eta) + ")" + plan.behind;
}

bool cancelled(const Means& means) { return means.cancel && *means.cancel; }

}  // namespace

Trial try_rule(const Game& game, std::string_view rule, const TrialPlan& plan, const Means& means) {
  const Pipe pipe = parse_pipe(rule);
  const Traced traced = trace(game, pipe);
  Trial trial;
  trial.pipe = pipe;
  trial.rule = pipe.text();
  trial.calls_a_step = traced.calls_a_step;
  trial.products_a_step = traced.products_a_step;
  trial.symbols = traced.state_symbols;
  trial.next = traced.next;
  trial.slots = traced.slots;
  trial.spectrum = predict(traced, std::vector{0.0, 0.0});

  Lanes lanes;
  lanes.starts = {{plan.start[0], plan.start[1]}};
  const double work_a_step = trial.calls_a_step + trial.products_a_step;
  trial.path =
      paths_of(traced, lanes, static_cast<std::uint64_t>(plan.work / work_a_step + 1e-9), means)[0];
  RunOptions options;
  options.steps = plan.steps;
  options.threads = means.threads;
  options.cancel = means.cancel;
  options.references = {{0.0, 0.0}};
  trial.outcome = run(traced, lanes, options).outcomes[0];
  trial.measured = trial.outcome.rate;
  return trial;
}

std::vector<Trial> try_all_rules(const Game& game, const TrialPlan& plan, double eta,
                                 const Means& means) {
  std::vector<Trial> trials;
  for (const Plan& p : kPlans) {
    if (cancelled(means)) break;
    trials.push_back(try_rule(game, rule_text(p, eta), plan, means));
    trials.back().key = p.key;
    trials.back().family = p.family;
  }
  return trials;
}

Shared play_together(const TrialPlan& plan, double eta, const Means& means) {
  Shared shared{.game = parse_game("loss = (x^2 + y^2)/2 + x*y/2; x: loss; y: loss"),
                .start = plan.start};
  shared.point = classify(shared.game, std::vector{0.0, 0.0});
  for (const Plan& p : kPlans) {
    const std::string_view key = p.key;
    if (key != "gda" && key != "alternating" && key != "adam-usual") continue;
    shared.trials.push_back(try_rule(shared.game, rule_text(p, eta), plan, means));
    shared.trials.back().key = p.key;
  }
  return shared;
}

std::vector<GanTrial> try_gans(const TrialPlan& plan, double eta, const Means& means) {
  // The generator puts a point at theta, the data lie at 0, the discriminator has slope psi.
  const char* plain = "min theta max psi: -log(1 + exp(-theta*psi))";
  const char* penalised =
      "min theta max psi: -log(1 + exp(-theta*psi)) - gamma/2*psi^2; gamma = 0.3";
  struct Variant {
    const char *key, *game;
    Plan plan;
  };
  const Variant variants[] = {
      {"gan", plain, {"gan", Family::kPlain, "", "simultaneous"}},
      {"gan-alternating", plain, {"gan-alternating", Family::kScheme, "", "alternating"}},
      {"gan-r1", penalised, {"gan-r1", Family::kField, "", "simultaneous"}},
      {"gan-conopt", plain, {"gan-conopt", Family::kField, "conopt(gamma=1) | ", "simultaneous"}},
  };
  std::vector<GanTrial> trials;
  for (const Variant& v : variants) {
    if (cancelled(means)) break;
    GanTrial gan{.key = v.key, .game = parse_game(v.game)};
    gan.field_eigenvalues = classify(gan.game, std::vector{0.0, 0.0}).eigenvalues;
    const std::string rule = rule_text(v.plan, eta);
    gan.trial = try_rule(gan.game, rule, plan, means);
    // The prediction holds close to the solution, so that is where it is measured.
    const TrialPlan close{.start = {plan.start[0] * kClose, plan.start[1] * kClose},
                          .work = plan.work,
                          .steps = kCloseSteps};
    gan.trial.measured = try_rule(gan.game, rule, close, means).measured;
    gan.trial.key = v.key;
    gan.trial.family = v.plan.family;
    trials.push_back(std::move(gan));
  }
  return trials;
}

}  // namespace gyre::report
