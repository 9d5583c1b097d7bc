// gyre train: a rule trains a GAN.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/folder_lock.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"
#include "cli/train_run.hpp"
#include "cli/train_words.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/gan/prepare.hpp"
#include "gyre/rules/pipe.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::cli {

namespace {

gan::Settings with_words(gan::Settings settings, const TrainWords& words) {
  gan::set_typed(settings, words.settings);
  for (const auto& [name, value] : {std::pair{"rule", &words.rule},
                                    {"steps", &words.steps},
                                    {"batch", &words.batch},
                                    {"seed", &words.seed},
                                    {"device", &words.device}})
    if (!value->empty()) gan::set(settings, name, *value);
  return settings;
}

gan::Settings settings_of(const TrainWords& words) {
  if (words.training.empty()) {
    std::vector<std::string> known;
    for (const gan::Preset& preset : gan::presets()) known.emplace_back(preset.name);
    throw Error("which training? There are " + join(known, ", ") + "; or name a .toml file");
  }
  return with_words(gan::load_settings(words.training), words);
}

/// Presets, if none is named, and settings: what they are here, what they take, what they mean.
int list_settings(const TrainWords& words) {
  const gan::Settings settings =
      words.training.empty() ? with_words(gan::Settings{}, words) : settings_of(words);
  nlohmann::ordered_json training, presets = nlohmann::ordered_json::array(), facts = presets;
  if (!words.training.empty())
    training = {{"name", settings.name}, {"title", settings.title}, {"about", settings.about}};
  Table titles({{"preset"}, {"steps", true}, {"what it is", false, true}});
  std::string lines;
  if (words.training.empty())
    for (const gan::Preset& preset : gan::presets()) {
      const gan::Settings one = gan::load_settings(preset.name);
      titles.row({{one.name}, {std::to_string(one.steps)}, {one.title}});
      presets.push_back(
          {{"name", one.name}, {"title", one.title}, {"about", one.about}, {"steps", one.steps}});
    }
  for (const gan::SettingFacts& fact : gan::setting_facts(settings)) {
    lines += fmt::format("{:<16}{}\n{:<16}{}{}\n", fact.name, fact.value, "", fact.about,
                         fact.takes.empty() ? "" : " (" + fact.takes + ")");
    facts.push_back(
        {{"name", fact.name}, {"value", fact.value}, {"takes", fact.takes}, {"about", fact.about}});
  }
  if (words.json) {
    print(json_text({{"training", training}, {"presets", presets}, {"settings", facts}}));
    return kDone;
  }
  std::string head = words.training.empty() ? titles.text(list_screen(), "") : "";
  if (!words.training.empty())
    for (const std::string& text : {settings.title, settings.about})
      if (!text.empty()) head += wrapped(text, list_screen().columns) + "\n";
  print((head.empty() ? head : head + "\n") + lines);
  return kDone;
}

int train(const TrainWords& words, Command command) {
  if (words.list) return list_settings(words);
  gan::Settings settings = settings_of(words);
  if (words.force && words.out.empty())
    throw Error("--force needs the folder to replace: --out DIR");
  gan::prepare_process(settings.threads);
  const std::shared_ptr<const Data> data = gan::data_of(settings);
  settings = gan::spelled_out(std::move(settings), *data);
  gan::Trainer trainer(settings, data);
  if (!data->digest().empty()) settings.data = lasting_name(settings.data);
  if (words.force) refuse_busy(words.out);
  gan::TrainingFolder folder =
      words.out.empty()
          ? gan::TrainingFolder::make_numbered(
                std::filesystem::path("runs") / run_folder_name(settings.name, trainer.rule()),
                settings)
          : gan::TrainingFolder::make(words.out, settings, words.force);
  lock_folder(folder.place());
  return run_training(trainer, {settings, std::move(folder), {}, words.json, words.quiet}, command);
}

}  // namespace

Action declare_train(CLI::App& app) {
  const auto words = std::make_shared<TrainWords>();
  words->declare(app);
  return [words](Command command) { return train(*words, command); };
}

}  // namespace gyre::cli
