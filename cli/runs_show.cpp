// gyre runs show.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>
#include <system_error>

#include "cli/output.hpp"
#include "cli/runs.hpp"
#include "cli/runs_json.hpp"
#include "cli/table.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/json.hpp"

namespace gyre::cli {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// A word as a shell wants it.
std::string quoted(const std::string& word) {
  const bool plain = !word.empty() && std::ranges::all_of(word, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) ||
           std::string_view("-_=./:,+@%").find(c) != std::string_view::npos;
  });
  if (plain) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

std::string command_line(const std::vector<std::string>& command) {
  std::vector<std::string> words;
  for (const std::string& word : command) words.push_back(quoted(word));
  return join(words, " ");
}

using Rows = std::vector<std::pair<std::string, std::string>>;

std::string section(const std::string& head, const Rows& rows) {
  if (rows.empty()) return {};
  Table table({{}, {.shrinks = true}});
  for (const auto& [name, value] : rows) table.row({{name, Style::kFaint}, {value}});
  return "\n  " + out().paint(Style::kBold, head) + "\n" + table.text(out(), "    ");
}

}  // namespace

std::string size_words(std::uintmax_t bytes) {
  constexpr double kStep = 1000.0;
  auto size = static_cast<double>(bytes);
  for (const char* unit : {"B", "kB", "MB", "GB"}) {
    if (size < kStep || std::string_view(unit) == "GB") return rounded(size, 3) + " " + unit;
    size /= kStep;
  }
  return {};
}

std::vector<std::pair<std::string, std::uintmax_t>> files_below(const fs::path& folder) {
  std::vector<std::pair<std::string, std::uintmax_t>> files;
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) {
    if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) continue;
    const bool plain = entry.is_regular_file(ignored) && !entry.is_symlink(ignored);
    files.emplace_back(entry.path().lexically_relative(folder).string(),
                       plain ? entry.file_size(ignored) : 0);
  }
  std::ranges::sort(files);
  return files;
}

Json run_json(const ListedRun& run) {
  const RunRecord& r = run.record;
  Json metrics = Json::object();
  for (const auto& [name, value] : r.metrics) metrics[name] = json_number(value);
  auto known = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  return {{"run", run.id},
          {"folder", run.folder.string()},
          {"kind", r.kind},
          {"of", known(r.subject)},
          {"rule", known(r.rule)},
          {"data", known(r.data)},
          {"seed", known(r.seed)},
          {"steps", r.steps ? Json(*r.steps) : Json(nullptr)},
          {"ending", r.ending},
          {"began", known(r.began)},
          {"ended", known(r.ended)},
          {"gyre", known(r.version)},
          {"headline", r.headline() ? Json(r.headline()->first) : Json(nullptr)},
          {"metrics", std::move(metrics)}};
}

void show_run(const ListedRun& run, bool json) {
  constexpr std::size_t kMostFiles = 40;
  const RunRecord& r = run.record;
  const RunDetails details = read_details(run.folder);
  const auto files = files_below(run.folder);
  if (json) {
    Json settings = Json::object(), sizes = Json::object();
    for (const auto& [name, value] : details.settings) settings[name] = value;
    for (const auto& [name, size] : files) sizes[name] = size;
    Json all = run_json(run);
    all["command"] = details.command;
    all["settings"] = std::move(settings);
    all["files"] = std::move(sizes);
    print(json_text(all));
    return;
  }
  std::string text =
      fmt::format("{}  {}  {}\n", out().paint(Style::kBold, run.id), r.kind, r.subject);
  Rows facts;
  for (const auto& [name, value] : Rows{{"folder", run.folder.string()},
                                        {"rule", r.rule},
                                        {"data", r.data},
                                        {"seed", r.seed},
                                        {"steps", r.steps ? std::to_string(*r.steps) : ""},
                                        {"ended as", r.ending},
                                        {"began", r.began},
                                        {"ended", r.ended},
                                        {"made by", r.version.empty() ? "" : "gyre " + r.version},
                                        {"command", command_line(details.command)}})
    if (!value.empty()) facts.emplace_back(name, value);
  Table table({{}, {}});
  for (const auto& [name, value] : facts) table.row({{name, Style::kFaint}, {value}});
  text += table.text(out());
  text += section("settings", details.settings);
  Rows rows;
  for (const auto& [name, value] : r.metrics) rows.emplace_back(name, rounded(value));
  text += section("metrics", rows);
  rows.clear();
  for (const auto& [name, size] : files)
    if (rows.size() < kMostFiles) rows.emplace_back(name, size_words(size));
  if (files.size() > kMostFiles)
    rows.emplace_back(fmt::format("and {} more", files.size() - kMostFiles), "");
  print(text + section("files", rows));
}

}  // namespace gyre::cli
