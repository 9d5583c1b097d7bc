#include "gyre/sweep/folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <system_error>

#include "gyre/core/text.hpp"
#include "gyre/store/checksum.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/npy.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr const char *kPlan = "plan.json", *kLock = "lock", *kJournal = "tiles-";
constexpr std::uint64_t kMostPlan = 1 << 24, kMostManifest = 1 << 26;

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : path_(path) {
    descriptor_ = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw file_error(flags & O_CREAT ? "write" : "read", path, errno);
  }
  ~Descriptor() { ::close(descriptor_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return descriptor_; }

  /// False at the end of the file.
  bool read(std::uint64_t offset, std::string& bytes) const {
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t n = ::pread(descriptor_, bytes.data() + done, bytes.size() - done,
                                static_cast<off_t>(offset + done));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throw file_error("read", path_, errno);
      if (n == 0) return false;
      done += static_cast<std::size_t>(n);
    }
    return true;
  }

 private:
  fs::path path_;
  int descriptor_;
};

Json read_json(const fs::path& path, std::uint64_t most) {
  Json document = Json::parse(read_file(path, most), nullptr, false);
  if (document.is_discarded()) throw FileError(as_typed(path.string()) + " is damaged");
  return document;
}

std::string spoken(double bytes) {
  constexpr const char* kUnits[] = {"bytes", "kB", "MB", "GB", "TB", "PB"};
  std::size_t unit = 0;
  for (; bytes >= 1000.0 && unit + 1 < std::size(kUnits); ++unit) bytes /= 1000.0;
  return fmt::format("{} {}", rounded(bytes, 3), kUnits[unit]);
}

/// Room for a file, now rather than in the middle of the work; where the disk cannot say, the file
/// gets its size alone.
void reserve(const Descriptor& file, std::uint64_t size, const fs::path& shown) {
  const auto bytes = static_cast<off_t>(size);
  if (::fallocate(file.get(), 0, 0, bytes) == 0) return;
  const bool unable = errno == EOPNOTSUPP || errno == ENOSYS || errno == EINVAL;
  if (!unable || ::ftruncate(file.get(), bytes) != 0) throw file_error("write", shown, errno);
}

void check_room(const fs::path& folder, std::uint64_t needed, const fs::path& shown) {
  constexpr std::uint64_t kFigures = 4 << 20;
  struct statvfs disk {};
  if (::statvfs(folder.c_str(), &disk) != 0) return;
  const double free = static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize);
  if (free >= static_cast<double>(needed + kFigures)) return;
  throw FileError(fmt::format(
      "the sweep needs {} in {}, and the disk has {} free; --keep fewer quantities, take fewer "
      "values, or choose a folder on another disk",
      spoken(static_cast<double>(needed)), as_typed(shown.string()), spoken(free)));
}

}  // namespace

Tiles::Tiles(std::uint64_t all) : lanes(all) {
  // Some hundreds of tiles, so that many ranks stay busy to the end; neither tiny nor too large for
  // memory. A function of the number of runs alone.
  constexpr std::uint64_t kPieces = 256, kLeast = 512, kMost = 65'536;
  each = kLeast;
  while (each < kMost && each * kPieces < all) each *= 2;
}

std::vector<GridFile> grid_files(const SweepPlan& plan) {
  std::vector<GridFile> files;
  for (const Quantity q : plan.keep) {
    std::vector<std::uint64_t> shape = plan.shape();
    std::size_t bytes = facts(q).bytes;
    if (q == Quantity::kPoint) {
      shape.push_back(plan.game.dim());
      bytes *= plan.game.dim();
    }
    files.push_back(
        {std::string(facts(q).name) + ".npy", npy_header(facts(q).descr, shape), bytes});
  }
  return files;
}

fs::path unfinished_of(const fs::path& place) {
  fs::path name = place.lexically_normal();
  if (name.filename().empty()) name = name.parent_path();  // "out/"
  return name.string() + ".unfinished";
}

SweepFolder::SweepFolder(fs::path place, const SweepPlan& plan, const Json& words, bool fresh)
    : place_(std::move(place)), unfinished_(unfinished_of(place_)) {
  std::error_code problem;
  if (!unfinished_.parent_path().empty())
    fs::create_directories(unfinished_.parent_path(), problem);
  if (!problem) fs::create_directory(unfinished_, problem);
  if (problem) throw file_error("make the folder", unfinished_, problem.value());
  check_ours();
  lock();
  try {
    if (fresh || !fs::exists(unfinished_ / kPlan)) {
      begin(plan, words);
    } else {
      const Json there = read_json(unfinished_ / kPlan, kMostPlan);
      const auto differ = differences(there.value("plan", Json::object()), plan_json(plan));
      if (!differ.empty()) {
        std::string lines;
        for (const std::string& line : differ) lines += "  " + line + "\n";
        lines.pop_back();
        throw Error(as_typed(unfinished_.string()) +
                        " holds another sweep; --force begins anew, --out names another place",
                    lines);
      }
    }
    // An end that was cut short is made anew.
    clear([](const std::string& name) {
      return !name.ends_with(".npy") && name != kPlan && name != kLock &&
             !name.starts_with(kJournal);
    });
    make_files(plan);
    read_journals(plan);
  } catch (const fs::filesystem_error& refused) {
    ::close(lock_);
    throw file_error("write", refused.path1(), refused.code().value());
  } catch (...) {
    ::close(lock_);
    throw;
  }
}

SweepFolder::~SweepFolder() {
  if (lock_ >= 0) ::close(lock_);
}

