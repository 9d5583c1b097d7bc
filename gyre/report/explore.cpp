#include <chrono>

#include "gyre/core/random.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/report/play.hpp"

namespace gyre::report {

namespace {

constexpr Start kBookStart{0.6, 0.7};
constexpr double kEta = 0.1;
constexpr std::uint64_t kSteps = 499;  // with the start, 500 points
constexpr double kEtas[] = {0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002, 0.001};
constexpr double kDrawnEtas[] = {0.3, 0.1, 0.03, 0.01};
constexpr double kDrawnGrowth = 2000.0;
constexpr Start kOtherStarts[] = {{0.05, 0.0}, {-0.4, 0.3}, {0.0, -1.0}, {1.2, -1.2}, {-2.0, -0.5}};
constexpr std::size_t kCrowd = 10'000;
constexpr TrialPlan kTrialPlan{.start = kBookStart, .work = 1000.0, .steps = 50'000};
constexpr TrialPlan kSharedPlan{.start = kBookStart, .work = 200.0, .steps = 50'000};
constexpr TrialPlan kGanPlan{.start = {1.0, 1.0}, .work = 500.0, .steps = 50'000};
constexpr double kGanEta = 0.2;

}  // namespace

std::optional<Findings> explore(const ExploreOptions& options) {
  const auto began = std::chrono::steady_clock::now();
  const Means means{options.threads, options.cancel};
  Findings found{.seed = options.seed, .game = parse_game("min x max y: x*y")};
  const Game& game = found.game;

  Stream stream(options.seed, "tour start");
  const Start random{stream.uniform(-1.0, 1.0), stream.uniform(-1.0, 1.0)};

  // What comes next, unless somebody has had enough.
  const auto next = [&](std::string_view key) {
    if (options.cancel && *options.cancel) return false;
    if (options.progress) options.progress(key);
    return true;
  };
  if (!next("doing.landscape")) return {};
  found.landscape = look_at(game);

  if (!next("doing.play")) return {};
  std::vector<Orbit> orbits =
      play_plainly(game, kEta, std::vector{random, kBookStart}, kSteps, means);
  found.random = std::move(orbits[0]);
  found.book = std::move(orbits[1]);

  if (!next("doing.starts")) return {};
  found.starts = play_plainly(game, kEta, kOtherStarts, kSteps, means);
  found.crowd = play_crowd(game, kEta, kCrowd, kSteps, options.seed, means);

  if (!next("doing.rates")) return {};
  found.doublings = time_doublings(game, kEtas, kBookStart, means);
  found.delays = watch_delays(game, kDrawnEtas, kBookStart, kDrawnGrowth, means);

  if (!next("doing.why")) return {};
  found.why = ask_why(game, kEta, kBookStart, kSteps, means);
  found.shared = play_together(kSharedPlan, kEta, means);

  if (!next("doing.rules")) return {};
  found.trial_start = kTrialPlan.start;
  found.trial_eta = kEta;
  found.trial_steps = kTrialPlan.steps;
  found.trial_work = kTrialPlan.work;
  found.trials = try_all_rules(game, kTrialPlan, kEta, means);

  if (!next("doing.gan")) return {};
  found.gan_start = kGanPlan.start;
  found.gan_eta = kGanEta;
  found.gan = try_gans(kGanPlan, kGanEta, means);

  if (options.cancel && *options.cancel) return {};
  found.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return found;
}

}  // namespace gyre::report
