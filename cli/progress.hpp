#pragma once

#include <chrono>
#include <string_view>

namespace gyre::cli {

/// A bar on the terminal, `42% |#####     | 3 s, about 4 s left`, that disappears at the end. Shows
/// nothing in the first moments, and never in a file or pipe.
class Progress {
 public:
  explicit Progress(bool wanted);
  ~Progress() { clear(); }

  /// `note` stands behind the time, as far as the line has room.
  void tell(double done, std::string_view note = {});
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool wanted_, shown_ = false;
  Clock::time_point start_ = Clock::now();
};

}  // namespace gyre::cli
