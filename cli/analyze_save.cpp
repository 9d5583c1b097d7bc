#include "cli/analyze_save.hpp"

#include <nlohmann/json.hpp>

#include "cli/analyze_figures.hpp"
#include "cli/manifest.hpp"
#include "cli/saving.hpp"
#include "gyre/analysis/analyze_json.hpp"
#include "gyre/core/version.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"

namespace gyre::cli {

using Json = nlohmann::ordered_json;

void save_analysis(RunFolder& folder, const AnalysisWords& words, const Analysis& analysis) {
  folder.add("analysis.json", json_text(analysis_json(words, analysis)));
}

void save_analysis_figures(RunFolder& folder, const AnalyzeWords& typed, const AnalysisWords& words,
                           const Analysis& analysis) {
  std::vector<std::string> kinds = pictures_of(typed.plot);
  std::erase_if(kinds, [](const std::string& k) { return k == "terminal" || k == "none"; });
  if (kinds.empty()) return;
  const auto figures = analysis_figures(words, analysis, typed.section_in(words.game));
  for (const std::string& kind : kinds)
    for (const auto& [name, figure] : figures) {
      const std::string file = name + "." + kind;
      folder.add(file, plot::draw(figure, plot::format_of(file)));
    }
}

std::filesystem::path save_analysis_manifest(RunFolder& folder, const AnalysisWords& words,
                                             const Analysis& analysis, const std::string& began,
                                             std::span<const std::string> command) {
  Json rules = Json::array();
  for (const Pipe& rule : words.rules) rules.push_back(rule.text());
  const Json manifest{{"gyre", kVersion},
                      {"command", command},
                      {"game", game_facts(words.game)},
                      {"rules", std::move(rules)},
                      {"seed", words.search.seed},
                      {"box", analysis.search.box},
                      {"interrupted", analysis.cancelled},
                      {"began", began},
                      {"ended", utc_now()},
                      {"threads", words.threads},
                      {"machine", machine_facts()},
                      {"files", file_facts(folder)}};
  folder.add(kManifest, json_text(manifest));
  return folder.commit();
}

}  // namespace gyre::cli
