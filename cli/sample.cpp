// gyre sample: what the generator of a training makes.
#include <filesystem>
#include <memory>

#include "cli/output.hpp"
#include "cli/train_words.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/gan/training.hpp"
#include "gyre/store/csv.hpp"
#include "gyre/store/npy.hpp"

namespace gyre::cli {

namespace {

void write(const std::filesystem::path& place, const std::vector<float>& samples,
           std::size_t columns) {
  FileWriter out(place);
  const std::vector<double> values(samples.begin(), samples.end());
  if (place.extension() == ".npy") {
    write_npy(out, values, values.size() / columns, columns);
  } else {
    std::vector<std::string> header;
    for (std::size_t i = 0; i < columns; ++i) header.push_back("x" + std::to_string(i + 1));
    CsvWriter table(out, header);
    for (std::size_t i = 0; i < values.size(); ++i) {
      table.cell(values[i]);
      if ((i + 1) % columns == 0) table.end();
    }
  }
  out.close();
}

int sample(const SampleWords& words) {
  if (words.folder.empty()) throw Error("which training? Name its run folder");
  const gan::TrainingFolder folder = gan::TrainingFolder::open(words.folder);
  const std::filesystem::path place =
      words.out.empty() ? folder.place() / "samples.npy" : std::filesystem::path(words.out);
  if (place.extension() != ".npy" && place.extension() != ".csv")
    throw Error("--out takes a name that ends in .npy or .csv, not " + as_typed(words.out));
  const std::uint64_t count =
      words.count.empty() ? 1000 : whole("--count", words.count, 1, 10'000'000);
  const std::uint64_t seed =
      words.seed.empty() ? 1 : whole("--seed", words.seed, 0, std::uint64_t{1} << 53);
  std::error_code ignored;
  if (std::filesystem::exists(place, ignored)) {
    if (!words.force)
      throw Error(as_typed(place.string()) + " exists already; --force replaces it");
    std::filesystem::remove(place, ignored);
  }
  const gan::Settings settings = folder.settings();
  if (words.mean && settings.ema == 0.0)
    throw Error("this training keeps no running mean; one with --set ema=0.999 does");
  gan::prepare_process(settings.threads);
  gan::Trainer trainer(settings, make_data(settings.data));
  std::string problem;
  const auto checkpoint = folder.last(problem);
  if (!problem.empty()) say(problem);
  if (!checkpoint) throw FileError("there is no checkpoint in " + as_typed(words.folder) + " yet");
  trainer.restore(*checkpoint, words.folder);
  const std::vector<float> samples =
      trainer.samples(static_cast<std::int64_t>(count), seed, words.mean);
  write(place, samples, samples.size() / count);
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
