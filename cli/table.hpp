#pragma once

#include <string>
#include <vector>

#include "cli/output.hpp"

namespace gyre::cli {

struct Cell {
  std::string text;
  Style style = Style::kPlain;
};

/// A table for people: columns as wide as what they hold; where the screen is too narrow, the
/// columns that are optional are left out, and those that may shrink are cut. In a file or pipe
/// nothing is.
class Table {
 public:
  struct Column {
    std::string head;
    bool right = false;     ///< numbers
    bool shrinks = false;   ///< may be cut to fit
    bool optional = false;  ///< left out if all do not fit otherwise
    bool ends = false;      ///< texts differ at their ends, which are kept
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void row(std::vector<Cell> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  /// Indented lines, the head first if any column has one.
  std::string text(const Screen& screen, std::string_view indent = "  ") const;

 private:
  std::vector<int> widths(const Screen& screen, int indent) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace gyre::cli
