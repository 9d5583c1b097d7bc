// gyre runs compare.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>

#include "cli/output.hpp"
#include "cli/runs.hpp"
#include "cli/runs_json.hpp"
#include "cli/table.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/plot/terminal.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/json.hpp"

namespace gyre::cli {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// Names in the order of their first run, each with a value for every run.
template <class T>
using Rows = std::vector<std::pair<std::string, std::vector<std::optional<T>>>>;

template <class T>
Rows<T> side_by_side(const std::vector<std::vector<std::pair<std::string, T>>>& runs) {
  Rows<T> rows;
  for (std::size_t i = 0; i < runs.size(); ++i)
    for (const auto& [name, value] : runs[i]) {
      auto row = std::ranges::find(rows, name, [](const auto& r) { return r.first; });
      if (row == rows.end()) {
        rows.emplace_back(name, std::vector<std::optional<T>>(runs.size()));
        row = rows.end() - 1;
      }
      row->second[i] = value;
    }
  return rows;
}

bool differs(const std::vector<std::optional<std::string>>& values) {
  return std::ranges::any_of(values, [&](const auto& value) { return value != values.front(); });
}

/// Metrics over steps, from the table of a training.
struct Curves {
  std::vector<std::string> names;
  std::vector<std::vector<double>> columns;

  const std::vector<double>* column(const std::string& name) const {
    const auto it = std::ranges::find(names, name);
    return it == names.end() ? nullptr : &columns[static_cast<std::size_t>(it - names.begin())];
  }
};

Curves curves_of(const fs::path& folder) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 30;
  const fs::path file = folder / "metrics.csv";
  std::error_code ignored;
  Curves curves;
  if (!fs::exists(file, ignored)) return curves;
  const std::string text = read_file(file, kMost);
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty()) continue;
    const auto cells = split(line, ',');
    if (curves.names.empty()) {
      curves.names.assign(cells.begin(), cells.end());
      curves.columns.resize(cells.size());
      continue;
    }
    for (std::size_t i = 0; i < curves.columns.size(); ++i)
      curves.columns[i].push_back(i < cells.size() ? to_number(cells[i]).value_or(std::nan(""))
                                                   : std::nan(""));
  }
  return curves;
}

/// What all runs have, what can be better or worse first.
std::vector<std::string> in_common(const std::vector<Curves>& all) {
  std::vector<std::string> names;
  for (const std::string& name : all.front().names)
    if (name != "step" && name != "calls" && name != "products" &&
        std::ranges::all_of(all,
                            [&](const Curves& c) { return c.column("step") && c.column(name); }))
      names.push_back(name);
  std::ranges::stable_partition(names, [](const std::string& name) { return better(name) != 0; });
  return names;
}

plot::Panel panel_of(const std::vector<ListedRun>& runs, const std::vector<Curves>& all,
                     const std::string& metric) {
  plot::Panel panel{.title = metric, .x = {.label = "step"}};
  for (std::size_t i = 0; i < runs.size(); ++i)
    panel.layers.push_back(plot::Line{
        .label = fmt::format("{} {}", runs[i].id, runs[i].record.rule),
        .x = *all[i].column("step"),
        .y = *all[i].column(metric),
        .ink = {.color = static_cast<int>(i % plot::kCurveColors), .dash = plot::Dash::kSolid}});
  return panel;
}

void draw_curves(const std::vector<ListedRun>& runs, const std::vector<Curves>& all,
                 const std::vector<std::string>& metrics, const RunsWords& words) {
  constexpr std::size_t kMostPanels = 6;
  const plot::Format format = plot::format_of(words.out);
  if (metrics.empty()) throw Error("these runs have no curves in common that could be drawn");
  plot::Figure figure{.title = fmt::format("{} runs", runs.size())};
  for (const std::string& metric : metrics)
    if (figure.panels.size() < kMostPanels) figure.panels.push_back(panel_of(runs, all, metric));
  figure.width = 900;  // one column: rules are long, and so is the legend
  for (std::size_t i = 1; i < figure.panels.size(); ++i)
    figure.panels[i].legend = plot::Legend::kNone;
  write_file(words.out, plot::draw(figure, format),
             words.force ? Existing::kReplace : Existing::kRefuse);
}

