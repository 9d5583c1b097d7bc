#include "gyre/report/atlas_folder.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gyre/analysis/study_json.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/core/version.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/run_folder.hpp"
#include "gyre/store/sha256.hpp"

namespace gyre::report {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormat = 2;  // of the files and of what they say; raise it when either changes
constexpr std::uint64_t kLargest = 100'000'000;
constexpr const char *kPage = "index.html", *kNumbers = "atlas.json", *kGames = "games";

Json configuration(const AtlasRequest& request, const std::string& gnuplot) {
  Json rules = Json::object();
  for (const AtlasRule& rule : request.rules) rules[rule.name] = rule.pipe.text();
  return {{"gyre", kVersion},
          {"kind", "atlas"},
          {"format", kFormat},
          {"seed", request.options.seed},
          {"starts", request.options.starts},
          {"steps", request.options.steps},
          {"limits", request.options.limits},
          {"tune", request.options.tune},
          {"figures", request.figures},
          {"language", request.language == Language::kChinese ? "zh" : "en"},
          {"gnuplot", request.figures ? Json(gnuplot) : Json()},
          {"games", request.games},
          {"rules", std::move(rules)}};
}

/// "other seed, other rules": what two configurations differ in.
std::string difference(const Json& there, const Json& here) {
  std::vector<std::string> words;
  for (const auto& [key, value] : here.items()) {
    const Json other = there.contains(key) ? there[key] : Json();
    if (other == value) continue;
    words.push_back(value.is_structured()
                        ? "other " + key
                        : fmt::format("{} {} and not {}", key, other.dump(), value.dump()));
  }
  return join(words, ", ");
}

[[noreturn]] void refuse(const fs::path& place, const std::string& holds, const std::string& ways) {
  throw Error(fmt::format("{} holds {}; {}", as_typed(place.string()), holds, ways));
}

Json read_json(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return {};
  return Json::parse(read_file(path, kLargest), nullptr, false);
}

/// Removes what a run that was killed left half written under a hidden name.
void sweep(const fs::path& place) {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(place, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') && name.find(".partial-") != name.npos)
      fs::remove(entry.path(), ignored);
  }
}

void make_folder(const fs::path& place) {
  std::error_code problem;
  fs::create_directories(place, problem);
  if (problem) throw file_error("write", place, problem.value());
}

}  // namespace

AtlasFolder::AtlasFolder(const AtlasRequest& request, const std::string& gnuplot)
    : place_(request.out), figures_(request.figures) {
  const Json here = configuration(request, gnuplot);
  std::error_code ignored;
  const fs::file_type type = fs::status(place_, ignored).type();
  if (type != fs::file_type::not_found && type != fs::file_type::directory)
    throw Error(as_typed(place_.string()) + " is not a folder; choose another name with --out");
  if (type == fs::file_type::directory && !fs::is_empty(place_, ignored)) {
    const Json there = read_json(place_ / kManifest);
    if (!there.is_object() || there.value("kind", "") != "atlas")
      refuse(place_, "something else and is left alone", "choose another name with --out");
    if (there != here) {
      if (!request.force)
        refuse(place_, "an atlas of another configuration (" + difference(there, here) + ")",
               "--out names another folder, --force replaces it");
      clear();
    }
  }
  make_folder(place_ / kGames);
  sweep(place_);
  sweep(place_ / kGames);
  write_file(place_ / kManifest, json_text(here), Existing::kReplace);
}

/// Removes what an atlas writes, and nothing else.
void AtlasFolder::clear() const {
  for (const char* name : {kPage, kNumbers}) {
    std::error_code problem;
    fs::remove(place_ / name, problem);
    if (problem) throw file_error("remove", place_ / name, problem.value());
  }
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(place_ / kGames, ignored)) {
    const std::string ending = entry.path().extension().string();
    if (ending == ".json" || ending == ".html") fs::remove(entry.path(), ignored);
  }
}

std::optional<AtlasGame> AtlasFolder::kept(const std::string& slug, const std::string& key) {
  const Json record = read_json(place_ / kGames / (slug + ".json"));
  if (!record.is_object()) return {};
  if (record.value("key", "") != key) {
    ++outdated_;
    return {};
  }
  try {
    const std::string sheet = record.at("sheet").is_null() ? "" : record.at("sheet");
    if (sheet.empty() && figures_) return {};
    if (!sheet.empty() && sha256(read_file(place_ / kGames / (slug + ".html"), kLargest)) != sheet)
      return {};
    return atlas_game(record);
  } catch (const Error&) {  // cut short by something else than us: made again
    return {};
  } catch (const nlohmann::json::exception&) {
    return {};
  }
}

AtlasGame AtlasFolder::keep(const std::string& slug, const std::string& key, const AtlasGame& game,
                            const std::string& sheet) const {
  Json record{{"key", key}, {"sheet", sheet.empty() ? Json() : Json(sha256(sheet))}};
  record.update(atlas_json(game));
  if (!sheet.empty()) write_file(place_ / kGames / (slug + ".html"), sheet, Existing::kReplace);
  const std::string bytes = record.dump() + "\n";
  write_file(place_ / kGames / (slug + ".json"), bytes, Existing::kReplace);
  return atlas_game(Json::parse(bytes));
}

void AtlasFolder::finish(const std::string& page, const std::string& numbers) const {
  write_file(place_ / kNumbers, numbers, Existing::kReplace);
  write_file(place_ / kPage, page, Existing::kReplace);
}

std::string atlas_key(const AtlasRequest& request, const Game& game, const std::string& gnuplot) {
  Json points = Json::array(), parameters = Json::object(), rules = Json::array();
  for (const KnownPoint& p : game.points) points.push_back(p.at);
  for (const Parameter& p : game.parameters) parameters[p.name] = p.value;
  for (const AtlasRule& rule : request.rules) {
    Json stages = Json::array();
    for (const StageSpec& stage : rule.pipe.stages) {
      const RuleFacts& facts = stage.facts().facts;
      Json slots = Json::array();
      for (const Slot& slot : facts.memory) slots.push_back({slot.name, slot.start});
      stages.push_back({facts.equations, slots, stage.reals});
    }
    rules.push_back({rule.name, rule.pipe.text(), std::move(stages)});
  }
  Json all = configuration(request, gnuplot);
  all["games"] = nullptr;
  all["rules"] = std::move(rules);
  all["game"] = {game_spelling(game), game.text,         game.title,
                 game.shows,          game.shows_zh,     game.view,
                 game.start,          std::move(points), std::move(parameters)};
  for (const Coordinate& c : game.coordinates) {  // as text, since walls may be infinite
    all["domain"].push_back(number(c.low));
    all["domain"].push_back(number(c.high));
  }
  for (const Region& r : game.regions)
    all["regions"].push_back(
        {static_cast<int>(r.kind), r.first, r.count, number(r.size), r.centre});
  return sha256(all.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace gyre::report
