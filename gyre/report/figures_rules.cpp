#include <algorithm>
#include <cmath>

#include "gyre/report/figures.hpp"
#include "gyre/report/format.hpp"

namespace gyre::report {

namespace {

using plot::Panel;

plot::Points mark(std::string label, double x, double y, plot::Shape shape) {
  return {.label = std::move(label),
          .x = {x},
          .y = {y},
          .ink = {.color = plot::kBlack},
          .shape = shape,
          .size = shape == plot::Shape::kRing ? 9.0 : 12.0};
}

std::vector<double> first(const std::vector<double>& all, std::size_t count) {
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()))};
}

double work_a_step(const Trial& trial) { return trial.calls_a_step + trial.products_a_step; }

plot::Line distance_line(const Trial& trial, std::string label) {
  return {.label = std::move(label),
          .x = trial.path.steps(work_a_step(trial)),
          .y = trial.path.distances()};
}

constexpr plot::Ink kPlainInk{
    .color = plot::kGrey, .width = 3.0, .dash = plot::Dash::kSolid, .opacity = 0.6};

Panel agreement_panel(const Findings& found, const Words& words) {
  Panel panel{.title = words.text("figure.agreement"),
              .x = {.label = words.text("figure.predicted")},
              .y = {.label = words.text("figure.measured")},
              .legend = plot::Legend::kBelow};
  std::vector<double> predicted, measured;
  for (const Trial& trial : found.trials) {
    if (!trial.spectrum) continue;
    predicted.push_back(trial.spectrum->radius);
    measured.push_back(trial.measured);
  }
  const auto [low, high] = std::minmax_element(predicted.begin(), predicted.end());
  panel.layers.push_back(plot::Line{.label = words.text("figure.agreement.line"),
                                    .x = {*low, *high},
                                    .y = {*low, *high},
                                    .ink = {.color = plot::kGrey, .dash = plot::Dash::kDashed}});
  panel.layers.push_back(plot::Points{.label = words.text("figure.measured"),
                                      .x = predicted,
                                      .y = measured,
                                      .ink = {.color = plot::kBlue}});
  return panel;
}

}  // namespace

plot::Figure circle_figure(const Findings& found, const Words& words) {
  plot::Figure figure{.title = words.text("figure.circle"), .columns = 2, .width = 1000};
  Panel plane{.title = words.text("figure.circle.plane"),
              .x = {.label = words.text("figure.circle.real"), .low = 0.55, .high = 1.15},
              .y = {.label = words.text("figure.circle.imaginary"), .low = 0.0, .high = 0.65},
              .equal = true,
              .legend = plot::Legend::kBelow};
  Panel length{.title = words.text("figure.circle.radius"),
               .x = {.label = words.text("figure.rates.eta")},
               .y = {.label = words.text("figure.circle.factor")},
               .legend = plot::Legend::kNone};
  plane.layers.push_back(plot::Circle{.label = words.text("figure.circle.unit")});
  length.layers.push_back(plot::Guide{.at = 1.0});
  for (const Eigenpath& path : found.why.eigenpaths) {
    const std::string label = words.text((path.key == "simultaneous" ? "gda" : path.key) + ".name");
    plane.layers.push_back(
        plot::Line{.label = label, .x = path.real, .y = path.imaginary, .marks = 5});
    length.layers.push_back(
        plot::Line{.label = label, .x = path.etas, .y = path.radius, .marks = 5});
  }
  figure.panels.push_back(std::move(plane));
  figure.panels.push_back(std::move(length));
  return figure;
}

plot::Figure kept_figure(const Findings& found, const Words& words) {
  const Why& why = found.why;
  plot::Figure figure{.title = words.text("figure.kept"), .columns = 2, .width = 1000};
  Panel paths{.title = words.text("figure.kept.paths"),
              .x = {.label = "x"},
              .y = {.label = "y"},
              .equal = true,
              .legend = plot::Legend::kBelow};
  const std::size_t drawn = kDrawnOfTurns + 1;
  paths.layers.push_back(plot::Line{.label = words.text("figure.kept.at-once"),
                                    .x = first(why.plain.x, drawn),
                                    .y = first(why.plain.y, drawn),
                                    .ink = {.color = plot::kVermillion}});
  paths.layers.push_back(plot::Line{.label = words.text("figure.kept.in-turns"),
                                    .x = first(why.turns_taken.x, drawn),
                                    .y = first(why.turns_taken.y, drawn),
                                    .ink = {.color = plot::kBlue}});
  paths.layers.push_back(
      mark(words.text("figure.start"), why.plain.x[0], why.plain.y[0], plot::Shape::kRing));
  paths.layers.push_back(mark(words.text("figure.saddle.point"), 0.0, 0.0, plot::Shape::kPlus));
  figure.panels.push_back(std::move(paths));

  Panel kept{.title = words.text("figure.kept.quantities"),
             .x = {.label = words.text("figure.updates")},
             .y = {.low = 0.6, .high = 2.0},
             .legend = plot::Legend::kBelow};
  kept.layers.push_back(plot::Line{.label = words.text("figure.kept.square.at-once"),
                                   .y = first(why.plain_square, drawn),
                                   .ink = {.color = plot::kVermillion}});
  kept.layers.push_back(plot::Line{.label = words.text("figure.kept.square.in-turns"),
                                   .y = first(why.alternating_square, drawn),
                                   .ink = {.color = plot::kBlue}});
  kept.layers.push_back(plot::Line{.label = words.text("figure.kept.invariant"),
                                   .y = first(why.kept, drawn),
                                   .ink = {.color = plot::kGreen}});
  figure.panels.push_back(std::move(kept));
  return figure;
}

