#include "gyre/report/parts.hpp"

#include "gyre/core/assert.hpp"
#include "gyre/report/mathml.hpp"
#include "gyre/report/values.hpp"

namespace gyre::report {

std::string PageMaker::section(std::string_view key, std::initializer_list<std::string> parts) {
  const std::string title = words.html(std::string(key) + ".title");
  sections_.emplace_back(key, title);
  std::string html = tag("h2", title) + "\n";
  for (const std::string& part : parts) html += part;
  return tag("section", {{"id", std::string(key)}}, html) + "\n";
}

std::string PageMaker::figure(const std::string& key, const std::string& name,
                              const std::string& caption) {
  const auto it = svgs_.find(key);
  GYRE_ASSERT(it != svgs_.end());
  std::string svg = it->second;
  constexpr std::string_view kRole = "role=\"img\"";
  if (const std::size_t at = svg.find(kRole); at != std::string::npos)
    svg.insert(at + kRole.size(), " aria-label=\"" + escape(words.text("alt." + key)) + "\"");
  words.set("number", std::to_string(++figures_));
  const auto file = [&](const char* ending, const char* shown) {
    words.set(ending + 1, shown, tag("a", {{"href", name + ending}}, shown));
  };
  file(".svg", "SVG");
  file(".png", "PNG");
  file(".csv", "CSV");
  const std::string below = tag("strong", words.html("page.figure")) + " " + words.html(caption) +
                            " " + tag("small", words.html("page.files"));
  return tag("figure", {{"id", "figure-" + std::to_string(figures_)}},
             tag("div", {{"class", "canvas"}, {"tabindex", "0"}}, svg) + "\n" +
                 tag("figcaption", below)) +
         "\n";
}

std::string PageMaker::table(const std::string& caption, HtmlTable table) {
  words.set("number", std::to_string(++tables_));
  table.caption = tag("strong", words.html("page.table")) + " " + words.html(caption);
  return table.html();
}

std::string PageMaker::contents() const {
  std::string items;
  for (const auto& [key, title] : sections_)
    items += tag("li", tag("a", {{"href", "#" + key}}, title)) + "\n";
  return tag("nav", {{"aria-label", words.text("page.contents")}},
             tag("h2", words.html("page.contents")) + tag("ol", items)) +
         "\n";
}

std::string verdict_html(const Words& words, const Outcome& outcome, const Path& path) {
  const std::string key = verdict_key(outcome, path.distances().front());
  return tag("span", {{"class", "verdict " + key.substr(key.find('.') + 1)}}, words.html(key));
}

std::string update_html(const std::vector<Expr>& symbols, const std::vector<Expr>& next) {
  std::string lines;
  for (std::size_t i = 0; i < next.size(); ++i) {
    const std::string name = to_mathml(symbols[i]);
    lines += tag("mtr", tag("mtd", name) + tag("mtd", mathml_operator("←")) +
                            tag("mtd", {{"class", "l"}}, mathml_row(to_mathml(next[i]))));
  }
  return math_display(tag("mtable", {{"class", "update"}}, lines));
}

}  // namespace gyre::report
