// gyre train: a rule trains a GAN.
#include <filesystem>
#include <memory>

#include "cli/train_run.hpp"
#include "cli/train_words.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/gan/prepare.hpp"
#include "gyre/rules/pipe.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::cli {

namespace {

gan::Settings settings_of(const TrainWords& words) {
  if (words.training.empty()) {
    std::vector<std::string> known;
    for (const gan::Preset& preset : gan::presets()) known.emplace_back(preset.name);
    throw Error("which training? There are " + join(known, ", ") + "; or name a .toml file");
  }
  gan::Settings settings = gan::load_settings(words.training);
  for (const std::string& typed : words.settings) {
    const std::size_t equal = typed.find('=');
    if (equal == std::string::npos) throw Error("--set takes NAME=VALUE, not " + as_typed(typed));
    gan::set(settings, trim(typed.substr(0, equal)), typed.substr(equal + 1));
  }
  for (const auto& [name, value] : {std::pair{"rule", &words.rule},
                                    {"steps", &words.steps},
                                    {"batch", &words.batch},
                                    {"seed", &words.seed},
                                    {"device", &words.device}})
    if (!value->empty()) gan::set(settings, name, *value);
  return settings;
}

int train(const TrainWords& words, Command command) {
  gan::Settings settings = settings_of(words);
  if (words.force && words.out.empty())
    throw Error("--force needs the folder to replace: --out DIR");
  gan::prepare_process(settings.threads);
  const std::shared_ptr<const Data> data = gan::data_of(settings);
  settings = gan::spelled_out(std::move(settings), *data);
  gan::Trainer trainer(settings, data);
  gan::TrainingFolder folder =
      words.out.empty()
          ? gan::TrainingFolder::make_numbered(
                std::filesystem::path("runs") / run_folder_name(settings.name, trainer.rule()),
                settings)
          : gan::TrainingFolder::make(words.out, settings, words.force);
  return run_training(trainer, {settings, std::move(folder), {}, words.json, words.quiet}, command);
}

}  // namespace

Action declare_train(CLI::App& app) {
  const auto words = std::make_shared<TrainWords>();
  words->declare(app);
  return [words](Command command) { return train(*words, command); };
}

}  // namespace gyre::cli
