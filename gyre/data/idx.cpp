#include "gyre/data/idx.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre {

namespace {

constexpr unsigned char kBytes = 0x08;  // the type of the numbers

std::uint64_t byte_of(std::string_view bytes, std::size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

/// The first four bytes, for messages.
std::string beginning(std::string_view bytes) {
  std::vector<std::uint64_t> first;
  for (std::size_t i = 0; i < std::min<std::size_t>(4, bytes.size()); ++i)
    first.push_back(byte_of(bytes, i));
  return first.empty() ? "nothing" : fmt::format("{:02x}", fmt::join(first, " "));
}

/// The sizes, once it is sure that as many bytes follow as they promise.
std::vector<std::uint64_t> header(std::string_view bytes, std::size_t dimensions,
                                  std::string_view of, const std::string& source) {
  const std::string name = as_typed(source);
  if (bytes.size() < 4 || bytes[0] != 0 || bytes[1] != 0)
    throw Error(fmt::format("{} is no idx file: it begins with {} and not with 00 00 08 {:02x}",
                            name, beginning(bytes), dimensions));
  if (byte_of(bytes, 2) != kBytes)
    throw Error(fmt::format("{} holds numbers of type {:02x}; those of {} are bytes, type 08", name,
                            byte_of(bytes, 2), of));
  if (byte_of(bytes, 3) != dimensions)
    throw Error(fmt::format("{} is an idx file of {} dimensions; {} have {}", name,
                            byte_of(bytes, 3), of, dimensions));
  const std::uint64_t begin = 4 + 4 * dimensions;
  std::vector<std::uint64_t> sizes;
  std::uint64_t wanted = 1;
  for (std::size_t i = 4; i < begin && i + 4 <= bytes.size(); i += 4) {
    const std::uint64_t size = byte_of(bytes, i) << 24 | byte_of(bytes, i + 1) << 16 |
                               byte_of(bytes, i + 2) << 8 | byte_of(bytes, i + 3);
    sizes.push_back(size);
    // Beyond what there is, the product need not be exact, only too large.
    wanted = std::min<std::uint64_t>(wanted, std::uint64_t{1} << 31) * size;
  }
  if (sizes.size() < dimensions)
    throw Error(fmt::format("{} is cut short: it ends within its header", name));
  if (std::ranges::count(sizes, 0u) > 0)
    throw Error(fmt::format("{} is empty: its header says {}", name, fmt::join(sizes, " x ")));
  const std::uint64_t there = bytes.size() - begin;
  if (wanted != there)
    throw Error(fmt::format("{} {}: its header says {}, which is {} bytes, and {} follow", name,
                            there < wanted ? "is cut short" : "is too long",
                            fmt::join(sizes, " x "), wanted, there));
  return sizes;
}

}  // namespace

bool is_idx(std::string_view bytes) {
  return bytes.size() >= 4 && bytes[0] == 0 && bytes[1] == 0 && byte_of(bytes, 2) == kBytes &&
         byte_of(bytes, 3) >= 1 && byte_of(bytes, 3) <= 4;
}

Images parse_idx_images(std::string_view bytes, const std::string& source) {
  const auto sizes = header(bytes, 3, "images", source);
  Images images{.width = sizes[2], .height = sizes[1], .channels = 1};
  images.pixels.assign(bytes.begin() + 16, bytes.end());
  return images;
}

std::vector<std::int32_t> parse_idx_labels(std::string_view bytes, const std::string& source) {
  header(bytes, 1, "labels", source);
  std::vector<std::int32_t> labels;
  labels.reserve(bytes.size() - 8);
  for (std::size_t i = 8; i < bytes.size(); ++i)
    labels.push_back(static_cast<std::int32_t>(byte_of(bytes, i)));
  return labels;
}

}  // namespace gyre
