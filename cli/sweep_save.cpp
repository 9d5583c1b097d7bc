#include "cli/sweep_save.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/manifest.hpp"
#include "gyre/core/version.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/report/sweep_maps.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"
#include "gyre/store/npy.hpp"
#include "gyre/sweep/lanes.hpp"

namespace gyre::cli {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

Json facts_of(const fs::path& path) {
  constexpr std::size_t kPiece = 1 << 20;
  std::ifstream file(path, std::ios::binary);
  Sha256 hash;
  std::string piece(kPiece, '\0');
  std::uint64_t bytes = 0;
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto n = static_cast<std::size_t>(file.gcount());
    hash.add(std::string_view(piece).substr(0, n));
    bytes += n;
  }
  return {{"bytes", bytes}, {"sha256", hash.digest()}};
}

Json quantities_json(const SweepPlan& plan) {
  Json list = Json::object();
  for (const Quantity q : plan.keep)
    list[std::string(facts(q).name)] = {{"file", std::string(facts(q).name) + ".npy"},
                                        {"type", facts(q).descr},
                                        {"about", facts(q).about}};
  return list;
}

void save_draws(const fs::path& path, const SweepPlan& plan) {
  const SweepLanes lanes(plan);
  std::error_code ignored;
  fs::remove(path, ignored);
  FileWriter file(path);
  const std::uint64_t shape[] = {plan.runs, plan.draws.size()};
  file.write(npy_header("<f8", shape));
  for (std::uint64_t run = 0; run < plan.runs; ++run) {
    const std::vector<double> drawn = lanes.drawn(run);
    file.write({reinterpret_cast<const char*>(drawn.data()), drawn.size() * sizeof(double)});
  }
  file.close();
}

}  // namespace

std::string save_sweep(const fs::path& folder, const SweepPlan& plan, const SweepWords& words,
                       const Attractors& attractors, const SweepSummary& summary,
                       const SweepTimes& times, const std::vector<std::string>& pictures) {
  const Json results = sweep_json(plan, attractors, summary);
  std::vector<std::string> names;
  const auto add = [&](const std::string& name, std::string_view bytes) {
    write_file(folder / name, bytes, Existing::kReplace);
    names.push_back(name);
  };
  for (const GridFile& grid : grid_files(plan)) names.push_back(grid.name);
  if (!plan.draws.empty()) {
    save_draws(folder / "draws.npy", plan);
    names.emplace_back("draws.npy");
  }
  add("results.json", json_text(results));
  std::string undrawn;
  try {
    for (const std::string& kind : pictures) {
      if (kind == "terminal" || kind == "none") continue;
      for (const auto& [name, figure] : report::sweep_maps(plan, attractors, summary, folder)) {
        const std::string file = name + "." + kind;
        add(file, plot::draw(figure, plot::format_of(file)));
      }
    }
  } catch (const FileError&) {
    throw;
  } catch (const Error& problem) {
    undrawn = problem.what();
  }
  write_file(folder / "times.json",
             json_text({{"began", times.began},
                        {"ended", utc_now()},
                        {"seconds", times.seconds},
                        {"ranks", times.ranks},
                        {"threads", times.threads},
                        {"tiles", times.tiles},
                        {"tiles_kept", times.kept},
                        {"machine", machine_facts()}}),
             Existing::kReplace);
  Json files = Json::object();
  for (const std::string& name : names) files[name] = facts_of(folder / name);
  const Json manifest{{"gyre", kVersion},
                      {"plan", plan_json(plan)},
                      {"words", words_json(words)},
                      {"shape", plan.shape()},
                      {"quantities", quantities_json(plan)},
                      {"attractors", results.at("attractors")},
                      {"runs", summary.runs},
                      {"groups", results.at("groups")},
                      {"files", std::move(files)}};
  write_file(folder / "manifest.json", json_text(manifest), Existing::kReplace);
  return undrawn;
}

}  // namespace gyre::cli
