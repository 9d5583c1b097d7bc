#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/core/random.hpp"

namespace gyre {

/// A number that every run of a sweep draws for itself.
struct Draw {
  enum class Kind {
    kUniform,     ///< evenly between `low` and `high`
    kLogUniform,  ///< evenly in the logarithm
    kNormal,      ///< `low` is the mean, `high` the standard deviation
    kLogNormal,   ///< of the logarithm
    kWhole,       ///< every whole number from `low` to `high` as likely
    kListed       ///< every listed value as likely
  };

  std::string name;
  Kind kind = Kind::kUniform;
  double low = 0.0, high = 0.0;
  double step = 0.0;  ///< what is drawn is rounded to a multiple of this; 0: not at all
  std::vector<double> listed;

  /// Takes two numbers from the stream whatever the kind, so that draws stay aligned.
  double from(Stream& stream) const;
  /// "-2:2", "log:0.001:1", "normal:0:1", "lognormal:0:1", "whole:0:99", "0.1,0.2".
  std::string text() const;
  /// The least and the greatest that it may give.
  double least() const;
  double greatest() const;
};

/// Reads `eta=log:1e-4:1` and the other forms of text(). Throws Error.
Draw parse_draw(std::string_view text);

}  // namespace gyre
