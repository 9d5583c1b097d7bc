#pragma once

#include <string>
#include <variant>
#include <vector>

#include "gyre/plot/figure.hpp"
#include "gyre/plot/polyline.hpp"

/// What a figure comes down to: strokes, fills, marks, pixels and words at places in pixels, from
/// the top left corner. All axes, clipping and projection are done by then.
namespace gyre::plot {

struct Stroke {
  std::vector<Polyline> lines = {};
  Rgb color = {};
  double width = 1.0, opacity = 1.0;
  Dash dash = Dash::kSolid;
};

/// Many short strokes, each of its own colour.
struct ColoredStrokes {
  std::vector<std::pair<Polyline, Rgb>> lines = {};
  double width = 1.0;
};

/// Closed shapes, painted in order.
struct Fills {
  std::vector<std::pair<Polyline, Rgb>> shapes = {};
  double opacity = 1.0;
};

struct Marks {
  std::vector<Dot> at = {};
  Shape shape = Shape::kDisc;
  double size = 8.0, opacity = 1.0;
  Rgb color = {};
  bool halo = false;    ///< a white rim, that they stand out from lines
  bool hollow = false;  ///< white inside
};

/// Coloured cells, row by row from the top; `none` is not painted.
struct Pixels {
  double left = 0.0, top = 0.0, width = 0.0, height = 0.0;
  std::size_t columns = 0;
  std::vector<std::optional<Rgb>> cells = {};
};

/// One line of words; `at` is at half its height.
struct Words {
  std::string text = {};
  Dot at = {};
  Note::Align align = Note::Align::kLeft;
  double size = 12.0;
  Rgb color = {0x33, 0x33, 0x33};
  bool bold = false, upright = false;  ///< upright: turned, to be read from the right
};

using Mark = std::variant<Stroke, ColoredStrokes, Fills, Marks, Pixels, Words>;

struct Picture {
  int width = 0, height = 0;
  std::string title = {};
  std::vector<Mark> marks = {};
};

/// Lays the figure out and draws it.
Picture picture_of(const Figure& figure);

}  // namespace gyre::plot