void SweepFolder::lock() {
  const fs::path path = unfinished_ / kLock;
  lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_ < 0) throw file_error("write", path, errno);
  if (::flock(lock_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  ::close(lock_);
  lock_ = -1;
  throw FileError("another gyre is at work in " + as_typed(unfinished_.string()));
}

/// Nothing is removed that somebody else has put there.
void SweepFolder::check_ours() const {
  if (fs::exists(unfinished_ / kPlan) || fs::exists(unfinished_ / kManifest)) return;
  for (const fs::directory_entry& entry : fs::directory_iterator(unfinished_)) {
    const std::string name = entry.path().filename().string();
    if (name != kLock && !name.starts_with("."))
      throw Error(as_typed(unfinished_.string()) +
                  " holds something else than a sweep, and is left alone; choose another name");
  }
}

/// Before the plan is written the folder holds nothing.
void SweepFolder::begin(const SweepPlan& plan, const Json& words) {
  clear([](const std::string& name) { return name != kLock; });
  std::uint64_t needed = 0;
  for (const GridFile& file : grid_files(plan)) needed += file.size(plan.lanes());
  check_room(unfinished_, needed, place_);
  write_file(unfinished_ / kPlan, json_text({{"plan", plan_json(plan)}, {"words", words}}),
             Existing::kReplace);
}

void SweepFolder::clear(const std::function<bool(const std::string& name)>& which) const {
  std::vector<fs::path> gone;
  for (const fs::directory_entry& entry : fs::directory_iterator(unfinished_))
    if (which(entry.path().filename().string())) gone.push_back(entry.path());
  for (const fs::path& path : gone) fs::remove_all(path);
}

void SweepFolder::make_files(const SweepPlan& plan) {
  for (const GridFile& grid : grid_files(plan)) {
    const fs::path path = unfinished_ / grid.name;
    const Descriptor file(path, O_RDWR | O_CREAT);
    reserve(file, grid.size(plan.lanes()), path);
    const auto n = static_cast<ssize_t>(grid.header.size());
    if (::pwrite(file.get(), grid.header.data(), grid.header.size(), 0) != n)
      throw file_error("write", path, errno);
  }
}

void SweepFolder::read_journals(const SweepPlan& plan) {
  constexpr std::uint64_t kMostJournal = std::uint64_t{1} << 32;
  const Tiles tiles(plan.lanes());
  std::map<std::uint64_t, std::uint64_t> written;
  for (const fs::directory_entry& entry : fs::directory_iterator(unfinished_)) {
    if (!entry.path().filename().string().starts_with(kJournal)) continue;
    const std::string text = read_file(entry.path(), kMostJournal);
    for (const std::string_view line : split(text, '\n')) {
      unsigned long long tile = 0, sum = 0;
      int used = 0;  // a line that was cut short fits no longer
      if (std::sscanf(std::string(line).c_str(), "%llu %16llx.%n", &tile, &sum, &used) == 2 &&
          used > 0 && static_cast<std::size_t>(used) == line.size())
        written[tile] = sum;
    }
  }
  const std::vector<GridFile> grids = grid_files(plan);
  std::vector<std::unique_ptr<Descriptor>> files;
  for (const GridFile& grid : grids)
    files.push_back(std::make_unique<Descriptor>(unfinished_ / grid.name, O_RDONLY));
  for (std::uint64_t tile = 0; tile < tiles.count(); ++tile) {
    const auto found = written.find(tile);
    bool whole = found != written.end();
    Checksum sum;
    for (std::size_t f = 0; f < files.size() && whole; ++f) {
      const std::size_t size = grids[f].bytes;
      std::string bytes((tiles.end(tile) - tiles.begin(tile)) * size, '\0');
      whole = files[f]->read(grids[f].header.size() + tiles.begin(tile) * size, bytes);
      sum.add(bytes);
    }
    if (!whole || sum.value() != found->second) todo_.push_back(tile);
  }
}

void SweepFolder::finish() {
  clear([](const std::string& name) {
    return name == kPlan || name == kLock || name.starts_with(kJournal) || name.starts_with(".");
  });
  sync_folder(unfinished_);
  if (!rename_new(unfinished_, place_)) {
    check_replaceable(place_);
    const fs::path old = fs::path(unfinished_).concat(fmt::format(".replaced-{}", getpid()));
    fs::rename(place_, old);
    if (!rename_new(unfinished_, place_)) throw file_error("write", place_, EEXIST);
    fs::remove_all(old);
  }
  sync_folder(place_.has_parent_path() ? place_.parent_path() : fs::path("."));
}

void SweepFolder::discard() noexcept {
  std::error_code ignored;
  fs::remove_all(unfinished_, ignored);
}

Json finished_plan(const fs::path& place) {
  std::error_code ignored;
  if (!fs::exists(place / kManifest, ignored)) return nullptr;
  return read_json(place / kManifest, kMostManifest).value("plan", Json(nullptr));
}

Json kept_words(const fs::path& place) {
  return read_json(unfinished_of(place) / kPlan, kMostPlan).value("words", Json::object());
}

Journal::Journal(const fs::path& unfinished, int rank)
    : path_(unfinished / fmt::format("{}{}.txt", kJournal, rank)) {
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw file_error("write", path_, errno);
  const off_t end = ::lseek(descriptor_, 0, SEEK_END);
  char last = '\n';
  if (end > 0 && ::pread(descriptor_, &last, 1, end - 1) == 1 && last != '\n')
    if (::write(descriptor_, "\n", 1) != 1) throw file_error("write", path_, errno);
}

Journal::~Journal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Journal::add(std::uint64_t tile, std::uint64_t checksum) {
  const std::string line = fmt::format("{} {:016x}.\n", tile, checksum);
  for (std::size_t done = 0; done < line.size();) {
    const ssize_t n = ::write(descriptor_, line.data() + done, line.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw file_error("write", path_, errno);
    done += static_cast<std::size_t>(n);
  }
}

}  // namespace gyre
