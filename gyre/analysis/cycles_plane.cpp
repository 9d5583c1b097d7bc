// Closed paths in the plane, complete along a line from each critical point.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "gyre/analysis/orbit.hpp"

namespace gyre {

namespace {

constexpr int kStarts = 160;      // along a line, denser near the point
constexpr double kBeyond = 1.02;  // the line ends a little outside the box
constexpr double kOuter = 3.0;    // paths are given up outside a box so many times as large
constexpr int kMostSteps = 4000;  // a turn
constexpr double kClosed = 1e-9;  // a gap that counts as none, in sizes of the box
constexpr double kNoise = 1e-10;  // a gap whose sign means nothing
constexpr double kStill = 1e-6;   // of the first speed: the path comes to rest
constexpr std::size_t kMostSingular = 4;
constexpr double kTurn = 2.0 * std::numbers::pi;

/// A path's return to the line.
struct Return {
  double gap = 0.0;  ///< distance from the point now, less the distance at the start
  double time = 0.0;
};

/// A start on the line, and its return if there is one.
struct Start {
  double at = 0.0;
  std::optional<Return> back;
};

/// The line from a critical point to the nearest edge, in one direction of time.
class Section {
 public:
  Section(Velocity velocity, const std::vector<double>& point, BoxSpan box, Cancel cancel)
      : velocity_(std::move(velocity)),
        point_(point),
        outer_(widened(box, kOuter)),
        cancel_(cancel) {
    double least = HUGE_VAL;
    for (std::size_t i = 0; i < 2; ++i)
      for (const std::size_t side : {1, 0}) {
        const double room = std::abs(box[i][side] - point[i]);
        if (room / (box[i][1] - box[i][0]) >= least) continue;
        least = room / (box[i][1] - box[i][0]);
        length_ = kBeyond * room;
        direction_ = {0.0, 0.0};
        direction_[i] = side == 1 ? 1.0 : -1.0;
      }
  }

  double length() const { return length_; }

  std::vector<double> place(double s) const {
    return {point_[0] + s * direction_[0], point_[1] + s * direction_[1]};
  }

  /// Follows the path from distance `s` until it has wound about the point once, either way.
  /// Nothing if it stops, leaves or takes too long before, or nobody waits for it any more.
  std::optional<Return> follow(double s) const {
    FlowPath path(velocity_, place(s));
    const double speed = length_of(path.velocity());
    double wound = 0.0;
    for (int i = 0; i < kMostSteps && !is_set(cancel_) && path.step(); ++i) {
      const double turned = angle(path.before(), path.at());
      if (std::abs(turned) > 1.5 || !holds(outer_, path.at()) ||
          length_of(path.velocity()) < kStill * speed)
        return std::nullopt;
      wound += turned;
      if (std::abs(wound) < kTurn) continue;
      const double sign = wound > 0.0 ? 1.0 : -1.0;
      const auto time = path.crossing([&](std::span<const double> w) {
        return sign * (direction_[0] * (w[1] - point_[1]) - direction_[1] * (w[0] - point_[0]));
      });
      if (!time) return std::nullopt;
      const std::vector<double> end = path.within(*time);
      return Return{std::hypot(end[0] - point_[0], end[1] - point_[1]) - s, *time};
    }
    return std::nullopt;
  }

 private:
  double angle(std::span<const double> a, std::span<const double> b) const {
    const double ax = a[0] - point_[0], ay = a[1] - point_[1];
    const double bx = b[0] - point_[0], by = b[1] - point_[1];
    return std::atan2(ax * by - ay * bx, ax * bx + ay * by);
  }

