#include "cli/output.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "gyre/core/text.hpp"
#include "gyre/plot/words.hpp"
#include "gyre/store/file.hpp"

namespace gyre::cli {

namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// As the locale says; where none is set, as in many containers, terminals today speak UTF-8.
bool speaks_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view value = environment(name);
    if (value.empty()) continue;
    return value.find("UTF-8") != value.npos || value.find("utf8") != value.npos;
  }
  const std::string_view terminal = environment("TERM");
  return !terminal.empty() && terminal != "dumb" && terminal != "linux";
}

Screen look_at(int descriptor) {
  Screen screen;
  screen.terminal = isatty(descriptor) != 0;
  screen.rewrites = screen.terminal && environment("TERM") != "dumb";
  screen.utf8 = speaks_utf8();
  screen.color = screen.rewrites && environment("NO_COLOR").empty();
  winsize size{};
  if (screen.terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    screen.columns = size.ws_col;
    screen.rows = size.ws_row;
  }
  return screen;
}

[[noreturn]] void output_failed() {
  const int problem = errno;
  if (problem == EPIPE) {  // the reader has gone, and SIGPIPE was ignored by whoever started us
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
  }
  throw FileError(std::string("cannot write to standard output: ") + std::strerror(problem));
}

}  // namespace

std::string Screen::paint(Style style, std::string_view text) const {
  constexpr const char* kCodes[] = {"", "\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[31m", "\x1b[33m"};
  if (!color || style == Style::kPlain || text.empty()) return std::string(text);
  return kCodes[static_cast<int>(style)] + std::string(text) + "\x1b[0m";
}

const Screen& out() {
  static const Screen screen = look_at(STDOUT_FILENO);
  return screen;
}

const Screen& err() {
  static const Screen screen = look_at(STDERR_FILENO);
  return screen;
}

Screen list_screen() {
  Screen screen = out();
  if (screen.terminal) return screen;
  const auto columns = to_number(environment("COLUMNS"));
  screen.columns =
      columns && *columns >= 40.0 && *columns <= 1e4 ? static_cast<int>(*columns) : 120;
  screen.terminal = true;
  return screen;
}

void print(std::string_view text) {
  if (fwrite(text.data(), 1, text.size(), stdout) != text.size()) output_failed();
}

void say(std::string_view text) {
  std::string line(text);
  line += '\n';
  fwrite(line.data(), 1, line.size(), stderr);  // nobody is left to tell if this fails
}

void finish_output() {
  if (fflush(stdout) != 0) output_failed();
}

std::string wrapped(std::string_view text, int columns, int indent) {
  std::string lines;
  int filled = indent;
  bool first = true;
  for (const std::string_view word : split(text, ' ')) {
    if (word.empty()) continue;
    const int width = plot::terminal_width(word);
    if (!first && filled + 1 + width > columns) {
      lines += "\n" + std::string(static_cast<std::size_t>(indent), ' ');
      filled = indent;
    } else if (!first) {
      lines += ' ';
      ++filled;
    }
    lines += word;
    filled += width;
    first = false;
  }
  return lines;
}

}  // namespace gyre::cli
