#include "gyre/data/load.hpp"

#include <fmt/format.h>

#include "gyre/core/text.hpp"
#include "gyre/data/gzip.hpp"
#include "gyre/data/idx.hpp"
#include "gyre/data/stacked.hpp"
#include "gyre/store/file.hpp"

namespace gyre {

namespace {

namespace fs = std::filesystem;

Images load_fetched(const DataFacts& facts, DataPart part, const DataPlaces& places) {
  const fs::path folder = folder_of(facts, places);
  if (folder.empty())
    throw FileError(
        fmt::format("{} is not here; to get it: gyre data fetch {}", facts.name, facts.name));
  std::string bytes[2];
  Sha256 hash;
  for (const DataFile& file : facts.files) {
    const bool pictures = file.name == idx_images_name(part);
    if (!pictures && file.name != idx_labels_name(part)) continue;
    std::string& read = bytes[pictures ? 0 : 1];
    read = read_unpacked(packed_or_not(folder, std::string(file.name)));
    if (const std::string problem = problem_with(read, file); !problem.empty())
      throw FileError(fmt::format("{} is damaged: {}; to get it again: gyre data fetch {}",
                                  facts.name, problem, facts.name));
  }
  Images images = parse_idx_images(bytes[0], idx_images_name(part));
  images.labels = parse_idx_labels(bytes[1], idx_labels_name(part));
  for (const std::string& read : bytes) hash.add(read);
  images.sha256 = hash.digest();
  images.classes.assign(facts.class_names.begin(), facts.class_names.end());
  return images;
}

Images load_stacked(const DataFacts& facts, DataPart part, const DataPlaces& places) {
  const bool train = part == DataPart::kTrain;
  const Images digits = load_fetched(data_facts(facts.from), part, places);
  return stacked(digits, train ? facts.train : facts.test,
                 fmt::format("{} {}", facts.name, train ? "train" : "test"));
}

}  // namespace

Images load_images(std::string_view name_or_path, DataPart part, const ImageSize& size,
                   const DataPlaces& places) {
  const DataFacts* facts = find_data(name_or_path);
  std::error_code ignored;
  if (!facts &&
      (fs::exists(name_or_path, ignored) || name_or_path.find_first_of("./") != name_or_path.npos))
    return load_own(name_or_path, part, size);
  if (!facts) facts = &data_facts(name_or_path);
  switch (facts->kind) {
    case DataFacts::Kind::kFetched:
      return resized(load_fetched(*facts, part, places), size);
    case DataFacts::Kind::kStacked:
      return resized(load_stacked(*facts, part, places), size);
    case DataFacts::Kind::kMade:
      break;
  }
  throw Error(fmt::format("{} is not made of pictures", facts->name));
}

}  // namespace gyre
