#include "gyre/plot/layout.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/plot/measure.hpp"
#include "gyre/plot/words.hpp"

namespace gyre::plot {

namespace {
constexpr double kBarWidth = 12.0, kBarGap = 18.0;
constexpr double kSide = 12.0;  // white left at every edge of the figure

using Align = Note::Align;

/// A panel while its place is worked out: what it needs on each side of the plot.
struct Draft {
  const Panel& panel;
  Placed placed = {};
  double left = 0.0, right = 0.0, top = 0.0, bottom = 0.0;
  double plot_height = 0.0;
  Legend legend = Legend::kNone;
  std::vector<std::string> title = {}, x_label = {}, y_label = {}, bar_label = {};
  double legend_width = 0.0, rows = 0.0;

  explicit Draft(const Panel& p) : panel(p) {}
};

double ratio(const Range& x, const Range& y) { return (y.high - y.low) / (x.high - x.low); }

/// Step 1: ranges, words and what stands left and right of the plot.
void measure_sides(Draft& d, double cell_width, double height_guess) {
  const Panel& panel = d.panel;
  Placed& p = d.placed;
  p.contents = contents(panel);
  const double margin = p.contents.filled || p.contents.in_space ? 0.0 : 0.04;
  p.x = fit(panel.x, p.contents.x, margin);
  p.y = fit(panel.y, p.contents.y, margin);
  p.z = fit(panel.z, p.contents.z, 0.0);
  p.looks = looks(panel);

  for (std::size_t i = 0; i < panel.layers.size(); ++i)
    if (!label_of(panel.layers[i]).empty())
      p.legend.push_back({i, shorten(label_of(panel.layers[i]), 0.42 * cell_width / kLegendSize)});
  d.legend = p.legend.empty() ? Legend::kNone : panel.legend;
  if (d.legend == Legend::kNone) p.legend.clear();
  if (d.legend == Legend::kAuto)
    d.legend = flow(p.legend, cell_width - 80.0) <= 2.0 ? Legend::kAbove : Legend::kRight;

  d.left = d.right = kSide;
  if (!p.contents.in_space) {
    p.y_tics = tics(p.y, height_guess / 48.0);
    d.y_label = wrap(panel.y.label, height_guess / kLabelSize);
    d.left +=
        widest(p.y_tics) + 10.0 + static_cast<double>(d.y_label.size()) * line_height(kLabelSize);
    d.right += 8.0;
  }
  for (std::size_t i = 0; i < panel.layers.size() && !p.bar; ++i) {
    const Shading* shading = shading_of(panel.layers[i]);
    if (!shading || !shading->bar) continue;
    p.bar = Bar{.layer = i, .range = shade_range(panel.layers[i])};
    p.bar->tics = tics(p.bar->range, std::min(height_guess, 260.0) / 42.0);
    d.bar_label = wrap(shading->label, height_guess / kLabelSize);
    d.right += kBarGap + kBarWidth + 7.0 + widest(p.bar->tics) + 6.0 +
               static_cast<double>(d.bar_label.size()) * line_height(kLabelSize);
  }
  if (d.legend == Legend::kRight) d.right += 16.0 + (d.legend_width = stack(p.legend));
}

/// Step 2: with the width known, what stands above and below the plot.
void measure_ends(Draft& d, double plot_width, double row_width) {
  const bool in_space = d.placed.contents.in_space;
  d.title = wrap(d.panel.title, row_width / (1.1 * kTitleSize));
  d.top = 8.0 + static_cast<double>(d.title.size()) * line_height(kTitleSize) +
          (d.title.empty() ? 0.0 : 6.0);
  d.bottom = 8.0;
  if (!in_space) {
    d.x_label = wrap(d.panel.x.label, plot_width / kLabelSize);
    d.bottom += 20.0 + static_cast<double>(d.x_label.size()) * line_height(kLabelSize);
  }
  if (d.legend == Legend::kAbove || d.legend == Legend::kBelow) {
    d.rows = flow(d.placed.legend, row_width);
    (d.legend == Legend::kAbove ? d.top : d.bottom) += d.rows * kRowHeight + 4.0;
  }
}

double natural_height(const Draft& d, double plot_width) {
  if (d.placed.contents.in_space) return std::clamp(0.95 * plot_width, 200.0, 460.0);
  const bool equal = d.panel.equal && !d.placed.x.log && !d.placed.y.log;
  if (equal) return std::clamp(plot_width * ratio(d.placed.x, d.placed.y), 200.0, 460.0);
  double height = std::clamp(0.56 * plot_width, 200.0, 380.0);
  if (d.legend == Legend::kRight)
    height = std::max(height, static_cast<double>(d.placed.legend.size()) * kRowHeight);
  return height;
}

/// Makes units equally long: shows more of one axis if the data do not fix where it ends, else
/// takes less room.
void equalize(Draft& d) {
  Placed& p = d.placed;
  if (!d.panel.equal || p.x.log || p.y.log || p.contents.in_space) return;
  const double wanted = ratio(p.x, p.y), have = p.plot.height / p.plot.width;
  Range& short_axis = wanted > have ? p.x : p.y;
  const Axis& axis = wanted > have ? d.panel.x : d.panel.y;
  if (!p.contents.filled && !axis.low && !axis.high) {
    const double middle = 0.5 * (short_axis.low + short_axis.high);
    const double stretch = wanted > have ? wanted / have : have / wanted;
    const double half = 0.5 * (short_axis.high - short_axis.low) * stretch;
    if (drawable(middle - half, false) && drawable(middle + half, false))
      short_axis.low = middle - half, short_axis.high = middle + half;
  } else if (wanted > have) {
    const double width = p.plot.height / wanted;
    p.plot.left += 0.5 * (p.plot.width - width);
    p.plot.width = width;
  } else {
    const double height = p.plot.width * wanted;
    p.plot.top += 0.5 * (p.plot.height - height);
    p.plot.height = height;
  }
}

/// Step 3: everything around the plot, whose rectangle is known.
void place_surroundings(Draft& d, const Rectangle& cell) {
  Placed& p = d.placed;
  const Rectangle& plot = p.plot;
  p.x_tics = lower_tics(p.x, plot.width);
  p.y_tics = tics(p.y, plot.height / 48.0);
  const double left = p.contents.in_space ? cell.left + kSide : plot.left;
  const double middle = plot.left + 0.5 * plot.width;

  double y = plot.top - d.top + 8.0;
  add_lines(p.words, d.title,
            {.at = {left, y + 0.5 * line_height(kTitleSize)}, .size = kTitleSize, .bold = true});
  y = plot.bottom() + 22.0 + 0.5 * line_height(kLabelSize);
  add_lines(p.words, d.x_label, {.at = {middle, y}, .align = Align::kCenter, .size = kLabelSize});
  const double from_axis = widest(p.y_tics) + 14.0;
  const double lines = static_cast<double>(d.y_label.size());
  add_lines(p.words, d.y_label,
            {.at = {plot.left - from_axis - (lines - 0.5) * line_height(kLabelSize),
                    plot.top + 0.5 * plot.height},
             .align = Align::kCenter,
             .size = kLabelSize,
             .upright = reads_upright(d.panel.y.label)});

  double right = plot.right();
  if (p.bar) {
    const double height = std::min(plot.height, 260.0);
    p.bar->box = {right + kBarGap, plot.top + 0.5 * (plot.height - height), kBarWidth, height};
    p.bar->label_left = p.bar->box.right() + 7.0 + widest(p.bar->tics) + 6.0;
    add_lines(
        p.words, d.bar_label,
        {.at = {p.bar->label_left + 0.5 * line_height(kLabelSize), plot.top + 0.5 * plot.height},
         .align = Align::kCenter,
         .size = kLabelSize,
         .upright = true});
    right = p.bar->label_left + static_cast<double>(d.bar_label.size()) * line_height(kLabelSize);
  }

  Dot corner;
  const double height = static_cast<double>(p.legend.size()) * kRowHeight;
  switch (d.legend) {
    case Legend::kAbove:
      corner = {left, plot.top - d.rows * kRowHeight - 8.0};
      break;
    case Legend::kBelow:
      corner = {left, plot.top + plot.height + d.bottom - d.rows * kRowHeight - 4.0};
      break;
    case Legend::kRight:
      corner = {right + 16.0, plot.top};
      break;
    default: {
      const double width = stack(p.legend);
      const bool at_left = d.legend == Legend::kTopLeft || d.legend == Legend::kBottomLeft;
      const bool at_top = d.legend == Legend::kTopLeft || d.legend == Legend::kTopRight;
      corner = {at_left ? plot.left + 10.0 : plot.right() - 10.0 - width,
                at_top ? plot.top + 6.0 : plot.bottom() - 6.0 - height};
    }
  }
  for (Entry& entry : p.legend)
    entry.at = {entry.at.x + corner.x, entry.at.y + corner.y + 0.5 * kRowHeight};
}

/// `left_room[i]` is what the tic labels of panel i are known to need; they depend on its height,
/// and that on this.
Layout lay_out_with(const Figure& figure, const std::vector<double>& left_room) {
  Layout layout{.width = std::clamp(figure.width, 120, 20000)};
  const std::size_t count = figure.panels.size();
  const std::size_t columns = std::clamp<std::size_t>(
      static_cast<std::size_t>(std::max(figure.columns, 1)), 1, std::max<std::size_t>(count, 1));
  const std::size_t row_count = (count + columns - 1) / columns;
  const double cell_width = layout.width / static_cast<double>(columns);

  const auto title = wrap(figure.title, (layout.width - 2.0 * kSide) / (1.1 * kFigureTitleSize));
  double y = title.empty()
                 ? 0.0
                 : 12.0 + static_cast<double>(title.size()) * line_height(kFigureTitleSize);
  add_lines(layout.words, title,
            {.at = {kSide, 12.0 + 0.5 * line_height(kFigureTitleSize)},
             .size = kFigureTitleSize,
             .bold = true});

  std::vector<Draft> drafts;
  for (const Panel& panel : figure.panels) drafts.emplace_back(panel);
  const double each =
      figure.height > 0 && row_count > 0
          ? std::max(40.0, (figure.height - y) / static_cast<double>(row_count) - 90.0)
          : std::clamp(0.5 * cell_width, 200.0, 380.0);
  std::vector<double> left(columns, 0.0), right(columns, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    measure_sides(drafts[i], cell_width, each);
    const double more = std::max(0.0, left_room[i] - widest(drafts[i].placed.y_tics));
    left[i % columns] = std::max(left[i % columns], drafts[i].left + more);
    right[i % columns] = std::max(right[i % columns], drafts[i].right);
  }

  std::vector<double> top(row_count, 0.0), bottom(row_count, 0.0), height(row_count, 0.0);
  const auto width_of = [&](std::size_t i) {
    return std::max(40.0, cell_width - left[i % columns] - right[i % columns]);
  };
  double surroundings = y;
  for (std::size_t i = 0; i < count; ++i) {
    Draft& d = drafts[i];
    const std::size_t row = i / columns;
    const double natural = natural_height(d, width_of(i));
    const bool square = d.panel.equal && d.placed.contents.filled && !d.placed.contents.in_space;
    const double used =
        square ? std::min(width_of(i), natural / ratio(d.placed.x, d.placed.y)) : width_of(i);
    const double row_width = d.placed.contents.in_space ? cell_width - 2.0 * kSide : used;
    measure_ends(d, used, row_width);
    top[row] = std::max(top[row], d.top);
    bottom[row] = std::max(bottom[row], d.bottom);
    height[row] = std::max(height[row], natural);
  }
  for (std::size_t row = 0; row < row_count; ++row) surroundings += top[row] + bottom[row] + 6.0;
  if (figure.height > 0)
    for (double& h : height)
      h = std::max(40.0, (figure.height - surroundings) / static_cast<double>(row_count));

  for (std::size_t i = 0; i < count; ++i) {
    Draft& d = drafts[i];
    const std::size_t row = i / columns, column = i % columns;
    const Rectangle cell{cell_width * static_cast<double>(column), y, cell_width,
                         top[row] + height[row] + bottom[row]};
    d.top = top[row];  // titles of one row stand at one height
    d.placed.plot = {cell.left + left[column], y + top[row], width_of(i), height[row]};
    equalize(d);
    place_surroundings(d, cell);
    layout.panels.push_back(std::move(d.placed));
    if (column + 1 == columns || i + 1 == count) y += cell.height + 6.0;
  }
  layout.height = figure.height > 0 ? std::max(figure.height, 60)
                                    : std::max(60, static_cast<int>(std::ceil(y + 4.0)));
  return layout;
}

}  // namespace

Layout lay_out(const Figure& figure) {
  std::vector<double> left_room(figure.panels.size(), 0.0);
  Layout layout = lay_out_with(figure, left_room);
  for (int attempt = 0; attempt < 3; ++attempt) {
    bool enough = true;
    for (std::size_t i = 0; i < left_room.size(); ++i) {
      const double needed = widest(layout.panels[i].y_tics);
      enough = enough && needed <= left_room[i];
      left_room[i] = std::max(left_room[i], needed);
    }
    if (enough) break;
    layout = lay_out_with(figure, left_room);
  }
  return layout;
}

}  // namespace gyre::plot
