#pragma once

#include <string>
#include <vector>

#include "gyre/plot/figure.hpp"
#include "gyre/report/findings.hpp"
#include "gyre/report/words.hpp"

namespace gyre::report {

/// A figure of the tour. Its file is `name` with an ending; its words stand under `key`.
struct NamedFigure {
  std::string key, name;
  plot::Figure figure;
};

plot::Figure saddle_figure(const Findings& found, const Words& words);
plot::Figure field_figure(const Findings& found, const Words& words);
plot::Figure waves_figure(const Orbit& orbit, const Words& words, std::string title);
plot::Figure path_figure(const Findings& found, const Words& words);
plot::Figure starts_figure(const Findings& found, const Words& words);
plot::Figure rates_figure(const Findings& found, const Words& words);
plot::Figure circle_figure(const Findings& found, const Words& words);
plot::Figure kept_figure(const Findings& found, const Words& words);
plot::Figure distances_figure(const Findings& found, const Words& words);
plot::Figure paths_figure(const Findings& found, const Words& words);
plot::Figure gan_figure(const Findings& found, const Words& words);

/// All of them, in the order of the page.
std::vector<NamedFigure> tour_figures(const Findings& found, const Words& words);

/// The two pictures of README.md.
plot::Figure orbit_picture(const Findings& found, const Words& words);
plot::Figure rules_picture(const Findings& found, const Words& words);

/// How many updates the drawings of the other starts and of taking turns show.
inline constexpr std::size_t kDrawnOfStarts = 120, kDrawnOfTurns = 200;

}  // namespace gyre::report
