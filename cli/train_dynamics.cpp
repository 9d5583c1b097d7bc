#include "cli/train_dynamics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

#include "gyre/core/text.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/run_record.hpp"

namespace gyre::cli {

namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<gan::Quality> qualities_of(const std::vector<gan::Row>& rows) {
  std::vector<gan::Quality> all;
  if (rows.empty()) return all;
  for (std::size_t m = 0; m < rows.front().metrics.size(); ++m) {
    const std::string& name = rows.front().metrics[m].first;
    // Running means' metrics speak of other networks.
    if (better(name) == 0 || name.starts_with("mean_")) continue;
    gan::Quality quality{.name = name, .higher = better(name) > 0};
    for (const gan::Row& row : rows)
      if (m < row.metrics.size()) {
        quality.steps.push_back(static_cast<double>(row.step));
        quality.values.push_back(row.metrics[m].second);
      }
    all.push_back(std::move(quality));
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return rank_of_metric(a.name) < rank_of_metric(b.name);
  });
  return all;
}

const gan::Look* last_with_spectrum(const std::vector<gan::Look>& looks) {
  const auto last =
      std::find_if(looks.rbegin(), looks.rend(), [](const gan::Look& l) { return !!l.spectrum; });
  return last == looks.rend() ? nullptr : &*last;
}

std::string in_words(const std::complex<double>& e) {
  const std::string real = rounded(e.real(), 3);
  return e.imag() == 0.0 ? real : fmt::format("{} ± {}i", real, rounded(std::abs(e.imag()), 3));
}

std::string eigenvalues_in_words(const gan::SpectrumLook& spectrum) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < spectrum.eigenvalues.size(); ++i) {
    const bool second = i > 0 && spectrum.eigenvalues[i].imag() != 0.0 &&
                        spectrum.eigenvalues[i] == std::conj(spectrum.eigenvalues[i - 1]);
    if (!second) all.push_back(in_words(spectrum.eigenvalues[i]));
  }
  return join(all, ", ");
}

}  // namespace

DynamicsWatch::DynamicsWatch(const gan::Settings& settings, std::shared_ptr<const Data> data,
                             std::vector<gan::Look> looks)
    : looker_(settings, std::move(data), std::move(looks)), wanted_(settings.dynamics > 0) {}

void DynamicsWatch::look(const gan::Trainer& trainer) {
  if (!looker_.is_due(trainer.steps())) return;
  const Clock::time_point start = Clock::now();
  looker_.look(trainer.players(), trainer.steps());
  seconds_ += since(start);
}

DynamicsReport DynamicsWatch::report(const gan::Trainer& trainer,
                                     const gan::TrainingResult& result) {
  const Clock::time_point start = Clock::now();
  DynamicsReport report;
  const bool is_finite = result.ending != gan::Ending::kNotFinite;
  if (wanted_ && is_finite) report.angle = looker_.path_angle(trainer.players());
  report.looks = looker_.looks();
  report.verdict = gan::judge({.looks = report.looks,
                               .qualities = qualities_of(result.rows),
                               .finite = is_finite,
                               .steps = result.steps,
                               .rule = trainer.rule()});
  report.calls = looker_.calls(), report.products = looker_.products();
  report.problem = looker_.problem();
  report.seconds = seconds_ + since(start);
  return report;
}

Json dynamics_json(const DynamicsReport& report, double training_seconds) {
  Json facts = Json::object();
  for (const auto& [name, value] : report.verdict.facts) facts[name] = json_number(value);
  Json json{{"verdict", gan::to_string(report.verdict.motion)},
            {"words", report.verdict.words},
            {"facts", std::move(facts)},
            {"looks", report.looks.size()}};
  if (report.looks.empty()) return json;
  const gan::Look& last = report.looks.back();
  json["gradient"] = {json_number(last.norms[0]), json_number(last.norms[1])};
  if (const gan::Look* look = last_with_spectrum(report.looks)) {
    Json values = Json::array(), curvature = Json::array();
    for (const auto& e : look->spectrum->eigenvalues) values.push_back({e.real(), e.imag()});
    for (const auto& of : look->spectrum->curvature) curvature.push_back({of[0], of[1]});
    json["spectrum"] = {{"step", look->step},
                        {"eigenvalues", std::move(values)},
                        {"rotation", look->spectrum->rotation()},
                        {"residual", look->spectrum->residual},
                        {"curvature", std::move(curvature)}};
  }
  if (!report.problem.empty()) json["no_spectra"] = report.problem;
  Json at = Json::array(), cosine = Json::array();
  for (const double x : report.angle.at) at.push_back(json_number(x));
  for (const double x : report.angle.cosine) cosine.push_back(json_number(x));
  json["path_angle"] = {{"at", std::move(at)}, {"cosine", std::move(cosine)}};
  json["cost"] = {{"calls", report.calls},
                  {"products", report.products},
                  {"seconds", report.seconds},
                  {"share", report.seconds / std::max(training_seconds, report.seconds)}};
  return json;
}

std::string dynamics_text(const DynamicsReport& report, double training_seconds) {
  std::string text;
  auto line = [&](const char* name, const std::string& what) {
    text += fmt::format("  {:<20}  {}\n", name, what);
  };
  if (!report.looks.empty()) {
    const gan::Look& last = report.looks.back();
    text += fmt::format("dynamics at step {}, on a fixed batch\n", last.step);
    line("gradient lengths", fmt::format("generator {}, discriminator {}",
                                         rounded(last.norms[0], 3), rounded(last.norms[1], 3)));
    if (const gan::Look* look = last_with_spectrum(report.looks)) {
      const gan::SpectrumLook& s = *look->spectrum;
      if (!s.eigenvalues.empty()) {
        line("eigenvalues", fmt::format("{} (step {})", eigenvalues_in_words(s), look->step));
        line("rotation", fmt::format("{}, the imaginary share of {}", rounded(s.rotation(), 3),
                                     in_words(s.most_turning())));
      }
      line("curvatures", fmt::format("generator {} to {}, discriminator {} to {}",
                                     rounded(s.curvature[0][0], 3), rounded(s.curvature[0][1], 3),
                                     rounded(s.curvature[1][0], 3), rounded(s.curvature[1][1], 3)));
    }
    if (!report.problem.empty()) line("no eigenvalues", report.problem);
    line("cost",
         fmt::format(
             "{} field calls, {} products, {} s: {} % of the time", report.calls, report.products,
             rounded(report.seconds, 2),
             rounded(100.0 * report.seconds / std::max(training_seconds, report.seconds), 3)));
  }
  return text + "verdict: " + report.verdict.words + "\n";
}

}  // namespace gyre::cli
