#include "gyre/analysis/tune.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "gyre/analysis/quartiles.hpp"
#include "gyre/analysis/step_sizes.hpp"
#include "gyre/analysis/work.hpp"
#include "gyre/core/text.hpp"
#include "gyre/engine/run.hpp"

namespace gyre {

namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostPoints = 4;   // whose spectra are asked
constexpr std::size_t kMostOthers = 3;   // parameters besides the step size
constexpr std::size_t kBlockLanes = 32;  // few enough for every core to get some

/// A number of the pipe that may be chosen.
struct Choice {
  std::size_t stage = 0;
  std::string param, knob;
  Range range;
  bool step_size = false;
};

std::vector<Choice> reals_of(const Pipe& rule) {
  std::vector<Choice> all;
  std::map<std::size_t, int> uses;
  for (std::size_t i = 0; i < rule.stages.size(); ++i) {
    const StageSpec& stage = rule.stages[i];
    const int use = ++uses[stage.place];
    const std::string prefix =
        stage.facts().facts.id + (use > 1 ? "#" + std::to_string(use) : std::string());
    for (const ParamFacts& p : stage.facts().params)
      if (p.kind == ParamKind::kReal) all.push_back({i, p.name, prefix + "." + p.name, p.range});
  }
  return all;
}

/// The step size first; numbers that only keep a division from failing are left as they are.
std::vector<Choice> choices_of(const Traced& traced, const Pipe& rule) {
  std::vector<Choice> all = reals_of(rule);
  const std::optional<std::size_t> size = step_size_knob(traced);
  for (Choice& c : all) c.step_size = size && traced.knobs[*size].name == c.knob;
  std::erase_if(all, [](const Choice& c) { return c.param == "eps"; });
  std::ranges::stable_partition(all, &Choice::step_size);
  const bool steps = !all.empty() && all.front().step_size;
  if (all.size() > kMostOthers + steps) all.resize(kMostOthers + steps);
  return all;
}

double tidy(double value) {
  constexpr int kDigits = 6;
  if (std::abs(value) < 1e-12) return 0.0;
  return to_number(rounded(value, kDigits)).value_or(value);
}

/// A value for each choice.
using Values = std::vector<double>;

struct Score {
  std::size_t solved = 0;
  double calls = kInfinite, error = kInfinite;

  bool beats(const Score& b) const {
    if (solved != b.solved) return solved > b.solved;
    if (calls != b.calls) return calls < b.calls;
    return error < b.error;
  }
};

/// Evenly spaced in the logarithm, both ends included.
std::vector<double> geometric(double low, double high, int count) {
  std::vector<double> values;
  for (int i = 0; i < count; ++i)
    values.push_back(low * std::pow(high / low, i / static_cast<double>(count - 1)));
  return values;
}

/// A coarse grid of another parameter about the value it has.
std::vector<double> coarse(const Choice& choice, double now) {
  constexpr int kTenths = 10;
  constexpr double kNarrow = 2.0;
  std::vector<double> values;
  const auto [low, high, logarithmic] = choice.range;
  if (high - low <= kNarrow)
    for (int i = 1; i < kTenths; ++i)
      values.push_back(std::round(low) + (std::round(high) - std::round(low)) * i / kTenths);
  else
    for (const double factor : {0.0, 0.03, 0.1, 0.3, 3.0, 10.0, 30.0})
      values.push_back(factor * (now != 0.0 ? now : 1.0));
  std::erase_if(values, [&](double v) { return !choice.range.holds(v) || v == now; });
  return values;
}

class Tuner {
 public:
  Tuner(const Traced& traced, const Pipe& rule, const TuningGround& ground)
      : traced_(traced), ground_(ground), choices_(choices_of(traced, rule)) {
    result_.rule = rule;
    for (const Choice& c : choices_) now_.push_back(rule.real(c.stage, c.param));
    steps_ = !choices_.empty() && choices_.front().step_size;
  }

  Tuning work_out() {
    if (choices_.empty()) return result_;
    result_.by = Tuning::By::kOutcome;
    choose_steps(steps_ ? geometric(1e-3, 10.0, 25) : Values{});
    bool changed = false;
    for (std::size_t k = steps_; k < choices_.size(); ++k) changed = choose_other(k) || changed;
    if (steps_ && (changed || result_.by != Tuning::By::kSpectrum)) refine();
    return result_;
  }

 private:
  /// The step sizes that the spectra at solutions ask for, with the others as they are.
  std::vector<std::pair<double, double>> proposals() {
    std::vector<std::pair<double, double>> all;
    if (!steps_) return all;
    Traced here = traced_;
    set_knobs(here, result_.rule);
    for (const Target& t : ground_.targets.points()) {
      if (!ground_.targets.is_goal(t)) continue;
      const std::optional<StepSizes> sizes = step_sizes(here, t.at);
      if (sizes && sizes->radius_best < 1.0 && sizes->eta_best > 0.0 &&
          choices_.front().range.holds(sizes->eta_best))
        all.emplace_back(tidy(sizes->eta_best), sizes->radius_best);
      if (all.size() == kMostPoints) break;
    }
    return all;
  }

