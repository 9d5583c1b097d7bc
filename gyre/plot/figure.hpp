#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gyre/plot/palette.hpp"

/// Figures as data. A figure is filled in field by field, then drawn (render.hpp), shown in the
/// terminal (terminal.hpp) or written as numbers (csv.hpp). Text is always shown as it stands; no
/// character in it has a meaning, but a newline breaks the line. Numbers that are not finite, and
/// those that a log axis cannot show, leave a gap.
namespace gyre::plot {

enum class Dash { kNext, kSolid, kDashed, kDotted, kDashDot, kLong };
enum class Shape { kNext, kDisc, kRing, kSquare, kTriangle, kDiamond, kCross, kPlus, kStar };

/// What a layer is drawn with. `kNext` gives each layer of a panel another colour, dash and shape.
struct Ink {
  int color = kNext;     ///< a Color: an index into kColors
  std::string own = {};  ///< "#rrggbb" instead of a palette colour
  double width = 2.0;    ///< of lines, in pixels
  Dash dash = Dash::kNext;
  double opacity = 1.0;
};

/// A polyline. `x` may be empty: 0, 1, 2, ... With `z` it is a path in space.
struct Line {
  std::string label = {};
  std::vector<double> x = {}, y = {}, z = {};
  Ink ink = {};
  int marks = 0;  ///< that many shapes spread along the line, to tell it apart without colour
  Shape shape = Shape::kNext;
};

/// Single points; with `z`, in space.
struct Points {
  std::string label = {};
  std::vector<double> x = {}, y = {}, z = {};
  Ink ink = {};
  Shape shape = Shape::kDisc;
  double size = 8.0;    ///< across, in pixels
  bool hollow = false;  ///< only a rim, white inside
};

/// What lies between two curves, such as the least and the greatest over seeds.
struct Band {
  std::string label = {};
  std::vector<double> x = {}, low = {}, high = {};
  Ink ink = {.opacity = 0.2};
};

/// Arrows whose middles are at (x, y), their drawn lengths in proportion to (dx, dy).
struct Arrows {
  std::string label = {};
  std::vector<double> x = {}, y = {}, dx = {}, dy = {};
  Ink ink = {.color = kBlack, .width = 1.2};
  double scale = 0.0;  ///< drawn length over length; 0 keeps the longest short of its neighbours
};

/// A rectangle of the plane.
struct Box {
  double x_low = -1.0, x_high = 1.0, y_low = -1.0, y_high = 1.0;
};

/// Values on a rectangular grid: `z[j * x.size() + i]` stands at `(x[i], y[j])`. The values of `x`
/// are evenly spaced, on a log axis in the logarithm; so are those of `y`.
struct Grid {
  std::vector<double> x = {}, y = {}, z = {};
};

/// `f` at `columns` times `rows` evenly spaced points of the box.
Grid sample(const std::function<double(double, double)>& f, const Box& box, int columns, int rows);

/// How values become colours, and the bar that explains it.
struct Shading {
  std::string label = {};  ///< beside the bar
  Map map = Map::kSequential;
  std::optional<double> low = {}, high = {};  ///< a diverging map is centred on 0 if none is given
  bool log = false;
  bool bar = true;
};

/// A heat map. `contours` is about how many lines of equal value lie over it.
struct Heat {
  Grid grid = {};
  Shading shading = {};
  int contours = 0;
};

/// A rectangle of cells that have their colours already, such as which class every place belongs
/// to: `colors[j * x.size() + i]` stands at `(x[i], y[j])`, spaced as in a Grid. Cells finer than
/// pixels are mixed. A layer of Points without points explains a colour in the legend.
struct Cells {
  std::vector<double> x = {}, y = {};
  std::vector<std::optional<Rgb>> colors = {};
};

/// Polylines coloured by a value, such as the paths of a flow by its speed; see streamlines.hpp.
struct Streamlines {
  struct Path {
    std::vector<double> x = {}, y = {}, value = {};
  };
  std::vector<Path> paths = {};
  std::optional<Box> box = {};  ///< what the axes show, if more than the paths reach
  Shading shading = {};
  double width = 1.6;
  bool heads = true;  ///< an arrow head in the middle of each path
};

struct Circle {
  std::string label = {};
  double x = 0.0, y = 0.0, radius = 1.0;
  Ink ink = {.color = kGrey, .width = 1.4, .dash = Dash::kDashed};
};

/// A straight line across the whole panel, at one place of one axis.
struct Guide {
  enum class Across { kHorizontal, kVertical };
  std::string label = {};
  double at = 0.0;
  Across across = Across::kHorizontal;
  Ink ink = {.color = kGrey, .width = 1.2, .dash = Dash::kDashed};
};

/// Words at a place; `z` counts only in space.
struct Note {
  enum class Align { kLeft, kCenter, kRight };
  std::string text = {};
  double x = 0.0, y = 0.0, z = 0.0;
  Align align = Align::kLeft;
  Ink ink = {.color = kBlack};
};

/// A surface in space, with thin lines along its grid.
struct Surface {
  Grid grid = {};
  Shading shading = {.map = Map::kDiverging, .bar = false};
  double opacity = 0.8;
};

/// Drawn in order, the first at the bottom. A panel is drawn in space as soon as one layer is.
using Layer = std::variant<Line, Points, Band, Arrows, Heat, Cells, Streamlines, Circle, Guide,
                           Note, Surface>;

struct Axis {
  std::string label = {};  ///< the name and, in brackets, the unit
  bool log = false;
  std::optional<double> low = {}, high = {};  ///< from the data where none is given
};

/// kAuto: above the plot while that takes two rows at most, else at its right.
enum class Legend {
  kAuto,
  kNone,
  kAbove,
  kBelow,
  kRight,
  kTopLeft,
  kTopRight,
  kBottomLeft,
  kBottomRight
};

/// From where a panel in space is seen.
struct View {
  double tilt = 60.0;  ///< 0 looks from above, 90 from the side, in degrees
  double turn = 30.0;  ///< about the vertical, in degrees
};

struct Panel {
  std::string title = {};
  Axis x = {}, y = {}, z = {};
  std::vector<Layer> layers = {};
  bool equal = false;  ///< one unit of x is as long as one unit of y
  Legend legend = Legend::kAuto;
  View view = {};
};

struct Figure {
  std::string title = {};
  std::vector<Panel> panels = {};
  int columns = 1;
  int width = 800;  ///< in pixels
  int height = 0;   ///< 0: what the panels need
};

}  // namespace gyre::plot
