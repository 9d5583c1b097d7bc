#include <algorithm>
#include <cmath>

#include "gyre/analysis/atlas.hpp"
#include "gyre/analysis/atlas_tally.hpp"
#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/predict.hpp"
#include "gyre/analysis/step_sizes.hpp"
#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/program/trace.hpp"

namespace gyre {

namespace {

constexpr std::size_t kDrawn = 4, kPlacesOfShape = 240, kPlacesOfCourse = 128;
constexpr double kSeen = 1.0 / 90.0;  // of what is drawn
constexpr double kSameRadius = 1e-9;  // as 1, or below what a run can tell

/// Keeps the paths of a few lanes: their shape, a place wherever the path has moved on enough to be
/// seen, and their course, every other place forgotten as they grow.
class Sketcher final : public Observer {
 public:
  Sketcher(std::vector<std::size_t> lanes, double seen) : lanes_(std::move(lanes)), seen_(seen) {
    drawings.resize(lanes_.size());
    strides_.resize(lanes_.size(), 1);
  }

  std::uint64_t every() const override { return 1; }

  void see(std::size_t lane, std::uint64_t step, std::span<const double> point) override {
    for (std::size_t k = 0; k < lanes_.size(); ++k) {
      if (lanes_[k] != lane) continue;
      Path& shape = drawings[k].shape;
      if (shape.size() < kPlacesOfShape &&
          (shape.size() == 0 || distance_between(shape.at(shape.size() - 1), point) > seen_))
        add(shape, step, point);
      if (step % strides_[k] != 0) continue;
      Path& course = drawings[k].course;
      add(course, step, point);
      if (course.size() > kPlacesOfCourse) thin(course, strides_[k] *= 2);
    }
  }

  std::vector<AtlasDrawing> drawings;

 private:
  static void add(Path& path, std::uint64_t step, std::span<const double> point) {
    path.dim = point.size();
    path.steps.push_back(step);
    path.points.insert(path.points.end(), point.begin(), point.end());
  }

  static void thin(Path& path, std::uint64_t stride) {
    Path thinner;
    for (std::size_t i = 0; i < path.size(); ++i)
      if (path.steps[i] % stride == 0) add(thinner, path.steps[i], path.at(i));
    path = std::move(thinner);
  }

