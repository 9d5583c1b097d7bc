#include "gyre/data/mixture.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gyre {

Mixture::Mixture(std::size_t dimensions, std::vector<float> centres, double deviation)
    : dimensions_(dimensions), centres_(std::move(centres)), deviation_(deviation) {}

std::vector<std::int64_t> Mixture::shape() const {
  return {static_cast<std::int64_t>(dimensions_)};
}

// A sample is a mode and then its coordinates, from one stream; drawn all at once, which is faster.
void Mixture::draw(Stream& stream, std::span<float> samples) const {
  const double modes = static_cast<double>(centres_.size() / dimensions_);
  const std::size_t count = samples.size() / dimensions_, each = 1 + 2 * dimensions_;
  std::vector<double> drawn(count * each), centres(count * dimensions_);
  stream.uniforms(drawn);
  for (std::size_t i = 0; i < count; ++i) {
    const double* own = &drawn[i * each];
    const auto mode = static_cast<std::size_t>(own[0] * modes);
    for (std::size_t k = 0; k < dimensions_; ++k)
      centres[i * dimensions_ + k] = static_cast<double>(centres_[mode * dimensions_ + k]);
    std::copy(own + 1, own + each, &drawn[i * (each - 1)]);  // pairs alone, side by side
  }
  drawn.resize(count * (each - 1));
  normals_of(drawn, centres, deviation_, samples.first(centres.size()));
}

std::vector<std::pair<std::string, double>> Mixture::judge(std::span<const float> samples) const {
  const double near = 3.0 * deviation_;
  std::vector<double> good(centres_.size() / dimensions_, 0.0);
  std::size_t count = 0;
  for (std::size_t i = 0; i + dimensions_ <= samples.size(); i += dimensions_, ++count) {
    std::size_t nearest = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t mode = 0; mode < good.size(); ++mode) {
      double square = 0.0;
      for (std::size_t k = 0; k < dimensions_; ++k) {
        const double off = static_cast<double>(samples[i + k]) -
                           static_cast<double>(centres_[mode * dimensions_ + k]);
        square += off * off;
      }
      if (square < least) least = square, nearest = mode;
    }
    if (least < near * near) good[nearest] += 1.0;
  }
  double all = 0.0, modes = 0.0, kl = 0.0;
  for (const double n : good) all += n, modes += n > 0.0;
  for (const double n : good)
    if (n > 0.0) kl += n / all * std::log(n / all * static_cast<double>(good.size()));
  if (all == 0.0) kl = std::numeric_limits<double>::infinity();
  return {{"modes", modes}, {"high_quality", all / static_cast<double>(count)}, {"reverse_kl", kl}};
}

}  // namespace gyre
