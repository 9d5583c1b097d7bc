#include "cli/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <thread>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/file.hpp"

namespace gyre::cli {

namespace {

constexpr const char* kFile = ".lock";

[[noreturn]] void refuse(const std::filesystem::path& place) {
  throw FileError("another program is at work in " + as_typed(place.string()));
}

}  // namespace

void lock_folder(const std::filesystem::path& place) {
  constexpr int kTries = 50;  // what was killed a moment ago still saves
  const std::filesystem::path file = place / kFile;
  const int lock = open(file.c_str(), O_RDWR | O_CREAT, 0666);  // what is started inherits it
  if (lock < 0) throw file_error("write", file, errno);
  for (int tried = 0; tried < kTries; ++tried) {
    if (flock(lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;  // or has no locks
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  close(lock);
  refuse(place);
}

void refuse_busy(const std::filesystem::path& place) {
  const int lock = open((place / kFile).c_str(), O_RDONLY | O_CLOEXEC);
  if (lock < 0) return;
  const bool busy = flock(lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  close(lock);
  if (busy) refuse(place);
}

}  // namespace gyre::cli
