#include "cli/train_moments.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "cli/train_sheets.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/safetensors.hpp"

namespace gyre::cli {

namespace {

constexpr const char* kFile = "moments.safetensors";
constexpr std::string_view kStep = "step-";  // and its number, is a tensor's name
constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 32;

// Of points as many as a figure shows, of pictures a sheet; of moments that are over, a row. At so
// many moments: others are thinned out.
constexpr std::int64_t kPoints = 1000, kPictures = 100;
constexpr std::size_t kPicturesKept = 10;
constexpr std::size_t kMostMoments = 200, kMostMomentsOfPictures = 48;

std::vector<float> numbers_of(const StoredTensor& tensor) {
  std::vector<float> numbers(tensor.bytes.size() / sizeof(float));
  std::memcpy(numbers.data(), tensor.bytes.data(), numbers.size() * sizeof(float));
  return numbers;
}

std::vector<Shown> read_moments(const std::filesystem::path& path, std::size_t size) {
  std::vector<Shown> shown;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return shown;
  try {
    const Safetensors file = Safetensors::read(read_file(path, kLargestFile), path.string());
    for (const auto& [name, tensor] : file.tensors) {
      const auto step =
          name.starts_with(kStep) ? to_number(name.substr(kStep.size())) : std::nullopt;
      if (step && tensor.type == "F32" && tensor.bytes.size() % (size * sizeof(float)) == 0)
        shown.push_back({static_cast<std::uint64_t>(*step), numbers_of(tensor)});
    }
  } catch (const Error&) {
    return {};  // pictures of the way here are no reason not to go on
  }
  std::ranges::sort(shown, {}, &Shown::step);
  return shown;
}

}  // namespace

Moments::Moments(const gan::TrainingFolder& folder, gan::Trainer& trainer, std::uint64_t each)
    : folder_(folder),
      size_(trainer.data().size()),
      pictures_(are_pictures(trainer.data())),
      drawn_(pictures_ || has_figure(trainer.data())) {
  if (!drawn_) return;
  if (trainer.steps() > 0) shown_ = read_moments(folder.place() / kFile, size_);
  std::erase_if(shown_, [&](const Shown& moment) {
    return moment.step > trainer.steps() || moment.step % each != 0;
  });
  if (shown_.empty()) add(trainer);
}

void Moments::add(gan::Trainer& trainer) {
  if (!drawn_) return;
  std::erase_if(shown_, [&](const Shown& moment) { return moment.step >= trainer.steps(); });
  if (pictures_ && !shown_.empty())
    shown_.back().samples.resize(std::min(shown_.back().samples.size(), kPicturesKept * size_));
  shown_.push_back({trainer.steps(), trainer.samples(pictures_ ? kPictures : kPoints, 0)});
  if (shown_.size() > (pictures_ ? kMostMomentsOfPictures : kMostMoments))
    for (std::size_t i = 1; i + 1 < shown_.size(); ++i)
      shown_.erase(shown_.begin() + static_cast<std::ptrdiff_t>(i));
  Safetensors file;
  for (const Shown& moment : shown_) {
    const std::size_t kept =
        std::min(moment.samples.size(), pictures_ ? kPicturesKept * size_ : moment.samples.size());
    StoredTensor tensor{"F32", {kept / size_, size_}, {}};
    tensor.bytes.assign(reinterpret_cast<const char*>(moment.samples.data()), kept * sizeof(float));
    file.tensors[std::string(kStep) + std::to_string(moment.step)] = std::move(tensor);
  }
  folder_.add(kFile, file.bytes());
}

}  // namespace gyre::cli
