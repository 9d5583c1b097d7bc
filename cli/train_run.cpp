#include "cli/train_run.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/interrupt.hpp"
#include "cli/manifest.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/train_dynamics.hpp"
#include "cli/train_figures.hpp"
#include "cli/train_moments.hpp"
#include "cli/train_sheets.hpp"
#include "gyre/core/text.hpp"
#include "gyre/core/version.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::cli {

namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::ordered_json;

const char* words_of(gan::Ending ending) {
  switch (ending) {
    case gan::Ending::kDone:
      return "done";
    case gan::Ending::kInterrupted:
      return "interrupted";
    case gan::Ending::kNotFinite:
      return "not finite";
  }
  return "";
}

Json facts(const gan::Trainer& trainer, const TrainRun& run, const gan::TrainingResult& result,
           double seconds) {
  Json settings = Json::object(), metrics = Json::object();
  for (const auto& [name, value] : gan::listed(run.settings)) settings[name] = value;
  if (!result.rows.empty())
    for (const auto& [name, value] : result.rows.back().metrics) metrics[name] = json_number(value);
  return {{"gyre", kVersion},
          {"training", run.settings.name},
          {"rule", trainer.rule()},
          {"settings", std::move(settings)},
          {"parameters", {trainer.sizes().first, trainer.sizes().second}},
          {"ending", words_of(result.ending)},
          {"steps", result.steps},
          {"checkpoint", result.saved},
          {"metrics", std::move(metrics)},
          {"seconds", seconds}};
}

std::string speed(std::uint64_t steps, double seconds) {
  return rounded(static_cast<double>(steps) / std::max(seconds, 1e-9), 3) + " steps/s";
}

std::string text_of(const gan::TrainingResult& result, const std::string& time) {
  std::string text = fmt::format("after {} steps ({})\n", result.steps, time);
  if (!result.rows.empty())
    for (const auto& [name, value] : result.rows.back().metrics)
      text += fmt::format("  {:<20}  {}\n", name, rounded(value, 5));
  return text;
}

/// What the generator makes now, also for those who look into the folder while it trains.
void save_pictures(const TrainRun& run, const gan::Trainer& trainer, const Shown& moment) {
  run.folder.add("samples.png",
                 pictures_sheet(run.settings, trainer.data(), moment.samples, trainer.classes()));
}

void save_figures(const TrainRun& run, const gan::TrainingResult& result, const Data& data,
                  const std::vector<Shown>& shown, const DynamicsReport& dynamics) {
  if (are_pictures(data)) run.folder.add("moments.png", moments_sheet(run.settings, data, shown));
  if (!plot::gnuplot_available()) return;
  const plot::Figure training = training_figure(run.settings, result.rows);
  if (!training.panels.empty())
    run.folder.add("training.svg", plot::draw(training, plot::Format::kSvg));
  const plot::Figure samples = samples_figure(run.settings, data, shown);
  if (!samples.panels.empty())
    run.folder.add("samples.png", plot::draw(samples, plot::Format::kPng));
  const plot::Figure motion = dynamics_figure(run.settings, dynamics, result.rows);
  if (motion.panels.empty()) return;
  run.folder.add("dynamics.svg", plot::draw(motion, plot::Format::kSvg));
  run.folder.add("dynamics.png", plot::draw(motion, plot::Format::kPng));
}

}  // namespace

int run_training(gan::Trainer& trainer, TrainRun run, Command command) {
  const std::string began = utc_now();
  const std::uint64_t first = trainer.steps(), steps = run.settings.steps;
  const bool pictures = are_pictures(trainer.data());
  if (!run.quiet)
    say(fmt::format("{}: {} and {} parameters, {} on {}; in {}", run.settings.name,
                    trainer.sizes().first, trainer.sizes().second, trainer.rule(),
                    run.settings.data, run.folder.place().string()));
  Moments moments(run.folder, trainer, run.settings.checkpoint);
  if (pictures && first == 0) save_pictures(run, trainer, moments.shown().back());
  Progress progress(!run.quiet);
  catch_interrupts();
  const Clock::time_point start = Clock::now();
  Clock::time_point told = start;
  auto passed = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  DynamicsWatch watch(run.settings, trainer.shared_data(), run.folder.looks(first));
  watch.look(trainer);
  gan::TrainingOptions options;
  options.cancel = &interrupted();
  options.look = [&](std::uint64_t) { watch.look(trainer); };
  options.saving = [&] {
    run.folder.save(watch.looks());
    moments.add(trainer);
    if (pictures) save_pictures(run, trainer, moments.shown().back());
  };
  options.now = [] {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration<double>(since).count();
  };
  options.progress = [&](std::uint64_t step, const std::vector<gan::Row>& rows) {
    constexpr auto kBetween = std::chrono::milliseconds(100);
    const Clock::time_point now = Clock::now();
    if (now - told < kBetween) return;
    told = now;
    std::string note = speed(step - first, passed());
    if (!rows.empty())
      for (const auto& [name, value] : rows.back().metrics)
        if (name != "calls" && name != "products") note += " " + name + " " + rounded(value, 3);
    progress.tell(static_cast<double>(step - first) / static_cast<double>(steps - first), note);
  };
  const gan::TrainingResult result =
      gan::train(trainer, run.settings, run.folder, std::move(run.rows), options);
  const double seconds = passed();
  progress.clear();

  run.folder.save(watch.looks());
  const DynamicsReport dynamics = watch.report(trainer, result);
  Json manifest = facts(trainer, run, result, seconds);
  manifest["dynamics"] = dynamics_json(dynamics, seconds);
  save_figures(run, result, trainer.data(), moments.shown(), dynamics);
  Json record = manifest;
  record["command"] = command;
  record["began"] = began;
  record["ended"] = utc_now();
  record["machine"] = machine_facts();
  run.folder.add(kManifest, json_text(record));
  if (run.json) {
    manifest["folder"] = run.folder.place().string();
    print(json_text(manifest));
  } else {
    print(text_of(result, fmt::format("{} s, {}", rounded(seconds, 3),
                                      speed(result.steps - first, seconds))) +
          dynamics_text(dynamics, seconds));
  }
  finish_output();
  const std::string place = run.folder.place().string();
  if (result.ending == gan::Ending::kNotFinite) {
    const std::string good =
        result.saved == 0 ? "no checkpoint was made before"
                          : fmt::format("the last good checkpoint is of step {}", result.saved);
    say(fmt::format("not finite at step {}: {}; {}, in {}", result.steps,
                    result.broken.empty() ? "a loss" : "the loss, and " + result.broken, good,
                    place));
    return kFailed;
  }
  if (result.ending == gan::Ending::kInterrupted) {
    say(fmt::format("stopped at step {} of {}; 'gyre resume {}' goes on", result.steps, steps,
                    place));
    return interrupted_status();
  }
  if (!run.quiet) say("saved in " + place);
  return kDone;
}

}  // namespace gyre::cli
