#include "gyre/gan/extractor.hpp"

#include <fmt/format.h>

#include <system_error>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/data/images.hpp"
#include "gyre/gan/torchscript.hpp"
#include "gyre/store/file.hpp"

namespace gyre::gan {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMost = std::uint64_t{1} << 32;

std::string shown(const std::vector<std::int64_t>& shape) {
  return fmt::format("{}", fmt::join(shape, " x "));
}

class ClassifierExtractor final : public Extractor {
 public:
  ClassifierExtractor(Classifier classifier, const std::string& bytes)
      : classifier_(std::move(classifier)),
        name_(fmt::format("{} classifier {}, accuracy {:.2f} %",
                          fs::path(classifier_.facts().data).filename().string(),
                          sha256(bytes).substr(0, 8), 100.0 * classifier_.facts().accuracy)) {}

  const std::string& name() const override { return name_; }
  std::string tells() const override { return classifier_.facts().data; }

  Seen look(std::span<const float> pictures,
            const std::vector<std::int64_t>& shape) const override {
    const std::vector<std::int64_t>& own = classifier_.facts().shape;
    // Grey pictures lie channel behind channel: those of a colour picture are so many grey ones.
    const bool fits = shape.size() == 3 && shape[1] == own[1] && shape[2] == own[2] &&
                      (shape[0] == own[0] || own[0] == 1);
    if (!fits)
      throw Error(fmt::format("the {} takes pictures of {}, and these are {}", name_, shown(own),
                              shown(shape)));
    const std::int64_t channels = shape[0] / own[0];
    const Classifier::View view = classifier_.look(pictures);
    const std::vector<std::int32_t> found = classifier_.classes(view);
    const auto count = static_cast<std::int64_t>(found.size()) / channels;
    Seen seen;
    seen.features =
        Eigen::Map<const Features>(view.features.data(), count, channels * classifier_.features());
    const auto classes = static_cast<std::int32_t>(classifier_.facts().classes.size());
    for (std::size_t i = 0; i < found.size(); i += static_cast<std::size_t>(channels)) {
      std::int32_t mode = 0;
      for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c)
        mode = classes * mode + found[i + c];
      seen.modes.push_back(mode);
    }
    return seen;
  }

 private:
  Classifier classifier_;
  std::string name_;
};

std::pair<Classifier, std::string> read_classifier(const fs::path& path) {
  std::string bytes = read_file(path, kMost);
  return {Classifier::read(Safetensors::read(bytes, path.string()), path.string()),
          std::move(bytes)};
}

std::unique_ptr<Extractor> open_classifier(const fs::path& path) {
  auto [classifier, bytes] = read_classifier(path);
  return std::make_unique<ClassifierExtractor>(std::move(classifier), bytes);
}

}  // namespace

fs::path classifier_place(std::string_view data, const DataPlaces& places) {
  if (places.cache.empty()) return {};
  return places.cache / fmt::format("classifier-{}.safetensors", data);
}

std::unique_ptr<Extractor> make_extractor(std::string_view what, const DataPlaces& places) {
  const fs::path path = what;
  const std::string ending = path.extension().string();
  if (ending == ".safetensors") return open_classifier(path);
  if (ending == ".pt" || ending == ".pth") return load_torchscript(path);
  const DataFacts* facts = find_data(what);
  if (!facts || facts->kind != DataFacts::Kind::kFetched) {
    std::vector<std::string> known;
    for (const DataFacts& data : data_catalogue())
      if (data.kind == DataFacts::Kind::kFetched) known.emplace_back(data.name);
    throw Error(fmt::format(
        "an extractor is {}, a classifier's .safetensors, or a TorchScript file .pt, not {}{}",
        join(known, ", "), as_typed(what), did_you_mean(what, known)));
  }
  const fs::path place = classifier_place(what, places);
  std::error_code ignored;
  if (place.empty() || !fs::exists(place, ignored))
    throw FileError(
        fmt::format("there is no classifier of {} yet; to make it: gyre classify {} --network cnn",
                    what, what));
  return open_classifier(place);
}

std::string keep_classifier(const Classifier& classifier, const std::string& data,
                            const DataPlaces& places) {
  const fs::path place = classifier_place(data, places);
  if (place.empty()) return "not kept for metrics: there is no cache, as HOME is not set";
  std::error_code ignored;
  if (fs::exists(place, ignored)) {
    double there = -1.0;
    try {
      there = read_classifier(place).first.facts().accuracy;
    } catch (const Error&) {  // damaged, or of an older format: to be replaced
    }
    if (there >= classifier.facts().accuracy)
      return fmt::format("metrics keep the classifier that is there, of accuracy {:.2f} %",
                         100.0 * there);
  }
  try {
    fs::create_directories(place.parent_path(), ignored);
    write_file(place, classifier.file().bytes(), Existing::kReplace);
  } catch (const FileError& problem) {
    return fmt::format("not kept for metrics: {}", problem.what());
  }
  return fmt::format("kept for metrics in {}", place.string());
}

}  // namespace gyre::gan
