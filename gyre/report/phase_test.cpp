#include "gyre/report/phase.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gyre/analysis/predict.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/report/spectrum.hpp"

namespace gyre::report {
namespace {

template <class T>
const T* layer(const plot::Figure& figure, std::string_view label) {
  for (const plot::Layer& l : figure.panels.at(0).layers)
    if (const T* found = std::get_if<T>(&l); found && found->label.starts_with(label)) return found;
  return nullptr;
}

TEST(Phase, SeparatricesPartTheBasinsOfAdolphs) {
  const Game game = load_game("adolphs");
  Portrait portrait{.box = {game.view[0], game.view[1]}};
  for (const KnownPoint& p : game.points) portrait.points.push_back({p.at, p.kind, p.flow});
  const plot::Figure figure = phase_figure(game, portrait);
  const auto* out = layer<plot::Line>(figure, "out of a saddle");
  ASSERT_NE(out, nullptr);
  // One branch runs to the Nash point, the other to the point that is none.
  for (const std::size_t target : {0, 2}) {
    double nearest = HUGE_VAL;
    for (std::size_t i = 0; i < out->x.size(); ++i)
      if (std::isfinite(out->x[i]))
        nearest = std::min(nearest, std::hypot(out->x[i] - game.points[target].at[0],
                                               out->y[i] - game.points[target].at[1]));
    EXPECT_LT(nearest, 1e-2);
  }
  const auto* into = layer<plot::Line>(figure, "into a saddle");
  ASSERT_NE(into, nullptr);
  EXPECT_LE(
      *std::ranges::min_element(into->x, {}, [](double x) { return std::isfinite(x) ? x : 0; }),
      -6.0);  // it comes from beyond the box

  EXPECT_FALSE(layer<plot::Points>(figure, "local Nash, attracting")->hollow);
  EXPECT_TRUE(layer<plot::Points>(figure, "no equilibrium, saddle")->hollow);
}

TEST(Phase, NullclinesAreWhereAPlayerStandsStill) {
  const Game game = parse_game("min x max y: (x^2 + y^2 - 1)*x + 3*x*y^2");
  const plot::Figure figure = phase_figure(game, {.box = {{{-2, 2}, {-2, 2}}}});
  const auto* still = layer<plot::Line>(figure, "x stands still");
  ASSERT_NE(still, nullptr);
  std::size_t seen = 0;
  for (std::size_t i = 0; i < still->x.size(); ++i) {
    if (!std::isfinite(still->x[i])) continue;
    const double x = still->x[i], y = still->y[i];
    EXPECT_NEAR(3 * x * x + 4 * y * y, 1.0, 1e-2);  // an ellipse
    ++seen;
  }
  EXPECT_GT(seen, 50u);
}

TEST(Phase, CyclesAreDrawnWholeAndSolidOnlyIfTheyAttract) {
  const Game game = load_game("polar-game");
  Portrait portrait{.box = {game.view[0], game.view[1]}};
  portrait.cycles = find_cycles(game, game.view, reference_points(game, {})).cycles;
  const plot::Figure figure = phase_figure(game, portrait);
  const auto* attracting = layer<plot::Line>(figure, "attracting cycle, period 6.28");
  const auto* repelling = layer<plot::Line>(figure, "repelling cycle");
  ASSERT_TRUE(attracting && repelling);
  EXPECT_EQ(attracting->ink.dash, plot::Dash::kSolid);
  EXPECT_EQ(repelling->ink.dash, plot::Dash::kDashed);
  for (const auto& [line, radius] : {std::pair(attracting, 1.0), std::pair(repelling, 0.75)}) {
    for (std::size_t i = 0; i < line->x.size(); ++i)
      EXPECT_NEAR(std::hypot(line->x[i], line->y[i]), radius, 1e-6);
    EXPECT_NEAR(line->x.front(), line->x.back(), 1e-6);
    EXPECT_NEAR(line->y.front(), line->y.back(), 1e-6);
    EXPECT_GT(line->x.size(), 100u);
  }
}

TEST(Phase, MayBeASectionOfALargerGame) {
  const Game game = parse_game("min x[2] max y[2]: x[1]*y[1] + x[2]*y[2] + x[1]*x[2]");
  Portrait portrait{.box = {{{-1, 1}, {-2, 2}}}, .section = {.x = 0, .y = 2, .at = {0, 3, 0, 0}}};
  portrait.points = {{{0, 3, 0.5, 0}, PointClass::kNash, Flow::kAttracting},
                     {{0, 0, 0.5, 0}, PointClass::kMinimax, Flow::kAttracting}};
  const plot::Figure figure = phase_figure(game, portrait);
  EXPECT_EQ(figure.panels[0].x.label, "x[1]");
  EXPECT_EQ(figure.panels[0].y.label, "y[1]");
  EXPECT_EQ(figure.panels[0].title, "where x[2] = 3, y[2] = 0");
  // x[1] moves by -(y[1] + 3).
  const auto* still = layer<plot::Line>(figure, "x[1] stands still");
  EXPECT_EQ(still, nullptr);  // at y[1] = -3, outside
  EXPECT_NE(layer<plot::Points>(figure, "local Nash"), nullptr);
  EXPECT_EQ(layer<plot::Points>(figure, "local minimax"), nullptr);  // elsewhere
}

TEST(Spectrum, PathsOfEigenvaluesHaveNoJumps) {
  const Game game = load_game("xy");
  const auto path = spectrum_path(game, parse_pipe("alt-gda"), std::vector<double>{0, 0});
  ASSERT_TRUE(path);
  EXPECT_NEAR(path->etas.front(), 1e-3, 1e-12);
  EXPECT_EQ(path->etas.back(), 10.0);
  for (std::size_t i = 0; i < path->path.size(); ++i) {
    const double eta = path->etas[i];
    for (std::size_t k = 0; k < 2; ++k) {
      if (eta > 1.9) continue;  // at 2 they meet at -1 and part along the axis
      EXPECT_NEAR(std::abs(path->path[i][k]), 1.0, 1e-6);
      if (i == 0) continue;
      EXPECT_LT(std::abs(path->path[i][k] - path->path[i - 1][k]), 0.05);
    }
  }
}

TEST(Spectrum, OfARuleWithoutSlopesIsNotDrawn) {
  EXPECT_FALSE(spectrum_path(load_game("xy"), parse_pipe("adam"), std::vector<double>{0, 0}));
}

TEST(Radius, ShowsTheStepSizesThatMatter) {
  std::vector<RadiusCurve> curves(12);
  for (std::size_t k = 0; k < curves.size(); ++k) {
    curves[k].label = "rule " + std::to_string(k);
    for (double eta = 1e-6; eta < 1e3; eta *= 1.1) {
      curves[k].eta.push_back(eta);
      curves[k].radius.push_back(std::abs(1.0 - eta * static_cast<double>(k + 1)));
    }
  }
  const plot::Panel panel = radius_figure("Rules", curves).panels.at(0);
  EXPECT_TRUE(panel.x.log);
  EXPECT_GT(*panel.x.low, 1e-5);
  EXPECT_LT(*panel.x.high, 10.0);
  EXPECT_EQ(panel.layers.size(), 13u);  // the line at one comes first
  EXPECT_EQ(std::get<plot::Guide>(panel.layers[0]).at, 1.0);
  EXPECT_EQ(panel.legend, plot::Legend::kRight);
}

TEST(Radius, ShowsADozenRulesInColourAndTheOthersInGrey) {
  std::vector<RadiusCurve> curves;
  for (int i = 0; i < 15; ++i)
    curves.push_back({"rule " + std::to_string(i), {0.1, 1.0}, {0.5, 0.9}});
  const plot::Figure figure = radius_figure("many", curves);
  const auto* others = layer<plot::Line>(figure, "the other 3 rules");
  ASSERT_NE(others, nullptr);
  EXPECT_EQ(others->ink.color, plot::kGrey);
  EXPECT_NE(layer<plot::Line>(figure, "rule 11"), nullptr);
  EXPECT_EQ(layer<plot::Line>(figure, "rule 12"), nullptr);
  EXPECT_EQ(std::ranges::count_if(
                figure.panels[0].layers,
                [](const plot::Layer& l) { return std::holds_alternative<plot::Line>(l); }),
            15);
}

}  // namespace
}  // namespace gyre::report
