#include "gyre/sweep/boundary.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/analysis/predict.hpp"
#include "gyre/analysis/update_map.hpp"
#include "gyre/core/outcome.hpp"
#include "gyre/sweep/preset.hpp"

namespace gyre {

namespace {

using What = Movable::What;
using To = Variant::Target::To;

constexpr std::size_t kFine = 96, kMostState = 24;

/// Places spread over an axis from its first value to its last.
std::vector<double> places(const Axis& axis) {
  const std::uint64_t size = axis.size(), kept = std::min<std::uint64_t>(size, kFine);
  std::vector<double> values;
  for (std::uint64_t k = 0; k < kept; ++k)
    values.push_back(axis.at(kept == 1 ? 0 : k * (size - 1) / (kept - 1)));
  return values;
}

double distance(const std::vector<double>& a, const std::vector<double>& b) {
  double squares = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
  return squares;
}

/// The critical point as parameters of the game move it: from place to place the nearest one.
class MovingPoint {
 public:
  MovingPoint(const Game& game, std::vector<double> at) : game_(game), at_(std::move(at)) {}

  const std::vector<double>& for_parameter(const std::string& name, double value) {
    set_parameter(game_, name, value);
    std::vector<std::vector<double>> guesses{at_};
    for (const KnownPoint& p : game_.points) guesses.push_back(p.at);
    const auto found = find_critical_points(game_, guesses);
    if (found.empty()) return at_;
    at_ = *std::ranges::min_element(found, {}, [&](const auto& p) { return distance(p, at_); });
    return at_;
  }

 private:
  Game game_;
  std::vector<double> at_;
};

}  // namespace

std::optional<RadiusMap> radius_map(const SweepPlan& plan, SweepLanes& lanes, std::size_t across,
                                    std::size_t up) {
  const Variant& variant = lanes.variant(0);
  const bool knob_across = variant.axes[across].to == To::kKnob;
  const bool knob_up = variant.axes[up].to == To::kKnob;
  const auto point = point_of_interest(plan.game);
  if ((!knob_across && !knob_up) || !point || variant.traced.state() > kMostState)
    return std::nullopt;
  RadiusMap map{
      .x = places(plan.axes[across]), .y = places(plan.axes[up]), .radius = {}, .at = *point};
  UpdateMap update(variant.traced);
  const std::vector<double> knobs = knob_values(variant.traced);
  const auto place_of = [&](std::size_t axis) {
    const std::string& name = variant.knobs[variant.axes[axis].index];
    const auto knob = std::ranges::find(variant.traced.knobs, name, &Knob::name);
    return static_cast<std::size_t>(knob - variant.traced.knobs.begin());
  };
  const auto moves_game = [&](std::size_t axis) {
    return variant.axes[axis].to == To::kKnob && variant.traced.knobs[place_of(axis)].of_game;
  };
  map.radius.assign(map.x.size() * map.y.size(), kUnknown);
  MovingPoint moving(plan.game, *point);
  std::optional<std::size_t> neutral;
  std::vector<double> middle = *point;
  // The slower loop is over the axis that moves the point, if one does.
  const bool turned = moves_game(up) && !moves_game(across);
  const std::size_t outer = turned ? map.y.size() : map.x.size();
  const std::size_t inner = turned ? map.x.size() : map.y.size();
  for (std::size_t a = 0; a < outer; ++a) {
    std::vector<double> at = *point;
    for (const std::size_t axis : {across, up})
      if (moves_game(axis)) {
        if (!turned && axis == up) return std::nullopt;  // both: the point is not followed
        const double value = (axis == across ? map.x : map.y)[a];
        at = moving.for_parameter(variant.traced.knobs[place_of(axis)].name, value);
        map.point_moves = map.point_moves || distance(at, *point) > 1e-12;
        if (a == outer / 2) middle = at;
      }
    for (std::size_t b = 0; b < inner; ++b) {
      const std::size_t i = turned ? b : a, j = turned ? a : b;
      std::vector<double> here = knobs;
      if (knob_across) here[place_of(across)] = map.x[i];
      if (knob_up) here[place_of(up)] = map.y[j];
      if (!neutral)
        if (const auto spectrum = update.spectrum(at, here)) neutral = spectrum->neutral;
      if (!neutral) continue;
      if (const auto radius = update.radius(at, here, *neutral))
        map.radius[j * map.x.size() + i] = std::log(*radius);
    }
    if (!neutral) return std::nullopt;  // a whole row without one
  }
  map.at = middle;
  return map;
}

}  // namespace gyre
