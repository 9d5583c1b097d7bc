#include "cli/table.hpp"

#include <algorithm>

#include "gyre/plot/words.hpp"

namespace gyre::cli {

namespace {
constexpr int kGap = 2, kNarrowest = 8, kLeftOut = -1;
}

std::vector<int> Table::widths(const Screen& screen, int indent) const {
  std::vector<int> widths;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    int width = plot::terminal_width(columns_[c].head);
    for (const auto& row : rows_) width = std::max(width, plot::terminal_width(row[c].text));
    widths.push_back(width);
  }
  if (!screen.terminal) return widths;
  int over = indent - kGap - screen.columns;
  for (const int width : widths) over += width + kGap;
  for (std::size_t c = 0; c < columns_.size() && over > 0; ++c)
    if (columns_[c].optional) {
      over -= widths[c] + kGap;
      widths[c] = kLeftOut;
    }
  while (over > 0) {  // the widest one gives way first
    std::size_t widest = columns_.size();
    for (std::size_t c = 0; c < columns_.size(); ++c)
      if (columns_[c].shrinks && widths[c] > kNarrowest &&
          (widest == columns_.size() || widths[c] > widths[widest]))
        widest = c;
    if (widest == columns_.size()) break;
    --widths[widest], --over;
  }
  return widths;
}

std::string Table::text(const Screen& screen, std::string_view indent) const {
  const std::vector<int> widths = this->widths(screen, static_cast<int>(indent.size()));
  std::string text;
  auto line = [&](const std::vector<Cell>& cells) {
    std::string row(indent);
    int blanks = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (widths[c] == kLeftOut) continue;
      const std::string shown = columns_[c].ends ? plot::shorten_inside(cells[c].text, widths[c])
                                                 : plot::shorten_to_cells(cells[c].text, widths[c]);
      const int rest = widths[c] - plot::terminal_width(shown);
      if (columns_[c].right) blanks += rest;
      row.append(static_cast<std::size_t>(blanks), ' ');
      row += screen.paint(cells[c].style, shown);
      blanks = kGap + (columns_[c].right ? 0 : rest);
    }
    text += row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
  };
  std::vector<Cell> heads;
  for (const Column& c : columns_) heads.push_back({c.head, Style::kFaint});
  if (std::ranges::any_of(columns_, [](const Column& c) { return !c.head.empty(); })) line(heads);
  for (const auto& row : rows_) line(row);
  return text;
}

}  // namespace gyre::cli
