#include "gyre/data/shelf.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "gyre/core/text.hpp"
#include "gyre/data/gzip.hpp"
#include "gyre/data/own.hpp"
#include "gyre/store/file.hpp"

namespace gyre {

namespace {

namespace fs = std::filesystem;

/// What a variable of the environment holds; the specification has relative paths ignored.
fs::path folder_in(const char* variable) {
  const char* value = std::getenv(variable);
  const fs::path path = value ? value : "";
  return path.is_absolute() ? path : fs::path{};
}

bool has_all(const fs::path& folder, const DataFacts& facts) {
  for (const DataFile& file : facts.files)
    if (packed_or_not(folder, std::string(file.name)).empty()) return false;
  return true;
}

}  // namespace

DataPlaces standard_places() {
  DataPlaces places{.cache = folder_in("XDG_CACHE_HOME"), .shared = {}};
  if (const fs::path home = folder_in("HOME"); places.cache.empty() && !home.empty())
    places.cache = home / ".cache";
  if (!places.cache.empty()) places.cache = places.cache / "gyre" / "data";
  const char* dirs = std::getenv("XDG_DATA_DIRS");
  for (const std::string_view dir :
       split(dirs && *dirs ? dirs : "/usr/local/share:/usr/share", ':'))
    if (dir.starts_with('/')) places.shared.emplace_back(dir);
  return places;
}

fs::path folder_of(const DataFacts& facts, const DataPlaces& places) {
  if (facts.kind == DataFacts::Kind::kStacked) return folder_of(data_facts(facts.from), places);
  if (facts.kind != DataFacts::Kind::kFetched) return {};
  if (const fs::path own = places.cache / facts.name; !places.cache.empty() && has_all(own, facts))
    return own;
  if (facts.package->kind == DataPackage::Kind::kDebian)
    for (const fs::path& shared : places.shared)
      if (has_all(shared / facts.package->folder, facts)) return shared / facts.package->folder;
  return {};
}

std::string problem_with(std::string_view bytes, const DataFile& file) {
  if (bytes.size() != file.bytes)
    return fmt::format("{} holds {} bytes and not {}", file.name, bytes.size(), file.bytes);
  if (const std::string found = sha256(bytes); found != file.sha256)
    return fmt::format("{} has the SHA-256 {} and not {}", file.name, found, file.sha256);
  return {};
}

std::string problem_in(const fs::path& folder, const DataFacts& facts) {
  for (const DataFile& file : facts.files) {
    const fs::path path = packed_or_not(folder, std::string(file.name));
    if (path.empty()) return fmt::format("{} is missing", file.name);
    try {
      if (std::string problem = problem_with(read_unpacked(path), file); !problem.empty())
        return problem;
    } catch (const FileError& problem) {
      return problem.what();
    }
  }
  return {};
}

DataState state_of(const DataFacts& facts, const DataPlaces& places) {
  if (facts.kind == DataFacts::Kind::kMade) return DataState::kMade;
  if (folder_of(facts, places).empty()) return DataState::kFetchNeeded;
  return facts.kind == DataFacts::Kind::kStacked ? DataState::kMade : DataState::kHere;
}

}  // namespace gyre
