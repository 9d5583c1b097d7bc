#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/report/tour.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::report {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLargestManifest = 10'000'000;

/// What the manifest says, or null if there is none that can be read.
nlohmann::json manifest_of(const fs::path& place) {
  std::error_code ignored;
  if (!fs::exists(place / kManifest, ignored)) return {};
  return nlohmann::json::parse(read_file(place / kManifest, kLargestManifest), nullptr, false);
}

/// The name of a file in the folder that the manifest does not list, or nothing.
std::string stranger(const fs::path& place, const nlohmann::json& manifest) {
  for (const fs::directory_entry& entry : fs::directory_iterator(place)) {
    const std::string name = entry.path().filename().string();
    if (name != kManifest && !manifest["files"].contains(name)) return name;
  }
  return {};
}

}  // namespace

void check_place(const fs::path& place, bool force) {
  std::error_code ignored;
  const fs::file_type type = fs::symlink_status(place, ignored).type();
  if (type == fs::file_type::not_found) return;
  const std::string name = as_typed(place.string());
  if (type != fs::file_type::directory)
    throw Error(fmt::format("{} is not a folder; choose another name with --out", name));
  if (fs::is_empty(place, ignored)) return;
  const nlohmann::json manifest = manifest_of(place);
  if (!manifest.is_object() || !manifest.contains("gyre"))
    throw Error(fmt::format(
        "{} holds something else and is left alone; choose another name with --out", name));
  if (force) return;
  if (manifest.value("kind", "") != "tour" || !manifest.contains("files"))
    throw Error(fmt::format("{} holds a run, not a tour; --force replaces it", name));
  const std::string other = stranger(place, manifest);
  if (!other.empty())
    throw Error(fmt::format("{} also holds {}, which no tour wrote; --force removes it", name,
                            as_typed(other)));
}

}  // namespace gyre::report
