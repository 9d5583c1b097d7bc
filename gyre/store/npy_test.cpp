#include "gyre/store/npy.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <regex>
#include <vector>

#include "gyre/store/testing.hpp"

namespace gyre {
namespace {

struct Table {
  std::size_t rows = 0, columns = 0;
  std::vector<double> values;
};

/// Reads what the format's description promises, and nothing more.
Table read_npy(const std::string& bytes) {
  Table table;
  EXPECT_EQ(bytes.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
  const std::size_t length =
      static_cast<unsigned char>(bytes[8]) + 256u * static_cast<unsigned char>(bytes[9]);
  EXPECT_EQ((10 + length) % 64, 0u);
  const std::string header = bytes.substr(10, length);
  EXPECT_EQ(header.back(), '\n');
  EXPECT_NE(header.find("'descr': '<f8'"), std::string::npos);
  EXPECT_NE(header.find("'fortran_order': False"), std::string::npos);
  std::smatch shape;
  EXPECT_TRUE(std::regex_search(header, shape, std::regex("'shape': \\((\\d+), (\\d+)\\)")));
  table.rows = std::stoul(shape[1]);
  table.columns = std::stoul(shape[2]);
  table.values.resize(table.rows * table.columns);
  EXPECT_EQ(bytes.size(), 10 + length + sizeof(double) * table.values.size());
  if (!table.values.empty())
    std::memcpy(table.values.data(), bytes.data() + 10 + length,
                sizeof(double) * table.values.size());
  return table;
}

TEST(WriteNpy, ReadsBack) {
  for (const std::size_t rows : {0u, 1u, 7u, 123456u}) {
    const TestFolder folder;
    std::vector<double> values(3 * rows);
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = 1.0 / (1.0 + static_cast<double>(i));
    FileWriter file(folder / "a.npy");
    write_npy(file, values, rows, 3);
    file.close();
    const Table table = read_npy(read_file(folder / "a.npy", 100'000'000));
    EXPECT_EQ(table.rows, rows);
    EXPECT_EQ(table.columns, 3u);
    EXPECT_EQ(table.values, values);
  }
}

}  // namespace
}  // namespace gyre
