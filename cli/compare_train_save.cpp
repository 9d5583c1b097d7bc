// The files of a comparison of trainings.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/compare_train.hpp"
#include "cli/train_figures.hpp"
#include "cli/train_sheets.hpp"
#include "gyre/core/text.hpp"
#include "gyre/gan/prepare.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/plot/words.hpp"
#include "gyre/store/csv.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/json.hpp"

namespace gyre::cli {

namespace fs = std::filesystem;

namespace {

/// A metric over the seeds while the calls go on, as far as any seed came.
struct Course {
  std::vector<double> calls;
  std::vector<Spread> values;
};

Course course_of(const TrainedRule& rule, const std::string& metric) {
  Course course;
  std::size_t longest = 0;
  for (const RuleTrial& trial : rule.trials) longest = std::max(longest, trial.rows.size());
  for (std::size_t i = 0; i < longest; ++i) {
    std::vector<double> values;
    std::uint64_t step = 0;
    for (const RuleTrial& trial : rule.trials) {
      if (i >= trial.rows.size()) continue;
      step = trial.rows[i].step;
      for (const auto& [name, value] : trial.rows[i].metrics)
        if (name == metric) values.push_back(value);
    }
    course.calls.push_back(static_cast<double>(step) * rule.calls_a_step);
    course.values.push_back(spread_of(values));
  }
  return course;
}

std::string summary_table(const TrainComparison& comparison) {
  std::string text = "rank,rule,calls_a_step,steps,metric,end,end_sd,best,best_sd,seeds\n";
  std::size_t rank = 0;
  for (const TrainedRule& rule : comparison.rules) {
    ++rank;
    for (const std::string& metric : comparison.metrics()) {
      const Spread end = rule.at_end(metric), best = rule.at_best(metric);
      text += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", rank, csv_cell(rule.rule),
                          number(rule.calls_a_step), rule.settings.steps, csv_cell(metric),
                          number(end.mean), number(end.deviation), number(best.mean),
                          number(best.deviation), end.count);
    }
  }
  return text;
}

std::string curves_table(const TrainComparison& comparison) {
  std::string text = "rule,metric,calls,mean,sd,seeds\n";
  for (const TrainedRule& rule : comparison.rules)
    for (const std::string& metric : comparison.metrics()) {
      const Course course = course_of(rule, metric);
      for (std::size_t i = 0; i < course.calls.size(); ++i)
        text += fmt::format("{},{},{},{},{},{}\n", csv_cell(rule.rule), csv_cell(metric),
                            number(course.calls[i]), number(course.values[i].mean),
                            number(course.values[i].deviation), course.values[i].count);
    }
  return text;
}

std::string label_of(const TrainComparison& comparison, std::size_t place) {
  constexpr int kCells = 44;
  return fmt::format("{}. {}", place + 1,
                     plot::shorten_inside(comparison.rules[place].rule, kCells));
}

plot::Panel panel_of(const TrainComparison& comparison, const std::string& metric) {
  constexpr std::size_t kWithBands = 4;  // more of them would only lie over each other
  plot::Panel panel{.title = metric, .x = {.label = "field calls"}};
  const std::size_t shown = std::min<std::size_t>(comparison.rules.size(), plot::kCurveColors);
  for (std::size_t i = std::min(shown, kWithBands); i-- > 0;) {
    const Course course = course_of(comparison.rules[i], metric);
    plot::Band band{.x = course.calls, .ink = {.color = static_cast<int>(i), .opacity = 0.16}};
    for (const Spread& spread : course.values) {
      band.low.push_back(spread.mean - spread.deviation);
      band.high.push_back(spread.mean + spread.deviation);
    }
    if (comparison.seeds.size() > 1) panel.layers.emplace_back(std::move(band));
  }
  for (std::size_t i = 0; i < shown; ++i) {
    const Course course = course_of(comparison.rules[i], metric);
    plot::Line line{.label = label_of(comparison, i),
                    .x = course.calls,
                    .ink = {.color = static_cast<int>(i), .dash = plot::Dash::kSolid}};
    for (const Spread& spread : course.values) line.y.push_back(spread.mean);
    panel.layers.emplace_back(std::move(line));
  }
  return panel;
}

plot::Figure curves_figure(const TrainComparison& comparison) {
  constexpr std::size_t kMostPanels = 6;
  const std::size_t seeds = comparison.seeds.size();
  const std::size_t rules = comparison.rules.size(), most = plot::kCurveColors;
  plot::Figure figure{.title = fmt::format(
                          "{}: {}{} rules, {}", comparison.base.name,
                          rules > most ? fmt::format("the first {} of ", most) : "", rules,
                          seeds == 1 ? "one seed" : fmt::format("mean ± sd over {} seeds", seeds))};
  std::vector<std::string> metrics = comparison.judged();
  if (metrics.empty()) metrics = comparison.metrics();
  for (const std::string& metric : metrics)
    if (figure.panels.size() < kMostPanels) figure.panels.push_back(panel_of(comparison, metric));
  for (std::size_t i = 1; i < figure.panels.size(); ++i)
    figure.panels[i].legend = plot::Legend::kNone;
  figure.width = 1000;
  return figure;
}

/// What the generator of a rule's first seed makes, as far as it came; empty if there is nothing.
std::vector<float> samples_of(const TrainedRule& rule, std::int64_t count) {
  const RuleTrial& trial = rule.trials.front();
  if (trial.rows.empty()) return {};
  const gan::TrainingFolder folder = gan::TrainingFolder::open(trial.folder);
  std::string problem;
  const auto checkpoint = folder.last(problem);
  if (!checkpoint) return {};
  const gan::Settings settings = folder.settings();
  gan::Trainer trainer(settings, gan::data_of(settings));
  trainer.restore(*checkpoint, trial.folder.string());
  return trainer.samples(count, 0);
}

/// Two rows of pictures a rule, in the order of the table.
std::string picture_sheet(const TrainComparison& comparison, const Data& data) {
  constexpr std::size_t kPictures = 20;
  std::vector<float> all;
  for (const TrainedRule& rule : comparison.rules) {
    std::vector<float> samples = samples_of(rule, kPictures);
    samples.resize(kPictures * data.size(), gan::range_of(comparison.base.generator).first);
    all.insert(all.end(), samples.begin(), samples.end());
  }
  return pictures_sheet(comparison.base, data, all, 0);
}

std::string samples_picture(const TrainComparison& comparison, const Data& data) {
  constexpr std::int64_t kShown = 1000;
  constexpr std::size_t kMostRules = 9;
  if (are_pictures(data)) return picture_sheet(comparison, data);
  plot::Figure all{.title = fmt::format("{}: samples after {} field calls, seed {}",
                                        comparison.base.name, number(comparison.calls),
                                        comparison.seeds.front())};
  for (std::size_t i = 0; i < std::min(kMostRules, comparison.rules.size()); ++i) {
    const TrainedRule& rule = comparison.rules[i];
    std::vector<float> samples = samples_of(rule, kShown);
    if (samples.empty()) continue;
    plot::Figure one =
        samples_figure(rule.settings, data, {{rule.trials.front().steps, std::move(samples)}});
    if (one.panels.empty()) return {};
    one.panels.front().title = label_of(comparison, i);
    all.panels.push_back(std::move(one.panels.front()));
  }
  all.columns = static_cast<int>(std::clamp<std::size_t>(all.panels.size(), 1, 3));
  all.width = 400 * all.columns;
  return all.panels.empty() ? "" : plot::draw(all, plot::Format::kPng);
}

}  // namespace

void save_train_comparison(const TrainComparison& comparison, const fs::path& place,
                           const Data& data) {
  auto add = [&](const char* name, const std::string& bytes) {
    write_file(place / name, bytes, Existing::kReplace);
  };
  add("comparison.json", json_text(comparison_json(comparison)));
  add("comparison.csv", summary_table(comparison));
  add("curves.csv", curves_table(comparison));
  if (!plot::gnuplot_available() || comparison.metrics().empty()) return;
  add("curves.svg", plot::draw(curves_figure(comparison), plot::Format::kSvg));
  if (const std::string picture = samples_picture(comparison, data); !picture.empty())
    add("samples.png", picture);
}

}  // namespace gyre::cli
