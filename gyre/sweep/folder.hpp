#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gyre/store/file.hpp"
#include "gyre/sweep/plan.hpp"

namespace gyre {

/// How the runs of a plan are cut into pieces, each of which is computed and written at once.
struct Tiles {
  std::uint64_t lanes = 0;  ///< of the whole sweep
  std::uint64_t each = 0;   ///< the last one may have fewer

  explicit Tiles(std::uint64_t all);
  std::uint64_t count() const { return (lanes + each - 1) / each; }
  std::uint64_t begin(std::uint64_t tile) const { return tile * each; }
  std::uint64_t end(std::uint64_t tile) const { return std::min(lanes, (tile + 1) * each); }
};

/// The arrays of a sweep's files.
struct GridFile {
  std::string name;       ///< "outcome.npy"
  std::string header;     ///< its first bytes
  std::size_t bytes = 0;  ///< a run
  std::uint64_t size(std::uint64_t lanes) const { return header.size() + lanes * bytes; }
};
std::vector<GridFile> grid_files(const SweepPlan& plan);

/// Where a sweep is put together: `PLACE.unfinished`, which takes its final name when all of it is
/// on the disk. It holds the plan, the arrays at their full size, and for every process a journal
/// of the tiles that it has written, each with a checksum over its bytes in all arrays. Whatever
/// ends the program, another one goes on from the tiles whose bytes are what the journals say.
class SweepFolder {
 public:
  /// Makes the folder, or takes up one of the same plan; `words` are kept to repeat the command.
  /// `fresh` begins anew. Throws Error for a folder of another plan, saying in what they differ;
  /// FileError if the disk has no room for all of it, saying how much is needed, or if another
  /// process is at work there.
  SweepFolder(std::filesystem::path place, const SweepPlan& plan,
              const nlohmann::ordered_json& words, bool fresh);
  ~SweepFolder();
  SweepFolder(const SweepFolder&) = delete;
  SweepFolder& operator=(const SweepFolder&) = delete;

  const std::filesystem::path& unfinished() const { return unfinished_; }
  /// Tiles that are not there yet, by number.
  const std::vector<std::uint64_t>& todo() const { return todo_; }

  /// Takes what others need no more away and gives the folder its final name.
  void finish();
  /// Removes it.
  void discard() noexcept;

 private:
  void lock();
  void check_ours() const;
  void clear(const std::function<bool(const std::string& name)>& which) const;
  void begin(const SweepPlan& plan, const nlohmann::ordered_json& words);
  void make_files(const SweepPlan& plan);
  void read_journals(const SweepPlan& plan);

  std::filesystem::path place_, unfinished_;
  int lock_ = -1;
  std::vector<std::uint64_t> todo_;
};

/// The plan of a folder that is finished, or null if there is none of that name.
nlohmann::ordered_json finished_plan(const std::filesystem::path& place);
/// The words that an unfinished folder was begun with. Throws FileError.
nlohmann::ordered_json kept_words(const std::filesystem::path& place);
/// `PLACE.unfinished`.
std::filesystem::path unfinished_of(const std::filesystem::path& place);

/// The list of tiles that one process has written.
class Journal {
 public:
  /// Appends to the journal of this rank in the folder.
  Journal(const std::filesystem::path& unfinished, int rank);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  /// The tile's bytes are in the files. Not to be called by two threads at once.
  void add(std::uint64_t tile, std::uint64_t checksum);

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace gyre
