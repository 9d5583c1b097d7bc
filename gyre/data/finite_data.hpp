#pragma once

#include <cstddef>
#include <span>

#include "gyre/data/data.hpp"

namespace gyre {

/// Samples that are there, each as likely, and not made when they are wanted.
class FiniteData : public Data {
 public:
  virtual std::size_t count() const = 0;
  virtual void copy(std::size_t i, std::span<float> sample) const = 0;
};

}  // namespace gyre
