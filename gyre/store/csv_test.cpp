#include "gyre/store/csv.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "gyre/core/text.hpp"
#include "gyre/store/testing.hpp"

namespace gyre {
namespace {

TEST(CsvCell, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(csv_cell("x*y"), "x*y");
  EXPECT_EQ(csv_cell("dot(x, y)"), "\"dot(x, y)\"");
  EXPECT_EQ(csv_cell("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(csv_cell("a\nb"), "\"a\nb\"");
}

TEST(CsvWriter, WritesNumbersThatReadBack) {
  const TestFolder folder;
  FileWriter file(folder / "a.csv");
  const std::array<std::string, 3> header{"rule", "step", "x, y"};
  const double value = 0.1 + 0.2;
  CsvWriter table(file, header);
  table.cell("gda").cell(std::numeric_limits<std::uint64_t>::max()).cell(value).end();
  table.cell("").cell(std::uint64_t{0}).cell(-std::numeric_limits<double>::infinity()).end();
  file.close();
  const std::string text = read_file(folder / "a.csv", 1000);
  EXPECT_EQ(text, "rule,step,\"x, y\"\ngda,18446744073709551615,0.30000000000000004\n,0,-inf\n");
  EXPECT_EQ(to_number("0.30000000000000004"), value);
}

}  // namespace
}  // namespace gyre
