#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "gyre/data/data.hpp"
#include "gyre/gan/training.hpp"

/// The parts of `gyre compare --train`.
namespace gyre::cli {

/// A mean over seeds with its deviation; both NaN over none, and the deviation 0 over one.
struct Spread {
  double mean = 0.0, deviation = 0.0;
  std::size_t count = 0;  ///< of seeds whose number is finite
};
Spread spread_of(std::span<const double> values);

/// One training of a rule.
struct RuleTrial {
  std::uint64_t seed = 0;
  std::filesystem::path folder;
  std::string ending;  ///< "done", "not finite", "interrupted", "unfinished"
  std::uint64_t steps = 0;
  std::vector<gan::Row> rows;

  bool is_over() const { return ending == "done" || ending == "not finite"; }
};

/// A rule, with the settings that give it its share of the budget.
struct TrainedRule {
  std::string rule;        ///< spelled out
  std::size_t number = 0;  ///< as given, from 1: its trainings stand in rule-NUMBER-seed-SEED
  double calls_a_step = 1.0;
  gan::Settings settings;
  std::vector<RuleTrial> trials = {};

  std::size_t not_finite() const;
  /// Over the seeds that came to their end with finite numbers: at the end, or at the best moment.
  Spread at_end(const std::string& metric) const;
  Spread at_best(const std::string& metric) const;
};

/// What is compared.
struct TrainComparison {
  gan::Settings base;
  double calls = 0.0;  ///< the budget of a training
  std::vector<std::uint64_t> seeds;
  std::vector<TrainedRule> rules;  ///< as given; after rank(), the best first

  /// All that decides the numbers: where it is equal, a comparison can be gone on with.
  nlohmann::ordered_json plan() const;
  /// Of a training, in the order of its table, without the counts of work.
  std::vector<std::string> metrics() const;
  /// Those of which more, or less, is better.
  std::vector<std::string> judged() const;
  /// What rules are ordered by; empty if nothing can be said.
  std::string ordered_by() const;
  void rank();
  bool is_over() const;
  /// Whether there is anything to rank.
  bool has_ended_trainings() const;
};

/// Reads what the trainings have left in their folders.
void read_trials(TrainComparison& comparison, const std::filesystem::path& place);

/// Trains what is not over yet, `jobs` at once, each in a process of its own. Throws FileError if
/// one cannot. Ends early where an interrupt says so, once the trainings have saved.
void run_trials(TrainComparison& comparison, const std::filesystem::path& place, std::size_t jobs,
                bool quiet);

nlohmann::ordered_json comparison_json(const TrainComparison& comparison);
std::string comparison_text(const TrainComparison& comparison);
/// Tables, JSON and figures, each of which appears complete or not at all.
void save_train_comparison(const TrainComparison& comparison, const std::filesystem::path& place,
                           const Data& data);

}  // namespace gyre::cli
