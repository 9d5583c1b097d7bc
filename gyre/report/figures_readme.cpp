#include <algorithm>
#include <cmath>

#include "gyre/report/figures.hpp"
#include "gyre/report/values.hpp"

namespace gyre::report {

plot::Figure orbit_picture(const Findings& found, const Words& words) {
  plot::Figure picture{.title = words.text("picture.orbit"), .columns = 2, .width = 960};
  plot::Panel path = path_figure(found, words).panels.at(0);
  path.legend = plot::Legend::kNone;
  plot::Panel waves = waves_figure(found.book, words, {}).panels.at(0);
  waves.legend = plot::Legend::kBelow;
  picture.panels = {std::move(path), std::move(waves)};
  return picture;
}

plot::Figure rules_picture(const Findings& found, const Words& words) {
  plot::Figure picture{.title = words.text("picture.rules"), .columns = 2, .width = 960};
  constexpr double kReach = 1.8;
  constexpr std::size_t kDrawn = 500;  // a cycle soon repeats itself
  plot::Panel paths{.title = words.text("figure.kept.paths"),
                    .x = {.label = "x", .low = -kReach, .high = kReach},
                    .y = {.label = "y", .low = -kReach, .high = kReach},
                    .equal = true,
                    .legend = plot::Legend::kNone};
  plot::Panel distances{
      .title = words.text("figure.distance"),
      .x = {.label = words.text("figure.work"), .low = 0.0, .high = found.trial_work},
      .y = {.log = true, .low = 1e-3, .high = 1e2},
      .legend = plot::Legend::kBelow};
  const std::pair<const char*, int> rules[] = {{"gda", plot::kVermillion},
                                               {"adam", plot::kOrange},
                                               {"alternating", plot::kBlue},
                                               {"optimistic", plot::kGreen},
                                               {"conopt", plot::kPurple}};
  for (const auto& [key, color] : rules) {
    const Trial& trial = trial_of(found.trials, key);
    const plot::Ink ink{.color = color, .width = 1.8, .dash = plot::Dash::kSolid};
    const auto drawn = static_cast<std::ptrdiff_t>(std::min(kDrawn, trial.path.size()));
    paths.layers.push_back(plot::Line{.x = {trial.path.x.begin(), trial.path.x.begin() + drawn},
                                      .y = {trial.path.y.begin(), trial.path.y.begin() + drawn},
                                      .ink = ink});
    distances.layers.push_back(
        plot::Line{.label = words.text(trial.key + ".name"),
                   .x = trial.path.steps(trial.calls_a_step + trial.products_a_step),
                   .y = trial.path.distances(),
                   .ink = ink});
  }
  paths.layers.push_back(plot::Points{.x = {found.trial_start[0]},
                                      .y = {found.trial_start[1]},
                                      .ink = {.color = plot::kBlack},
                                      .shape = plot::Shape::kRing,
                                      .size = 10.0});
  picture.panels = {std::move(paths), std::move(distances)};
  return picture;
}

}  // namespace gyre::report
