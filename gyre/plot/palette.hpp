#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace gyre::plot {

struct Rgb {
  std::uint8_t red = 0, green = 0, blue = 0;
};

/// The colours of curves, in the order in which curves take them: those of Okabe and Ito (2008),
/// which people with any kind of colour vision can tell apart. Their yellow is left out because it
/// vanishes on white, and black is softened.
enum Color : int {
  kNext = -1,  ///< the first colour that no earlier layer of the panel took
  kBlue,
  kVermillion,
  kGreen,
  kPurple,
  kOrange,
  kSky,
  kBlack,
  kGrey,  ///< for guides and grids; curves do not take it by themselves
};

inline constexpr std::array<Rgb, 8> kColors{{{0x00, 0x72, 0xB2},
                                             {0xD5, 0x5E, 0x00},
                                             {0x00, 0x9E, 0x73},
                                             {0xCC, 0x79, 0xA7},
                                             {0xE6, 0x9F, 0x00},
                                             {0x56, 0xB4, 0xE9},
                                             {0x22, 0x22, 0x22},
                                             {0x8A, 0x8A, 0x8A}}};
inline constexpr int kCurveColors = 7;

/// How a heat map turns numbers into colours. Both rise evenly in lightness (the diverging one from
/// its middle outwards) and stay readable in grey.
enum class Map { kSequential, kDiverging };

/// Evenly spaced stops from the lowest value to the highest.
std::span<const Rgb> stops(Map map);

/// The colour at `share` of the way, 0 to 1; anything outside is taken to the nearer end.
Rgb color_at(Map map, double share);

}  // namespace gyre::plot
