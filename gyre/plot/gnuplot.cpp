#include "gyre/plot/gnuplot.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

extern char** environ;

namespace gyre::plot {

namespace {
struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

/// A file without a name. Three of them instead of pipes: neither side can then wait for the other,
/// and a gnuplot that stops reading raises no signal here.
File nameless() {
  File file(std::tmpfile());
  if (!file) throw Error(fmt::format("cannot make a temporary file: {}", std::strerror(errno)));
  return file;
}

std::string contents_of(std::FILE* file) {
  std::string bytes;
  std::rewind(file);
  char buffer[1 << 16];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, file)) bytes.append(buffer, n);
  return bytes;
}

std::string program_name() {
  const char* own = std::getenv("GYRE_GNUPLOT");
  return own && *own ? own : "gnuplot";
}

struct Finished {
  bool started = false;
  bool well = false;
  std::string output, complaint;
};

Finished run(const std::string& input, const char* option) {
  const File in = nameless(), out = nameless(), err = nameless();
  if (std::fwrite(input.data(), 1, input.size(), in.get()) != input.size() ||
      std::fflush(in.get()) != 0)
    throw Error(fmt::format("cannot write a temporary file: {}", std::strerror(errno)));
  std::rewind(in.get());

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, fileno(in.get()), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(out.get()), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(err.get()), STDERR_FILENO);

  // The user's own start-up file must not change figures, nor must the language change numbers.
  std::vector<std::string> variables;
  for (char** v = environ; *v; ++v) {
    const std::string_view entry(*v);
    if (!entry.starts_with("GNUTERM=") && !entry.starts_with("LC_NUMERIC=") &&
        !entry.starts_with("LC_ALL="))
      variables.emplace_back(entry);
  }
  variables.emplace_back("LC_ALL=C.UTF-8");
  std::vector<char*> environment;
  for (std::string& v : variables) environment.push_back(v.data());
  environment.push_back(nullptr);

  std::string name = program_name(), word(option);
  char* arguments[] = {name.data(), word.empty() ? nullptr : word.data(), nullptr};
  pid_t child = 0;
  const int problem =
      posix_spawnp(&child, name.c_str(), &actions, nullptr, arguments, environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) return {};

  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return {};
  // 127: the shell's word for a program that could not be started.
  const bool started = !(WIFEXITED(status) && WEXITSTATUS(status) == 127);
  return {started, WIFEXITED(status) && WEXITSTATUS(status) == 0, contents_of(out.get()),
          contents_of(err.get())};
}

/// The line that says what is wrong: gnuplot writes the offending line and a caret first.
std::string gist(const std::string& complaint) {
  std::string last, telling;
  std::string_view rest = complaint;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = trim(rest.substr(0, end));
    if (!line.empty()) last = line;
    if (telling.empty() && line.find("line ") != std::string_view::npos) telling = line;
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return as_typed(telling.empty() ? last : telling);
}
}  // namespace

std::string run_gnuplot(const std::string& program) {
  const Finished done = run(program, "-d");
  if (!done.started)
    throw Error(
        "gnuplot is not installed, so no picture was drawn; install it with: apt-get install "
        "gnuplot-nox");
  if (!done.well) throw Error("gnuplot failed: " + gist(done.complaint), done.complaint);
  if (done.output.empty())
    throw Error("gnuplot drew nothing: " + gist(done.complaint), done.complaint);
  return done.output;
}

std::string gnuplot_banner() {
  const Finished done = run("", "--version");
  return done.started && done.well ? std::string(trim(done.output)) : "";
}

}  // namespace gyre::plot
