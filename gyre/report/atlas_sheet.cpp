#include <cmath>

#include "gyre/plot/render.hpp"
#include "gyre/report/atlas_figures.hpp"
#include "gyre/report/atlas_parts.hpp"
#include "gyre/report/format.hpp"

namespace gyre::report {

namespace {

std::string row(const Words& words, const char* key, const std::string& html) {
  return tag("dt", words.html(key)) + tag("dd", html) + "\n";
}

std::string key(const char* group, std::string_view name) {
  return std::string("atlas.") + group + "." + std::string(name);
}

std::string theory_text(Words& words, const AtPoint& at) {
  words.set("theory", words.text(key("t", to_string(at.theory))));
  if (at.theory == Theory::kSilent) return words.text(key("t", "silent"));
  words.set("radius", shown(at.radius, 6));
  return words.text("atlas.cell.radius");
}

/// The step sizes between which a point attracts, and the best.
std::string sizes_text(Words& words, const AtPoint& at) {
  if (std::isnan(at.eta_from)) return {};
  if (at.eta_limit == 0.0) return words.text("atlas.cell.nosize");
  words.set("from", shown(at.eta_from, 4));
  words.set("limit", shown(at.eta_limit, 4));
  words.set("best", shown(at.eta_best, 4));
  words.set("factor", shown(at.radius_best, 4));
  return words.text(std::isinf(at.eta_limit) ? "atlas.cell.all" : "atlas.cell.attracts");
}

/// The point that a cell's numbers are about: where most arrive, else the one that promises most.
const AtPoint* aim_of(const AtlasCell& cell) {
  const AtPoint* aim = nullptr;
  const auto silent = [](const AtPoint& at) { return at.theory == Theory::kSilent; };
  for (const AtPoint& at : cell.points) {
    if (!aim || at.arrived > aim->arrived ||
        (aim->arrived == 0 && at.arrived == 0 && !silent(at) &&
         (silent(*aim) || at.theory < aim->theory)))
      aim = &at;
  }
  return aim;
}

std::string numbers(const AtlasEntry& entry, const AtlasCell& cell, Words& words) {
  const Endings endings = endings_of(cell, entry);
  std::string rows = row(words, "atlas.cell.starts", escape(endings_text(words, endings)));
  if (const AtPoint* aim = aim_of(cell)) {
    rows += row(words, "atlas.cell.foretold", escape(theory_text(words, *aim)));
    if (!std::isnan(cell.measured)) {
      words.set("measured", shown(cell.measured, 6));
      words.set("predicted", shown(cell.predicted, 6));
      rows += row(words, "atlas.cell.rate", words.html("atlas.cell.rates"));
    }
    const std::string sizes = sizes_text(words, *aim);
    if (!sizes.empty()) rows += row(words, "atlas.cell.sizes", escape(sizes));
  }
  if (cell.settled > 0) {
    words.set("steps", grouped(static_cast<std::uint64_t>(cell.steps)));
    words.set("calls", grouped(static_cast<std::uint64_t>(cell.calls)));
    rows += row(words, "atlas.cell.until", words.html("atlas.cell.steps"));
  }
  if (on_cycles(cell) > 0) {
    words.set("caught", std::to_string(caught(cell)));
    words.set("starts", std::to_string(on_cycles(cell)));
    rows += row(words, "atlas.cell.cycle", words.html("atlas.cell.kept"));
  }
  if (cell.accord < Accord::kAgree)
    rows += row(words, "atlas.cell.accord", words.html(key("c", to_string(cell.accord))));
  return tag("dl", "\n" + rows);
}

std::string points_table(const AtlasEntry& entry, Words& words) {
  if (entry.found.points.empty()) return tag("p", words.html("atlas.sheet.nopoints")) + "\n";
  HtmlTable table{.head = {words.html("atlas.sheet.at"), words.html("atlas.sheet.kind"),
                           words.html("atlas.sheet.flow"), words.html("atlas.sheet.solvedby")},
                  .numeric = {false, false, false, true}};
  constexpr std::size_t kShown = 4;
  for (std::size_t i = 0; i < entry.found.points.size(); ++i) {
    const AtlasPoint& p = entry.found.points[i];
    std::string at;
    for (std::size_t k = 0; k < std::min(p.at.size(), kShown); ++k)
      at += (k ? ", " : "(") + shown(p.at[k], 5);
    at += p.at.size() > kShown ? ", …)" : ")";
    std::size_t arrive = 0;
    for (const AtlasCell& cell : entry.found.cells)
      arrive += cell.is_defined() && cell.points[i].arrived > 0;
    table.rows.push_back({escape(at), words.html(key("kind", to_string(p.kind))),
                          words.html(key("flow", to_string(p.flow))), std::to_string(arrive)});
  }
  return table.html();
}

}  // namespace

std::string atlas_sheet(const AtlasEntry& entry, const AtlasGrid& grid,
                        const std::vector<std::vector<AtlasDrawing>>& drawn,
                        const std::vector<std::array<double, 2>>& view, Language language) {
  Words words(language);
  words.set("title", entry.title);
  std::vector<plot::Figure> figures;
  for (std::size_t i = 0; i < entry.found.cells.size(); ++i) {
    const AtlasCell& cell = entry.found.cells[i];
    if (!cell.is_defined()) continue;
    figures.push_back(cell_paths(entry, drawn[i], view));
    figures.push_back(cell_distances(entry, cell, drawn[i], words));
  }
  const std::vector<std::string> svgs = plot::draw_svgs(figures);

  std::string cards, undefined;
  std::size_t next = 0;
  for (std::size_t i = 0; i < entry.found.cells.size(); ++i) {
    const AtlasCell& cell = entry.found.cells[i];
    const std::string& id = grid.slugs[i];
    if (!cell.is_defined()) {
      undefined +=
          tag("li", {{"id", id}}, tag("b", escape(cell.rule)) + " " + escape(cell.undefined)) +
          "\n";
      continue;
    }
    const Endings endings = endings_of(cell, entry);
    const std::string most(key_of(endings.most));
    const std::string pictures = svgs[next] + svgs[next + 1];
    next += 2;
    cards += tag("article", {{"id", id}, {"class", "cell"}},
                 "\n" + tag("h3", escape(cell.rule)) + "\n" +
                     tag("p", {{"class", "ending e-" + most}}, words.html("atlas.m." + most)) +
                     "\n" + tag("p", {{"class", "pipe"}}, tag("code", escape(cell.pipe))) + "\n" +
                     tag("div",
                         {{"class", "pair"},
                          {"role", "group"},
                          {"aria-label", words.text("atlas.figures")}},
                         pictures) +
                     "\n" + numbers(entry, cell, words)) +
             "\n";
  }

  const auto axes = drawn_coordinates(entry);
  words.set("x", entry.coordinates[axes[0]]);
  words.set("y", entry.coordinates[axes[1]]);
  const std::string& shows = language == Language::kChinese ? entry.shows_zh : entry.shows;
  const std::string title = words.text("atlas.sheet.title");
  std::string body =
      tag("header", tag("p", {{"class", "kicker"}},
                        tag("a", {{"href", "../index.html"}}, words.html("atlas.sheet.back"))) +
                        "\n" + tag("h1", escape(title)) + "\n" +
                        tag("p", {{"class", "formula"}}, tag("code", escape(entry.formula))) +
                        "\n" + (shows.empty() ? "" : tag("p", {{"class", "lead"}}, escape(shows))) +
                        "\n") +
      "\n";
  std::string about =
      tag("h2", words.html("atlas.sheet.points")) + "\n" + points_table(entry, words);
  for (const AtlasCycle& cycle : entry.found.cycles) {
    words.set("period", shown(cycle.period, 4));
    about += tag("p", words.html("atlas.sheet.cycle")) + "\n";
  }
  std::string main = tag("section", about) + "\n" +
                     tag("section", {{"class", "wide"}},
                         "\n" + tag("h2", words.html("atlas.sheet.rules")) + "\n" +
                             tag("p", words.html("atlas.sheet.figures")) + "\n" +
                             tag("div", {{"class", "sheet"}}, "\n" + cards)) +
                     "\n";
  if (!undefined.empty())
    main += tag("section", tag("h2", words.html("atlas.sheet.undefined")) + "\n" +
                               tag("ul", "\n" + undefined)) +
            "\n";
  body += tag("main", {{"class", "plain"}}, "\n" + main) + "\n";
  return html_page(words, title, shows, body);
}

}  // namespace gyre::report
