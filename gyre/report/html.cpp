#include "gyre/report/html.hpp"

namespace gyre::report {

std::string escape(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string tag(std::string_view name, const Attributes& attributes, std::string_view html) {
  std::string result = "<" + std::string(name);
  for (const auto& [key, value] : attributes)
    result += " " + std::string(key) + "=\"" + escape(value) + "\"";
  result += ">";
  result += html;
  return result + "</" + std::string(name) + ">";
}

std::string marked_up(std::string_view text) {
  std::string result, code;
  bool in_code = false, in_emphasis = false;
  for (const char c : text) {
    if (c == '`') {
      if (in_code) result += tag("code", escape(code));
      code.clear();
      in_code = !in_code;
    } else if (in_code) {
      code += c;
    } else if (c == '*') {
      result += in_emphasis ? "</em>" : "<em>";
      in_emphasis = !in_emphasis;
    } else {
      result += escape(std::string_view(&c, 1));
    }
  }
  return result;
}

std::string HtmlTable::html() const {
  const auto cell = [&](const char* name, std::size_t i, const std::string& html) {
    Attributes attributes;
    if (std::string_view(name) == "th") attributes.push_back({"scope", "col"});
    if (i < numeric.size() && numeric[i]) attributes.push_back({"class", "n"});
    return tag(name, attributes, html);
  };
  std::string titles, body;
  for (std::size_t i = 0; i < head.size(); ++i) titles += cell("th", i, head[i]);
  for (const std::vector<std::string>& row : rows) {
    std::string cells;
    for (std::size_t i = 0; i < row.size(); ++i) cells += cell("td", i, row[i]);
    body += tag("tr", cells) + "\n";
  }
  std::string inside = caption.empty() ? "" : tag("caption", caption);
  inside += tag("thead", tag("tr", titles)) + "\n" + tag("tbody", body);
  return tag("div", {{"class", "table"}, {"tabindex", "0"}}, tag("table", inside)) + "\n";
}

}  // namespace gyre::report