plot::Figure distances_figure(const Findings& found, const Words& words) {
  plot::Figure figure{
      .title = words.text("figure.distances"), .columns = 2, .width = 1080, .height = 1200};
  const std::pair<Family, const char*> families[] = {{Family::kScheme, "scheme"},
                                                     {Family::kField, "field"},
                                                     {Family::kMomentum, "momentum"},
                                                     {Family::kAdaptive, "adaptive"},
                                                     {Family::kWrapper, "wrapper"}};
  for (const auto& [family, name] : families) {
    Panel panel{
        .title = words.text(std::string("figure.family.") + name),
        .x = {.label = words.text("figure.work"), .low = 0.0, .high = found.trial_work},
        .y = {.label = words.text("figure.distance"), .log = true, .low = 1e-4, .high = 1e2},
        .legend = plot::Legend::kBelow};
    for (const Trial& trial : found.trials) {
      const bool plain = trial.family == Family::kPlain;
      if (!plain && trial.family != family) continue;
      plot::Line line = distance_line(trial, words.text(trial.key + ".name"));
      if (plain) line.ink = kPlainInk;
      panel.layers.push_back(std::move(line));
    }
    figure.panels.push_back(std::move(panel));
  }
  figure.panels.push_back(agreement_panel(found, words));
  return figure;
}

plot::Figure paths_figure(const Findings& found, const Words& words) {
  plot::Figure figure{
      .title = words.text("figure.paths"), .columns = 5, .width = 1080, .height = 1040};
  constexpr double kReach = 2.0;
  for (const Trial& trial : found.trials) {
    Panel panel{.title = words.text(trial.key + ".name"),
                .x = {.low = -kReach, .high = kReach},
                .y = {.low = -kReach, .high = kReach},
                .equal = true,
                .legend = plot::Legend::kNone};
    const bool in = trial.outcome.verdict == Verdict::kSettled;
    const bool out = trial.outcome.verdict == Verdict::kDiverged;
    const int color = in ? plot::kGreen : out ? plot::kVermillion : plot::kBlue;
    panel.layers.push_back(
        plot::Line{.x = trial.path.x,
                   .y = trial.path.y,
                   .ink = {.color = color, .width = 1.4, .dash = plot::Dash::kSolid}});
    panel.layers.push_back(mark({}, trial.path.x[0], trial.path.y[0], plot::Shape::kRing));
    panel.layers.push_back(mark({}, 0.0, 0.0, plot::Shape::kPlus));
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

plot::Figure gan_figure(const Findings& found, const Words& words) {
  plot::Figure figure{.title = words.text("figure.gan"), .columns = 2, .width = 1000};
  Panel paths{.title = words.text("figure.gan.paths"),
              .x = {.label = words.text("figure.gan.theta")},
              .y = {.label = words.text("figure.gan.psi")},
              .equal = true,
              .legend = plot::Legend::kBelow};
  Panel distance{.title = words.text("figure.gan.distance"),
                 .x = {.label = words.text("figure.steps")},
                 .y = {.log = true, .low = 1e-4, .high = 10.0},
                 .legend = plot::Legend::kNone};
  for (const GanTrial& gan : found.gan) {
    const std::string label = words.text(gan.key + ".name");
    paths.layers.push_back(
        plot::Line{.label = label, .x = gan.trial.path.x, .y = gan.trial.path.y});
    distance.layers.push_back(
        plot::Line{.label = label, .x = gan.trial.path.steps(), .y = gan.trial.path.distances()});
  }
  paths.layers.push_back(
      mark(words.text("figure.start"), found.gan_start[0], found.gan_start[1], plot::Shape::kRing));
  paths.layers.push_back(mark(words.text("figure.solution"), 0.0, 0.0, plot::Shape::kPlus));
  figure.panels.push_back(std::move(paths));
  figure.panels.push_back(std::move(distance));
  return figure;
}

}  // namespace gyre::report
