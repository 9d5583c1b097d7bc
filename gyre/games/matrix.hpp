#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gyre {

/// A table of numbers, row by row.
struct Matrix {
  std::size_t rows = 0, columns = 0;
  std::vector<double> values;

  double operator()(std::size_t i, std::size_t j) const { return values[i * columns + j]; }
};

/// Numbers between commas, semicolons, tabs or blanks, a row a line; empty lines and what follows
/// `#` are skipped. Throws Error with the line and column of what is no finite number, or of a row
/// that is longer or shorter than the first.
Matrix parse_csv_matrix(std::string_view text, const std::string& source);

/// NumPy's file format, versions 1 to 3: little-endian f4, f8, i4 or i8, one axis (a single row) or
/// two, in C or Fortran order. Throws Error.
Matrix parse_npy_matrix(std::string_view bytes, const std::string& source);

}  // namespace gyre
