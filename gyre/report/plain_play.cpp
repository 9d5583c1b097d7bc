#include <algorithm>
#include <cmath>
#include <numbers>

#include "gyre/core/random.hpp"
#include "gyre/core/text.hpp"
#include "gyre/report/play.hpp"

namespace gyre::report {

namespace {

std::string plain_rule(double eta) { return "simultaneous(eta=" + number(eta) + ")"; }

RunOptions options_for(std::uint64_t steps, const Means& means) {
  RunOptions options;
  options.steps = steps;
  options.threads = means.threads;
  options.cancel = means.cancel;
  options.references = {{0.0, 0.0}};
  return options;
}

/// The recurrence of plain steps on x*y, written out; how far the path is from it at most.
double recurrence_error(const Path& path, double eta) {
  double x = path.x[0], y = path.y[0], worst = 0.0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    worst = std::max({worst, std::abs(path.x[i] - x), std::abs(path.y[i] - y)});
    const double next_x = x - eta * y;
    y = y + eta * x;
    x = next_x;
  }
  return worst;
}

/// Notes when each lane is first twice as far out as it began.
class FirstDoubling final : public Observer {
 public:
  explicit FirstDoubling(const std::vector<std::vector<double>>& starts)
      : found_(starts.size(), 0) {
    for (const auto& w : starts) goals_.push_back(4.0 * (w[0] * w[0] + w[1] * w[1]));
  }

  std::uint64_t every() const override { return 1; }
  void see(std::size_t lane, std::uint64_t step, std::span<const double> w) override {
    if (found_[lane] == 0 && w[0] * w[0] + w[1] * w[1] >= goals_[lane]) found_[lane] = step;
  }
  std::uint64_t found(std::size_t lane) const { return found_[lane]; }

 private:
  std::vector<double> goals_;
  std::vector<std::uint64_t> found_;
};

/// Keeps the distances of one lane at steps that are evenly spaced on a logarithmic axis.
class EvenlyOnLogAxis final : public Observer {
 public:
  std::uint64_t every() const override { return 1; }
  void see(std::size_t, std::uint64_t step, std::span<const double> w) override {
    if (step < next_) return;
    next_ = std::max(step + 1, step + step / 40);
    steps.push_back(static_cast<double>(step));
    distances.push_back(std::hypot(w[0], w[1]));
  }

  std::vector<double> steps, distances;

 private:
  std::uint64_t next_ = 1;
};

}  // namespace

std::vector<Path> paths_of(const Traced& traced, const Lanes& lanes, std::uint64_t steps,
                           const Means& means) {
  Recorder recorder(lanes.size(), 1);
  RunOptions options = options_for(steps, means);
  options.judge = false;
  options.observers = {&recorder};
  run(traced, lanes, options);
  std::vector<Path> paths;
  for (const Recording& recording : recorder.recordings()) {
    Path& path = paths.emplace_back();
    for (std::size_t k = 0; k < recording.steps.size(); ++k) path.add(recording.at(k, traced.dim));
  }
  return paths;
}

std::vector<Orbit> play_plainly(const Game& game, double eta, std::span<const Start> starts,
                                std::uint64_t steps, const Means& means) {
  const Traced traced = trace(game, parse_pipe(plain_rule(eta)));
  const Spectrum spectrum = predict(traced, std::vector{0.0, 0.0}).value();
  const double angle = std::abs(std::arg(spectrum.eigenvalues.at(0)));
  Lanes lanes;
  for (const Start& s : starts) lanes.starts.push_back({s[0], s[1]});
  const std::vector<Path> paths = paths_of(traced, lanes, steps, means);
  constexpr std::uint64_t kLong = 100'000;
  const RunResult judged = run(traced, lanes, options_for(kLong, means));

  std::vector<Orbit> orbits;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::vector<double> distances = paths[i].distances();
    orbits.push_back(
        {.start = starts[i],
         .eta = eta,
         .path = paths[i],
         .fitted = fitted_growth(distances),
         .end_to_end = end_to_end_growth(distances),
         .predicted = spectrum.radius,
         .turns = turns(paths[i]),
         .turns_predicted = static_cast<double>(steps) * angle / (2.0 * std::numbers::pi),
         .recurrence_error = recurrence_error(paths[i], eta),
         .outcome = judged.outcomes[i]});
  }
  return orbits;
}

Crowd play_crowd(const Game& game, double eta, std::size_t starts, std::uint64_t steps,
                 std::uint64_t seed, const Means& means) {
  const Traced traced = trace(game, parse_pipe(plain_rule(eta)));
  Lanes lanes;
  for (std::size_t i = 0; i < starts; ++i) {
    Stream stream(seed, "tour crowd", i);
    lanes.starts.push_back({stream.normal(), stream.normal()});
  }
  RunOptions options = options_for(steps, means);
  options.judge = false;
  const RunResult end = run(traced, lanes, options);
  const RunResult judged = run(traced, lanes, options_for(100'000, means));
  Crowd crowd{.starts = starts, .slowest = HUGE_VAL};
  for (std::size_t i = 0; i < starts; ++i) {
    const std::vector<double>& from = lanes.starts[i];
    const std::vector<double>& to = end.outcomes[i].last;
    const double factor = std::hypot(to[0], to[1]) / std::hypot(from[0], from[1]);
    const double growth = std::pow(factor, 1.0 / static_cast<double>(steps));
    crowd.slowest = std::min(crowd.slowest, growth);
    crowd.fastest = std::max(crowd.fastest, growth);
    crowd.diverged += judged.outcomes[i].verdict == Verdict::kDiverged;
  }
  return crowd;
}

std::vector<Delay> watch_delays(const Game& game, std::span<const double> etas, const Start& start,
                                double factor, const Means& means) {
  std::vector<Delay> delays;
  for (const double eta : etas) {
    const Traced traced = trace(game, parse_pipe(plain_rule(eta)));
    Lanes lanes;
    lanes.starts = {{start[0], start[1]}};
    const auto steps =
        static_cast<std::uint64_t>(std::ceil(2.0 * std::log(factor) / std::log1p(eta * eta)));
    EvenlyOnLogAxis recorder;
    RunOptions options = options_for(steps, means);
    options.judge = false;
    options.observers = {&recorder};
    run(traced, lanes, options);
    delays.push_back({eta, recorder.steps, recorder.distances});
  }
  return delays;
}

std::vector<Doubling> time_doublings(const Game& game, std::span<const double> etas,
                                     const Start& start, const Means& means) {
  std::vector<Doubling> doublings;
  for (const double eta : etas) {
    const Traced traced = trace(game, parse_pipe(plain_rule(eta)));
    // ln 2 / ln sqrt(1 + eta^2); log1p keeps the digits of a small step.
    Doubling doubling{.eta = eta, .predicted = 2.0 * std::numbers::ln2 / std::log1p(eta * eta)};
    Lanes lanes;
    lanes.starts = {{start[0], start[1]}};
    FirstDoubling watch(lanes.starts);
    RunOptions options =
        options_for(static_cast<std::uint64_t>(std::ceil(1.05 * doubling.predicted)) + 2, means);
    options.judge = false;
    options.observers = {&watch};
    run(traced, lanes, options);
    doubling.measured = watch.found(0);
    doublings.push_back(doubling);
    if (means.cancel && *means.cancel) break;
  }
  return doublings;
}

}  // namespace gyre::report
