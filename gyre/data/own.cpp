#include "gyre/data/own.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "gyre/core/text.hpp"
#include "gyre/data/cifar.hpp"
#include "gyre/data/gzip.hpp"
#include "gyre/data/idx.hpp"
#include "gyre/data/npy.hpp"
#include "gyre/data/photographs.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/sha256.hpp"

namespace gyre {

namespace {

namespace fs = std::filesystem;

constexpr const char* kCifarClasses = "batches.meta.txt";

/// What is in a folder, by name; hidden files are left out.
std::vector<fs::path> entries(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem))
    if (!entry.path().filename().string().starts_with('.')) found.push_back(entry.path());
  if (problem) throw file_error("read", folder, problem.value());
  std::ranges::sort(found);
  return found;
}

std::vector<fs::path> photographs_in(const fs::path& folder) {
  std::vector<fs::path> files = entries(folder);
  std::erase_if(files, [](const fs::path& p) { return !is_photograph(p); });
  return files;
}

void hold_together(const Images& images, const std::string& pictures, const std::string& labels) {
  if (images.labels.size() != images.count())
    throw Error(fmt::format("{} has {} labels, and {} has {} pictures", as_typed(labels),
                            images.labels.size(), as_typed(pictures), images.count()));
}

Images load_cifar(const std::vector<fs::path>& files, const fs::path& folder) {
  Images all;
  Sha256 hash;
  for (const fs::path& file : files) {
    const std::string bytes = read_unpacked(file);
    hash.add(bytes);
    Images images = parse_cifar(bytes, file.string());
    if (all.count() == 0) {
      all = std::move(images);
      continue;
    }
    all.pixels.insert(all.pixels.end(), images.pixels.begin(), images.pixels.end());
    all.labels.insert(all.labels.end(), images.labels.begin(), images.labels.end());
  }
  all.sha256 = hash.digest();
  std::error_code ignored;
  if (fs::exists(folder / kCifarClasses, ignored)) {
    std::istringstream lines(read_file(folder / kCifarClasses, 1 << 16));
    for (std::string line; std::getline(lines, line);)
      if (!trim(line).empty()) all.classes.emplace_back(trim(line));
  }
  return all;
}

Images load_folder_of_photographs(const fs::path& folder, const ImageSize& size) {
  std::vector<fs::path> files = photographs_in(folder);
  const std::size_t alone = files.size();
  std::vector<std::int32_t> labels;
  std::vector<std::string> classes;
  for (const fs::path& inner : entries(folder)) {
    if (!fs::is_directory(inner)) continue;
    const std::vector<fs::path> here = photographs_in(inner);
    if (here.empty()) continue;
    files.insert(files.end(), here.begin(), here.end());
    labels.resize(files.size(), static_cast<std::int32_t>(classes.size()));
    classes.push_back(inner.filename().string());
  }
  if (alone > 0 && !classes.empty())
    throw Error(fmt::format(
        "{} holds pictures, such as {}, beside folders of pictures, such as {}; "
        "where folders are classes, every picture is in one",
        as_typed(folder.string()), as_typed(files[0].filename().string()), as_typed(classes[0])));
  if (files.empty())
    throw Error(
        fmt::format("{} holds no pictures that are known: PNG and JPEG files, alone or in a "
                    "folder a class, idx files, or CIFAR-10's batches",
                    as_typed(folder.string())));
  Images images = read_photographs(files, size);
  images.labels = std::move(labels), images.classes = std::move(classes);
  images.sha256 =
      sha256({reinterpret_cast<const char*>(images.pixels.data()), images.pixels.size()});
  return images;
}

Images load_folder(const fs::path& folder, DataPart part, const ImageSize& size) {
  const bool test = part == DataPart::kTest;
  if (const fs::path images = packed_or_not(folder, idx_images_name(part)); !images.empty())
    return load_idx(images, packed_or_not(folder, idx_labels_name(part)));
  std::vector<fs::path> batches = entries(folder);
  std::erase_if(batches, [&](const fs::path& p) {
    const std::string name = p.filename().string();
    return !name.ends_with(".bin") || !name.starts_with(test ? "test_batch" : "data_batch");
  });
  if (!batches.empty()) return load_cifar(batches, folder);
  const fs::path inner = folder / (test ? "test" : "train");
  if (fs::is_directory(inner)) return load_folder_of_photographs(inner, size);
  if (test) refuse_test(folder);
  return load_folder_of_photographs(folder, size);
}

/// "a-images-idx3-ubyte.gz" has its labels in "a-labels-idx1-ubyte.gz", packed or not.
fs::path labels_beside(const fs::path& images) {
  std::string name = images.filename().string();
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  const std::size_t at = name.rfind("images");
  if (at == name.npos) return {};
  name.replace(at, 6, "labels");
  if (const std::size_t three = name.find("idx3"); three != name.npos) name[three + 3] = '1';
  return packed_or_not(images.parent_path(), name);
}

Images load_npy(const fs::path& path) {
  const std::string bytes = read_unpacked(path);
  Images images = parse_npy_images(bytes, path.string());
  Sha256 hash;
  hash.add(bytes);
  fs::path labels = path;
  labels.replace_filename(path.stem().string() + "-labels.npy");
  std::error_code ignored;
  if (fs::exists(labels, ignored)) {
    const std::string numbers = read_unpacked(labels);
    hash.add(numbers);
    images.labels = parse_npy_labels(numbers, labels.string());
    hold_together(images, path.string(), labels.string());
  }
  images.sha256 = hash.digest();
  return images;
}

}  // namespace

void refuse_test(const fs::path& path) {
  throw Error(fmt::format("{} has no test part; a folder with 'train' and 'test' in it has",
                          as_typed(path.string())));
}

std::string idx_images_name(DataPart part) {
  return part == DataPart::kTrain ? "train-images-idx3-ubyte" : "t10k-images-idx3-ubyte";
}

std::string idx_labels_name(DataPart part) {
  return part == DataPart::kTrain ? "train-labels-idx1-ubyte" : "t10k-labels-idx1-ubyte";
}

fs::path packed_or_not(const fs::path& folder, const std::string& name) {
  std::error_code ignored;
  for (const std::string& spelling : {name, name + ".gz"})
    if (fs::is_regular_file(folder / spelling, ignored)) return folder / spelling;
  return {};
}

Images load_idx(const fs::path& images, const fs::path& labels) {
  const std::string bytes = read_unpacked(images);
  Images loaded = parse_idx_images(bytes, images.string());
  Sha256 hash;
  hash.add(bytes);
  if (!labels.empty()) {
    const std::string numbers = read_unpacked(labels);
    hash.add(numbers);
    loaded.labels = parse_idx_labels(numbers, labels.string());
    hold_together(loaded, images.string(), labels.string());
  }
  loaded.sha256 = hash.digest();
  return loaded;
}

Images load_own(const fs::path& path, DataPart part, const ImageSize& size) {
  std::error_code problem;
  if (fs::is_directory(path, problem)) return resized(load_folder(path, part, size), size);
  const std::string name = path.filename().string();
  if (part == DataPart::kTest) refuse_test(path);
  if (name.ends_with(".npy")) return resized(load_npy(path), size);
  if (name.ends_with(".bin")) return resized(load_cifar({path}, path.parent_path()), size);
  if (is_photograph(path))
    throw Error(fmt::format("{} is one picture; a set of pictures is a folder of them",
                            as_typed(path.string())));
  return resized(load_idx(path, labels_beside(path)), size);
}

}  // namespace gyre
