#include "gyre/report/tour.hpp"

#include <chrono>
#include <nlohmann/json.hpp>

#include "gyre/core/error.hpp"
#include "gyre/core/version.hpp"
#include "gyre/plot/csv.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/report/drawing.hpp"
#include "gyre/report/format.hpp"
#include "gyre/report/numbers.hpp"
#include "gyre/report/page.hpp"
#include "gyre/report/values.hpp"
#include "gyre/store/machine.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::report {

namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::ordered_json;

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

std::string manifest(const TourOptions& options, const RunFolder& folder, const Making& making) {
  Json files = Json::object();
  for (const auto& [name, file] : folder.files())
    files[name] = {{"bytes", file.bytes}, {"sha256", file.sha256}};
  const Json all{{"gyre", kVersion},
                 {"kind", "tour"},
                 {"command", options.command},
                 {"seed", options.seed},
                 {"language", options.language == Language::kChinese ? "zh" : "en"},
                 {"made", making.made},
                 {"machine", making.machine},
                 {"compiler", making.compiler},
                 {"gnuplot", making.gnuplot},
                 {"files", std::move(files)}};
  return all.dump(2) + "\n";
}

/// Draws the figures and writes them with their page. False if it was cancelled.
bool write_page(const TourOptions& options, const Findings& found, const Words& words,
                const std::vector<NamedFigure>& figures, RunFolder& folder, Making& making) {
  const auto began = Clock::now();
  std::map<std::string, std::string> pictures;
  try {
    pictures = draw_all(figures, options.threads, options.cancel);
  } catch (const Error& problem) {  // nothing that a user typed
    throw FileError(problem.what(), problem.detail());
  }
  if (pictures.size() < 2 * figures.size()) return false;
  making.draw_seconds = seconds_since(began);
  std::map<std::string, std::string> svgs;
  for (const NamedFigure& figure : figures) svgs[figure.key] = pictures.at(figure.name + ".svg");
  for (const auto& [name, bytes] : pictures) folder.add(name, bytes);
  folder.add("index.html", tour_page(found, words, svgs, making));
  return true;
}

}  // namespace

std::optional<TourResult> write_tour(const TourOptions& options) {
  check_place(options.out, options.force);
  RunFolder folder(options.out, RunFolder::Taken::kReplace);
  Words plain(options.language);

  const auto tell = [&](const std::string& words) {
    if (options.progress) options.progress(words);
  };
  ExploreOptions explore_options{options.seed, options.threads, options.cancel,
                                 [&](std::string_view key) { tell(plain.text(key)); }};
  std::optional<Findings> found = explore(explore_options);
  if (!found) return {};

  const Words words = words_for(*found, options.language);
  const std::vector<NamedFigure> figures = tour_figures(*found, words);
  for (const NamedFigure& figure : figures)
    folder.add(figure.name + ".csv", plot::csv(figure.figure));
  folder.add("numbers.json", numbers_json(*found));

  const Machine machine = this_machine();
  Making making{
      .command = options.command,
      .made = utc_now(),
      .machine = machine.processor + " × " + std::to_string(machine.cores) + ", " + machine.system,
      .compiler = compiler(),
      .gnuplot = plot::gnuplot_version()};
  const bool drawn = !making.gnuplot.empty();
  plain.set("count", std::to_string(figures.size()));
  if (drawn) tell(plain.text("doing.figures"));
  if (drawn && !write_page(options, *found, words, figures, folder, making)) return {};
  folder.add(kManifest, manifest(options, folder, making));
  if (options.cancel && *options.cancel) return {};
  return TourResult{folder.commit(), drawn, std::move(*found)};
}

}  // namespace gyre::report
