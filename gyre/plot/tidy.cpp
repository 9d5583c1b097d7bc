#include "gyre/plot/tidy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gyre/plot/words.hpp"

namespace gyre::plot {

namespace {
/// The part between `from` and the next `to`, or nothing.
std::string_view between(std::string_view text, std::string_view from, std::string_view to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = text.find(to, begin + from.size());
  if (end == std::string_view::npos) return {};
  return text.substr(begin + from.size(), end - begin - from.size());
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at))
    text.replace(at, from.size(), to), at += to.size();
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '"')
      result += "&quot;";
    else if (static_cast<unsigned char>(c) < 0x20)
      result += ' ';
    else
      result += c;
  }
  return result;
}

/// "rgb( 64, 160, 240)" as "#40a0f0".
void shorten_colors(std::string& tag) {
  for (std::size_t at = tag.find("rgb("); at != std::string::npos; at = tag.find("rgb(", at + 1)) {
    const std::size_t end = tag.find(')', at);
    if (end == std::string::npos) return;
    unsigned red = 0, green = 0, blue = 0;
    if (std::sscanf(tag.c_str() + at, "rgb(%u,%u,%u)", &red, &green, &blue) != 3) continue;
    tag.replace(at, end - at + 1, fmt::format("#{:02x}{:02x}{:02x}", red, green, blue));
  }
}

/// "144.70" as "144.7" and "12.00" as "12": two digits after the point are gnuplot's habit.
void shorten_numbers(std::string& tag) {
  std::string result;
  for (std::size_t i = 0; i < tag.size(); ++i) {
    const auto digit = [&](std::size_t k) {
      return k < tag.size() && tag[k] >= '0' && tag[k] <= '9';
    };
    if (tag[i] != '.' || i == 0 || !digit(i - 1) || !digit(i + 1)) {
      result += tag[i];
      continue;
    }
    std::size_t end = i + 1;
    while (digit(end)) ++end;
    std::size_t kept = end;
    while (kept > i + 1 && tag[kept - 1] == '0') --kept;
    if (kept > i + 1) result.append(tag, i, kept - i);
    i = end - 1;
  }
  tag = std::move(result);
}

/// The ids that gnuplot gives to all its files alike.
void rename_ids(std::string& tag, const std::string& name) {
  for (const char* quote : {"'", "\""}) {
    replace_all(tag, fmt::format("id={}gp", quote), fmt::format("id={}{}", quote, name));
    replace_all(tag, fmt::format("href={}#gp", quote), fmt::format("href={}#{}", quote, name));
  }
}

void tidy_tag(std::string& tag, const std::string& name) {
  replace_all(tag, " font-family=\"sans-serif\"", "");
  replace_all(tag, " font-family=\"sans-serif:Bold\"", " font-weight=\"600\"");
  rename_ids(tag, name);
  if (tag.find("rgb(") != std::string::npos) shorten_colors(tag);
  if (tag.starts_with("<path") || tag.starts_with("<polygon") || tag.starts_with("<g "))
    shorten_numbers(tag);
  replace_all(tag, " = '", "='");
}

/// Removes groups with nothing in them, innermost first.
void drop_empty_groups(std::string& svg) {
  for (bool found = true; found;) {
    found = false;
    std::string kept;
    std::size_t copied = 0;
    for (std::size_t at = svg.find("<g "); at != std::string::npos; at = svg.find("<g ", at + 1)) {
      const std::size_t end = svg.find('>', at);
      if (end == std::string::npos) break;
      const std::size_t next = svg.find_first_not_of(" \t\n", end + 1);
      if (next == std::string::npos || svg.compare(next, 4, "</g>") != 0) continue;
      kept.append(svg, copied, at - copied);
      copied = next + 4;
      at = next + 3;
      found = true;
    }
    svg = kept + svg.substr(copied);
  }
}

