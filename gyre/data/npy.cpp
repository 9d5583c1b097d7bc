#include "gyre/data/npy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

namespace {

/// What a file says about its numbers, and the numbers.
struct Array {
  std::string type;  ///< as NumPy spells it: "|u1", "<f4"
  std::vector<std::size_t> shape;
  std::string_view data;
};

std::string shape_text(const std::vector<std::size_t>& shape) {
  return fmt::format("({})", fmt::join(shape, ", "));
}

std::size_t width_of(const std::string& type) { return static_cast<std::size_t>(type[2] - '0'); }

/// What stands behind `'key':` in the header.
std::string_view value_of(std::string_view header, std::string_view key) {
  const std::size_t at = header.find(fmt::format("'{}':", key));
  return at == header.npos ? std::string_view{} : trim(header.substr(at + key.size() + 3));
}

Array parse(std::string_view bytes, const std::string& source) {
  const std::string name = as_typed(source);
  constexpr std::string_view kMagic = "\x93NUMPY";
  const auto byte = [&](std::size_t i) {
    return std::size_t{static_cast<unsigned char>(bytes[i])};
  };
  if (!bytes.starts_with(kMagic) || bytes.size() < 12)
    throw Error(fmt::format("{} is no NPY file", name));
  const std::size_t begin = byte(6) == 1 ? 10 : 12;
  std::size_t length = byte(8) | byte(9) << 8;
  if (begin == 12) length |= byte(10) << 16 | byte(11) << 24;
  if (bytes.size() < begin + length)
    throw Error(fmt::format("{} is cut short: it ends within its header", name));
  const std::string_view header = bytes.substr(begin, length);
  const std::string_view type = value_of(header, "descr"), shape = value_of(header, "shape");
  if (type.size() < 5 || type[0] != '\'' || type[4] != '\'' || !shape.starts_with('('))
    throw Error(fmt::format("{} has a header that is not understood: {}", name, as_typed(header)));
  Array array{std::string(type.substr(1, 3)), {}, bytes.substr(begin + length)};
  const std::vector<std::string> known{"|u1", "<f4", "<f8", "|i1", "<i2", "<i4", "<i8"};
  if (std::ranges::find(known, array.type) == known.end())
    throw Error(fmt::format("{} holds numbers of type {}; known are {}", name, as_typed(array.type),
                            join(known, ", ")));
  if (value_of(header, "fortran_order").starts_with("True"))
    throw Error(
        fmt::format("{} lies column by column; write it with numpy.ascontiguousarray", name));
  std::size_t count = 1;
  for (const std::string_view piece : split(shape.substr(1, shape.find(')') - 1), ',')) {
    if (trim(piece).empty()) continue;  // "(5,)"
    const auto size = to_number(piece);
    if (!size || !(*size >= 1.0 && *size <= 4e9) || *size != std::floor(*size))
      throw Error(fmt::format("{} is empty, or has a shape that is not understood: {}", name,
                              as_typed(shape.substr(0, shape.find(')') + 1))));
    array.shape.push_back(static_cast<std::size_t>(*size));
    count = std::min<std::size_t>(count, std::size_t{1} << 31) * array.shape.back();
  }
  const std::size_t there = array.data.size() / width_of(array.type);
  if (there != count || array.data.size() % width_of(array.type) != 0)
    throw Error(fmt::format("{} is {}: its shape {} is {} numbers, and {} follow", name,
                            there < count ? "cut short" : "too long", shape_text(array.shape),
                            count, there));
  return array;
}

template <class T>
T number_at(std::string_view data, std::size_t i) {
  T value;
  std::memcpy(&value, data.data() + i * sizeof(T), sizeof(T));
  return value;
}

double value_at(const Array& array, std::size_t i) {
  if (array.type == "|u1") return static_cast<unsigned char>(array.data[i]);
  if (array.type == "<f4") return static_cast<double>(number_at<float>(array.data, i));
  if (array.type == "<f8") return number_at<double>(array.data, i);
  if (array.type == "|i1") return number_at<std::int8_t>(array.data, i);
  if (array.type == "<i2") return number_at<std::int16_t>(array.data, i);
  if (array.type == "<i4") return number_at<std::int32_t>(array.data, i);
  return static_cast<double>(number_at<std::int64_t>(array.data, i));
}

std::vector<std::uint8_t> bytes_of(const Array& array, const std::string& source) {
  std::vector<std::uint8_t> bytes;
  if (array.type == "|u1") {
    bytes.assign(array.data.begin(), array.data.end());
    return bytes;
  }
  const std::size_t count = array.data.size() / width_of(array.type);
  double low = value_at(array, 0), high = low;
  for (std::size_t i = 0; i < count; ++i) {
    const double value = value_at(array, i);
    if (!std::isfinite(value))
      throw Error(fmt::format("{} holds {} at place {}", as_typed(source), value, i));
    low = std::min(low, value), high = std::max(high, value);
  }
  const bool whole = array.type[1] == 'i';
  const double from = low < 0.0 && !whole ? -1.0 : 0.0, to = high <= 1.0 && !whole ? 1.0 : 255.0;
  if (low < from || high > to || (from < 0.0 && to > 1.0))
    throw Error(fmt::format("{} holds numbers from {} to {}; pictures have {}", as_typed(source),
                            rounded(low), rounded(high),
                            whole ? "0 to 255" : "0 to 1, -1 to 1, or 0 to 255"));
  bytes.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    bytes.push_back(
        static_cast<std::uint8_t>(std::lround(255.0 * (value_at(array, i) - from) / (to - from))));
  return bytes;
}

}  // namespace

