#pragma once

#include <atomic>
#include <span>
#include <string_view>
#include <vector>

#include "gyre/report/findings.hpp"

/// The single experiments of the tour.
namespace gyre::report {

/// How an experiment may use the machine.
struct Means {
  std::size_t threads = 0;
  const std::atomic<bool>* cancel = nullptr;
};

/// The reported points of `steps` steps from every start, side by side.
std::vector<Path> paths_of(const Traced& traced, const Lanes& lanes, std::uint64_t steps,
                           const Means& means);

/// One rule from one start: drawn for `work` field calls and products, judged after `steps`.
struct TrialPlan {
  Start start{};
  double work = 0.0;
  std::uint64_t steps = 0;
};
Trial try_rule(const Game& game, std::string_view rule, const TrialPlan& plan, const Means& means);

Landscape look_at(const Game& game);
/// `steps` plain steps from each start.
std::vector<Orbit> play_plainly(const Game& game, double eta, std::span<const Start> starts,
                                std::uint64_t steps, const Means& means);
Crowd play_crowd(const Game& game, double eta, std::size_t starts, std::uint64_t steps,
                 std::uint64_t seed, const Means& means);
/// Plain steps until the distance has grown by about `factor`.
std::vector<Delay> watch_delays(const Game& game, std::span<const double> etas, const Start& start,
                                double factor, const Means& means);
std::vector<Doubling> time_doublings(const Game& game, std::span<const double> etas,
                                     const Start& start, const Means& means);
Why ask_why(const Game& game, double eta, const Start& start, std::uint64_t steps,
            const Means& means);
Shared play_together(const TrialPlan& plan, double eta, const Means& means);
std::vector<Trial> try_all_rules(const Game& game, const TrialPlan& plan, double eta,
                                 const Means& means);
std::vector<GanTrial> try_gans(const TrialPlan& plan, double eta, const Means& means);

}  // namespace gyre::report