/// Removes the shapes of points that no point has: gnuplot defines them all, a line each, and later
/// ones may use those before them.
void drop_unused_shapes(std::string& svg) {
  const std::size_t begin = svg.find("<defs>\n"), end = svg.find("</defs>");
  if (begin == std::string::npos || end == std::string::npos) return;
  const std::string body = svg.substr(end);
  std::string kept;
  std::size_t last = end;
  while (last > begin + 7) {
    const std::size_t first = svg.rfind('\n', last - 2) + 1;
    const std::string line = svg.substr(first, last - first);
    const std::string use = fmt::format("#{}'", between(line, " id='", "'"));
    if (use == "#'" || body.find(use) != std::string::npos || kept.find(use) != std::string::npos)
      kept = line + kept;
    last = first;
  }
  svg.replace(begin, end - begin, kept.empty() ? "" : "<defs>\n" + kept);
  if (kept.empty()) svg.erase(begin, std::string_view("</defs>").size());
}
}  // namespace

std::string tidy_svg(const std::string& svg, std::string_view title) {
  const std::string width(between(svg, "width=\"", "\"")), height(between(svg, "height=\"", "\""));
  const std::string name(between(svg, "<title>", "</title>"));
  std::size_t at = svg.find("<rect ");
  if (at == std::string::npos || name.empty()) return svg;

  std::string shown_title;
  for (const std::string& line : wrap(title, 1e9)) shown_title += line + ' ';
  std::string result = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      "width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" style=\"max-width:100%;height:auto\" "
      "role=\"img\" font-family=\"system-ui, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', "
      "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif\">\n"
      "<title>{2}</title>\n<g>\n",
      width, height, escaped(shown_title));

  // Words stay as they are; only what stands in tags is touched.
  while (at < svg.size()) {
    const std::size_t open = svg.find('<', at);
    if (open == std::string::npos) break;
    result.append(svg, at, open - at);
    const std::size_t close = svg.find('>', open);
    if (close == std::string::npos) break;
    std::string tag = svg.substr(open, close - open + 1);
    at = close + 1;
    if (tag == "<title>") {  // would pop up over the curves
      at = svg.find("</title>", at);
      at = at == std::string::npos ? svg.size() : at + 8;
      continue;
    }
    if (tag.starts_with("<filter")) {  // for boxed labels, which are not used
      at = svg.find("</filter>", at);
      at = at == std::string::npos ? svg.size() : at + 9;
      continue;
    }
    // Without smoothing, the many tiles of a surface show no seams; any other edge is better
    // smooth.
    const std::size_t group_end = svg.find("</g>", at);
    if (tag.starts_with("<g stroke='none' shape-rendering") &&
        (svg.substr(at, 200).find("fill-opacity") == std::string::npos || group_end - at < 2000))
      tag = "<g stroke='none'>";
    tidy_tag(tag, name);
    result += tag;
  }
  drop_empty_groups(result);
  std::string compact;
  for (std::size_t line = 0; line < result.size();) {
    const std::size_t end = std::min(result.find('\n', line), result.size());
    std::string_view text(result.data() + line, end - line);
    while (text.starts_with('\t')) text.remove_prefix(1);
    if (!text.empty()) compact.append(text) += '\n';
    line = end + 1;
  }
  drop_unused_shapes(compact);
  return compact;
}

std::string without_date(std::string pdf) {
  const std::size_t at = pdf.find("/CreationDate (D:");
  if (at == std::string::npos) return pdf;
  // As long as before: the file is full of positions.
  constexpr std::string_view epoch = "19700101000000";
  const std::size_t begin = at + std::string_view("/CreationDate (D:").size();
  for (std::size_t i = 0; i < epoch.size() && begin + i < pdf.size(); ++i)
    if (pdf[begin + i] >= '0' && pdf[begin + i] <= '9') pdf[begin + i] = epoch[i];
  return pdf;
}

}  // namespace gyre::plot
