#pragma once

#include <chrono>
#include <string>

namespace gyre::cli {

/// A bar on the terminal, `42% |#####     | 3 s, about 4 s left`, that disappears at the end. Shows
/// nothing in the first moments, and never in a file or pipe.
class Progress {
 public:
  explicit Progress(bool wanted);
  ~Progress() { clear(); }

  void tell(double done);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool wanted_, shown_ = false;
  Clock::time_point start_ = Clock::now();
};

}  // namespace gyre::cli
