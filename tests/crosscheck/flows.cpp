// The flows of all games of two variables, by Gyre and by Boost.odeint's stepper of the same order.
// Prints them as JSON, for XPPAUT to be asked, too; with --compare compares the two and says what
// was found; with --plant beside it, puts a wrong number into each comparison.
#include <fmt/format.h>

#include <array>
#include <boost/numeric/odeint/integrate/integrate_adaptive.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "gyre/analysis/flow.hpp"
#include "gyre/analysis/starts.hpp"
#include "gyre/games/catalogue.hpp"

namespace {

using Point = std::array<double, 2>;

constexpr double kTolerance = 1e-11;

struct Path {
  std::string game;
  Point start;
  double time;
  Point end;
};

/// How long to follow: some turns, but not a blow-up. Short of it where a step fails.
double reach(const gyre::Game& game, const Point& start) {
  gyre::GradientFlow flow(game);
  gyre::FlowPath path(flow.forward(), {start.begin(), start.end()}, kTolerance);
  constexpr double kLong = 20.0, kFar = 50.0;
  while (path.time() < kLong && std::hypot(path.at()[0], path.at()[1]) < kFar)
    if (!path.step()) break;
  return std::min(kLong, path.time_before());
}

std::vector<Path> paths() {
  std::vector<Path> all;
  for (const gyre::CatalogueEntry& entry : gyre::catalogue()) {
    const gyre::Game game = gyre::catalogue_game(entry.name);
    if (game.dim() != 2) continue;
    std::vector<std::vector<double>> starts = gyre::random_starts(game, 2, 1);
    starts.push_back(game.start);
    gyre::GradientFlow flow(game);
    if (flow.has_cases()) continue;  // a kink costs either method its order
    for (const std::vector<double>& s : starts) {
      const Point start{s[0], s[1]};
      const double time = reach(game, start);
      gyre::FlowPath path(flow.forward(), s, kTolerance);
      if (!path.run_to(time)) continue;
      all.push_back({game.name, start, time, {path.at()[0], path.at()[1]}});
    }
  }
  return all;
}

Point by_odeint(const Path& path) {
  namespace odeint = boost::numeric::odeint;
  const gyre::Game game = gyre::catalogue_game(path.game);
  gyre::GradientFlow flow(game);
  Point at = path.start;
  odeint::integrate_adaptive(
      odeint::make_controlled<odeint::runge_kutta_dopri5<Point>>(kTolerance, kTolerance),
      [&](const Point& w, Point& v, double) { flow.velocity(w, v); }, at, 0.0, path.time, 1e-3);
  return at;
}

/// How much farther apart two paths are at the end than at the start, where they are close.
double stretch(const Path& path) {
  const gyre::Game game = gyre::catalogue_game(path.game);
  gyre::GradientFlow flow(game);
  constexpr double kAside = 1e-6;
  double most = 1.0;
  for (std::size_t i = 0; i < 2; ++i) {
    std::vector<double> start(path.start.begin(), path.start.end());
    start[i] += kAside;
    gyre::FlowPath beside(flow.forward(), start, kTolerance);
    if (!beside.run_to(path.time)) continue;
    most = std::max(
        most, std::hypot(beside.at()[0] - path.end[0], beside.at()[1] - path.end[1]) / kAside);
  }
  return most;
}

int compare(const std::vector<Path>& all, bool planted) {
  int failed = 0;
  double worst = 0.0;
  for (const Path& path : all) {
    const Point theirs = by_odeint(path);
    const double size = 1.0 + std::hypot(path.end[0], path.end[1]);
    const double allowed = 1e-8 * size * stretch(path);
    Point ours = path.end;
    if (planted) ours[0] += 10.0 * allowed;
    const double off = std::hypot(ours[0] - theirs[0], ours[1] - theirs[1]);
    if (!planted) worst = std::max(worst, off / allowed);
    if (off <= allowed) continue;
    ++failed;
    if (!planted)
      fmt::print("{} from ({}, {}) after {}: ours ({}, {}), theirs ({}, {}), allowed {:.1e}\n",
                 path.game, path.start[0], path.start[1], path.time, ours[0], ours[1], theirs[0],
                 theirs[1], allowed);
  }
  const auto count = static_cast<int>(all.size());
  if (planted)
    fmt::print("{} wrong numbers planted, {} found\n", count, failed);
  else
    fmt::print("{} paths, {} differ; at most {:.2g} of what is allowed\n", count, failed, worst);
  return failed == (planted ? count : 0) && count >= 100 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  const std::vector<Path> all = paths();
  if (count > 1 && std::string_view(words[1]) == "--compare") return compare(all, count > 2);
  nlohmann::json json = nlohmann::json::array();
  for (const Path& p : all)
    json.push_back({{"game", p.game},
                    {"start", p.start},
                    {"time", p.time},
                    {"end", p.end},
                    {"stretch", stretch(p)}});
  fmt::print("{}\n", json.dump());
  return 0;
}
