#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gyre/data/finite_data.hpp"

namespace gyre {

/// Points to be imitated, as they are: drawn with replacement, each as likely.
class PointData final : public FiniteData {
 public:
  /// One behind the other, of `size` numbers each.
  PointData(std::vector<float> points, std::size_t size, std::string digest = {});

  std::vector<std::int64_t> shape() const override { return {static_cast<std::int64_t>(size_)}; }
  void draw(Stream& stream, std::span<float> samples) const override;
  std::string digest() const override { return digest_; }
  std::size_t count() const override { return points_.size() / size_; }
  void copy(std::size_t i, std::span<float> sample) const override;

 private:
  std::vector<float> points_;
  std::size_t size_;
  std::string digest_;
};

/// A user's own points, an `.npy` file of shape (count, numbers); null for paths of anything else.
/// Throws Error for points of less than two numbers and for numbers that are not finite.
std::unique_ptr<PointData> load_points(const std::filesystem::path& path);

}  // namespace gyre
