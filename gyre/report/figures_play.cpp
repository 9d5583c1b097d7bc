#include <algorithm>
#include <cmath>

#include "gyre/report/figures.hpp"
#include "gyre/report/format.hpp"

namespace gyre::report {

namespace {

using plot::Panel;

plot::Points saddle_mark(const Words& words) {
  return {.label = words.text("figure.saddle.point"),
          .x = {0.0},
          .y = {0.0},
          .ink = {.color = plot::kBlack},
          .shape = plot::Shape::kPlus,
          .size = 13.0};
}

plot::Points start_mark(const Words& words, double x, double y) {
  return {.label = words.text("figure.start"),
          .x = {x},
          .y = {y},
          .ink = {.color = plot::kBlack},
          .shape = plot::Shape::kRing,
          .size = 10.0};
}

template <class T>
std::vector<T> first(const std::vector<T>& all, std::size_t count) {
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()))};
}

}  // namespace

plot::Figure saddle_figure(const Findings& found, const Words& words) {
  plot::Figure figure{.title = words.text("figure.saddle"), .columns = 3, .width = 1080};
  const plot::View views[] = {{62.0, 60.0}, {72.0, 45.0}, {72.0, 135.0}};
  const char* titles[] = {"figure.saddle.1", "figure.saddle.2", "figure.saddle.3"};
  for (int i = 0; i < 3; ++i) {
    Panel panel{.title = words.text(titles[i]),
                .x = {.label = "x"},
                .y = {.label = "y"},
                .z = {.label = "x·y"},
                .legend = plot::Legend::kNone,
                .view = views[i]};
    panel.layers.push_back(plot::Surface{.grid = found.landscape.surface});
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

plot::Figure field_figure(const Findings& found, const Words& words) {
  const Landscape& land = found.landscape;
  plot::Figure figure{.title = words.text("figure.field"), .columns = 2, .width = 1000};
  const auto panel = [&](const char* title, const std::vector<double>& dx,
                         const std::vector<double>& dy, bool bar) {
    Panel p{.title = words.text(title),
            .x = {.label = "x"},
            .y = {.label = "y"},
            .equal = true,
            .legend = plot::Legend::kNone};
    p.layers.push_back(plot::Heat{
        .grid = land.map,
        .shading = {.label = words.text("figure.payoff"), .map = plot::Map::kDiverging, .bar = bar},
        .contours = 10});
    p.layers.push_back(plot::Arrows{.x = land.x, .y = land.y, .dx = dx, .dy = dy});
    return p;
  };
  figure.panels.push_back(panel("figure.field.up", land.up_x, land.up_y, true));
  figure.panels.push_back(panel("figure.field.moves", land.move_x, land.move_y, true));
  return figure;
}

plot::Figure waves_figure(const Orbit& orbit, const Words& words, std::string title) {
  plot::Figure figure{.title = std::move(title), .width = 860, .height = 380};
  const std::vector<double> steps = orbit.path.steps();
  std::vector<double> above = orbit.path.distances(), below = above;
  for (double& d : below) d = -d;
  const plot::Ink edge{.color = plot::kGrey, .width = 1.3, .dash = plot::Dash::kDashed};
  Panel panel{.x = {.label = words.text("figure.updates"),
                    .low = 0.0,
                    .high = static_cast<double>(orbit.path.size() - 1)},
              .y = {.label = words.text("figure.coordinate")}};
  panel.layers.push_back(plot::Line{
      .label = "± " + words.text("figure.distance"), .x = steps, .y = above, .ink = edge});
  panel.layers.push_back(plot::Line{.x = steps, .y = below, .ink = edge});
  panel.layers.push_back(plot::Line{.label = "x",
                                    .x = steps,
                                    .y = orbit.path.x,
                                    .ink = {.color = plot::kBlue, .dash = plot::Dash::kSolid}});
  panel.layers.push_back(
      plot::Line{.label = "y",
                 .x = steps,
                 .y = orbit.path.y,
                 .ink = {.color = plot::kVermillion, .dash = plot::Dash::kSolid}});
  figure.panels.push_back(std::move(panel));
  return figure;
}

plot::Figure path_figure(const Findings& found, const Words& words) {
  const Path& path = found.book.path;
  plot::Figure figure{.title = words.text("figure.path"), .width = 700};
  Panel panel{.x = {.label = "x"}, .y = {.label = "y"}, .equal = true};
  plot::Streamlines line{.paths = {{.x = path.x, .y = path.y, .value = path.steps()}},
                         .shading = {.label = words.text("figure.updates")},
                         .width = 2.0,
                         .heads = false};
  double reach = 0.0;
  for (std::size_t i = 0; i < path.size(); ++i)
    reach = std::max({reach, std::abs(path.x[i]), std::abs(path.y[i])});
  reach = std::ceil(1.05 * reach);
  line.box = plot::Box{-reach, reach, -reach, reach};
  panel.layers.push_back(std::move(line));
  panel.layers.push_back(start_mark(words, path.x[0], path.y[0]));
  panel.layers.push_back(saddle_mark(words));
  figure.panels.push_back(std::move(panel));
  return figure;
}

plot::Figure starts_figure(const Findings& found, const Words& words) {
  plot::Figure figure{.title = words.text("figure.starts"), .columns = 2, .width = 1000};
  Panel paths{.title = words.text("figure.starts.paths"),
              .x = {.label = "x"},
              .y = {.label = "y"},
              .equal = true,
              .legend = plot::Legend::kBelow};
  Panel growth{.title = words.text("figure.starts.growth"),
               .x = {.label = words.text("figure.updates")},
               .y = {.log = true},
               .legend = plot::Legend::kNone};
  double width = 11.0;  // of curves that lie on each other
  for (const Orbit& orbit : found.starts) {
    const std::string label = place(orbit.start[0], orbit.start[1], 3);
    paths.layers.push_back(plot::Line{.label = label,
                                      .x = first(orbit.path.x, kDrawnOfStarts + 1),
                                      .y = first(orbit.path.y, kDrawnOfStarts + 1),
                                      .ink = {.dash = plot::Dash::kSolid}});
    std::vector<double> ratio = orbit.path.distances();
    const double whole = ratio[0];
    for (double& d : ratio) d /= whole;
    growth.layers.push_back(plot::Line{.label = label,
                                       .x = orbit.path.steps(),
                                       .y = ratio,
                                       .ink = {.width = width, .dash = plot::Dash::kSolid}});
    width -= 2.2;
  }
  paths.layers.push_back(saddle_mark(words));
  figure.panels.push_back(std::move(paths));
  figure.panels.push_back(std::move(growth));
  return figure;
}

plot::Figure rates_figure(const Findings& found, const Words& words) {
  plot::Figure figure{.title = words.text("figure.rates"), .columns = 2, .width = 1000};
  Panel distance{
      .title = words.text("figure.rates.distance"),
      .x = {.label = words.text("figure.updates"), .log = true},
      .y = {.label = words.text("figure.distance"), .log = true, .low = 0.5, .high = 1000.0}};
  for (const Delay& delay : found.delays)
    distance.layers.push_back(
        plot::Line{.label = "η = " + shown(delay.eta, 3), .x = delay.steps, .y = delay.distances});
  figure.panels.push_back(std::move(distance));

  Panel doubling{.title = words.text("figure.rates.doubling"),
                 .x = {.label = words.text("figure.rates.eta"), .log = true},
                 .y = {.label = words.text("figure.updates"), .log = true}};
  std::vector<double> etas, predicted, measured;
  for (const Doubling& d : found.doublings) {
    etas.push_back(d.eta);
    predicted.push_back(d.predicted);
    measured.push_back(static_cast<double>(d.measured));
  }
  doubling.layers.push_back(plot::Line{.label = words.text("figure.rates.predicted"),
                                       .x = etas,
                                       .y = predicted,
                                       .ink = {.color = plot::kVermillion}});
  doubling.layers.push_back(plot::Points{.label = words.text("figure.rates.measured"),
                                         .x = etas,
                                         .y = measured,
                                         .ink = {.color = plot::kBlue}});
  figure.panels.push_back(std::move(doubling));
  return figure;
}

}  // namespace gyre::report
