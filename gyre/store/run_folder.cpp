#include "gyre/store/run_folder.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cctype>
#include <cerrno>
#include <system_error>

#include "gyre/core/assert.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/machine.hpp"

namespace gyre {

namespace fs = std::filesystem;

namespace {

bool is_taken(const fs::path& place) {
  std::error_code ignored;
  return fs::symlink_status(place, ignored).type() != fs::file_type::not_found;
}

fs::path hidden_beside(const fs::path& place) {
  static std::atomic<int> made{0};
  return place.parent_path() /
         fmt::format(".{}.partial-{}-{}", place.filename().string(), getpid(), ++made);
}

}  // namespace

void check_replaceable(const fs::path& place) {
  std::error_code ignored;
  if (fs::is_symlink(place, ignored) || !fs::is_directory(place, ignored))
    throw Error(as_typed(place.string()) + " is not a folder; choose another name");
  if (!fs::is_empty(place, ignored) && !fs::exists(place / kManifest, ignored))
    throw Error(as_typed(place.string()) +
                " holds something else than a run, and is left alone; choose another name");
}

RunFolder::RunFolder(const fs::path& place, Taken taken) : taken_(taken) {
  place_ = place.lexically_normal();
  if (place_.filename().empty()) place_ = place_.parent_path();  // "out/"
  if (place_.filename().empty() || place_.filename() == "." || place_.filename() == "..")
    throw Error(as_typed(place.string()) + " names no new folder");
  if (is_taken(place_)) {
    if (taken == Taken::kRefuse)
      throw Error(as_typed(place_.string()) + " exists already; --force replaces a run");
    if (taken == Taken::kReplace) check_replaceable(place_);
  }
  std::error_code problem;
  const fs::path parent = place_.parent_path();
  if (!parent.empty()) made_parent_ = fs::create_directories(parent, problem);
  if (problem) throw file_error("make the folder", parent, problem.value());
  hidden_ = hidden_beside(place_);
  if (!fs::create_directory(hidden_, problem)) {
    hidden_.clear();
    const int reason = problem ? problem.value() : EEXIST;
    if (made_parent_) fs::remove(parent, problem);
    throw file_error("make the folder", place_, reason);
  }
}

std::unique_ptr<FileWriter> RunFolder::create(const std::string& name) const {
  GYRE_ASSERT(!hidden_.empty());
  return std::make_unique<FileWriter>(hidden_ / name, place_ / name);
}

void RunFolder::keep(const std::string& name, std::unique_ptr<FileWriter> file) {
  file->close();
  files_[name] = {file->bytes(), file->sha256()};
}

void RunFolder::add(const std::string& name, std::string_view bytes) {
  auto file = create(name);
  file->write(bytes);
  keep(name, std::move(file));
}

fs::path RunFolder::commit() {
  GYRE_ASSERT(!hidden_.empty());
  sync_folder(hidden_);
  fs::path name = place_;
  for (int n = 2; !rename_new(hidden_, name); ++n) {
    if (taken_ == Taken::kReplace) {
      replace();
      break;
    }
    if (taken_ == Taken::kRefuse) throw file_error("write", place_, EEXIST);
    name = place_.string() + "-" + std::to_string(n);
  }
  hidden_.clear();
  sync_folder(name.has_parent_path() ? name.parent_path() : fs::path("."));
  return name;
}

void RunFolder::replace() const {
  check_replaceable(place_);
  const fs::path old = hidden_beside(place_);
  std::error_code problem;
  fs::rename(place_, old, problem);
  if (problem) throw file_error("replace", place_, problem.value());
  if (!rename_new(hidden_, place_)) throw file_error("replace", place_, EEXIST);
  fs::remove_all(old, problem);
  if (problem) throw file_error("remove", old, problem.value());
}

void RunFolder::discard() noexcept {
  if (hidden_.empty()) return;
  std::error_code ignored;
  fs::remove_all(hidden_, ignored);
  hidden_.clear();
  if (made_parent_) fs::remove(place_.parent_path(), ignored);  // only if it is empty
}

std::string slug(std::string_view text, std::size_t most) {
  std::string name;
  for (const char c : text) {
    if (name.size() >= most) break;
    if (std::isalnum(static_cast<unsigned char>(c)))
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (name.ends_with('-')) name.pop_back();
  return name;
}

std::string run_folder_name(std::string_view game, std::string_view rule) {
  std::string time;
  for (const char c : utc_now())
    if (c != '-' && c != ':') time += c;
  for (const std::string& part : {slug(game), slug(rule)})
    if (!part.empty()) time += "-" + part;
  return time;
}

}  // namespace gyre
