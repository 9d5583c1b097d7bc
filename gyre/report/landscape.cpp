#include <algorithm>
#include <cmath>

#include "gyre/core/assert.hpp"
#include "gyre/expr/derivative.hpp"
#include "gyre/report/play.hpp"

namespace gyre::report {

namespace {

constexpr double kReach = 3.0;  // of the drawn part of the plane, on each side
constexpr int kSurfacePoints = 41;
constexpr int kMapPoints = 100;  // even, so that no row lies on an axis
constexpr int kArrows = 13;      // a side

}  // namespace

Landscape look_at(const Game& game) {
  const std::vector<Expr> w = game.symbols();
  const auto at = [&](const Expr& e, double x, double y) {
    return evaluate(e, {{w[0], x}, {w[1], y}});
  };
  Landscape land;
  const plot::Box box{-kReach, kReach, -kReach, kReach};
  const auto payoff = [&](double x, double y) { return at(game.payoff, x, y); };
  land.surface = plot::sample(payoff, box, kSurfacePoints, kSurfacePoints);
  land.map = plot::sample(payoff, box, kMapPoints, kMapPoints);

  const std::vector<std::vector<double>> guesses{{kReach / 2.0, -kReach / 3.0}};
  land.saddle = find_critical_points(game, guesses).at(0);
  land.point = classify(game, land.saddle);
  const double sx = land.saddle[0], sy = land.saddle[1];
  land.payoff_at_saddle = at(game.payoff, sx, sy);

  const std::vector<Expr> slopes = gradient(game.payoff, w);
  land.bend_xx = at(derivative(slopes[0], w[0]), sx, sy);
  land.bend_xy = at(derivative(slopes[0], w[1]), sx, sy);
  land.bend_yy = at(derivative(slopes[1], w[1]), sx, sy);

  // A player moves against the slope of its own loss.
  std::vector<Expr> moves;
  for (std::size_t p = 0; p < game.players.size(); ++p)
    moves.push_back(-derivative(game.players[p].loss, w[game.players[p].first]));

  land.shortest = HUGE_VAL;
  for (int j = 0; j < kArrows; ++j) {
    for (int i = 0; i < kArrows; ++i) {
      const double step = 2.0 * kReach / (kArrows - 1.0) * 0.94;
      const double x = (i - (kArrows - 1) / 2) * step, y = (j - (kArrows - 1) / 2) * step;
      const double mx = at(moves[0], x, y), my = at(moves[1], x, y);
      land.x.push_back(x);
      land.y.push_back(y);
      land.up_x.push_back(at(slopes[0], x, y));
      land.up_y.push_back(at(slopes[1], x, y));
      land.move_x.push_back(mx);
      land.move_y.push_back(my);
      const double distance = std::hypot(x - sx, y - sy), length = std::hypot(mx, my);
      if (distance == 0.0) continue;
      const double cosine = (mx * (x - sx) + my * (y - sy)) / (distance * length);
      land.worst_cosine = std::max(land.worst_cosine, std::abs(cosine));
      land.shortest = std::min(land.shortest, length / distance);
      land.longest = std::max(land.longest, length / distance);
    }
  }
  return land;
}

}  // namespace gyre::report
