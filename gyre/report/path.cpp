#include "gyre/report/path.hpp"

#include <cmath>
#include <numbers>

namespace gyre::report {

void Path::add(std::span<const double> point) {
  x.push_back(point[0]);
  y.push_back(point[1]);
}

std::vector<double> Path::distances() const {
  std::vector<double> lengths;
  lengths.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) lengths.push_back(std::hypot(x[i], y[i]));
  return lengths;
}

std::vector<double> Path::steps(double unit) const {
  std::vector<double> counted;
  counted.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) counted.push_back(unit * static_cast<double>(i));
  return counted;
}

double fitted_growth(std::span<const double> distances) {
  const double middle = (static_cast<double>(distances.size()) - 1.0) / 2.0;
  double mean = 0.0;
  for (const double d : distances) mean += std::log(d);
  mean /= static_cast<double>(distances.size());
  double above = 0.0, below = 0.0;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    const double t = static_cast<double>(i) - middle;
    above += t * (std::log(distances[i]) - mean);
    below += t * t;
  }
  return std::exp(above / below);
}

double end_to_end_growth(std::span<const double> distances) {
  const double steps = static_cast<double>(distances.size()) - 1.0;
  return std::exp(std::log(distances.back() / distances.front()) / steps);
}

double turns(const Path& path) {
  double angle = 0.0;
  for (std::size_t i = 1; i < path.size(); ++i)
    angle += std::atan2(path.x[i - 1] * path.y[i] - path.y[i - 1] * path.x[i],
                        path.x[i - 1] * path.x[i] + path.y[i - 1] * path.y[i]);
  return angle / (2.0 * std::numbers::pi);
}

}  // namespace gyre::report
