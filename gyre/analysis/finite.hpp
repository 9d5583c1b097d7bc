#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

namespace gyre {

/// The number, or null where it is unknown or not finite, which JSON has no words for.
inline nlohmann::ordered_json finite(double value) {
  using Json = nlohmann::ordered_json;
  return std::isfinite(value) ? Json(value) : Json();
}

inline nlohmann::ordered_json finite(const std::vector<double>& values) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const double v : values) all.push_back(finite(v));
  return all;
}

}  // namespace gyre
