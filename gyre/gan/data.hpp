#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gyre/core/random.hpp"

namespace gyre::gan {

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

  /// Numbers in one sample.
  std::size_t size() const;
};

/// A data set that Gyre makes itself.
struct DataFacts {
  std::string_view name, about;
};

std::span<const DataFacts> synthetic_data();

/// By name. Throws Error that names the nearest one.
std::unique_ptr<Data> make_data(std::string_view name);

}  // namespace gyre::gan
