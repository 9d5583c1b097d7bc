#include "gyre/engine/near_cycle.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "gyre/core/assert.hpp"

namespace gyre {

namespace {

constexpr double kNear = 0.02;  // of the half-width
constexpr double kSquares = 64.0;

std::vector<std::array<double, 2>> extent_of(const std::vector<std::vector<double>>& places) {
  std::vector<std::array<double, 2>> extent;
  for (std::size_t i = 0; i < places[0].size(); ++i) {
    const auto [low, high] =
        std::ranges::minmax_element(places, {}, [&](const std::vector<double>& p) { return p[i]; });
    extent.push_back({(*low)[i], (*high)[i]});
  }
  return extent;
}

/// How far a smooth curve through the places lies from the straight lines between them, at most.
double sag(const std::vector<std::vector<double>>& places) {
  double most = 0.0;
  const std::size_t n = places.size();
  for (std::size_t k = 0; k < n; ++k) {
    double bend = 0.0;
    for (std::size_t i = 0; i < places[k].size(); ++i) {
      const double b = places[(k + n - 1) % n][i] - 2.0 * places[k][i] + places[(k + 1) % n][i];
      bend += b * b;
    }
    most = std::max(most, bend);
  }
  return std::sqrt(most) / 8.0;
}

}  // namespace

NearCycle::NearCycle(const Attractors& attractors) {
  for (const auto& cycles : {std::cref(attractors.cycles), std::cref(attractors.family)})
    for (const Attractors::Cycle& c : cycles.get()) maps_.push_back(draw(c));
}

NearCycle::Map NearCycle::draw(const Attractors::Cycle& cycle) {
  const auto& places = cycle.places;
  GYRE_ASSERT(!places.empty());
  const std::vector<std::array<double, 2>> extent = extent_of(places);
  const auto width = [&](std::size_t i) { return extent[i][1] - extent[i][0]; };
  std::vector<std::size_t> order(extent.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](auto a, auto b) { return width(a) > width(b); });

  Map map;
  map.period = cycle.period;
  map.count = places.size();
  map.tolerance = 0.5 * kNear * width(order[0]);
  map.wide = {order[0], order[order.size() > 1 ? 1 : 0]};
  if (cycle.closed_curve) map.tolerance += sag(places);
  const auto end_of = [&](std::size_t k) -> const std::vector<double>& {
    return cycle.closed_curve ? places[(k + 1) % places.size()] : places[k];
  };
  for (std::size_t k = 0; k < places.size(); ++k) {
    double length = 0.0;
    for (std::size_t i = 0; i < extent.size(); ++i) {
      map.from.push_back(places[k][i]);
      map.along.push_back(end_of(k)[i] - places[k][i]);
      length += map.along.back() * map.along.back();
    }
    map.per_length.push_back(length > 0.0 ? 1.0 / length : 0.0);
  }
  for (std::size_t side = 0; side < 2; ++side) {
    const std::size_t i = map.wide[side];
    const double wide = width(i) + 2.0 * map.tolerance;
    map.low[side] = extent[i][0] - map.tolerance;
    map.per_unit[side] = wide > 0.0 ? kSquares / wide : 0.0;
    map.squares[side] = static_cast<std::size_t>(kSquares) + 1;
  }

  // Which squares a piece passes near: twice, to count and to write.
  std::vector<std::uint32_t> count(map.squares[0] * map.squares[1] + 1);
  const auto each_square = [&](auto&& use) {
    for (std::uint32_t k = 0; k < places.size(); ++k) {
      const std::vector<double>&a = places[k], &b = end_of(k);
      std::array<std::size_t, 2> from, to;
      for (std::size_t side = 0; side < 2; ++side) {
        const std::size_t i = map.wide[side];
        const auto square = [&](double x) {
          return static_cast<std::size_t>(
              std::clamp((x - map.low[side]) * map.per_unit[side], 0.0, kSquares));
        };
        from[side] = square(std::min(a[i], b[i]) - map.tolerance);
        to[side] = square(std::max(a[i], b[i]) + map.tolerance);
      }
      for (std::size_t y = from[1]; y <= to[1]; ++y)
        for (std::size_t x = from[0]; x <= to[0]; ++x) use(y * map.squares[0] + x, k);
    }
  };
  each_square([&](std::size_t square, std::uint32_t) { ++count[square + 1]; });
  std::partial_sum(count.begin(), count.end(), count.begin());
  map.begin = count;
  map.pieces.resize(count.back());
  each_square([&](std::size_t square, std::uint32_t k) { map.pieces[count[square]++] = k; });
  return map;
}

double NearCycle::longest_period() const {
  double longest = 0.0;
  for (const Map& map : maps_) longest = std::max(longest, map.period);
  return longest;
}

NearCycle::Match NearCycle::at(std::span<const double> place) const {
  Match best;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < maps_.size(); ++c) {
    const Map& map = maps_[c];
    std::array<std::size_t, 2> square;
    bool inside = true;
    for (std::size_t side = 0; side < 2; ++side) {
      const double at = (place[map.wide[side]] - map.low[side]) * map.per_unit[side];
      inside = inside && at >= 0.0 && at <= kSquares;  // false for what is not a number
      square[side] = inside ? static_cast<std::size_t>(at) : 0;
    }
    if (!inside) continue;
    const std::size_t cell = square[1] * map.squares[0] + square[0], dim = place.size();
    for (std::uint32_t p = map.begin[cell]; p < map.begin[cell + 1]; ++p) {
      const std::size_t k = map.pieces[p];
      const double *from = &map.from[k * dim], *along = &map.along[k * dim];
      double share = 0.0;
      for (std::size_t i = 0; i < dim; ++i) share += (place[i] - from[i]) * along[i];
      share = std::clamp(share * map.per_length[k], 0.0, 1.0);
      double square_distance = 0.0;
      for (std::size_t i = 0; i < dim; ++i) {
        const double gap = place[i] - from[i] - share * along[i];
        square_distance += gap * gap;
      }
      if (!(square_distance < least) || square_distance > map.tolerance * map.tolerance) continue;
      least = square_distance;
      best = {static_cast<int>(c),
              (static_cast<double>(k) + share) / static_cast<double>(map.count),
              map.tolerance > 0.0 ? std::sqrt(square_distance) / map.tolerance : 0.0};
    }
  }
  return best;
}

}  // namespace gyre
