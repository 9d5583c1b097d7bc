#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gyre::gan {

/// What stands for all parameters of both players: distances between these few numbers are those
/// between the parameters, within about a tenth. Small networks are kept as they are.
inline constexpr std::size_t kSketch = 128;

/// Adds numbers that stand at `first`, `first` + 1, ... of a long vector to its sketch: each goes
/// into four places of it with random signs (Kane and Nelson 2014), the same ones for a seed.
void add_to_sketch(std::span<const float> numbers, std::uint64_t first, std::uint64_t seed,
                   std::span<double> sketch);

/// Points in the plane of their first two principal directions, about their mean.
struct Plane {
  std::vector<double> x, y;
  std::array<double, 2> share{};  ///< of the variance, that is along each
};

/// Rows of one length, all finite.
Plane principal_plane(std::span<const std::vector<float>> rows);

/// How often a path in the plane winds about its middle, positive against the clock.
double turns_about_middle(const Plane& plane);

}  // namespace gyre::gan
