#include "gyre/gan/dynamics_quality.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace gyre::gan {

namespace {

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::vector<double> part(std::span<const double> all, std::size_t quarter) {
  const std::size_t n = all.size();
  const auto piece = all.subspan(quarter * n / 4, (quarter + 1) * n / 4 - quarter * n / 4);
  return {piece.begin(), piece.end()};
}

double deviation(const std::vector<double>& values) {
  double mean = 0.0, squares = 0.0;
  for (const double v : values) mean += v / static_cast<double>(values.size());
  for (const double v : values) squares += (v - mean) * (v - mean);
  return std::sqrt(squares / std::max<double>(static_cast<double>(values.size()) - 1.0, 1.0));
}

/// How many more pairs rise than fall, in deviations of what chance gives.
double mann(std::span<const double> values) {
  double rises = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t k = i + 1; k < values.size(); ++k)
      rises += values[k] > values[i] ? 1.0 : values[k] < values[i] ? -1.0 : 0.0;
  const auto n = static_cast<double>(values.size());
  return rises / std::sqrt(n * (n - 1.0) * (2.0 * n + 5.0) / 18.0);
}

}  // namespace

std::optional<QualityTrend> trend_of(const Quality& quality) {
  constexpr double kMedian = 1.2533;  // its deviation over the mean's, of normal numbers
  constexpr double kClear = 2.0, kHint = 1.0;
  constexpr double kLeft = 1.0 / 3.0, kSome = 0.15;
  std::vector<double> values;
  for (const double v : quality.values)
    if (std::isfinite(v)) values.push_back(v);
  if (values.size() < QualityTrend::kFewest) return std::nullopt;
  QualityTrend trend{.name = quality.name};
  const double sign = quality.higher ? 1.0 : -1.0;
  double squares = 0.0;
  trend.best = median(part(values, 0));
  auto look_at = [&](const std::vector<double>& piece) {
    squares += std::pow(kMedian * deviation(piece), 2) / static_cast<double>(piece.size());
    return median(piece);
  };
  for (std::size_t quarter = 1; quarter < 4; ++quarter) {
    const double middle = median(part(values, quarter));
    if (sign * (middle - trend.best) > 0.0) trend.best = middle;
  }
  trend.before = look_at(part(values, 2));
  trend.now =
      look_at({values.end() - static_cast<std::ptrdiff_t>(values.size() / 8), values.end()});
  trend.noise = std::sqrt(squares);
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  trend.order = sign * mann(std::span(values).subspan(values.size() / 2));
  const double gain = sign * (trend.now - trend.before), least_gain = (*most - *least) / 50.0;
  trend.improves = gain > least_gain && (gain > kClear * trend.noise || trend.order > kClear);
  trend.worsens = -gain > std::max(kClear * trend.noise, least_gain);
  trend.unclear =
      !trend.improves && gain > least_gain && (gain > kHint * trend.noise || trend.order > kHint);
  const bool one_mode = quality.name == "modes" && trend.now <= 1.0 && *most > 1.0;
  trend.collapsed =
      one_mode || (quality.higher && trend.best >= kSome && trend.now < kLeft * trend.best);
  return trend;
}

}  // namespace gyre::gan
