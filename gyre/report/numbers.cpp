#include "gyre/report/numbers.hpp"

#include <nlohmann/json.hpp>

#include "gyre/core/version.hpp"

namespace gyre::report {

namespace {

using Json = nlohmann::ordered_json;  // writes numbers that are not finite as null

Json complex_numbers(const std::vector<std::complex<double>>& values) {
  Json all = Json::array();
  for (const std::complex<double>& z : values) all.push_back({z.real(), z.imag()});
  return all;
}

Json of(const Outcome& o) {
  return {{"verdict", to_string(o.verdict)},
          {"steps", o.steps},
          {"calls", o.calls},
          {"last", o.last},
          {"residual", o.residual},
          {"distance", o.distance},
          {"factor_a_step", o.rate},
          {"period", o.period},
          {"radius_low", o.radius_low},
          {"radius_high", o.radius_high}};
}

Json of(const Path& path) { return {{"x", path.x}, {"y", path.y}}; }

Json of(const Orbit& orbit) {
  return {{"start", orbit.start},
          {"eta", orbit.eta},
          {"updates", orbit.path.size() - 1},
          {"growth_fitted", orbit.fitted},
          {"growth_end_to_end", orbit.end_to_end},
          {"growth_predicted", orbit.predicted},
          {"turns", orbit.turns},
          {"turns_predicted", orbit.turns_predicted},
          {"recurrence_error", orbit.recurrence_error},
          {"outcome", of(orbit.outcome)},
          {"path", of(orbit.path)}};
}

Json of(const Spectrum& spectrum) {
  return {{"radius", spectrum.radius}, {"eigenvalues", complex_numbers(spectrum.eigenvalues)}};
}

Json of(const Trial& trial) {
  return {{"key", trial.key},
          {"rule", trial.rule},
          {"calls_a_step", trial.calls_a_step},
          {"products_a_step", trial.products_a_step},
          {"measured", trial.measured},
          {"predicted", trial.spectrum ? of(*trial.spectrum) : Json()},
          {"outcome", of(trial.outcome)}};
}

Json of(const Landscape& land) {
  return {
      {"saddle", land.saddle},
      {"class", to_string(land.point.kind)},
      {"flow", to_string(land.point.flow)},
      {"payoff_at_saddle", land.payoff_at_saddle},
      {"second_derivatives", {{"xx", land.bend_xx}, {"xy", land.bend_xy}, {"yy", land.bend_yy}}},
      {"arrows", land.x.size()},
      {"largest_cosine", land.worst_cosine},
      {"shortest_move_over_distance", land.shortest},
      {"longest_move_over_distance", land.longest}};
}

Json of(const Why& why) {
  Json paths = Json::array();
  for (const Eigenpath& p : why.eigenpaths)
    paths.push_back({{"rule", p.key},
                     {"eta", p.etas},
                     {"real", p.real},
                     {"imaginary", p.imaginary},
                     {"radius", p.radius}});
  return {{"eta", why.eta},
          {"update_map", why.update_map},
          {"simultaneous", of(why.spectrum)},
          {"alternating", of(why.alternating_spectrum)},
          {"invariant_drift_a_step", why.worst_drift_a_step},
          {"invariant_drift_whole", why.whole_drift},
          {"alternating_distance_low", why.reach_low},
          {"alternating_distance_high", why.reach_high},
          {"largest_eigenvalue_by_eta", std::move(paths)}};
}

template <class T>
Json list(const std::vector<T>& items) {
  Json all = Json::array();
  for (const T& item : items) all.push_back(of(item));
  return all;
}

}  // namespace

std::string numbers_json(const Findings& found) {
  Json doublings = Json::array(), gans = Json::array();
  for (const Doubling& d : found.doublings)
    doublings.push_back({{"eta", d.eta}, {"predicted", d.predicted}, {"measured", d.measured}});
  for (const GanTrial& gan : found.gan) {
    Json one = of(gan.trial);
    one["game"] = gan.game.text;
    one["field_eigenvalues"] = complex_numbers(gan.field_eigenvalues);
    gans.push_back(std::move(one));
  }
  const Json all{{"gyre", kVersion},
                 {"seed", found.seed},
                 {"seconds", found.seconds},
                 {"game", found.game.text},
                 {"landscape", of(found.landscape)},
                 {"random_start", of(found.random)},
                 {"book_start", of(found.book)},
                 {"other_starts", list(found.starts)},
                 {"crowd",
                  {{"starts", found.crowd.starts},
                   {"slowest_growth", found.crowd.slowest},
                   {"fastest_growth", found.crowd.fastest},
                   {"diverged", found.crowd.diverged}}},
                 {"steps_to_double", std::move(doublings)},
                 {"why", of(found.why)},
                 {"shared_loss",
                  {{"game", found.shared.game.text},
                   {"field_eigenvalues", complex_numbers(found.shared.point.eigenvalues)},
                   {"rules", list(found.shared.trials)}}},
                 {"rules",
                  {{"start", found.trial_start},
                   {"eta", found.trial_eta},
                   {"most_steps", found.trial_steps},
                   {"all", list(found.trials)}}},
                 {"gan", {{"start", found.gan_start}, {"eta", found.gan_eta}, {"variants", gans}}}};
  return all.dump(1) + "\n";
}

}  // namespace gyre::report
