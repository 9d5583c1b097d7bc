// gyre evaluate: how near samples come to the data, by numbers that say what they are of.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/evaluate_words.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/table.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/core/version.hpp"
#include "gyre/data/image_data.hpp"
#include "gyre/data/npy.hpp"
#include "gyre/gan/judge.hpp"
#include "gyre/gan/prepare.hpp"
#include "gyre/gan/training.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/json.hpp"

namespace gyre::cli {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::uint64_t kMostSamples = 100'000;  // all are compared with all
constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 33;
constexpr const char* kEvaluation = "evaluation.json";

/// What is to be judged, and what it imitates.
struct Made {
  std::vector<float> samples;
  std::shared_ptr<const Data> data;
  std::string data_name, extractor;  ///< the training's own, if it has one
  Json of = Json::object();          ///< for records: which training, which step
};

Made made_by_training(const EvaluateWords& words, std::uint64_t count, std::uint64_t seed) {
  constexpr std::uint64_t kAtOnce = 500;  // a generator's layers stay small
  const gan::TrainingFolder folder = gan::TrainingFolder::open(words.what);
  const gan::Settings settings = folder.settings();
  if (!words.data.empty())
    throw Error("--data is for samples in a file; this training imitates " + settings.data);
  if (words.mean && settings.ema == 0.0)
    throw Error("this training keeps no running mean; one with --set ema=0.999 does");
  gan::prepare_process(settings.threads);
  Made made{.data = gan::data_of(settings), .data_name = settings.data};
  made.extractor = settings.extractor;
  gan::Trainer trainer(settings, made.data);
  std::string problem;
  const auto checkpoint = folder.last(problem);
  if (!checkpoint)
    throw FileError(problem.empty() ? "there is no checkpoint in " + as_typed(words.what) + " yet"
                                    : problem);
  if (!problem.empty()) say(problem + "; taking the one before");
  trainer.restore(*checkpoint, words.what);
  Progress progress(!words.quiet);
  for (std::uint64_t begin = 0; begin < count; begin += kAtOnce) {
    progress.tell(static_cast<double>(begin) / static_cast<double>(count), "making samples");
    const std::uint64_t some = std::min(kAtOnce, count - begin);
    // Streams of their own, which `gyre sample` and the training do not use.
    const std::uint64_t number = (std::uint64_t{1} << 63) + (seed << 20) + begin / kAtOnce;
    const std::vector<float> more =
        trainer.samples(static_cast<std::int64_t>(some), number, words.mean);
    made.samples.insert(made.samples.end(), more.begin(), more.end());
  }
  progress.clear();
  made.of = {{"run", words.what},
             {"rule", trainer.rule()},
             {"step", trainer.steps()},
             {"running_mean", words.mean}};
  return made;
}

/// Numbers of pictures lie in 0..1, or in -1..1 if one is negative, or in 0..255 if one is above 1.
std::vector<float> as_pixels(std::vector<float> values, const ImageData& images) {
  float least = 0.0f, most = 1.0f;
  for (const float x : values) least = std::min(least, x), most = std::max(most, x);
  const float low = least < 0.0f ? -1.0f : 0.0f, high = most > 1.0f && low == 0.0f ? 255.0f : 1.0f;
  for (float& x : values)
    x = images.low() + (x - low) / (high - low) * (images.high() - images.low());
  return values;
}

Made made_elsewhere(const EvaluateWords& words) {
  if (words.data.empty())
    throw Error("what do the samples in " + as_typed(words.what) + " imitate? --data says it");
  if (words.mean) throw Error("--mean is for trainings, and a file holds what it holds");
  Made made{.data = make_data(words.data), .data_name = words.data};
  const std::string bytes = read_file(words.what, kLargestFile);
  NpyNumbers numbers = parse_npy_numbers(bytes, words.what);
  std::size_t each = 1;
  for (std::size_t d = 1; d < numbers.shape.size(); ++d) each *= numbers.shape[d];
  if (each != made.data->size())
    throw Error(fmt::format("a sample in {} is {} numbers, and one of {} is {}",
                            as_typed(words.what), each, words.data, made.data->size()));
  made.samples = std::move(numbers.values);
  if (const auto* images = dynamic_cast<const ImageData*>(made.data.get()))
    made.samples = as_pixels(std::move(made.samples), *images);
  made.of = {{"file", words.what}, {"sha256", sha256(bytes)}};
  return made;
}

/// The one that was asked for, else the training's, else the one that was kept for such data.
std::shared_ptr<const gan::Extractor> extractor_for(const EvaluateWords& words, const Made& made) {
  if (words.extractor == "none") return nullptr;
  if (!words.extractor.empty()) return gan::make_extractor(words.extractor);
  if (!made.extractor.empty()) return gan::make_extractor(made.extractor);
  if (!dynamic_cast<const ImageData*>(made.data.get())) return nullptr;
  const DataFacts* facts = find_data(made.data_name);
  const std::string name =
      facts ? std::string(facts->kind == DataFacts::Kind::kStacked ? facts->from : facts->name)
            : "";
  std::error_code ignored;
  if (!name.empty() && fs::exists(gan::classifier_place(name, standard_places()), ignored))
    return gan::make_extractor(name);
  if (!words.quiet)
    say("no extractor, so pictures are only compared pixel by pixel: " +
        (name.empty() ? "--extractor names one"
                      : "'gyre classify " + name + " --network cnn' makes one"));
  return nullptr;
}

const char* better_word(const gan::Score& score) {
  return score.better > 0 ? "higher" : score.better < 0 ? "lower" : "";
}

Json json_of(const gan::Judgement& judgement, const Made& made) {
  Json scores = Json::array();
  for (const gan::Score& score : judgement.scores) {
    Json one{{"name", score.name},
             {"value", json_number(score.value)},
             {"better", score.better == 0 ? Json(nullptr) : Json(better_word(score))},
             {"samples", judgement.made},
             {"real_samples", judgement.real},
             {"seed", judgement.seed},
             {"extractor", score.extractor.empty() ? Json(nullptr) : Json(score.extractor)}};
    if (score.deviation) one["deviation"] = json_number(*score.deviation);
    if (score.truth) one["of_the_data"] = json_number(*score.truth);
    scores.push_back(std::move(one));
  }
  return {{"gyre", kVersion},
          {"of", made.of},
          {"data", made.data_name},
          {"scores", std::move(scores)},
          {"findings", judgement.findings}};
}

std::string text_of(const gan::Judgement& judgement, const Made& made) {
  Table table({{.head = "score"},
               {.head = "value", .right = true},
               {.head = "of the data", .right = true},
               {.head = "better"},
               {.head = "samples", .right = true},
               {.head = "seed", .right = true},
               {.head = "looked at by", .shrinks = true}});
  for (const gan::Score& score : judgement.scores) {
    std::string value = rounded(score.value, 4);
    if (score.deviation && std::isfinite(*score.deviation))
      value += " ± " + rounded(*score.deviation, 2);
    table.row({{score.name},
               {value},
               {score.truth ? rounded(*score.truth, 4) : ""},
               {better_word(score)},
               {std::to_string(judgement.made)},
               {std::to_string(judgement.seed)},
               {score.extractor.empty() ? "nobody" : score.extractor}});
  }
  std::string text =
      fmt::format("{} samples beside {} of {}\n", judgement.made, judgement.real, made.data_name);
  if (!table.empty()) text += table.text(list_screen());
  for (const std::string& finding : judgement.findings) text += "  " + finding + "\n";
  return text;
}

int evaluate(const EvaluateWords& words) {
  if (words.what.empty())
    throw Error("whose samples? Name the run folder of a training, or an .npy file with --data");
  const std::uint64_t seed =
      words.seed.empty() ? 1 : whole("--seed", words.seed, 0, std::uint64_t{1} << 40);
  const std::uint64_t count =
      words.samples.empty() ? 10'000 : whole("--samples", words.samples, 1, kMostSamples);
  std::error_code ignored;
  if (!words.out.empty() && !words.force && fs::exists(words.out, ignored))
    throw Error(as_typed(words.out) + " exists already; --force replaces it");
  const bool is_file = fs::path(words.what).extension() == ".npy";
  if (is_file && !words.samples.empty())
    throw Error("--samples is for trainings; of a file all samples are taken");
  const Made made = is_file ? made_elsewhere(words) : made_by_training(words, count, seed);
  const auto samples = static_cast<std::uint64_t>(made.samples.size() / made.data->size());
  if (samples > kMostSamples)
    throw Error(fmt::format("{} holds {} samples, and at most {} can be compared",
                            as_typed(words.what), samples, kMostSamples));
  const std::uint64_t real =
      words.real.empty() ? samples : whole("--real", words.real, 1, kMostSamples);
  const gan::Judge judge(made.data, made.data_name, extractor_for(words, made));
  const int threads = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 16);
  const gan::Judgement judgement =
      judge.judge(made.samples, static_cast<std::int64_t>(real), seed, threads);
  const Json facts = json_of(judgement, made);
  const fs::path place = !words.out.empty() ? fs::path(words.out)
                         : is_file          ? fs::path()
                                            : fs::path(words.what) / kEvaluation;
  print(words.json ? json_text(facts) : text_of(judgement, made));
  finish_output();                               // before what may fail
  if (judgement.scores.empty()) return kFailed;  // earlier scores stay
  if (!place.empty()) write_file(place, json_text(facts), Existing::kReplace);
  if (!words.quiet && !place.empty()) say("saved in " + place.string());
  return kDone;
}

}  // namespace

Action declare_evaluate(CLI::App& app) {
  const auto words = std::make_shared<EvaluateWords>();
  words->declare(app);
  return [words](Command) { return evaluate(*words); };
}

}  // namespace gyre::cli