std::string picture_of(const plot::Panel& panel) {
  constexpr int kWidest = 100, kRows = 16;
  return plot::terminal_picture(panel, std::min(out().columns, kWidest), kRows, out().color);
}

}  // namespace

void compare_runs(const std::vector<ListedRun>& runs, const RunsWords& words) {
  std::error_code ignored;
  if (!words.out.empty()) {
    plot::format_of(words.out);
    if (!words.force && fs::exists(words.out, ignored))
      throw Error(as_typed(words.out) + " exists already; --force replaces it");
  }
  std::vector<std::vector<std::pair<std::string, std::string>>> settings;
  std::vector<std::vector<std::pair<std::string, double>>> metrics;
  std::vector<Curves> curves;
  for (const ListedRun& run : runs) {
    const RunRecord& r = run.record;
    settings.push_back({{"kind", r.kind},
                        {"of", r.subject},
                        {"rule", r.rule},
                        {"seed", r.seed},
                        {"steps", r.steps ? std::to_string(*r.steps) : ""},
                        {"ended as", r.ending},
                        {"gyre", r.version}});
    for (const auto& [name, value] : read_details(run.folder).settings)
      if (name != "rule" && name != "rules" && name != "seed" && name != "name")
        settings.back().emplace_back(name == "steps" ? "steps wanted" : name, value);
    metrics.push_back(r.metrics);
    curves.push_back(curves_of(run.folder));
  }
  auto different = side_by_side(settings);
  std::erase_if(different, [](const auto& row) { return !differs(row.second); });
  const auto numbers = side_by_side(metrics);
  const std::vector<std::string> drawn = in_common(curves);
  if (!words.out.empty()) draw_curves(runs, curves, drawn, words);

  if (words.json) {
    Json all = Json::array(), differing = Json::object(), values = Json::object();
    for (const ListedRun& run : runs) all.push_back(run_json(run));
    for (const auto& [name, row] : different)
      for (const auto& value : row)
        differing[name].push_back(value && !value->empty() ? Json(*value) : Json(nullptr));
    for (const auto& [name, row] : numbers)
      for (const auto& value : row)
        values[name].push_back(json_number(value.value_or(std::nan(""))));
    print(json_text({{"runs", std::move(all)},
                     {"differs", std::move(differing)},
                     {"metrics", std::move(values)},
                     {"curves", drawn}}));
    return;
  }
  std::vector<Table::Column> columns{{}};
  for (const ListedRun& run : runs) columns.push_back({.head = run.id, .shrinks = true});
  Table table(columns);
  for (const auto& [name, row] : different) {
    std::vector<Cell> cells{{name, Style::kFaint}};
    for (const auto& value : row) cells.push_back({value.value_or("")});
    table.row(std::move(cells));
  }
  for (const auto& [name, row] : numbers) {
    std::vector<Cell> cells{{name, Style::kFaint}};
    const int way = better(name);
    std::optional<double> best;
    for (const auto& value : row)
      if (value && std::isfinite(*value) && way != 0 && (!best || way * *value > way * *best))
        best = value;
    for (const auto& value : row)
      cells.push_back(
          {value ? rounded(*value, 5) : "", best && value == best ? Style::kGood : Style::kPlain});
    table.row(std::move(cells));
  }
  print(table.text(list_screen()));
  if (!words.out.empty()) {
    if (!words.quiet) say("drawn in " + words.out);
  } else if (out().terminal && out().utf8 && !drawn.empty()) {
    print("\n" + picture_of(panel_of(runs, curves, drawn.front())));
  }
}

}  // namespace gyre::cli
