#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "gyre/store/file.hpp"

namespace gyre {

/// A cell as RFC 4180 wants it: in quotes where it holds a comma, a quote or a line break.
std::string csv_cell(std::string_view text);

/// Writes a table, one row a line. Numbers read back as the same doubles.
class CsvWriter {
 public:
  CsvWriter(FileWriter& out, std::span<const std::string> header);

  CsvWriter& cell(std::string_view text);
  CsvWriter& cell(double value);
  CsvWriter& cell(std::uint64_t value);
  /// Ends the row, which must have a cell for every column.
  void end();

 private:
  void separate();

  FileWriter& out_;
  std::size_t columns_, filled_ = 0;
};

}  // namespace gyre
