// gyre sample: what the generator of a training makes.
#include <filesystem>
#include <memory>
#include <optional>

#include "cli/output.hpp"
#include "cli/train_figures.hpp"
#include "cli/train_sheets.hpp"
#include "cli/train_words.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/gan/prepare.hpp"
#include "gyre/gan/training.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/store/csv.hpp"
#include "gyre/store/npy.hpp"

namespace gyre::cli {

namespace {

namespace fs = std::filesystem;

/// Samples in their own shape: (1000, 2), or (1000, 1, 28, 28).
void write_array(FileWriter& out, const std::vector<float>& samples, const Data& data) {
  std::vector<std::uint64_t> shape{samples.size() / data.size()};
  for (const std::int64_t n : data.shape()) shape.push_back(static_cast<std::uint64_t>(n));
  out.write(npy_header("<f4", shape));
  out.write({reinterpret_cast<const char*>(samples.data()), samples.size() * sizeof(float)});
}

void write_table(FileWriter& out, const std::vector<float>& samples, std::size_t columns) {
  std::vector<std::string> header;
  for (std::size_t i = 0; i < columns; ++i) header.push_back("x" + std::to_string(i + 1));
  CsvWriter table(out, header);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    table.cell(static_cast<double>(samples[i]));
    if ((i + 1) % columns == 0) table.end();
  }
}

/// Under a hidden name first: what is there is replaced when the new one is whole.
void write_numbers(const fs::path& place, const std::vector<float>& samples, const Data& data) {
  fs::path part = place;
  part.replace_filename("." + place.filename().string() + ".part");
  std::error_code problem;
  fs::remove(part, problem);
  FileWriter out(part, place);
  if (place.extension() == ".npy")
    write_array(out, samples, data);
  else
    write_table(out, samples, data.size());
  out.close();
  fs::rename(part, place, problem);
  if (!problem) return;
  const int code = problem.value();
  fs::remove(part, problem);
  throw file_error("write", place, code);
}

/// Pictures on a sheet; points and short samples drawn over the data.
void write_picture(const fs::path& place, const gan::Settings& settings,
                   const gan::Trainer& trainer, const std::vector<float>& samples,
                   std::int64_t classes) {
  const Data& data = trainer.data();
  if (are_pictures(data)) {
    write_file(place, pictures_sheet(settings, data, samples, classes), Existing::kReplace);
    return;
  }
  const plot::Figure figure = samples_figure(settings, data, {{trainer.steps(), samples}});
  if (figure.panels.empty())
    throw Error("samples of " + settings.data + " have " + std::to_string(data.size()) +
                " numbers, too many for a picture; .npy and .csv take them");
  write_file(place, plot::draw(figure, plot::Format::kPng), Existing::kReplace);
}

/// Where samples go; nothing is there, or may be replaced.
fs::path place_of(const SampleWords& words, const gan::TrainingFolder& folder) {
  const fs::path place = words.out.empty() ? folder.place() / "samples.npy" : fs::path(words.out);
  if (place.extension() != ".npy" && place.extension() != ".csv" && place.extension() != ".png")
    throw Error("--out takes a name that ends in .png, .npy or .csv, not " + as_typed(words.out));
  std::error_code ignored;
  if (fs::exists(place, ignored) && !words.force)
    throw Error(as_typed(place.string()) + " exists already; --force replaces it");
  return place;
}

/// The class that was asked for.
std::optional<std::int64_t> label_of(const SampleWords& words, const gan::Trainer& trainer) {
  if (words.label.empty()) return {};
  if (trainer.classes() == 0)
    throw Error("this training knows no classes; one with --set conditional=true does");
  return static_cast<std::int64_t>(
      whole("--label", words.label, 0, static_cast<std::uint64_t>(trainer.classes() - 1)));
}

int sample(const SampleWords& words) {
  if (words.folder.empty()) throw Error("which training? Name its run folder");
  const gan::TrainingFolder folder = gan::TrainingFolder::open(words.folder);
  const fs::path place = place_of(words, folder);
  const std::uint64_t seed =
      words.seed.empty() ? 1 : whole("--seed", words.seed, 0, std::uint64_t{1} << 53);
  gan::Settings settings = folder.settings();
  if (!words.device.empty()) gan::set(settings, "device", words.device);
  if (words.mean && settings.ema == 0.0)
    throw Error("this training keeps no running mean; one with --set ema=0.999 does");
  gan::prepare_process(settings.threads);
  gan::Trainer trainer(settings, gan::data_of(settings));
  const std::optional<std::int64_t> label = label_of(words, trainer);
  const bool sheet = place.extension() == ".png" && are_pictures(trainer.data());
  const std::uint64_t count =
      words.count.empty() ? (sheet ? 100 : 1000) : whole("--count", words.count, 1, 10'000'000);
  std::string problem;
  const auto checkpoint = folder.last(problem);
  if (!checkpoint)
    throw FileError(problem.empty() ? "there is no checkpoint in " + as_typed(words.folder) + " yet"
                                    : problem);
  if (!problem.empty()) say(problem + "; taking the one before");
  trainer.restore(*checkpoint, words.folder);
  const std::vector<float> samples =
      trainer.samples(static_cast<std::int64_t>(count), seed, words.mean, label);
  if (place.extension() == ".png")
    write_picture(place, settings, trainer, samples, label ? 0 : trainer.classes());
  else
    write_numbers(place, samples, trainer.data());
  if (!words.quiet)
    say(std::to_string(count) + " samples of step " + std::to_string(trainer.steps()) + " in " +
        place.string());
  return kDone;
}

}  // namespace

Action declare_sample(CLI::App& app) {
  const auto words = std::make_shared<SampleWords>();
  words->declare(app);
  return [words](Command) { return sample(*words); };
}

}  // namespace gyre::cli