  std::vector<std::size_t> lanes_;
  double seen_;
  std::vector<std::uint64_t> strides_;
};

Theory theory_at(double radius) {
  if (std::isnan(radius)) return Theory::kSilent;
  if (radius < 1.0 - kSameRadius) return Theory::kAttracts;
  return radius > 1.0 + kSameRadius ? Theory::kRepels : Theory::kNeutral;
}

/// What the spectrum says, at every point.
void ask_theory(AtlasCell& cell, const Traced& traced, const std::vector<AtlasPoint>& points,
                bool limits) {
  for (const AtlasPoint& point : points) {
    AtPoint at;
    std::string why;
    if (limits) {
      if (const auto sizes = step_sizes(traced, point.at, &why)) {
        at.radius = sizes->radius;
        at.eta_from = sizes->eta_from;
        at.eta_limit = sizes->eta_limit;
        at.eta_best = sizes->eta_best;
        at.radius_best = sizes->radius_best;
      }
    } else if (const auto spectrum = predict(traced, point.at)) {
      at.radius = spectrum->radius;
    }
    at.theory = theory_at(at.radius);
    if (at.theory == Theory::kSilent && cell.silent.empty()) cell.silent = why;
    cell.points.push_back(at);
  }
  if (theory_of(cell) != Theory::kSilent) cell.silent.clear();
}

/// The point that rules are to find: the equilibrium that attracts most quickly at its best step
/// size, else the first point that a step size attracts to.
const AtPoint* target(const AtlasCell& cell, const std::vector<AtlasPoint>& points) {
  const AtPoint* best = nullptr;
  for (const bool equilibria : {true, false})
    for (std::size_t i = 0; i < points.size() && !best; ++i) {
      const AtPoint& at = cell.points[i];
      if (equilibria && !is_equilibrium(points[i].kind)) continue;
      if (at.radius_best < 1.0 && at.eta_best > 0.0) best = &at;
    }
  return best;
}

/// The rule at another step size: `knob` is "STAGE.PARAMETER".
std::optional<Pipe> with_step_size(Pipe pipe, const std::string& knob, double eta) {
  const std::size_t dot = knob.find('.');
  for (StageSpec& stage : pipe.stages) {
    if (dot == std::string::npos || stage.facts().facts.id != knob.substr(0, dot)) continue;
    const std::string parameter = knob.substr(dot + 1);
    const ParamFacts* facts = stage.facts().param(parameter);
    if (!facts || !facts->range.holds(eta)) return std::nullopt;
    stage.reals[parameter] = eta;
    return pipe;
  }
  return std::nullopt;
}

}  // namespace

AtlasCell AtlasGround::cell(const AtlasRule& rule, std::vector<AtlasDrawing>* drawn,
                            const std::atomic<bool>* cancel) const {
  AtlasCell cell{.rule = rule.name, .pipe = rule.pipe.text()};
  // Of its own, so that what was traced before leaves no mark, and several cells can be made at
  // once.
  const Game game = load_game(what_);
  Traced traced;
  try {
    traced = trace(game, rule.pipe);
  } catch (const Error& problem) {
    cell.undefined = problem.what();
    return cell;
  }
  ask_theory(cell, traced, points_, options_.limits || options_.tune);
  if (options_.tune)
    if (const AtPoint* at = target(cell, points_))
      if (const auto knob = step_size_knob(traced))
        if (const auto tuned = with_step_size(rule.pipe, traced.knobs[*knob].name, at->eta_best)) {
          cell.pipe = tuned->text();
          traced = trace(game, *tuned);
          for (std::size_t i = 0; i < points_.size(); ++i) {
            AtPoint& here = cell.points[i];
            const auto spectrum = predict(traced, points_[i].at);
            here.radius = spectrum ? spectrum->radius : kUnknown;
            here.theory = theory_at(here.radius);
          }
        }
  cell.calls_a_step = traced.calls_a_step;

  RunOptions options;
  options.steps = options_.steps;
  options.calls = 2.0 * static_cast<double>(options_.steps);
  options.cancel = cancel;
  for (const AtlasPoint& p : points_) options.references.push_back(p.at);
  const std::size_t beside = options_.starts, on = beside + kBeside * points_.size();
  std::vector<std::size_t> lanes;
  for (std::size_t k = 0; k < std::min(kDrawn, options_.starts); ++k) lanes.push_back(k);
  if (!cycles_.empty()) lanes.push_back(on);
  double size = 0.0;
  for (std::size_t i = 0; i < game.dim(); ++i) {
    const auto [low, high] = std::ranges::minmax(
        std::span(starts_).first(beside), {}, [&](const std::vector<double>& s) { return s[i]; });
    size = std::max(size, high[i] - low[i]);
  }
  Sketcher sketcher(std::move(lanes), kSeen * size);
  if (drawn) options.observers.push_back(&sketcher);
  const RunResult result = run(traced, {starts_, {}}, options);
  if (drawn) *drawn = std::move(sketcher.drawings);

  const std::span<const Outcome> outcomes = result.outcomes;
  tally_spread(cell, outcomes.first(beside), points_, [&](std::span<const double> at) {
    constexpr std::size_t kMostVariables = 16;
    if (game.dim() > kMostVariables) return PointClass::kNone;
    try {
      // A run stops a little short of where no slope of the field is seen any more.
      return classify(game, at, 1e-6).kind;
    } catch (const Error&) {  // no slopes here
      return PointClass::kNone;
    }
  });
  for (std::size_t i = 0; i < points_.size(); ++i)
    tally_beside(cell.points[i], points_[i], outcomes.subspan(beside + kBeside * i, kBeside),
                 std::span(starts_).subspan(beside + kBeside * i, kBeside));
  for (std::size_t i = 0; i < cycles_.size(); ++i)
    tally_cycle(cell.cycles.emplace_back(), cycles_[i],
                outcomes.subspan(on + kOnCycle * i, kOnCycle));
  const double affordable =
      cell.calls_a_step > 0.0 ? options.calls / cell.calls_a_step : options.calls;
  cell.accord = accord_of(cell, std::min(static_cast<double>(options.steps), affordable));
  return cell;
}

}  // namespace gyre
