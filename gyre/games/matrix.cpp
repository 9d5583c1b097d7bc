#include "gyre/games/matrix.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

namespace {

constexpr std::size_t kMostEntries = 4'000'000;

[[noreturn]] void fail(const std::string& source, std::size_t line, std::size_t column,
                       const std::string& message) {
  throw Error(source + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + message);
}

/// Reads the bytes of an NPY file.
class NpyReader {
 public:
  NpyReader(std::string_view bytes, const std::string& source) : bytes_(bytes), source_(source) {}

  Matrix read() {
    constexpr std::string_view kMagic("\x93NUMPY", 6);
    if (!bytes_.starts_with(kMagic) || bytes_.size() < 10) wrong(0, "this is not an NPY file");
    const auto version = static_cast<unsigned char>(bytes_[6]);
    if (version < 1 || version > 3)
      wrong(6, "NPY version " + std::to_string(version) + " is not known; known are 1 to 3");
    const std::size_t width = version == 1 ? 2 : 4, begin = 8 + width;
    if (bytes_.size() < begin) wrong(8, "the header ends early");
    std::size_t length = 0;
    for (std::size_t i = 0; i < width; ++i)
      length |= static_cast<std::size_t>(static_cast<unsigned char>(bytes_[8 + i])) << (8 * i);
    if (bytes_.size() - begin < length) wrong(8, "the header ends early");
    header_ = bytes_.substr(begin, length);
    data_ = begin + length;
    const std::string type(text_of("descr"));
    Matrix m = shape();
    const std::size_t size = type.size() == 3 && type[2] == '8' ? 8 : 4;
    if (type != "<f8" && type != "<f4" && type != "<i8" && type != "<i4")
      wrong(begin,
            "numbers of type " + as_typed(type) + " are not read; known are <f8, <f4, <i8, <i4");
    const std::size_t count = m.rows * m.columns;
    if (bytes_.size() - data_ != count * size)
      wrong(data_, "the header promises " + std::to_string(count * size) +
                       " bytes of numbers, and " + std::to_string(bytes_.size() - data_) +
                       " follow");
    const bool fortran = value_of("fortran_order").starts_with("True");
    m.values.resize(count);
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t at = fortran ? (k % m.rows) * m.columns + k / m.rows : k;
      m.values[at] = number_at(data_ + k * size, type);
      if (!std::isfinite(m.values[at])) wrong(data_ + k * size, "a payoff must be finite");
    }
    return m;
  }

 private:
  [[noreturn]] void wrong(std::size_t at, const std::string& message) const {
    throw Error(source_ + ": at byte " + std::to_string(at) + ": " + message);
  }

  /// What follows a key of the header, a Python dictionary.
  std::string_view value_of(std::string_view key) const {
    for (const char quote : {'\'', '"'}) {
      const std::string quoted = quote + std::string(key) + quote;
      const std::size_t at = header_.find(quoted);
      if (at == header_.npos) continue;
      const std::string_view rest = trim(header_.substr(at + quoted.size()));
      if (rest.starts_with(':')) return trim(rest.substr(1));
    }
    wrong(10, "the header lacks '" + std::string(key) + "'");
  }

  std::string_view text_of(std::string_view key) const {
    const std::string_view value = value_of(key);
    const std::size_t end = value.empty() ? value.npos : value.find(value[0], 1);
    return end == value.npos ? value : value.substr(1, end - 1);
  }

  Matrix shape() const {
    const std::string_view value = value_of("shape");
    const std::size_t end = value.find(')');
    std::vector<std::size_t> axes;
    if (value.starts_with('(') && end != value.npos)
      for (const std::string_view axis : split(value.substr(1, end - 1), ',')) {
        if (trim(axis).empty()) continue;
        const auto n = to_number(axis);
        if (!n || !(*n >= 1.0 && *n <= static_cast<double>(kMostEntries)) || *n != std::floor(*n))
          wrong(10, "the shape " + as_typed(value.substr(0, end + 1)) + " is not that of a table");
        axes.push_back(static_cast<std::size_t>(*n));
      }
    if (axes.empty() || axes.size() > 2)
      wrong(10, "a table of payoffs has one axis or two, not " + std::to_string(axes.size()));
    Matrix m;
    m.rows = axes.size() == 2 ? axes[0] : 1;
    m.columns = axes.back();
    if (m.rows * m.columns > kMostEntries)
      wrong(10, "at most " + std::to_string(kMostEntries) + " payoffs are taken");
    return m;
  }

  double number_at(std::size_t at, const std::string& type) const {
    static_assert(std::endian::native == std::endian::little);
    const auto as = [&](auto value) {
      std::memcpy(&value, bytes_.data() + at, sizeof value);
      return static_cast<double>(value);
    };
    if (type == "<f8") return as(double{});
    if (type == "<f4") return as(float{});
    if (type == "<i8") return as(std::int64_t{});
    return as(std::int32_t{});
  }

  std::string_view bytes_;
  const std::string& source_;
  std::string_view header_;
  std::size_t data_ = 0;
};

}  // namespace

Matrix parse_csv_matrix(std::string_view text, const std::string& source) {
  constexpr std::string_view kBreaks = ",; \t";
  Matrix m;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view row = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    row = row.substr(0, row.find('#'));
    while (!row.empty() && (row.back() == '\r' || kBreaks.find(row.back()) != row.npos)) {
      if (row.back() == ',' || row.back() == ';')
        fail(source, line, row.size(), "a number is missing behind the last comma");
      row.remove_suffix(1);
    }
    std::size_t count = 0, at = 0;
    while (at < row.size()) {
      const std::size_t begin = std::min(row.find_first_not_of(" \t", at), row.size());
      const std::size_t stop = std::min(row.find_first_of(kBreaks, begin), row.size());
      const std::string_view cell = row.substr(begin, stop - begin);
      const auto value = to_number(cell);
      if (!value || !std::isfinite(*value))
        fail(source, line, begin + 1,
             cell.empty() ? "a number is missing" : as_typed(cell) + " is not a finite number");
      if (m.values.size() >= kMostEntries)
        fail(source, line, begin + 1,
             "at most " + std::to_string(kMostEntries) + " numbers are taken");
      m.values.push_back(*value);
      ++count;
      at = std::min(row.find_first_not_of(" \t", stop), row.size());
      if (at < row.size() && (row[at] == ',' || row[at] == ';')) ++at;
    }
    if (count == 0) continue;
    if (m.rows == 0) m.columns = count;
    if (count != m.columns)
      fail(source, line, 1,
           "this row has " + std::to_string(count) + " numbers, but the first has " +
               std::to_string(m.columns));
    ++m.rows;
  }
  if (m.rows == 0) throw Error(source + " holds no numbers");
  return m;
}

Matrix parse_npy_matrix(std::string_view bytes, const std::string& source) {
  return NpyReader(bytes, source).read();
}

}  // namespace gyre