  void choose_steps(const std::vector<double>& grid) {
    const auto spectral = proposals();
    std::vector<Values> tries{now_};
    for (const auto& [eta, radius] : spectral) tries.push_back(with(0, eta));
    for (const double eta : grid)
      if (choices_.front().range.holds(tidy(eta))) tries.push_back(with(0, tidy(eta)));
    const std::vector<Score> scores = run(tries);
    std::size_t best = 0, sharpest = 0;
    for (std::size_t i = 1; i < tries.size(); ++i)
      if (scores[i].beats(scores[best])) best = i;
    for (std::size_t i = 1; i <= spectral.size(); ++i)
      if (sharpest == 0 || scores[i].solved > scores[sharpest].solved ||
          (scores[i].solved == scores[sharpest].solved &&
           spectral[i - 1].second < spectral[sharpest - 1].second))
        sharpest = i;
    result_.by = Tuning::By::kOutcome;
    result_.radius.reset();
    if (sharpest > 0 && scores[sharpest].solved >= scores[best].solved) {
      best = sharpest;
      result_.by = Tuning::By::kSpectrum;
      result_.radius = spectral[best - 1].second;
    }
    take(tries[best], scores[best]);
  }

  /// Another parameter, together with step sizes about the present one.
  bool choose_other(std::size_t k) {
    std::vector<Values> tries;
    for (const double value : coarse(choices_[k], now_[k])) {
      if (!steps_) tries.push_back(with(k, tidy(value)));
      for (const double factor : {0.1, 0.3, 0.6, 1.0, 1.6, 3.0, 10.0}) {
        Values both = with(k, tidy(value));
        if (steps_) both[0] = tidy(both[0] * factor);
        if (steps_ && choices_[0].range.holds(both[0])) tries.push_back(std::move(both));
      }
    }
    if (tries.empty()) return false;
    const std::vector<Score> scores = run(tries);
    std::size_t best = 0;
    for (std::size_t i = 1; i < tries.size(); ++i)
      if (scores[i].beats(scores[best])) best = i;
    if (!scores[best].beats(score_)) return false;
    take(tries[best], scores[best]);
    return true;
  }

  void refine() {
    for (const double ratio : {1.4, 1.08}) {
      if (now_[0] > 0.0) choose_steps(geometric(now_[0] / ratio, now_[0] * ratio, 9));
      if (result_.by == Tuning::By::kSpectrum) return;
    }
  }

  Values with(std::size_t k, double value) const {
    Values values = now_;
    values[k] = value;
    return values;
  }

  void take(const Values& values, const Score& score) {
    now_ = values;
    score_ = score;
    for (std::size_t k = 0; k < choices_.size(); ++k)
      result_.rule.stages[choices_[k].stage].reals[choices_[k].param] = now_[k];
  }

  std::vector<Score> run(const std::vector<Values>& tries) {
    const std::size_t starts = ground_.starts.size();
    Lanes lanes;
    for (const Values& values : tries)
      for (const std::vector<double>& start : ground_.starts) {
        lanes.starts.push_back(start);
        for (std::size_t k = 0; k < choices_.size(); ++k)
          lanes.knobs[choices_[k].knob].push_back(values[k]);
      }
    RunOptions options;
    options.steps = steps_for(traced_, ground_.calls);
    options.settle = ground_.tolerance;
    options.threads = ground_.threads;
    options.block_lanes = kBlockLanes;
    options.cancel = ground_.cancel;
    const std::vector<Outcome> outcomes = gyre::run(traced_, lanes, options).outcomes;
    result_.runs += outcomes.size();
    std::vector<Score> scores;
    for (std::size_t i = 0; i < tries.size(); ++i)
      scores.push_back(score(std::span(outcomes).subspan(i * starts, starts)));
    return scores;
  }

  Score score(std::span<const Outcome> outcomes) {
    Score score;
    std::vector<double> calls, errors;
    for (const Outcome& o : outcomes) {
      const double spent = work(traced_, static_cast<double>(o.steps));
      result_.calls += spent;
      const bool left = o.verdict == Verdict::kDiverged || o.verdict == Verdict::kNotFinite;
      const bool by_distance = ground_.targets.by_distance();
      errors.push_back(left          ? kInfinite
                       : by_distance ? ground_.targets.distance(o.last)
                                     : o.residual);
      if (o.verdict != Verdict::kSettled || o.residual > ground_.tolerance) continue;
      const Target* end = ground_.targets.at(o.last);
      if (end ? !ground_.targets.is_goal(*end) : by_distance || !ground_.targets.is_near_by(o.last))
        continue;
      ++score.solved;
      calls.push_back(spent);
    }
    if (score.solved > 0) score.calls = quartiles(std::move(calls)).median;
    score.error = quartiles(std::move(errors)).median;
    return score;
  }

  const Traced& traced_;
  const TuningGround& ground_;
  std::vector<Choice> choices_;
  bool steps_ = false;  ///< the first choice is the step size
  Values now_;
  Score score_;
  Tuning result_;
};

}  // namespace

Tuning tune(const Traced& traced, const Pipe& rule, const TuningGround& ground) {
  return Tuner(traced, rule, ground).work_out();
}

void set_knobs(Traced& traced, const Pipe& rule) {
  for (const Choice& c : reals_of(rule))
    for (Knob& knob : traced.knobs)
      if (!knob.of_game && knob.name == c.knob) knob.value = rule.real(c.stage, c.param);
}

}  // namespace gyre
