#include "gyre/data/command.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>

#include "gyre/store/file.hpp"

extern char** environ;

namespace gyre {

Ran run_command(const std::vector<std::string>& words, const std::filesystem::path& folder) {
  // A file without a name instead of a pipe: neither side waits for the other.
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> said(std::tmpfile(), std::fclose);
  if (!said) throw file_error("write", "a temporary file", errno);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, fileno(said.get()), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(said.get()), STDERR_FILENO);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  std::vector<std::string> copies = words;
  std::vector<char*> arguments;
  for (std::string& word : copies) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int problem =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) return {};
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return {};
  Ran ran{true, WIFEXITED(status) && WEXITSTATUS(status) == 0, {}};
  std::rewind(said.get());
  char buffer[1 << 12];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, said.get()))
    ran.said.append(buffer, n);
  return ran;
}

}  // namespace gyre
