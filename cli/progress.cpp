#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "cli/output.hpp"
#include "gyre/plot/words.hpp"

namespace gyre::cli {

namespace {

std::string spoken(double seconds) {
  if (seconds < 90.0) return fmt::format("{:.0f} s", seconds);
  if (seconds < 5400.0) return fmt::format("{:.0f} min", seconds / 60.0);
  return fmt::format("{:.1f} h", seconds / 3600.0);
}

}  // namespace

Progress::Progress(bool wanted) : wanted_(wanted && err().rewrites) {}

void Progress::tell(double done, std::string_view note) {
  constexpr double kSilent = 0.3;
  const int bar = std::clamp(static_cast<int>(err().columns) / 3, 8, 30);
  const double passed = std::chrono::duration<double>(Clock::now() - start_).count();
  if (!wanted_ || passed < kSilent) return;
  const int filled = std::clamp(static_cast<int>(done * bar), 0, bar);
  std::string line = fmt::format("{:3.0f}% |{}{}| {}", 100.0 * done, std::string(filled, '#'),
                                 std::string(bar - filled, ' '), spoken(passed));
  if (done > 0.01) line += fmt::format(", about {} left", spoken(passed * (1.0 - done) / done));
  if (!note.empty()) line += fmt::format("; {}", note);
  fmt::print(stderr, "\r\x1b[K{}", plot::shorten_to_cells(line, err().columns - 1));
  fflush(stderr);
  shown_ = true;
}

void Progress::clear() {
  if (!shown_) return;
  fmt::print(stderr, "\r\x1b[K");
  fflush(stderr);
  shown_ = false;
}

}  // namespace gyre::cli
