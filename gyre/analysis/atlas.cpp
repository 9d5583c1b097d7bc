#include "gyre/analysis/atlas.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/flow.hpp"
#include "gyre/analysis/predict.hpp"
#include "gyre/analysis/starts.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/games/domain.hpp"
#include "gyre/rules/catalogue.hpp"

namespace gyre {

namespace {

constexpr std::size_t kMostPoints = 8, kGuesses = 24, kMostCycles = 2;
constexpr std::size_t kLargestCycled = 2;  // coordinates; beyond, cycles are found only by chance
constexpr int kPlacesOnCycle = 96;

/// The part of the game that is drawn, if it is all of the plane that counts.
std::vector<std::array<double, 2>> box_of(const Game& game) {
  std::vector<std::array<double, 2>> box;
  for (std::size_t i = 0; i < game.dim(); ++i) {
    const Coordinate& c = game.coordinates[i];
    if (i < game.view.size())
      box.push_back({std::max(game.view[i][0], c.low), std::min(game.view[i][1], c.high)});
    else
      box.push_back({std::isfinite(c.low) ? c.low : -3.0, std::isfinite(c.high) ? c.high : 3.0});
  }
  return box;
}

/// Whether a place is drawn, or nearly: where slopes fade out far away, everything seems to stand
/// still.
bool is_near(const std::vector<std::array<double, 2>>& box, std::span<const double> at) {
  constexpr double kRoom = 0.1;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double room = kRoom * (box[i][1] - box[i][0]);
    if (!(at[i] >= box[i][0] - room && at[i] <= box[i][1] + room)) return false;
  }
  return true;
}

/// The corners of a small domain with walls on all sides: solutions like to lie there.
std::vector<std::vector<double>> corners(const Game& game) {
  constexpr std::size_t kLargest = 3;
  std::vector<std::vector<double>> found;
  const bool walled = std::ranges::all_of(game.coordinates, [](const Coordinate& c) {
    return std::isfinite(c.low) && std::isfinite(c.high);
  });
  if (!walled || game.dim() > kLargest) return found;
  for (std::size_t k = 0; k < std::size_t{1} << game.dim(); ++k) {
    std::vector<double> corner;
    for (std::size_t i = 0; i < game.dim(); ++i)
      corner.push_back(k >> i & 1 ? game.coordinates[i].high : game.coordinates[i].low);
    found.push_back(std::move(corner));
  }
  return found;
}

/// Whether points that stand still go on in some direction, for all that the slopes show.
bool is_singular(const PointReport& report) {
  double largest = 0.0;
  for (const double entry : report.jacobian) largest = std::max(largest, std::abs(entry));
  return std::ranges::any_of(report.eigenvalues, [&](const std::complex<double>& e) {
    return std::abs(e) <= 1e-6 * largest;
  });
}

}  // namespace

std::vector<AtlasRule> atlas_rules() {
  std::vector<AtlasRule> rules;
  const auto add = [&](const std::string& name) {
    Pipe pipe = parse_pipe(name);
    const std::string text = pipe.text();
    if (pipe.draws()) return;
    if (std::ranges::none_of(rules, [&](const AtlasRule& r) { return r.pipe.text() == text; }))
      rules.push_back({name, std::move(pipe)});
  };
  for (const StageFacts& stage : rule_catalogue()) add(stage.facts.id);
  for (const Alias& alias : rule_aliases()) add(alias.name);
  return rules;
}

Theory theory_of(const AtlasCell& cell) {
  Theory best = Theory::kSilent;
  for (const AtPoint& at : cell.points) {
    if (at.theory == Theory::kSilent) continue;
    if (best == Theory::kSilent || at.theory < best) best = at.theory;
  }
  return best;
}

std::size_t solved(const AtlasCell& cell, const std::vector<AtlasPoint>& points) {
  std::size_t count = cell.equilibria;
  for (std::size_t i = 0; i < cell.points.size(); ++i)
    if (is_equilibrium(points[i].kind)) count += cell.points[i].arrived;
  return count;
}

std::size_t caught(const AtlasCell& cell) {
  std::size_t count = 0;
  for (const OnCycle& on : cell.cycles) count += on.caught;
  return count;
}

