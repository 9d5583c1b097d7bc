#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gyre {

/// What a run folder says of itself, of whatever kind the run is. Unknown words are empty.
struct RunRecord {
  std::string name;  ///< the folder's
  std::string kind;  ///< the verb: "run", "train", "sweep", ...; empty if this is no run's folder
  std::string subject;  ///< the game or the training
  std::string rule;     ///< the rule, or the first one, with a count of the others
  std::string data;     ///< the data set of a training
  std::string seed;
  std::optional<std::uint64_t> steps;
  std::string ending;        ///< "done", "interrupted", "not finite", "unfinished", "damaged"
  std::string began, ended;  ///< in UTC: "2026-03-01T12:30:05Z"
  std::string version;       ///< of the program that made it
  std::vector<std::pair<std::string, double>> metrics;

  /// The number that says most, for a column of a table; nothing if there is none.
  const std::pair<std::string, double>* headline() const;
};

/// The rest of it, which only those want who look at one run.
struct RunDetails {
  std::vector<std::string> command;                           ///< as typed, from "gyre" on
  std::vector<std::pair<std::string, std::string>> settings;  ///< "budget.steps", "10000"
};

/// Whether a folder is that of a run: it has a manifest of ours, or is a training that has not
/// ended.
bool is_run_folder(const std::filesystem::path& folder);
/// Whether it is one beyond doubt, and no link to one.
bool is_safe_to_remove(const std::filesystem::path& folder);

/// Changes whenever what read_record() reads does; empty if the folder cannot be that of a run.
std::string run_stamp(const std::filesystem::path& folder);

/// Never throws for what stands in the folder: a manifest that is no JSON is a finding.
RunRecord read_record(const std::filesystem::path& folder);
RunDetails read_details(const std::filesystem::path& folder);

/// 1, -1 or 0: whether a metric of that name is better when it is greater, smaller, or neither.
int better(std::string_view metric);

/// What says most of a run first: the metric of the lowest rank leads where there are several.
std::size_t rank_of_metric(std::string_view metric);

}  // namespace gyre
