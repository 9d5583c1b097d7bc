#include "gyre/store/tfevents.hpp"

#include <array>
#include <cstring>
#include <optional>

namespace gyre {

namespace {

constexpr std::string_view kVersion = "brain.Event:2";

// Protobuf: a field is a key, which is its number and the way it is written, and its value.
enum Wire : std::uint32_t { kVarint = 0, kEight = 1, kBytes = 2, kFour = 5 };
enum Field : std::uint32_t { kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5 };
constexpr std::uint32_t kValue = 1;                  // of a summary
constexpr std::uint32_t kTag = 1, kSimpleValue = 2;  // of a value

constexpr std::array<std::uint32_t, 256> make_table() {
  constexpr std::uint32_t kReflected = 0x82F63B78u;
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) ? kReflected : 0u);
    table[byte] = crc;
  }
  return table;
}
constexpr std::array<std::uint32_t, 256> kTable = make_table();

/// As records keep it: the checksum of bytes that hold their own checksum would say nothing.
std::uint32_t masked(std::string_view bytes) {
  const std::uint32_t crc = crc32c(bytes);
  return ((crc >> 15) | (crc << 17)) + 0xA282EAD8u;
}

/// The lowest byte first, as both formats want it on any machine.
template <class T>
std::string little(T bits) {
  std::string bytes;
  for (std::size_t i = 0; i < sizeof bits; ++i) bytes += static_cast<char>(bits >> (8 * i));
  return bytes;
}

template <class Bits, class Number>
Bits bits_of(Number number) {
  static_assert(sizeof(Bits) == sizeof(Number));
  Bits bits;
  std::memcpy(&bits, &number, sizeof bits);
  return bits;
}

std::string varint(std::uint64_t number) {
  std::string bytes;
  for (; number >= 0x80; number >>= 7) bytes += static_cast<char>(number | 0x80);
  return bytes + static_cast<char>(number);
}

std::string field(std::uint32_t number, Wire wire, std::string_view value) {
  return varint(number << 3 | wire).append(value);
}

std::string bytes_field(std::uint32_t number, std::string_view bytes) {
  return field(number, kBytes, varint(bytes.size()).append(bytes));
}

std::string time_field(double seconds) {
  return field(kWallTime, kEight, little(bits_of<std::uint64_t>(seconds)));
}

std::string framed(std::string_view record) {
  const std::string length = little(static_cast<std::uint64_t>(record.size()));
  std::string bytes = length + little(masked(length));
  return bytes.append(record) + little(masked(record));
}

/// Takes numbers and fields off the front of some bytes.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool done() const { return bytes_.empty(); }

  std::optional<std::string_view> take(std::uint64_t count) {
    if (count > bytes_.size()) return std::nullopt;
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }

  template <class T>
  std::optional<T> fixed() {
    const auto taken = take(sizeof(T));
    if (!taken) return std::nullopt;
    std::uint64_t bits = 0;
    for (std::size_t i = sizeof(T); i-- > 0;)
      bits = bits << 8 | static_cast<unsigned char>((*taken)[i]);
    return static_cast<T>(bits);
  }

  std::optional<std::uint64_t> number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = fixed<std::uint8_t>();
      if (!byte) return std::nullopt;
      value |= static_cast<std::uint64_t>(*byte & 0x7F) << shift;
      if (*byte < 0x80) return value;
    }
    return std::nullopt;
  }

 private:
  std::string_view bytes_;
};

/// Calls `visit(number, bits, bytes)` on every field; false if the message is damaged.
bool for_each_field(std::string_view message, auto&& visit) {
  for (Reader reader(message); !reader.done();) {
    const auto key = reader.number();
    if (!key) return false;
    const auto wire = static_cast<Wire>(*key & 7);
    std::optional<std::uint64_t> bits;
    std::optional<std::string_view> bytes = std::string_view{};
    if (wire == kVarint) bits = reader.number();
    if (wire == kEight) bits = reader.fixed<std::uint64_t>();
    if (wire == kFour) bits = reader.fixed<std::uint32_t>();
    if (wire == kBytes) {
      bits = reader.number();
      bytes = bits ? reader.take(*bits) : std::nullopt;
    }
    if (!bits || !bytes) return false;
    if (!visit(*key >> 3, *bits, *bytes)) return false;
  }
  return true;
}

bool read_scalar(std::string_view message, Event& event) {
  std::pair<std::string, double> scalar;
  const bool good = for_each_field(message, [&](auto number, std::uint64_t bits, auto bytes) {
    if (number == kTag) scalar.first = bytes;
    if (number == kSimpleValue)
      scalar.second = static_cast<double>(bits_of<float>(static_cast<std::uint32_t>(bits)));
    return true;
  });
  event.scalars.push_back(std::move(scalar));
  return good;
}

bool read_event(std::string_view message, Event& event) {
  return for_each_field(message, [&](auto number, std::uint64_t bits, auto bytes) {
    if (number == kWallTime) event.wall_time = bits_of<double>(bits);
    if (number == kStep) event.step = bits;
    if (number != kSummary) return true;
    return for_each_field(bytes, [&](auto part, std::uint64_t, auto value) {
      return part != kValue || read_scalar(value, event);
    });
  });
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  std::uint32_t crc = ~std::uint32_t{0};
  for (const char c : bytes)
    crc = (crc >> 8) ^ kTable[(crc ^ static_cast<unsigned char>(c)) & 0xFF];
  return ~crc;
}

std::string event_file(std::span<const Event> events) {
  std::string file = framed(time_field(events.empty() ? 0.0 : events.front().wall_time) +
                            bytes_field(kFileVersion, kVersion));
  for (const Event& event : events) {
    std::string summary;
    for (const auto& [name, value] : event.scalars)
      summary +=
          bytes_field(kValue, bytes_field(kTag, name) +
                                  field(kSimpleValue, kFour,
                                        little(bits_of<std::uint32_t>(static_cast<float>(value)))));
    file += framed(time_field(event.wall_time) + field(kStep, kVarint, varint(event.step)) +
                   bytes_field(kSummary, summary));
  }
  return file;
}

std::vector<Event> read_event_file(std::string_view bytes) {
  std::vector<Event> events;
  for (Reader reader(bytes); !reader.done();) {
    const auto length = reader.fixed<std::uint64_t>();
    const auto length_sum = reader.fixed<std::uint32_t>();
    if (!length || length_sum != masked(little(*length))) break;
    const auto record = reader.take(*length);
    const auto record_sum = reader.fixed<std::uint32_t>();
    if (!record || record_sum != masked(*record)) break;
    Event event;
    if (!read_event(*record, event)) break;
    if (!event.scalars.empty()) events.push_back(std::move(event));
  }
  return events;
}

}  // namespace gyre
