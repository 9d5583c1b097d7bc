#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "gyre/store/file.hpp"

namespace gyre {

/// What a run folder holds, by file name.
struct StoredFile {
  std::uint64_t bytes = 0;
  std::string sha256;
};

/// The folder of one run. It is filled under a hidden name beside its own, and takes its own when
/// all of it is on the disk: whatever ends the program before, no half folder has the final name. A
/// folder that is not committed is removed.
class RunFolder {
 public:
  enum class Taken { kRefuse, kReplace, kNumber };

  /// What to do if `place` is taken is decided by `taken`: refuse; replace it, if it is a run
  /// folder or empty; or append -2, -3, ... to the name. Throws Error if it is taken and cannot be
  /// replaced, FileError if the system refuses.
  RunFolder(const std::filesystem::path& place, Taken taken);
  ~RunFolder() { discard(); }
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  /// A new file, to be handed back by keep().
  std::unique_ptr<FileWriter> create(const std::string& name) const;
  void keep(const std::string& name, std::unique_ptr<FileWriter> file);
  void add(const std::string& name, std::string_view bytes);
  const std::map<std::string, StoredFile>& files() const { return files_; }

  /// Gives the folder its name, and says which.
  std::filesystem::path commit();
  /// Removes what was written; nothing after commit().
  void discard() noexcept;

 private:
  void replace() const;

  std::filesystem::path place_, hidden_;
  Taken taken_;
  bool made_parent_ = false;
  std::map<std::string, StoredFile> files_;
};

/// The file that makes a folder a run folder.
inline constexpr const char* kManifest = "manifest.json";

/// Throws Error unless the folder is a run folder or empty: nothing else is ever replaced.
void check_replaceable(const std::filesystem::path& place);

/// "20260301T123005Z-xy-optimistic": from the time and what was run, fit for any disk.
std::string run_folder_name(std::string_view game, std::string_view rule);

/// Letters, digits and single hyphens of a text, lower case, at most `most` of them.
std::string slug(std::string_view text, std::size_t most = 40);

}  // namespace gyre
