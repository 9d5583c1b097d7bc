// gyre classify: one network and one loss, by the very rules that games are played with.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/classify_figures.hpp"
#include "cli/classify_words.hpp"
#include "cli/interrupt.hpp"
#include "cli/manifest.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/table.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/core/version.hpp"
#include "gyre/data/sheet.hpp"
#include "gyre/gan/classify.hpp"
#include "gyre/gan/extractor.hpp"
#include "gyre/gan/trainer.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::cli {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Json = nlohmann::ordered_json;

constexpr std::size_t kRowsAnEpoch = 20;
constexpr std::size_t kMistakesShown = 60;

enum class Ending { kDone, kInterrupted, kNotFinite };
constexpr const char* kEndings[] = {"done", "interrupted", "not finite"};

struct Result {
  Ending ending = Ending::kDone;
  std::vector<ClassifyRow> rows;
  std::uint64_t steps = 0;
  double seconds = 0.0;
  std::optional<gan::Examination> test;  ///< nothing of a network that is not finite
};

gan::ClassifySettings settings_of(const ClassifyWords& words) {
  gan::ClassifySettings settings = gan::classify_settings(words.network);
  if (!words.rule.empty()) settings.rule = words.rule;
  if (!words.epochs.empty()) settings.epochs = whole("--epochs", words.epochs, 1, 100'000);
  if (!words.batch.empty())
    settings.batch = static_cast<std::int64_t>(whole("--batch", words.batch, 1, 65'536));
  if (!words.seed.empty()) settings.seed = whole("--seed", words.seed, 0, std::uint64_t{1} << 53);
  if (!words.threads.empty())
    settings.threads = static_cast<std::int64_t>(whole("--threads", words.threads, 1, 256));
  return settings;
}

Result learn(gan::ClassifierTraining& training, const gan::ClassifyData& data, std::uint64_t epochs,
             bool quiet) {
  Result result;
  const std::uint64_t an_epoch = training.steps_an_epoch(), steps = epochs * an_epoch;
  const std::uint64_t between = std::max<std::uint64_t>(1, an_epoch / kRowsAnEpoch);
  Progress progress(!quiet);
  catch_interrupts();
  const Clock::time_point start = Clock::now();
  std::string seen;
  double sum = 0.0;
  std::uint64_t summed = 0;
  while (training.steps() < steps) {
    if (!training.step()) result.ending = Ending::kNotFinite;
    const std::uint64_t step = training.steps();
    sum += training.loss(), ++summed;
    if (result.ending == Ending::kDone && interrupted() && step < steps)
      result.ending = Ending::kInterrupted;
    const bool ends = step == steps || result.ending != Ending::kDone;
    const bool asks = step % an_epoch == 0 || ends;
    if (step % between == 0 || asks) {
      ClassifyRow row{step, static_cast<double>(step) / static_cast<double>(an_epoch),
                      sum / static_cast<double>(summed), std::nan("")};
      if (result.ending == Ending::kNotFinite) {
        result.test.reset();
      } else if (asks) {
        result.test = gan::examine(training.classifier(), data.test);
        row.accuracy = result.test->accuracy;
        seen = fmt::format(" accuracy {:.2f} %", 100.0 * row.accuracy);
      }
      result.rows.push_back(row);
      sum = 0.0, summed = 0;
    }
    progress.tell(
        static_cast<double>(step) / static_cast<double>(steps),
        fmt::format("epoch {} loss {}{}", (step - 1) / an_epoch + 1,
                    rounded(result.rows.empty() ? training.loss() : result.rows.back().loss, 3),
                    seen));
    if (ends) break;
  }
  result.steps = training.steps();
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return result;
}

std::string table_of(const std::vector<ClassifyRow>& rows) {
  std::string text = "step,epoch,loss,accuracy\n";
  for (const ClassifyRow& row : rows)
    text += fmt::format("{},{},{},{}\n", row.step, number(row.epoch), number(row.loss),
                        number(row.accuracy));
  return text;
}

/// Which pictures were missed, in the order of the sheet.
std::string mistakes_of(const gan::Examination& found, const Images& test,
                        const std::vector<std::string>& classes) {
  auto named = [&](std::int32_t label) {
    const std::string& name = classes[static_cast<std::size_t>(label)];
    return name.find_first_of(",\"\n") == name.npos ? name : std::to_string(label);
  };
  std::string text = "picture,is,taken_for,probability\n";
  for (const std::size_t i : found.mistakes)
    text += fmt::format("{},{},{},{:.4f}\n", i, named(test.labels[i]), named(found.found[i]),
                        found.sure[i]);
  return text;
}

void draw(RunFolder& folder, const std::string& title, const Result& result,
          const gan::ClassifyData& data, const std::vector<std::string>& classes) {
  if (result.test && !result.test->mistakes.empty()) {
    SheetPlan plan{.which = result.test->mistakes, .columns = 10};
    plan.which.resize(std::min(plan.which.size(), kMistakesShown));
    folder.add("mistakes.png", png_of(contact_sheet(data.test, plan)));
  }
  if (!plot::gnuplot_available()) return;
  if (const plot::Figure figure = learning_figure(title, result.rows); !figure.panels.empty())
    folder.add("learning.svg", plot::draw(figure, plot::Format::kSvg));
  if (result.test)
    folder.add("confusion.svg", plot::draw(confusion_figure(title, classes, result.test->confusion),
                                           plot::Format::kSvg));
}

/// The pairs of classes that are confused most.
std::string confused(const gan::Examination& test, const std::vector<std::string>& classes) {
  constexpr std::size_t kMost = 3;
  std::vector<std::tuple<double, std::size_t, std::size_t>> pairs;
  for (std::size_t is = 0; is < classes.size(); ++is)
    for (std::size_t taken = 0; taken < classes.size(); ++taken)
      if (is != taken && test.confusion[is][taken] > 0.0)
        pairs.emplace_back(-test.confusion[is][taken], is, taken);
  std::ranges::sort(pairs);
  std::vector<std::string> words;
  for (std::size_t k = 0; k < std::min(kMost, pairs.size()); ++k) {
    const auto& [count, is, taken] = pairs[k];
    words.push_back(fmt::format("{} taken for {} ({:.0f})", classes[is], classes[taken], -count));
  }
  return join(words, ", ");
}

/// Counts as whole numbers.
Json confusion_of(const gan::Examination& test) {
  Json all = Json::array();
  for (const std::vector<double>& row : test.confusion)
    all.push_back(std::vector<std::uint64_t>(row.begin(), row.end()));
  return all;
}

int classify(const ClassifyWords& words, Command command) {
  if (words.data.empty())
    throw Error("which pictures? mnist, fashion-mnist, or a path to labelled ones");
  if (words.force && words.out.empty())
    throw Error("--force needs the folder to replace: --out DIR");
  gan::ClassifySettings settings = settings_of(words);
  gan::prepare_process(settings.threads);
  const gan::ClassifyData data = gan::classify_data(
      words.data, words.size.empty() ? ImageSize{} : parse_image_size(words.size));
  settings.batch = std::min(settings.batch, static_cast<std::int64_t>(data.train.count()));
  gan::ClassifierTraining training(settings, data);
  const std::string name = slug(fs::path(data.name).filename().string()),
                    network = slug(words.network, 12);
  RunFolder folder(words.out.empty()
                       ? fs::path("runs") / run_folder_name("classify-" + name, network)
                       : fs::path(words.out),
                   words.out.empty() ? RunFolder::Taken::kNumber
                   : words.force     ? RunFolder::Taken::kReplace
                                     : RunFolder::Taken::kRefuse);
  if (!words.quiet)
    say(fmt::format("{}: {} parameters, {} on {} pictures, {} in a batch; {} to ask about",
                    settings.network, training.parameters(), training.rule(), data.train.count(),
                    settings.batch, data.test.count()));
  const std::string began = utc_now();
  const Result result = learn(training, data, settings.epochs, words.quiet);
  const gan::Classifier classifier = training.classifier(result.test ? result.test->accuracy : 0.0);
  const std::vector<std::string>& classes = classifier.facts().classes;

  const std::string file = classifier.file().bytes();
  folder.add(gan::kClassifierFile, file);
  folder.add("metrics.csv", table_of(result.rows));
  if (result.test) folder.add("mistakes.csv", mistakes_of(*result.test, data.test, classes));
  draw(folder, fmt::format("{} by {}", data.name, words.network), result, data, classes);
  Json facts{{"gyre", kVersion},
             {"data", data.name},
             {"network", settings.network},
             {"loss", settings.binary ? "binary cross entropy" : "cross entropy"},
             {"rule", training.rule()},
             {"batch", settings.batch},
             {"epochs", settings.epochs},
             {"seed", settings.seed},
             {"threads", settings.threads},
             {"parameters", training.parameters()},
             {"ending", kEndings[static_cast<int>(result.ending)]},
             {"steps", result.steps},
             {"metrics",
              {{"loss", json_number(result.rows.back().loss)},
               {"accuracy", result.test ? Json(result.test->accuracy) : Json()},
               {"mistakes", result.test ? Json(result.test->mistakes.size()) : Json()}}},
             {"pictures", {data.train.count(), data.test.count()}},
             {"classes", classes},
             {"confusion", result.test ? confusion_of(*result.test) : Json()},
             {"seconds", result.seconds}};
  Json manifest = facts;
  manifest["command"] = command;
  manifest["began"] = began;
  manifest["ended"] = utc_now();
  manifest["machine"] = machine_facts();
  manifest["files"] = file_facts(folder);
  folder.add(kManifest, json_text(manifest));
  const std::string place = folder.commit().string();
  std::string kept;
  if (result.ending == Ending::kDone && find_data(data.name))
    kept = gan::keep_classifier(classifier, data.name);
  if (words.json) {
    facts["folder"] = place;
    print(json_text(facts));
  } else if (result.test) {
    print(fmt::format("accuracy {:.2f} % ({} of {} pictures missed) after {} epochs, {} s\n",
                      100.0 * result.test->accuracy, result.test->mistakes.size(),
                      data.test.count(), rounded(result.rows.back().epoch, 3),
                      rounded(result.seconds, 3)));
    if (const std::string most = confused(*result.test, classes); !most.empty())
      print("  most often: " + most + "\n");
  }
  finish_output();
  if (result.ending == Ending::kNotFinite) {
    say(fmt::format("not finite at step {}: the loss; a smaller eta may help; saved in {}",
                    result.steps, place));
    return kFailed;
  }
  if (result.ending == Ending::kInterrupted) {
    say(fmt::format("stopped at step {} of {}; what there is stands in {}", result.steps,
                    settings.epochs * training.steps_an_epoch(), place));
    return interrupted_status();
  }
  if (!words.quiet) {
    say("saved in " + place);
    if (!kept.empty()) say(kept);
  }
  return kDone;
}

}  // namespace

Action declare_classify(CLI::App& app) {
  const auto words = std::make_shared<ClassifyWords>();
  words->declare(app);
  return [words](Command command) { return classify(*words, command); };
}

}  // namespace gyre::cli
