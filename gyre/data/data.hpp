#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gyre/core/random.hpp"
#include "gyre/data/load.hpp"

namespace gyre {

/// What is to be imitated.
class Data {
 public:
  virtual ~Data() = default;

  /// Of one sample: {2} for points of a plane, {1, 28, 28} for grey pictures.
  virtual std::vector<std::int64_t> shape() const = 0;
  /// The next samples of a stream, one behind the other.
  virtual void draw(Stream& stream, std::span<float> samples) const = 0;
  /// What can be said of imitations, as names and numbers; the same names for any samples.
  virtual std::vector<std::pair<std::string, double>> judge(std::span<const float> samples) const;
  /// The centres of what the samples gather around, if that is known; one behind the other.
  virtual std::vector<float> centres() const { return {}; }

  /// Of the files that they were read from; empty of what is made.
  virtual std::string digest() const { return {}; }

  /// Numbers in one sample.
  std::size_t size() const;
};

/// How pictures become numbers.
struct DataOptions {
  DataPart part = DataPart::kTrain;
  ImageSize size = {};
  float low = -1.0f, high = 1.0f;  ///< black and white
};

/// By the name of a data set or the path of a user's own pictures or points. Throws Error as
/// load_images() and load_points() do.
std::unique_ptr<Data> make_data(std::string_view name_or_path, const DataOptions& options = {},
                                const DataPlaces& places = standard_places());

/// The name of a data set as it is, and the whole path of a user's own: they are found by it from
/// anywhere.
std::string lasting_name(std::string_view name_or_path);

}  // namespace gyre
