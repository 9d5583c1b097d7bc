// Every figure of the analysis, of every built-in game of two variables.
#include <gtest/gtest.h>

#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/predict.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/report/phase.hpp"
#include "gyre/report/spectrum.hpp"

namespace gyre::report {
namespace {

std::vector<Game> plane_games() {
  std::vector<Game> games;
  for (const CatalogueEntry& entry : catalogue()) {
    Game game = catalogue_game(entry.name);
    if (game.dim() == 2 && game.view.size() == 2) games.push_back(std::move(game));
  }
  return games;
}

std::string drawn(const plot::Figure& figure) { return plot::draw(figure, plot::Format::kSvg); }

TEST(Gallery, HasAPortraitOfEveryGameInThePlane) {
  if (!plot::gnuplot_available()) GTEST_SKIP() << "no gnuplot";
  const std::vector<Game> games = plane_games();
  ASSERT_GT(games.size(), 30u);
  for (const Game& game : games) {
    SCOPED_TRACE(game.name);
    Portrait portrait{.box = {game.view[0], game.view[1]}};
    const auto points = reference_points(game, {});
    for (const std::vector<double>& at : points) {
      const PointReport report = classify(game, at);
      portrait.points.push_back({at, report.kind, report.flow});
    }
    portrait.cycles = find_cycles(game, game.view, points).cycles;
    EXPECT_NE(drawn(phase_figure(game, portrait)).find("</svg>"), std::string::npos);
  }
}

TEST(Gallery, HasTheSpectraOfRulesOnEveryGameInThePlane) {
  if (!plot::gnuplot_available()) GTEST_SKIP() << "no gnuplot";
  std::size_t games = 0;
  for (const Game& game : plane_games()) {
    SCOPED_TRACE(game.name);
    const auto points = reference_points(game, {});
    if (points.empty()) continue;
    std::vector<SpectrumPath> spectra;
    std::vector<RadiusCurve> curves;
    for (const char* rule : {"gda", "eg", "ogda"}) {
      auto path = spectrum_path(game, parse_pipe(rule), points.front());
      if (!path) continue;
      RadiusCurve curve{.label = rule, .eta = path->etas};
      for (const auto& eigenvalues : path->path) {
        curve.radius.push_back(0.0);
        for (const auto& e : eigenvalues)
          curve.radius.back() = std::max(curve.radius.back(), std::abs(e));
      }
      curves.push_back(std::move(curve));
      spectra.push_back(*std::move(path));
    }
    ASSERT_FALSE(spectra.empty());
    EXPECT_NE(drawn(spectrum_figure(game.title, spectra)).find("</svg>"), std::string::npos);
    EXPECT_NE(drawn(radius_figure(game.title, curves)).find("</svg>"), std::string::npos);
    ++games;
  }
  EXPECT_GT(games, 30u);
}

}  // namespace
}  // namespace gyre::report
