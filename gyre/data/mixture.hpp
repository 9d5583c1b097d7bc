#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gyre/data/data.hpp"

namespace gyre {

/// Gaussians of one deviation and equal weight around known centres.
class Mixture final : public Data {
 public:
  Mixture(std::size_t dimensions, std::vector<float> centres, double deviation);

  std::vector<std::int64_t> shape() const override;
  void draw(Stream& stream, std::span<float> samples) const override;
  /// `modes`: centres that are nearest to at least one good sample; `high_quality`: the share of
  /// samples within three deviations of a centre, which is 0.989 for true samples of a plane;
  /// `reverse_kl`: of good samples over the centres from equal shares, infinite without any.
  std::vector<std::pair<std::string, double>> judge(std::span<const float> samples) const override;
  std::vector<float> centres() const override { return centres_; }

 private:
  std::size_t dimensions_;
  std::vector<float> centres_;
  double deviation_;
};

}  // namespace gyre
