#include "gyre/plot/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre::plot {

namespace {
bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}
}  // namespace

void write_whole(const std::filesystem::path& path, std::string_view bytes) {
  const auto fail = [&](int why) {
    throw Error(fmt::format("cannot write {}: {}", as_typed(path.string()), std::strerror(why)));
  };
  std::string name = path.string() + ".XXXXXX";
  const int file = ::mkstemp(name.data());
  if (file < 0) fail(errno);
  // mkstemp keeps others out; a figure is an ordinary file.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  const bool written =
      write_all(file, bytes) && ::fchmod(file, 0666 & ~mask) == 0 && ::fsync(file) == 0;
  int why = errno;
  const bool closed = ::close(file) == 0;
  if (written && closed && std::rename(name.c_str(), path.c_str()) == 0) return;
  if (written) why = errno;
  ::unlink(name.c_str());
  fail(why);
}

}  // namespace gyre::plot
