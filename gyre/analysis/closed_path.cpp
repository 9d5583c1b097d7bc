#include "gyre/analysis/closed_path.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "gyre/engine/near_cycle.hpp"

namespace gyre {

namespace {

using Places = std::vector<std::vector<double>>;

constexpr double kFine = 64.0;        // steps a turn from which on one turn shows the curve
constexpr std::size_t kCoarse = 512;  // steps that are folded into one turn otherwise
constexpr int kMostTurns = 4;         // until it closes
constexpr std::size_t kMostPlaces = 1024, kFewPlaces = 8;

double apart(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

double half_width(const Places& places) {
  double widest = 0.0;
  for (std::size_t i = 0; i < places[0].size(); ++i) {
    const auto [low, high] =
        std::ranges::minmax_element(places, {}, [&](const auto& p) { return p[i]; });
    widest = std::max(widest, 0.5 * ((*high)[i] - (*low)[i]));
  }
  return widest;
}

/// Where the lane is at a time between steps.
std::vector<double> place_at(const Places& places, double time) {
  const auto k = std::min(places.size() - 2, static_cast<std::size_t>(time));
  const double share = time - static_cast<double>(k);
  std::vector<double> place = places[k];
  for (std::size_t i = 0; i < place.size(); ++i) place[i] += share * (places[k + 1][i] - place[i]);
  return place;
}

/// The time near `about` at which the lane is nearest to where it began, and how near.
std::pair<double, double> return_near(const Places& places, double about) {
  double best = about, least = std::numeric_limits<double>::infinity();
  const double last = static_cast<double>(places.size() - 2);
  const auto from = static_cast<std::size_t>(std::clamp(0.8 * about, 1.0, last));
  const auto to = static_cast<std::size_t>(std::clamp(1.2 * about + 1.0, 1.0, last));
  for (std::size_t k = from; k <= to; ++k) {
    double along = 0.0, length = 0.0;
    for (std::size_t i = 0; i < places[k].size(); ++i) {
      const double piece = places[k + 1][i] - places[k][i];
      along += (places[0][i] - places[k][i]) * piece, length += piece * piece;
    }
    const double time =
        static_cast<double>(k) + (length > 0.0 ? std::clamp(along / length, 0.0, 1.0) : 0.0);
    const double gap = apart(places[0], place_at(places, time));
    if (gap < least) least = gap, best = time;
  }
  return {best, least};
}

/// A few places that are come back to exactly.
std::optional<Attractors::Cycle> few_places(const Places& places) {
  constexpr double kSame = 1e-6;
  const double tolerance = kSame * half_width(places);
  for (std::size_t turn = 2; turn <= kFewPlaces; ++turn) {
    bool same = true;
    for (std::size_t k = turn; k < places.size() && same; ++k)
      same = apart(places[k], places[k % turn]) <= tolerance;
    if (same)
      return Attractors::Cycle{{places.begin(), places.begin() + static_cast<std::ptrdiff_t>(turn)},
                               static_cast<double>(turn),
                               false};
  }
  return std::nullopt;
}

/// One turn, step by step; in between, straight on.
std::optional<Attractors::Cycle> fine_turn(const Places& places, double period, double width) {
  constexpr double kReturns = 0.01;
  double turn = period, least = std::numeric_limits<double>::infinity();
  for (int turns = 1; turns <= kMostTurns; ++turns) {
    const auto [time, gap] = return_near(places, turns * period);
    if (gap < least) least = gap, turn = time;
    if (least < kReturns * width) break;
  }
  const std::size_t count = std::min(kMostPlaces, static_cast<std::size_t>(turn));
  Attractors::Cycle cycle{{}, turn, true};
  for (std::size_t k = 0; k < count; ++k)
    cycle.places.push_back(
        place_at(places, turn * static_cast<double>(k) / static_cast<double>(count)));
  return cycle;
}

/// Many turns of few steps each, folded onto one by the period for which the curve through them is
/// shortest.
std::optional<Attractors::Cycle> folded(const Places& places, double period) {
  constexpr int kTried = 8;
  constexpr double kWide = 0.02;
  const std::size_t all = std::min(kCoarse, places.size());
  std::vector<std::pair<double, std::size_t>> order;
  const auto folded_length = [&](double turn, std::size_t count) {
    order.clear();
    for (std::size_t k = 0; k < count; ++k) {
      const double turns = static_cast<double>(k) / turn;
      order.emplace_back(turns - std::floor(turns), k);
    }
    std::ranges::sort(order);
    double length = 0.0;
    for (std::size_t k = 0; k < count; ++k)
      length += apart(places[order[k].second], places[order[(k + 1) % count].second]);
    return length;
  };
  double least = std::numeric_limits<double>::infinity(), best = period;
  for (int turns = 1; turns <= kMostTurns; ++turns) {
    // Of few turns at first, then of more, the more closely the period is known.
    double turn = turns * period, wide = kWide, length = 0.0;
    std::size_t count = 0;
    while (count < all) {
      const double room = 0.5 / (wide * turn);  // turns until the worst guess is half a step off
      count = std::min(all, static_cast<std::size_t>(std::max(4.0, room) * turn) + 1);
      length = std::numeric_limits<double>::infinity();
      const double middle = turn;
      for (int k = -kTried; k <= kTried; ++k) {
        const double guess = middle * (1.0 + wide * k / kTried), l = folded_length(guess, count);
        if (l < length) length = l, turn = guess;
      }
      wide /= 0.5 * kTried;
    }
    if (length > 0.7 * least) break;  // no clear gain by closing later
    least = length, best = turn;
  }
  folded_length(best, all);
  const std::size_t count = all;
  Attractors::Cycle cycle{{}, best, true};
  // At equal times: between the places to either side.
  const std::size_t wanted = std::max<std::size_t>(64, count / 4);
  for (std::size_t k = 0, next = 0; k < wanted; ++k) {
    const double phase = static_cast<double>(k) / static_cast<double>(wanted);
    while (next < count && order[next].first < phase) ++next;
    const auto& [to_phase, to] = order[next % count];
    const auto& [from_phase, from] = order[(next + count - 1) % count];
    double span = to_phase - from_phase, share = phase - from_phase;
    span -= std::floor(span), share -= std::floor(share);
    share = span > 0.0 ? std::min(1.0, share / span) : 0.0;
    cycle.places.push_back(places[from]);
    for (std::size_t i = 0; i < places[from].size(); ++i)
      cycle.places.back()[i] += share * (places[to][i] - places[from][i]);
  }
  return cycle;
}

}  // namespace

std::uint64_t steps_to_close(double period) {
  return period < kFine ? 2 * kCoarse
                        : static_cast<std::uint64_t>(std::ceil(2.0 * kMostTurns * period)) + 2;
}

std::optional<Attractors::Cycle> closed_path(const Places& places, double period) {
  if (places.size() < 4 || !(period > 1.0)) return std::nullopt;
  const double width = half_width(places);
  if (!(width > 0.0)) return std::nullopt;
  std::optional<Attractors::Cycle> cycle = few_places(places);
  if (!cycle) cycle = period < kFine ? folded(places, period) : fine_turn(places, period, width);
  const NearCycle near(Attractors{{}, {*cycle}, {}});
  const bool followed =
      std::ranges::all_of(places, [&](const auto& place) { return near.at(place).cycle == 0; });
  return followed ? cycle : std::nullopt;
}

}  // namespace gyre