std::size_t on_cycles(const AtlasCell& cell) {
  std::size_t count = 0;
  for (const OnCycle& on : cell.cycles) count += on.caught + on.settled + on.diverged + on.astray;
  return count;
}

std::string_view to_string(Theory theory) {
  constexpr std::string_view names[] = {"silent", "attracts", "neutral", "repels"};
  return names[static_cast<int>(theory)];
}

std::string_view to_string(Beside beside) {
  constexpr std::string_view names[] = {"comes", "stays", "leaves"};
  return names[static_cast<int>(beside)];
}

std::string_view to_string(Accord accord) {
  constexpr std::string_view names[] = {"beside", "missed", "unforetold", "rate", "agree", "open"};
  return names[static_cast<int>(accord)];
}

AtlasGround::AtlasGround(std::string what, const AtlasOptions& options)
    : what_(std::move(what)), game_(load_game(what_)), options_(options) {
  find_points();
  find_the_cycles();
  choose_starts();
}

void AtlasGround::find_points() {
  const std::vector<std::array<double, 2>> box = box_of(game_);
  const auto add = [&](const std::vector<std::vector<double>>& found, bool stated) {
    for (const std::vector<double>& at : found) {
      if (points_.size() == kMostPoints) return;
      if (!stated && !is_near(box, at)) continue;
      const bool known = std::ranges::any_of(points_, [&](const AtlasPoint& p) {
        double squares = 0.0, length = 0.0;
        for (std::size_t i = 0; i < at.size(); ++i) {
          squares += (p.at[i] - at[i]) * (p.at[i] - at[i]);
          length += at[i] * at[i];
        }
        return std::sqrt(squares) <= 1e-6 * (1.0 + std::sqrt(length));
      });
      if (known) continue;
      try {
        const PointReport report = classify(game_, at);
        if (stated || points_.empty() || !is_singular(report))
          points_.push_back({at, report.kind, report.flow});
      } catch (const Error&) {  // no finite slopes there, so nothing is known of its kind
        if (stated) points_.push_back({at, PointClass::kNone, Flow::kCentre});
      }
    }
  };
  std::vector<std::vector<double>> guesses = random_starts(game_, kGuesses, options_.seed);
  add(reference_points(game_, guesses), !game_.points.empty());
  for (std::vector<double>& corner : corners(game_)) guesses.push_back(std::move(corner));
  add(find_critical_points(game_, guesses), false);
}

void AtlasGround::find_the_cycles() {
  if (game_.dim() > kLargestCycled || !game_.regions.empty()) return;
  std::vector<std::vector<double>> points;
  for (const AtlasPoint& p : points_) points.push_back(p.at);
  const Cycles found = find_cycles(game_, box_of(game_), points);
  for (const Cycle& cycle : found.cycles) {
    if (cycle.kind != CycleKind::kAttracting || cycles_.size() == kMostCycles) continue;
    AtlasCycle one{cycle.period, cycle.extent, {cycle.at}};
    GradientFlow flow(game_);
    FlowPath path(flow.forward(), cycle.at);
    for (int k = 1; k < kPlacesOnCycle; ++k)
      if (path.run_to(cycle.period * k / kPlacesOnCycle)) one.path.push_back(path.at());
    cycles_.push_back(std::move(one));
  }
}

void AtlasGround::choose_starts() {
  starts_ = random_starts(game_, options_.starts, options_.seed);
  std::uint64_t index = 0;
  for (const AtlasPoint& point : points_)
    for (std::size_t k = 0; k < kBeside; ++k) {
      Stream stream(options_.seed, "atlas beside", index++);
      std::vector<double> start = point.at;
      double length = 0.0, away = 0.0;
      std::vector<double> offset(start.size());
      for (double& x : offset) length = std::hypot(length, x = stream.normal());
      for (const double x : point.at) away = std::hypot(away, x);
      for (std::size_t i = 0; i < start.size(); ++i)
        start[i] += kNear * (1.0 + away) * offset[i] / length;
      project(game_, start);
      starts_.push_back(std::move(start));
    }
  for (const AtlasCycle& cycle : cycles_)
    for (std::size_t k = 0; k < kOnCycle; ++k)
      starts_.push_back(cycle.path[k * cycle.path.size() / kOnCycle]);
}

}  // namespace gyre
