#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gyre/store/catalogue.hpp"

/// The parts of `gyre runs`.
namespace gyre::cli {

/// What was typed.
struct RunsWords {
  std::vector<std::string> what;
  std::string in = "runs";
  std::string kind, subject, preset, rule, sort, out;
  bool json = false, dry_run = false, force = false, quiet = false;
};

/// A run, its folder, and its short name: the first digits of a digest of the folder's name, as
/// many as no other run of the place begins with, and four at least.
struct ListedRun {
  RunRecord record;
  std::filesystem::path folder;
  std::string id;
};

/// All runs of a place, the newest first.
class ListedRuns {
 public:
  explicit ListedRuns(std::filesystem::path place);

  const std::vector<ListedRun>& all() const { return all_; }
  const CatalogueScan& scan() const { return scan_; }
  /// By short name, folder name, a part of it that no other has, path, or "last" for the newest.
  /// With `whole`, parts of names are not enough. Throws Error that names the nearest, or those
  /// that are meant by the same word.
  ListedRun find(const std::string& word, bool whole) const;

 private:
  std::filesystem::path place_;
  std::vector<ListedRun> all_;
  CatalogueScan scan_;
};

/// Sizes for people: "1.2 MB".
std::string size_words(std::uintmax_t bytes);

/// What stands in a folder and below it, links not followed: names from the folder, and sizes.
std::vector<std::pair<std::string, std::uintmax_t>> files_below(
    const std::filesystem::path& folder);

void list_runs(const ListedRuns& runs, const RunsWords& words);
void show_run(const ListedRun& run, bool json);
void compare_runs(const std::vector<ListedRun>& runs, const RunsWords& words);
void remove_runs(const std::vector<ListedRun>& runs, const RunsWords& words);

}  // namespace gyre::cli
