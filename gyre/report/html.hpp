#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Small pieces of HTML. Every function takes plain text where it says `text` and escapes it, and
/// finished HTML where it says `html`.
namespace gyre::report {

std::string escape(std::string_view text);

using Attributes = std::vector<std::pair<std::string_view, std::string>>;

/// `<name key="value">html</name>`.
std::string tag(std::string_view name, const Attributes& attributes, std::string_view html);
inline std::string tag(std::string_view name, std::string_view html) { return tag(name, {}, html); }

/// Text with light marks: `*this*` is emphasised, and between backquotes it is code.
std::string marked_up(std::string_view text);

/// A table with a head; cells are HTML. Columns named in `numeric` are set flush right.
struct HtmlTable {
  std::string caption;  ///< HTML
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
  std::vector<bool> numeric;

  std::string html() const;
};

}  // namespace gyre::report
