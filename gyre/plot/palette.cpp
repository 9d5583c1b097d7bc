#include "gyre/plot/palette.hpp"

#include <algorithm>
#include <cmath>

namespace gyre::plot {

namespace {
// Both were made in OKLab, with equal steps of lightness between neighbours; a test holds that.
constexpr std::array<Rgb, 11> kSequential{{{0x29, 0x19, 0x5D},
                                           {0x2A, 0x2F, 0x6F},
                                           {0x26, 0x45, 0x82},
                                           {0x1F, 0x5D, 0x86},
                                           {0x0D, 0x75, 0x89},
                                           {0x1F, 0x8C, 0x82},
                                           {0x31, 0xA3, 0x79},
                                           {0x6B, 0xB3, 0x65},
                                           {0x97, 0xC3, 0x44},
                                           {0xC7, 0xCD, 0x4A},
                                           {0xF5, 0xD7, 0x50}}};
constexpr std::array<Rgb, 9> kDiverging{{{0x1C, 0x4F, 0x8F},
                                         {0x3D, 0x7A, 0xB5},
                                         {0x74, 0xA5, 0xCF},
                                         {0xB3, 0xCE, 0xE3},
                                         {0xF7, 0xF7, 0xF7},
                                         {0xEA, 0xC2, 0x97},
                                         {0xD6, 0x8C, 0x48},
                                         {0xB4, 0x5A, 0x00},
                                         {0x85, 0x32, 0x00}}};

std::uint8_t between(std::uint8_t a, std::uint8_t b, double share) {
  return static_cast<std::uint8_t>(std::lround(a + (b - a) * share));
}
}  // namespace

std::span<const Rgb> stops(Map map) {
  if (map == Map::kDiverging) return kDiverging;
  return kSequential;
}

Rgb color_at(Map map, double share) {
  const auto table = stops(map);
  const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(table.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(place), table.size() - 2);
  const double rest = place - static_cast<double>(i);
  const Rgb a = table[i], b = table[i + 1];
  return {between(a.red, b.red, rest), between(a.green, b.green, rest),
          between(a.blue, b.blue, rest)};
}

}  // namespace gyre::plot
