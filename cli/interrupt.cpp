#include "cli/interrupt.hpp"

#include <unistd.h>

#include <csignal>

namespace gyre::cli {

namespace {

std::atomic<bool> g_interrupted{false};
std::atomic<int> g_signal{SIGINT};

static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void on_signal(int number) {
  constexpr char kMessage[] = "\nstopping, and saving what there is; once more quits at once\n";
  g_signal = number;
  g_interrupted = true;
  if (isatty(STDERR_FILENO)) {
    [[maybe_unused]] const auto ignored = write(STDERR_FILENO, kMessage, sizeof kMessage - 1);
  }
}

}  // namespace

const std::atomic<bool>& interrupted() { return g_interrupted; }

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (const int number : {SIGINT, SIGTERM}) {
    struct sigaction before {};
    sigaction(number, nullptr, &before);
    if (before.sa_handler != SIG_IGN) sigaction(number, &action, nullptr);  // nohup stays nohup
  }
}

int interrupted_status() { return 128 + g_signal; }

}  // namespace gyre::cli
