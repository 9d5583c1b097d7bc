#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/report/html.hpp"
#include "gyre/report/page.hpp"

/// The parts of the tour's page.
namespace gyre::report {

/// What every part is made from. Counts figures and tables as they come.
class PageMaker {
 public:
  PageMaker(const Findings& all, Words& with, const std::map<std::string, std::string>& svgs)
      : found(all), words(with), svgs_(svgs) {}

  const Findings& found;
  Words& words;

  /// `<p>` with the words of this key.
  std::string say(std::string_view key) const { return tag("p", words.html(key)) + "\n"; }
  /// A section with its heading, listed in the contents. Parts between braces are made in order,
  /// so that figures and tables are numbered as they stand.
  std::string section(std::string_view key, std::initializer_list<std::string> parts);
  std::string heading(std::string_view key) const { return tag("h3", words.html(key)) + "\n"; }
  std::string figure(const std::string& key, const std::string& name, const std::string& caption);
  std::string table(const std::string& caption, HtmlTable table);
  std::string contents() const;

 private:
  const std::map<std::string, std::string>& svgs_;
  int figures_ = 0, tables_ = 0;
  std::vector<std::pair<std::string, std::string>> sections_;
};

std::string game_section(PageMaker& page);
std::string see_section(PageMaker& page);
std::string play_section(PageMaker& page);
std::string path_section(PageMaker& page);
std::string starts_section(PageMaker& page);
std::string rates_section(PageMaker& page);
std::string why_section(PageMaker& page);
std::string rules_section(PageMaker& page);
std::string gan_section(PageMaker& page);

/// The verdict in colour.
std::string verdict_html(const Words& words, const Outcome& outcome, const Path& path);

/// The update of every coordinate as formulas, one a line.
std::string update_html(const std::vector<Expr>& symbols, const std::vector<Expr>& next);

/// The page's style sheet.
std::string_view style_sheet();

}  // namespace gyre::report
