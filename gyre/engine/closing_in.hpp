#pragma once

#include <array>
#include <vector>

#include "gyre/engine/run.hpp"

namespace gyre {

/// Sees which lanes were plainly on their way to a known point when their budget ended: their
/// distance to it fell from each eighth of the run to the next over its later half, without dying
/// away, to 0.75 of what it was at least. judge_at_the_end() calls such a budget spent, after more
/// looks and at many times the cost.
class ClosingIn final : public Observer {
 public:
  ClosingIn(std::size_t lanes, std::uint64_t steps, const std::vector<std::vector<double>>& points);

  std::uint64_t every() const override;
  void see(std::size_t lane, std::uint64_t step, std::span<const double> point) override;

  bool is(std::size_t lane) const;

 private:
  struct Seen {
    int point = -1;                    ///< the one that was nearest at half time
    std::array<double, 4> farthest{};  ///< squared distances, over an eighth of the run each
  };

  std::uint64_t steps_;
  const std::vector<std::vector<double>>& points_;
  std::vector<Seen> seen_;
};

}  // namespace gyre
