// gyre resume: goes on where a training was left.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/folder_lock.hpp"
#include "cli/output.hpp"
#include "cli/train_run.hpp"
#include "cli/train_words.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/gan/prepare.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/run_folder.hpp"
#include "gyre/store/run_record.hpp"

namespace gyre::cli {

namespace {

/// Whether the manifest says that so many steps were the end: a run may be killed just before.
bool is_closed(const gan::TrainingFolder& folder, std::uint64_t steps) {
  constexpr std::uint64_t kMost = 1 << 24;
  std::error_code ignored;
  const std::filesystem::path manifest = folder.place() / kManifest;
  if (!std::filesystem::exists(manifest, ignored)) return false;
  const auto facts = nlohmann::json::parse(read_file(manifest, kMost), nullptr, false);
  return facts.is_object() && facts.value("ending", "") == "done" &&
         facts.value("steps", std::uint64_t{0}) == steps;
}

int resume(const ResumeWords& words, Command command) {
  if (words.folder.empty()) throw Error("which training? Name its run folder");
  if (const std::string kind = is_run_folder(words.folder) ? read_record(words.folder).kind : "";
      !kind.empty() && kind != "train")
    throw Error(
        kind == "compare-train"
            ? as_typed(words.folder) +
                  " is a comparison; the words that began it, with --out, go on with it"
            : fmt::format("{} is of gyre {}, and no training", as_typed(words.folder), kind));
  gan::TrainingFolder folder = gan::TrainingFolder::open(words.folder);
  lock_folder(folder.place());  // before looking: who is at work changes it
  gan::Settings settings = folder.settings();
  if (!words.steps.empty()) {
    const std::uint64_t before = settings.steps;
    gan::set(settings, "steps", words.steps);
    if (settings.steps < before)
      throw Error(
          fmt::format("--steps {} is fewer than the {} it was to make", settings.steps, before));
  }
  if (!words.device.empty()) gan::set(settings, "device", words.device);
  gan::prepare_process(settings.threads);
  gan::Trainer trainer(settings, gan::data_of(settings));
  std::string problem;
  const std::optional<Safetensors> checkpoint = folder.last(problem);
  if (!problem.empty() && !checkpoint)
    throw FileError(problem + "; there is none before it, and nothing was changed");
  if (!problem.empty()) say(problem + "; going on from the one before");
  if (checkpoint) {
    trainer.restore(*checkpoint, words.folder);
    const auto data = checkpoint->metadata.find("data");
    if (data != checkpoint->metadata.end() && data->second != trainer.data().digest())
      throw Error(as_typed(settings.data) + " holds other data than when " +
                  as_typed(words.folder) + " began; nothing was changed");
  }
  if (trainer.steps() >= settings.steps && is_closed(folder, trainer.steps())) {
    say(fmt::format("there is nothing to do: all {} steps are made; --steps N makes more",
                    trainer.steps()));
    return kFailed;
  }
  if (!words.steps.empty() || !words.device.empty())
    folder.add(gan::TrainingFolder::kSettings, gan::to_toml(settings));
  if (!words.quiet)
    say(checkpoint ? fmt::format("going on from step {}", trainer.steps())
                   : "there is no checkpoint yet: from the beginning");
  std::vector<gan::Row> rows = folder.rows(trainer.steps());
  return run_training(
      trainer, {settings, std::move(folder), std::move(rows), words.json, words.quiet}, command);
}

}  // namespace

Action declare_resume(CLI::App& app) {
  const auto words = std::make_shared<ResumeWords>();
  words->declare(app);
  return [words](Command command) { return resume(*words, command); };
}

}  // namespace gyre::cli
