#include "cli/interrupt.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <ctime>

namespace gyre::cli {

namespace {

std::atomic<bool> g_interrupted{false};
std::atomic<int> g_signal{SIGINT};
std::atomic<std::int64_t> g_first{0};  // when, in nanoseconds

static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free &&
              std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t now() {
  constexpr std::int64_t kSecond = 1'000'000'000;
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * kSecond + t.tv_nsec;
}

/// The first signal asks for an end, a later one forces it. Some senders send one signal twice, to
/// the process and to its group, so what follows at once is no second wish.
void on_signal(int number) {
  constexpr std::int64_t kAtOnce = 500'000'000;
  if (g_interrupted) {
    if (now() - g_first < kAtOnce) return;
    std::signal(number, SIG_DFL);
    std::raise(number);
    return;
  }
  g_first = now();
  constexpr char kMessage[] = "\nstopping, and saving what there is; once more quits at once\n";
  g_signal = number;
  g_interrupted = true;
  if (isatty(STDERR_FILENO)) {
    [[maybe_unused]] const auto ignored = write(STDERR_FILENO, kMessage, sizeof kMessage - 1);
  }
}

void on_end(int number) {
  constexpr char kMessage[] = "\ngyre: stopped\n";
  if (isatty(STDERR_FILENO)) {
    [[maybe_unused]] const auto ignored = write(STDERR_FILENO, kMessage, sizeof kMessage - 1);
  }
  std::signal(number, SIG_DFL);
  std::raise(number);
}

/// Unless it is ignored: nohup stays nohup.
void handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  struct sigaction before {};
  sigaction(number, nullptr, &before);
  if (before.sa_handler != SIG_IGN) sigaction(number, &action, nullptr);
}

}  // namespace

const std::atomic<bool>& interrupted() { return g_interrupted; }

void catch_interrupts() {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) handle(number, on_signal);
}

void tell_of_interrupts() { handle(SIGINT, on_end); }

int interrupted_status() { return 128 + g_signal; }

}  // namespace gyre::cli
