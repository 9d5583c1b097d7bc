#include "gyre/data/synthetic.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "gyre/data/mixture.hpp"

namespace gyre {

namespace {

/// Angles i 2 pi / 8: the ends of a closed range would be one mode twice.
std::unique_ptr<Data> ring8() {
  constexpr int kModes = 8;
  std::vector<float> centres;
  for (int i = 0; i < kModes; ++i) {
    const double angle = 2.0 * std::numbers::pi * i / kModes;
    centres.push_back(static_cast<float>(2.0 * std::cos(angle)));
    centres.push_back(static_cast<float>(2.0 * std::sin(angle)));
  }
  return std::make_unique<Mixture>(2, std::move(centres), 0.02);
}

std::unique_ptr<Data> grid(int side, double spacing, double deviation) {
  std::vector<float> centres;
  for (int i = 0; i < side; ++i)
    for (int j = 0; j < side; ++j)
      for (const int k : {i, j})
        centres.push_back(static_cast<float>(spacing * (k - 0.5 * (side - 1))));
  return std::make_unique<Mixture>(2, std::move(centres), deviation);
}

/// Two arms that turn about each other.
class Spirals final : public Data {
 public:
  std::vector<std::int64_t> shape() const override { return {2}; }
  void draw(Stream& stream, std::span<float> samples) const override {
    for (std::size_t i = 0; i + 1 < samples.size(); i += 2) {
      const double along = std::sqrt(stream.uniform()), side = stream.uniform() < 0.5 ? 1.0 : -1.0;
      const double angle = 3.0 * std::numbers::pi * along, radius = 2.0 * side * along;
      samples[i] = static_cast<float>(radius * std::cos(angle) + 0.03 * stream.normal());
      samples[i + 1] = static_cast<float>(radius * std::sin(angle) + 0.03 * stream.normal());
    }
  }
};

/// High, low, high, low: the four numbers that a well-known book begins with.
class Pattern final : public Data {
 public:
  std::vector<std::int64_t> shape() const override { return {4}; }
  void draw(Stream& stream, std::span<float> samples) const override {
    for (std::size_t i = 0; i < samples.size(); ++i)
      samples[i] =
          static_cast<float>(i % 2 == 0 ? stream.uniform(0.8, 1.0) : stream.uniform(0.0, 0.2));
  }
  std::vector<std::pair<std::string, double>> judge(std::span<const float> samples) const override {
    constexpr float kMargin = 0.25f;
    std::size_t good = 0;
    double high = 0.0, low = 0.0;
    for (std::size_t i = 0; i + 3 < samples.size(); i += 4) {
      good += samples[i] > 1 - kMargin && samples[i + 1] < kMargin &&
              samples[i + 2] > 1 - kMargin && samples[i + 3] < kMargin;
      high += 0.5 * (samples[i] + samples[i + 2]);
      low += 0.5 * (samples[i + 1] + samples[i + 3]);
    }
    const double count = static_cast<double>(samples.size() / 4);
    return {{"in_pattern", static_cast<double>(good) / count},
            {"mean_high", high / count},
            {"mean_low", low / count}};
  }
};

/// Samples with mean zero and a covariance that is known.
class Normal final : public Data {
 public:
  /// `factor` is L with covariance L L', row by row.
  Normal(std::size_t size, std::vector<double> factor) : size_(size), factor_(std::move(factor)) {}

  std::vector<std::int64_t> shape() const override { return {static_cast<std::int64_t>(size_)}; }
  void draw(Stream& stream, std::span<float> samples) const override {
    std::vector<double> z(size_);
    for (std::size_t begin = 0; begin + size_ <= samples.size(); begin += size_) {
      for (double& x : z) x = stream.normal();
      for (std::size_t i = 0; i < size_; ++i) {
        double sum = 0.0;
        for (std::size_t j = 0; j <= i; ++j) sum += factor_[i * size_ + j] * z[j];
        samples[begin + i] = static_cast<float>(sum);
      }
    }
  }
  std::vector<std::pair<std::string, double>> judge(std::span<const float> samples) const override {
    const std::size_t count = samples.size() / size_;
    double error = 0.0, size = 0.0;
    for (std::size_t i = 0; i < size_; ++i)
      for (std::size_t j = 0; j < size_; ++j) {
        double found = 0.0, wanted = 0.0;
        for (std::size_t k = 0; k < count; ++k)
          found += static_cast<double>(samples[k * size_ + i]) * samples[k * size_ + j];
        for (std::size_t k = 0; k < size_; ++k)
          wanted += factor_[i * size_ + k] * factor_[j * size_ + k];
        const double difference = found / static_cast<double>(count) - wanted;
        error += difference * difference, size += wanted * wanted;
      }
    return {{"covariance_error", std::sqrt(error / size)}};
  }

 private:
  std::size_t size_;
  std::vector<double> factor_;
};

std::unique_ptr<Data> isotropic(std::size_t size) {
  std::vector<double> factor(size * size, 0.0);
  for (std::size_t i = 0; i < size; ++i) factor[i * size + i] = 1.0;
  return std::make_unique<Normal>(size, std::move(factor));
}

}  // namespace

std::unique_ptr<Data> make_synthetic(std::string_view name) {
  if (name == "ring8") return ring8();
  if (name == "grid25") return grid(5, 2.0, 0.05);
  if (name == "grid16") return grid(4, 1.0, 0.02);
  if (name == "spirals") return std::make_unique<Spirals>();
  if (name == "gauss75") return isotropic(75);
  if (name == "covariance")
    return std::make_unique<Normal>(2, std::vector<double>{1.0, 0.0, 0.5, 0.5});
  if (name == "pattern-1010") return std::make_unique<Pattern>();
  return nullptr;
}

}  // namespace gyre
