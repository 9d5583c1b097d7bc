#include "gyre/report/figures.hpp"

namespace gyre::report {

std::vector<NamedFigure> tour_figures(const Findings& found, const Words& words) {
  return {
      {"saddle", "01-saddle", saddle_figure(found, words)},
      {"field", "02-field", field_figure(found, words)},
      {"random", "03-random-start", waves_figure(found.random, words, words.text("figure.random"))},
      {"book", "04-book-start", waves_figure(found.book, words, words.text("figure.book"))},
      {"path", "05-path", path_figure(found, words)},
      {"starts", "06-other-starts", starts_figure(found, words)},
      {"rates", "07-smaller-steps", rates_figure(found, words)},
      {"circle", "08-eigenvalues", circle_figure(found, words)},
      {"kept", "09-taking-turns", kept_figure(found, words)},
      {"paths", "10-rules-paths", paths_figure(found, words)},
      {"distances", "11-rules-distance", distances_figure(found, words)},
      {"gan", "12-smallest-gan", gan_figure(found, words)},
  };
}

}  // namespace gyre::report
