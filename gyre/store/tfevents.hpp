#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Event files, which TensorBoard shows. A file is a row of records, each framed by its length and
/// two checksums; a record is a protobuf message `Event`.
namespace gyre {

/// The CRC-32 of Castagnoli, by polynomial 0x1EDC6F41 with reflected bits (RFC 3720, B.4).
std::uint32_t crc32c(std::string_view bytes);

/// Numbers with names that belong to one step.
struct Event {
  double wall_time = 0.0;  ///< in seconds since 1970
  std::uint64_t step = 0;
  std::vector<std::pair<std::string, double>> scalars = {};
};

/// The whole file, its version first. Scalars are stored as floats.
std::string event_file(std::span<const Event> events);

/// What event_file() wrote; the version is passed over, and so are fields that it does not write. A
/// record that is cut off or damaged ends the list.
std::vector<Event> read_event_file(std::string_view bytes);

}  // namespace gyre
