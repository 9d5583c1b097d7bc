#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gyre/plot/axis.hpp"
#include "gyre/plot/figure.hpp"

namespace gyre::plot {

/// Throws Error if vectors of a layer that belong together differ in length.
void check(const Figure& figure);

/// What a panel's data reach, and what kind of panel they make it.
struct Contents {
  Extent x, y, z;
  bool in_space = false;
  bool filled = false;  ///< a heat map or streamlines reach the edges, which then get no margin
};
Contents contents(const Panel& panel);

/// An ink with nothing left to choose.
struct Look {
  Rgb color = {};
  Dash dash = Dash::kSolid;
  Shape shape = Shape::kDisc;
};
/// One a layer, in order.
std::vector<Look> looks(const Panel& panel);

/// The label a layer brings into the legend, or an empty one.
const std::string& label_of(const Layer& layer);

/// The shading of a layer that has one, else null, and the values it stands for.
const Shading* shading_of(const Layer& layer);
Range shade_range(const Layer& layer);

/// The grid position whose cell holds a place of the axis, a share of its length, if one does.
std::optional<std::size_t> cell_at(const std::vector<double>& grid, const Range& range,
                                   double share);

/// `v[i]` with an empty `v` counting 0, 1, 2, ...
double counted(const std::vector<double>& v, std::size_t i);

}  // namespace gyre::plot
