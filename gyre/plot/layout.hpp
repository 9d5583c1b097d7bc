#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gyre/plot/layers.hpp"
#include "gyre/plot/picture.hpp"

namespace gyre::plot {

inline constexpr double kTicSize = 12.0, kLabelSize = 13.0, kLegendSize = 12.5;
inline constexpr double kTitleSize = 14.0, kFigureTitleSize = 17.0;
inline constexpr double kLine = 1.4;  ///< from one line of words to the next, in font sizes

struct Rectangle {
  double left = 0.0, top = 0.0, width = 0.0, height = 0.0;
  double right() const { return left + width; }
  double bottom() const { return top + height; }
};

/// One entry of a legend: what `layer` looks like, drawn from `at` to the right, and its label.
struct Entry {
  std::size_t layer = 0;
  std::string label = {};
  Dot at = {};  ///< the left end, at half height
};
inline constexpr double kSampleWidth = 26.0, kSampleGap = 7.0;

/// The bar that explains a layer's colours.
struct Bar {
  std::size_t layer = 0;
  Rectangle box = {};
  Range range = {};
  std::vector<Tic> tics = {};
  double label_left = 0.0;  ///< where the lines of the label begin
};

/// A panel with every place fixed.
struct Placed {
  Rectangle plot = {};
  Contents contents = {};
  Range x = {}, y = {}, z = {};
  std::vector<Tic> x_tics = {}, y_tics = {};
  std::vector<Look> looks = {};
  std::vector<Entry> legend = {};
  std::optional<Bar> bar = {};
  std::vector<Words> words = {};  ///< title and axis labels

  /// Where a point of the plane is on the canvas.
  Dot at(double x_value, double y_value) const {
    return {plot.left + x.share(x_value) * plot.width,
            plot.bottom() - y.share(y_value) * plot.height};
  }
  bool inside(const Dot& dot) const {
    constexpr double kSlack = 0.5;
    return dot.x >= plot.left - kSlack && dot.x <= plot.right() + kSlack &&
           dot.y >= plot.top - kSlack && dot.y <= plot.bottom() + kSlack;
  }
};

/// The colour of cells at a place, shares of the two axes.
std::optional<Rgb> color_at_share(const Cells& cells, const Placed& placed, double x, double y);

struct Layout {
  int width = 0, height = 0;
  std::vector<Placed> panels = {};
  std::vector<Words> words = {};
};

Layout lay_out(const Figure& figure);

}  // namespace gyre::plot
