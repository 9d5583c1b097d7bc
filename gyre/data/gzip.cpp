#include "gyre/data/gzip.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>

#include "gyre/core/text.hpp"
#include "gyre/store/file.hpp"

namespace gyre {

namespace {

class Inflater {
 public:
  Inflater() {
    constexpr int kGzip = 16;
    if (inflateInit2(&stream_, kGzip + MAX_WBITS) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Appends what the next stretch of bytes unpacks to; zlib's word for how that went.
  int add(std::string_view packed, std::string& bytes, std::uint64_t most) {
    std::array<char, 1 << 16> piece;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    int result = Z_OK;
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
      stream_.avail_out = static_cast<uInt>(piece.size());
      result = inflate(&stream_, Z_NO_FLUSH);
      bytes.append(piece.data(), piece.size() - stream_.avail_out);
      if (result == Z_STREAM_END && stream_.avail_in > 0) result = inflateReset(&stream_);
    } while (result == Z_OK && bytes.size() <= most &&
             (stream_.avail_in > 0 || stream_.avail_out == 0));
    return result;
  }

 private:
  z_stream stream_{};
};

}  // namespace

std::string read_unpacked(const std::filesystem::path& path) {
  constexpr std::string_view kMagic = "\x1f\x8b";
  constexpr std::size_t kPiece = 1 << 20;
  std::string read = read_file(path, kMostDataBytes);
  if (!read.starts_with(kMagic)) return read;
  Inflater inflater;
  std::string bytes;
  int result = Z_OK;
  for (std::size_t i = 0; i < read.size() && (result == Z_OK || result == Z_STREAM_END);
       i += kPiece) {
    if (bytes.size() > kMostDataBytes)
      throw FileError(
          fmt::format("{} unpacks to more than {} bytes", as_typed(path.string()), kMostDataBytes));
    result = inflater.add(std::string_view(read).substr(i, kPiece), bytes, kMostDataBytes);
    if (result == Z_BUF_ERROR) result = Z_OK;  // nothing more to do with this piece
  }
  if (result != Z_STREAM_END)
    throw FileError(fmt::format("{} is {}", as_typed(path.string()),
                                result == Z_OK ? "cut short: its packed data do not end"
                                               : "damaged: it cannot be unpacked"));
  return bytes;
}

}  // namespace gyre