Images parse_npy_images(std::string_view bytes, const std::string& source) {
  const Array array = parse(bytes, source);
  const std::vector<std::size_t>& shape = array.shape;
  const auto is_channels = [](std::size_t n) { return n == 1 || n == 3; };
  const bool grey = shape.size() == 3, first = shape.size() == 4 && is_channels(shape[1]);
  const bool last = !first && shape.size() == 4 && is_channels(shape[3]);
  if (!grey && !first && !last)
    throw Error(
        fmt::format("{} has the shape {}; pictures have (count, height, width), or 1 or 3 "
                    "channels before or behind height and width",
                    as_typed(source), shape_text(shape)));
  Images images{.width = shape[first ? 3 : 2],
                .height = shape[first ? 2 : 1],
                .channels = grey ? 1 : shape[first ? 1 : 3]};
  images.pixels = bytes_of(array, source);
  if (!last || images.channels == 1) return images;
  const std::size_t area = images.width * images.height, size = images.size();
  std::vector<std::uint8_t> apart(images.pixels.size());
  for (std::size_t i = 0; i < apart.size(); ++i)
    apart[i / size * size + i % 3 * area + i % size / 3] = images.pixels[i];
  images.pixels = std::move(apart);
  return images;
}

std::vector<std::size_t> npy_shape(std::string_view bytes, const std::string& source) {
  return parse(bytes, source).shape;
}

NpyNumbers parse_npy_numbers(std::string_view bytes, const std::string& source) {
  const Array array = parse(bytes, source);
  NpyNumbers numbers{array.shape, {}};
  const std::size_t count = array.data.size() / width_of(array.type);
  numbers.values.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    numbers.values.push_back(static_cast<float>(value_at(array, i)));
  return numbers;
}

std::vector<std::int32_t> parse_npy_labels(std::string_view bytes, const std::string& source) {
  const Array array = parse(bytes, source);
  if (array.shape.size() != 1)
    throw Error(fmt::format("{} has the shape {}; labels have one dimension", as_typed(source),
                            shape_text(array.shape)));
  std::vector<std::int32_t> labels;
  for (std::size_t i = 0; i < array.shape[0]; ++i) {
    const double value = value_at(array, i);
    if (!(value >= 0.0 && value <= 1e6) || value != std::floor(value))
      throw Error(fmt::format("{} has the label {} at place {}; labels are whole numbers from 0",
                              as_typed(source), rounded(value), i));
    labels.push_back(static_cast<std::int32_t>(value));
  }
  return labels;
}

}  // namespace gyre
