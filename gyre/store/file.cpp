#include "gyre/store/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "gyre/core/text.hpp"

namespace gyre {

namespace {

constexpr std::size_t kBuffer = 1 << 16;

std::string what_to_do(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return "; free some space or choose a folder on another disk";
    case EACCES:
    case EPERM:
    case EROFS:
      return "; choose a folder that you may write to";
    case ENOENT:
      return "; is the path spelled right?";
    default:
      return "";
  }
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

}  // namespace

FileError file_error(std::string_view doing, const std::filesystem::path& path, int error_number) {
  return FileError(fmt::format("cannot {} {}: {}{}", doing, as_typed(path.string()),
                               std::generic_category().message(error_number),
                               what_to_do(error_number)));
}

FileWriter::FileWriter(std::filesystem::path path, std::filesystem::path shown)
    : path_(std::move(path)), shown_(shown.empty() ? path_ : std::move(shown)) {
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw file_error("write", shown_, errno);
}

FileWriter::~FileWriter() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(path_.c_str());
}

void FileWriter::write(std::string_view bytes) {
  bytes_ += bytes.size();
  buffer_ += bytes;
  if (buffer_.size() >= kBuffer) flush();
}

void FileWriter::flush() {
  hash_.add(buffer_);
  for (std::size_t done = 0; done < buffer_.size();) {
    const ssize_t n = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw file_error("write", shown_, errno);
    done += static_cast<std::size_t>(n);
  }
  buffer_.clear();
}

void FileWriter::close() {
  flush();
  if (::fsync(descriptor_) != 0 && errno != EINVAL) throw file_error("write", shown_, errno);
  const int closed = ::close(descriptor_);  // gone in either case
  descriptor_ = -1;
  if (closed != 0) throw file_error("write", shown_, errno);
  sha256_ = hash_.digest();
}

void write_file(const std::filesystem::path& path, std::string_view bytes, Existing existing) {
  std::filesystem::path partial = path;
  partial.replace_filename("." + path.filename().string() + fmt::format(".partial-{}", getpid()));
  FileWriter writer(partial, path);
  writer.write(bytes);
  writer.close();
  try {
    if (existing == Existing::kReplace) {
      if (::rename(partial.c_str(), path.c_str()) != 0) throw file_error("write", path, errno);
    } else if (!rename_new(partial, path)) {
      throw file_error("write", path, EEXIST);
    }
  } catch (const FileError&) {
    ::unlink(partial.c_str());
    throw;
  }
  sync_folder(folder_of(path));
}

std::string read_file(const std::filesystem::path& path, std::uint64_t most) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw file_error("read", path, errno);
  std::string bytes;
  for (std::array<char, kBuffer> piece{}; file;) {
    file.read(piece.data(), piece.size());
    bytes.append(piece.data(), static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > most)
      throw FileError(fmt::format("{} has more than {} bytes", as_typed(path.string()), most));
  }
  if (file.bad() || std::filesystem::is_directory(path)) throw file_error("read", path, EISDIR);
  return bytes;
}

bool rename_new(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno == EEXIST || errno == ENOTEMPTY) return false;
  if (errno != EINVAL && errno != ENOSYS) throw file_error("write", to, errno);
  // Some network disks cannot refuse and rename at once.
  std::error_code ignored;
  if (std::filesystem::symlink_status(to, ignored).type() != std::filesystem::file_type::not_found)
    return false;
  if (::rename(from.c_str(), to.c_str()) != 0) throw file_error("write", to, errno);
  return true;
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // a folder that cannot be read can still have been written
  const int synced = ::fsync(descriptor);
  const int problem = errno;
  ::close(descriptor);
  if (synced != 0 && problem != EINVAL) throw file_error("write", folder, problem);
}

}  // namespace gyre
