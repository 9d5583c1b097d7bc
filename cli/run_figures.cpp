#include "cli/run_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gyre/analysis/study_json.hpp"

namespace gyre::cli {

namespace {

constexpr std::size_t kMostCoordinates = 8;  // more lines cannot be told apart
constexpr std::size_t kMostPanels = 8;
constexpr double kTurnsShown = 12.0;

struct Path {
  const StudyRun* run;
  bool first;  ///< of its rule: carries the label
};

std::vector<Path> paths(const StudyResult& result, std::size_t most) {
  std::vector<Path> all;
  for (const StudyRun& run : result.runs)
    if (run.start < most && !run.recording.steps.empty()) all.push_back({&run, run.start == 0});
  return all;
}

plot::Ink ink_of(const StudyRun& run) {
  // One colour a rule, whatever the number of starts.
  return {.color = static_cast<int>(run.rule % plot::kBlack), .dash = plot::Dash::kSolid};
}

std::vector<double> coordinate(const Recording& recording, std::size_t i, std::size_t dim) {
  std::vector<double> values;
  for (std::size_t k = 0; k < recording.steps.size(); ++k)
    values.push_back(recording.at(k, dim)[i]);
  return values;
}

std::vector<double> steps_of(const Recording& recording) {
  return {recording.steps.begin(), recording.steps.end()};
}

/// What the picture must show: starts, critical points, and the runs that stay; of those that
/// leave, the first turns.
class Window {
 public:
  void take(double value) {
    if (!std::isfinite(value)) return;
    low_ = std::min(low_, value), high_ = std::max(high_, value);
  }
  void set(plot::Axis& axis, double least) const {
    const double middle = 0.5 * (low_ + high_), half = std::max(0.54 * (high_ - low_), least);
    axis.low = middle - half, axis.high = middle + half;
  }
  double size() const { return high_ > low_ ? high_ - low_ : 0.0; }

 private:
  double low_ = std::numeric_limits<double>::infinity(), high_ = -low_;
};

bool leaves(const StudyRun& run) {
  return run.outcome.verdict == Verdict::kDiverged || run.outcome.verdict == Verdict::kNotFinite;
}

void frame(const Study& study, const StudyResult& result, plot::Panel& panel, std::size_t most) {
  constexpr double kTurns = 4.0;  // a run that leaves is followed to so many times the scene
  std::array<Window, 2> scene;
  for (const auto& start : study.starts)
    for (std::size_t i = 0; i < 2; ++i) scene[i].take(start[i]);
  for (const auto& reference : result.references)
    for (std::size_t i = 0; i < 2; ++i) scene[i].take(reference[i]);
  for (const Path& path : paths(result, most))
    if (!leaves(*path.run))
      for (std::size_t i = 0; i < 2; ++i)
        for (const double v : coordinate(path.run->recording, i, 2)) scene[i].take(v);
  const bool all_leave = std::ranges::all_of(result.runs, leaves);
  const double size = std::max({scene[0].size(), scene[1].size(), 1e-6});
  const double least = all_leave ? kTurns * size : 0.54 * size;
  scene[0].set(panel.x, least);
  scene[1].set(panel.y, least);
}

}  // namespace

std::optional<plot::Panel> plane_panel(const Study& study, const StudyResult& result,
                                       std::size_t most) {
  if (study.game.dim() != 2) return std::nullopt;
  plot::Panel panel{.x = {.label = study.game.coordinates[0].name},
                    .y = {.label = study.game.coordinates[1].name},
                    .equal = true};
  plot::Points starts{
      .label = "start", .ink = {.color = plot::kBlack}, .shape = plot::Shape::kRing};
  plot::Points critical{
      .label = "critical", .ink = {.color = plot::kBlack}, .shape = plot::Shape::kPlus};
  for (const Path& path : paths(result, most)) {
    const Recording& r = path.run->recording;
    panel.layers.push_back(plot::Line{.label = path.first ? study.rules[path.run->rule].text() : "",
                                      .x = coordinate(r, 0, 2),
                                      .y = coordinate(r, 1, 2),
                                      .ink = ink_of(*path.run)});
    if (path.run->rule > 0) continue;
    starts.x.push_back(study.starts[path.run->start][0]);
    starts.y.push_back(study.starts[path.run->start][1]);
  }
  for (const auto& reference : result.references) {
    critical.x.push_back(reference[0]);
    critical.y.push_back(reference[1]);
  }
  panel.layers.push_back(std::move(starts));
  if (!critical.x.empty()) panel.layers.push_back(std::move(critical));
  frame(study, result, panel, most);
  return panel;
}

std::vector<plot::Panel> coordinates_panels(const Study& study, const StudyResult& result) {
  std::vector<plot::Panel> panels;
  for (const Path& path : paths(result, 1)) {
    if (panels.size() == kMostPanels) break;
    const Recording& r = path.run->recording;
    plot::Panel panel{.title = study.rules[path.run->rule].text(),
                      .x = {.label = "step"},
                      .y = {.label = "coordinate"}};
    const double turns = kTurnsShown * path.run->outcome.period;  // of a cycle
    if (turns < static_cast<double>(r.steps.back())) panel.x.high = turns;
    for (std::size_t i = 0; i < std::min(study.game.dim(), kMostCoordinates); ++i)
      panel.layers.push_back(plot::Line{.label = study.game.coordinates[i].name,
                                        .x = steps_of(r),
                                        .y = coordinate(r, i, study.game.dim())});
    panels.push_back(std::move(panel));
  }
  return panels;
}

plot::Panel distance_panel(const Study& study, const StudyResult& result, std::size_t most) {
  plot::Panel panel{.x = {.label = "step"}, .y = {.label = "distance", .log = true}};
  const std::size_t dim = study.game.dim();
  for (const Path& path : paths(result, most)) {
    const Outcome& o = path.run->outcome;
    const std::vector<double>& to =
        o.reference >= 0 ? result.references[static_cast<std::size_t>(o.reference)] : o.centre;
    if (to.size() != dim) continue;
    const Recording& r = path.run->recording;
    plot::Line line{.label = path.first ? study.rules[path.run->rule].text() : "",
                    .x = steps_of(r),
                    .ink = ink_of(*path.run)};
    for (std::size_t k = 0; k < r.steps.size(); ++k) {
      double squares = 0.0;
      for (std::size_t i = 0; i < dim; ++i) squares += std::pow(r.at(k, dim)[i] - to[i], 2);
      line.y.push_back(std::sqrt(squares));
    }
    panel.layers.push_back(std::move(line));
  }
  return panel;
}

std::vector<std::pair<std::string, plot::Figure>> run_figures(const Study& study,
                                                              const StudyResult& result) {
  std::vector<std::pair<std::string, plot::Figure>> figures;
  auto add = [&](const char* name, std::vector<plot::Panel> panels) {
    if (!panels.empty() && !panels.front().layers.empty())
      figures.push_back({name, {.title = game_spelling(study.game), .panels = std::move(panels)}});
  };
  if (auto panel = plane_panel(study, result)) add("path", {*std::move(panel)});
  add("coordinates", coordinates_panels(study, result));
  add("distance", {distance_panel(study, result)});
  return figures;
}

}  // namespace gyre::cli