  Velocity velocity_;
  std::vector<double> point_;
  std::vector<std::array<double, 2>> outer_;
  Cancel cancel_;
  std::array<double, 2> direction_{};
  double length_ = 0.0;
};

/// Between two starts whose gaps have different signs: the one with none, if the gap passes
/// through zero there and does not jump.
std::optional<Start> root(const Section& line, Start a, Start b, double size) {
  Start best = std::abs(a.back->gap) < std::abs(b.back->gap) ? a : b;
  double fa = a.back->gap, fb = b.back->gap;
  int side = 0;
  for (int i = 0; i < 100 && std::abs(b.at - a.at) > 1e-15 * size; ++i) {
    // False position with halved weights; now and then the middle, should one end not move.
    Start next{.at = i % 8 == 7 ? 0.5 * (a.at + b.at) : a.at + (b.at - a.at) * fa / (fa - fb)};
    if (next.at == a.at || next.at == b.at) break;
    next.back = line.follow(next.at);
    if (!next.back) return std::nullopt;
    const double f = next.back->gap;
    if (std::abs(f) < std::abs(best.back->gap)) best = next;
    if (f == 0.0) break;
    if ((f > 0.0) == (fa > 0.0)) {
      a = next, fa = f;
      if (side == 1) fb *= 0.5;
      side = 1;
    } else {
      b = next, fb = f;
      if (side == -1) fa *= 0.5;
      side = -1;
    }
  }
  if (std::abs(best.back->gap) > 10.0 * kClosed * size) return std::nullopt;
  return best;
}

/// Among three starts whose gaps have one sign, the middle one the least: where the gap is least,
/// by golden section. Stops where the sign changes.
std::optional<Start> dip(const Section& line, double low, Start middle, double high) {
  constexpr double kShare = 0.3819660112501051;
  const double sign = middle.back->gap > 0.0 ? 1.0 : -1.0;
  for (int i = 0; i < 60 && sign * middle.back->gap > 0.0; ++i) {
    const bool right = high - middle.at > middle.at - low;
    Start next{.at = right ? middle.at + kShare * (high - middle.at)
                           : middle.at - kShare * (middle.at - low)};
    next.back = line.follow(next.at);
    if (!next.back) return std::nullopt;
    if (sign * next.back->gap < sign * middle.back->gap) {
      (right ? low : high) = middle.at;
      middle = next;
    } else {
      (right ? high : low) = next.at;
    }
  }
  return middle;
}

class Search {
 public:
  Search(GradientFlow& flow, BoxSpan box, const std::vector<double>& point, Cycles& found,
         Cancel cancel)
      : flow_(flow),
        box_(box),
        point_(point),
        size_(size_of(box)),
        found_(found),
        cancel_(cancel) {}

  void along(bool backward) {
    const Section line(backward ? flow_.backward() : flow_.forward(), point_, box_, cancel_);
    if (line.length() <= kClosed * size_) return;  // on the edge: nothing inside winds about it
    std::vector<Start> starts;
    for (int k = 1; k <= kStarts; ++k) {
      const double share = static_cast<double>(k) / kStarts;
      Start start{.at = line.length() * share * share};
      start.back = line.follow(start.at);
      starts.push_back(start);
    }
    if (!backward) note_closed(line, starts);
    // Whose gaps have no sign are passed over, but not many in a row, and none without return.
    constexpr std::size_t kMostPassed = 3;
    const auto follows = [&](std::size_t k) {
      for (std::size_t next = k + 1; next < starts.size() && next <= k + kMostPassed; ++next) {
        if (!starts[next].back) break;
        if (std::abs(starts[next].back->gap) > kNoise * size_) return next;
      }
      return k;
    };
    for (std::size_t k = 0; k < starts.size(); ++k) {
      if (!starts[k].back || std::abs(starts[k].back->gap) <= kNoise * size_) continue;
      const std::size_t next = follows(k), third = follows(next);
      if (next == k) continue;
      between(line, starts[k], starts[next], backward);
      if (third != next) touching(line, starts[k], starts[next], starts[third], backward);
    }
  }

