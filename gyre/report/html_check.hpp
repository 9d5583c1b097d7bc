#pragma once

#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// For tests: a small strict reader of HTML.
namespace gyre::report {

namespace detail {

inline bool is_void(std::string_view name) {
  return name == "meta" || name == "br" || name == "hr" || name == "img" || name == "link" ||
         name == "input";
}

/// Where a tag ends; quotes may hold anything.
inline std::size_t end_of_tag(std::string_view html, std::size_t at) {
  char quote = 0;
  for (; at < html.size(); ++at) {
    if (quote ? html[at] == quote : html[at] == '>') {
      if (!quote) return at;
      quote = 0;
    } else if (!quote && (html[at] == '"' || html[at] == '\'')) {
      quote = html[at];
    }
  }
  return std::string_view::npos;
}

/// The attributes' fault, or nothing; ids are noted.
inline std::string fault_of_attributes(std::string_view rest, std::set<std::string>& ids) {
  for (std::size_t at = 0; (at = rest.find('=', at)) != std::string_view::npos;) {
    std::size_t key = at;
    while (key > 0 && !std::isspace(static_cast<unsigned char>(rest[key - 1]))) --key;
    const std::string name(rest.substr(key, at - key));
    if (at + 1 >= rest.size() || (rest[at + 1] != '"' && rest[at + 1] != '\''))
      return "unquoted attribute " + name;
    const std::size_t close = rest.find(rest[at + 1], at + 2);
    if (close == std::string_view::npos) return "unclosed attribute " + name;
    const std::string value(rest.substr(at + 2, close - at - 2));
    if (name == "id" && !ids.insert(value).second) return "two ids " + value;
    if (value.find('<') != std::string::npos) return "bare < in attribute " + name;
    at = close + 1;
  }
  return {};
}

inline std::string fault_of_text(std::string_view text) {
  for (std::size_t at = 0; (at = text.find('&', at)) != std::string_view::npos; ++at) {
    const std::size_t end = text.find(';', at);
    if (end == std::string_view::npos || end - at > 8) return "bare &";
  }
  return text.find('>') == std::string_view::npos ? "" : "bare >";
}

}  // namespace detail

/// What is wrong with the page first: elements that do not nest, bare < or &, attributes without
/// quotes, ids used twice. Empty if nothing is.
inline std::string first_fault(std::string_view html) {
  std::vector<std::string> open;
  std::set<std::string> ids;
  std::size_t at = 0;
  while (at < html.size()) {
    const std::size_t less = html.find('<', at);
    const bool style = !open.empty() && open.back() == "style";
    const std::string text = style ? "" : detail::fault_of_text(html.substr(at, less - at));
    if (!text.empty()) return text;
    if (less == std::string_view::npos) break;
    const std::size_t end = detail::end_of_tag(html, less);
    if (end == std::string_view::npos) return "unclosed tag";
    std::string_view tag = html.substr(less + 1, end - less - 1);
    at = end + 1;
    if (tag.starts_with("!")) continue;
    const bool closes = tag.starts_with("/"), alone = tag.ends_with("/");
    if (closes) tag.remove_prefix(1);
    std::size_t length = 0;
    while (length < tag.size() && (std::isalnum(static_cast<unsigned char>(tag[length])))) ++length;
    const std::string name(tag.substr(0, length));
    if (name.empty()) return "bare <";
    if (closes) {
      if (open.empty() || open.back() != name)
        return "</" + name + "> closes " + (open.empty() ? "nothing" : "<" + open.back() + ">");
      open.pop_back();
      continue;
    }
    const std::string fault = detail::fault_of_attributes(tag.substr(length), ids);
    if (!fault.empty()) return fault + " in <" + name + ">";
    if (!alone && !detail::is_void(name)) open.push_back(name);
  }
  return open.empty() ? "" : "<" + open.back() + "> is never closed";
}

}  // namespace gyre::report
