#include "gyre/store/csv.hpp"

#include <fmt/format.h>

#include "gyre/core/assert.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

CsvWriter::CsvWriter(FileWriter& out, std::span<const std::string> header)
    : out_(out), columns_(header.size()) {
  for (const std::string& name : header) cell(name);
  end();
}

CsvWriter& CsvWriter::cell(std::string_view text) {
  separate();
  out_.write(csv_cell(text));
  return *this;
}

CsvWriter& CsvWriter::cell(double value) {
  separate();
  out_.write(number(value));
  return *this;
}

CsvWriter& CsvWriter::cell(std::uint64_t value) {
  separate();
  out_.write(fmt::format_int(value).c_str());
  return *this;
}

void CsvWriter::end() {
  GYRE_ASSERT(filled_ == columns_);
  out_.write("\n");
  filled_ = 0;
}

void CsvWriter::separate() {
  if (filled_++ > 0) out_.write(",");
}

}  // namespace gyre