 private:
  /// Many closed ones in a row that reach far out are not each a cycle.
  void note_closed(const Section& line, const std::vector<Start>& starts) {
    constexpr std::size_t kRow = 8;
    constexpr double kFar = 0.02;
    for (std::size_t k = 0; k < starts.size();) {
      std::size_t end = k;
      while (end < starts.size() && starts[end].back &&
             std::abs(starts[end].back->gap) < kClosed * size_)
        ++end;
      if (end >= k + kRow && starts[end - 1].at > kFar * line.length())
        found_.centres.push_back({point_,
                                  k == 0 ? 0.0 : starts[k].at,
                                  std::min(starts[end - 1].at, line.length() / kBeyond),
                                  end == starts.size(),
                                  {starts[k].back->time, starts[end - 1].back->time}});
      k = std::max(end, k + 1);
    }
  }

  void between(const Section& line, const Start& a, const Start& b, bool backward) {
    if ((a.back->gap > 0.0) == (b.back->gap > 0.0)) return;
    // Outward inside and inward outside: forward in time, both sides come to it.
    const bool comes = (a.back->gap > 0.0) != backward;
    if (const auto start = root(line, a, b, size_))
      add(line, *start, comes ? CycleKind::kAttracting : CycleKind::kRepelling);
  }

  void touching(const Section& line, const Start& a, const Start& b, const Start& c,
                bool backward) {
    const double middle = std::abs(b.back->gap);
    const bool positive = b.back->gap > 0.0;
    if ((a.back->gap > 0.0) != positive || (c.back->gap > 0.0) != positive ||
        middle >= std::abs(a.back->gap) || middle >= std::abs(c.back->gap))
      return;
    const auto least = dip(line, a.at, b, c.at);
    if (!least) return;
    if ((least->back->gap > 0.0) != positive) {  // two of them between the starts
      between(line, a, *least, backward);
      between(line, *least, c, backward);
    } else if (std::abs(least->back->gap) < kClosed * size_) {
      add(line, *least, CycleKind::kSemiStable);
    }
  }

  void add(const Section& line, const Start& start, CycleKind kind) {
    auto cycle = measure_cycle(flow_, line.place(start.at), start.back->time, point_);
    if (!cycle || !lies_in(*cycle, box_)) return;
    cycle->kind = kind;
    for (Cycle& known : found_.cycles)
      if (same_cycle(known, *cycle)) {
        if (cycle->residual < known.residual && known.around == cycle->around) known = *cycle;
        return;
      }
    found_.cycles.push_back(*std::move(cycle));
  }

  GradientFlow& flow_;
  BoxSpan box_;
  const std::vector<double>& point_;
  double size_;
  Cycles& found_;
  Cancel cancel_;
};

}  // namespace

void find_plane_cycles(GradientFlow& flow, BoxSpan box, std::span<const std::vector<double>> points,
                       Cycles& found, Cancel cancel) {
  std::size_t lines = 0, singular = 0;
  for (const std::vector<double>& point : points) {
    if (!holds(box, point)) continue;
    // A closed path winds about points whose indices sum up to one, and a saddle's is minus one.
    const Eigen::MatrixXd J = flow.slopes(point);
    const double determinant = J(0, 0) * J(1, 1) - J(0, 1) * J(1, 0);
    const double zero = 1e-9 * J.squaredNorm();
    if (determinant < -zero || (determinant <= zero && ++singular > kMostSingular)) continue;
    Search search(flow, box, point, found, cancel);
    search.along(false);
    search.along(true);
    ++lines;
  }
  if (lines == 0) {
    found.confidence =
        "Closed paths in the plane wind about a critical point that is no saddle; none is known in "
        "the box.";
    return;
  }
  found.confidence =
      "Closed paths wind about a critical point: from each of " + std::to_string(lines) +
      (lines == 1 ? " point that is no saddle, " : " points that are no saddles, ") +
      std::to_string(kStarts) +
      " starts on a line to the edge of the box were followed for a turn, forward and backward. "
      "Missing may be cycles about points that are not known, and pairs closer than a hundredth "
      "of the line.";
}

}  // namespace gyre
