#pragma once

#include "gyre/data/finite_data.hpp"

namespace gyre {

/// Pictures to be imitated: samples are drawn from them with replacement, each as likely.
class ImageData final : public FiniteData {
 public:
  /// Black becomes `low`, white `high`. Throws Error if there are no pictures.
  ImageData(Images images, float low, float high);

  std::vector<std::int64_t> shape() const override;
  void draw(Stream& stream, std::span<float> samples) const override;
  /// The same samples with their labels, one each; -1 where there are none.
  void draw(Stream& stream, std::span<float> samples, std::span<std::int32_t> labels) const;
  std::string digest() const override { return images_.sha256; }
  std::size_t count() const override { return images_.count(); }
  void copy(std::size_t i, std::span<float> sample) const override;

  const Images& images() const { return images_; }
  /// What black and white became.
  float low() const { return values_[0]; }
  float high() const { return values_[255]; }

 private:
  Images images_;
  float values_[256];  ///< of every byte
};

/// Samples as pictures again: `low` and less is black, `high` and more white.
Images pictures_of(std::span<const float> samples, const std::vector<std::int64_t>& shape,
                   float low, float high);

}  // namespace gyre
