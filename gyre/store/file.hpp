#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "gyre/core/error.hpp"
#include "gyre/store/sha256.hpp"

namespace gyre {

/// A file or folder that could not be read or written. The words were right; the machine would not.
class FileError : public Error {
 public:
  using Error::Error;
};

/// What a user should read when the system refused: "cannot write 'a.csv': ...", and what to do.
FileError file_error(std::string_view doing, const std::filesystem::path& path, int error_number);

/// What to do when something is already there.
enum class Existing { kRefuse, kReplace };

/// A new file, written through a buffer. Throws FileError; a file that was not closed is removed.
class FileWriter {
 public:
  /// The file must not be there yet. Messages call it `shown`, or else by its path.
  explicit FileWriter(std::filesystem::path path, std::filesystem::path shown = {});
  ~FileWriter();
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;

  void write(std::string_view bytes);
  /// Everything is on the disk when this returns.
  void close();

  std::uint64_t bytes() const { return bytes_; }
  /// Of what was written; known after close().
  const std::string& sha256() const { return sha256_; }

 private:
  void flush();

  std::filesystem::path path_, shown_;
  int descriptor_ = -1;
  std::string buffer_;
  std::uint64_t bytes_ = 0;
  Sha256 hash_;
  std::string sha256_;
};

/// Writes a file that appears under its name complete or not at all.
void write_file(const std::filesystem::path& path, std::string_view bytes,
                Existing existing = Existing::kRefuse);

/// The whole file, refused beyond `most` bytes. Throws FileError.
std::string read_file(const std::filesystem::path& path, std::uint64_t most);

/// Moves a file or folder to a new name on the same disk. False if something is there already.
bool rename_new(const std::filesystem::path& from, const std::filesystem::path& to);

/// Makes the renames and new files of a folder last through a loss of power.
void sync_folder(const std::filesystem::path& folder);

}  // namespace gyre
