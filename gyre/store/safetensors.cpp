#include "gyre/store/safetensors.hpp"

#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/sha256.hpp"

namespace gyre {

namespace {

using Json = nlohmann::ordered_json;

static_assert(std::endian::native == std::endian::little);

constexpr const char* kDigest = "sha256";
constexpr std::size_t kLengthBytes = 8;

std::uint64_t bytes_of(const std::string& type) {
  return type == "F32" ? 4 : type == "F64" ? 8 : 0;
}

/// Of names, types, shapes, metadata and numbers.
std::string digest_of(const Safetensors& file) {
  Sha256 sha;
  auto add = [&](std::string_view text) {
    sha.add(std::to_string(text.size()) + ":");
    sha.add(text);
  };
  for (const auto& [key, value] : file.metadata)
    if (key != kDigest) add(key), add(value);
  for (const auto& [name, tensor] : file.tensors) {
    add(name), add(tensor.type);
    for (const std::uint64_t n : tensor.shape) add(std::to_string(n));
    add(tensor.bytes);
  }
  return sha.digest();
}

/// The number of bytes that a shape needs, or nothing if that is beyond `most`.
std::uint64_t size_of(const StoredTensor& tensor, std::uint64_t most) {
  std::uint64_t size = bytes_of(tensor.type);
  for (const std::uint64_t n : tensor.shape) {
    if (n != 0 && size > most / n) return most + 1;
    size *= n;
  }
  return size;
}

}  // namespace

std::string Safetensors::bytes() const {
  Json header = Json::object();
  header["__metadata__"] = metadata;
  header["__metadata__"][kDigest] = digest_of(*this);
  std::uint64_t begin = 0;
  for (const auto& [name, tensor] : tensors) {
    GYRE_ASSERT(size_of(tensor, tensor.bytes.size()) == tensor.bytes.size());
    header[name] = {{"dtype", tensor.type},
                    {"shape", tensor.shape},
                    {"data_offsets", {begin, begin + tensor.bytes.size()}}};
    begin += tensor.bytes.size();
  }
  std::string text = header.dump();
  text.resize((text.size() + kLengthBytes - 1) / kLengthBytes * kLengthBytes, ' ');
  std::string file(kLengthBytes, '\0');
  const std::uint64_t length = text.size();
  std::memcpy(file.data(), &length, kLengthBytes);
  file.reserve(kLengthBytes + length + begin);
  file += text;
  for (const auto& [name, tensor] : tensors) file += tensor.bytes;
  return file;
}

Safetensors Safetensors::read(std::string_view bytes, const std::string& source) {
  const std::string where = as_typed(source);
  std::uint64_t length = 0;
  if (bytes.size() >= kLengthBytes) std::memcpy(&length, bytes.data(), kLengthBytes);
  if (bytes.size() < kLengthBytes || length > bytes.size() - kLengthBytes)
    throw Error(where + " is no safetensors file, or is cut short");
  const std::string_view data = bytes.substr(kLengthBytes + length);
  Safetensors file;
  try {
    const Json header = Json::parse(bytes.substr(kLengthBytes, length));
    for (const auto& [name, entry] : header.items()) {
      if (name == "__metadata__") {
        file.metadata = entry.get<std::map<std::string, std::string>>();
        continue;
      }
      StoredTensor tensor;
      entry.at("dtype").get_to(tensor.type);
      entry.at("shape").get_to(tensor.shape);
      const auto begin = entry.at("data_offsets").at(0).get<std::uint64_t>();
      const auto end = entry.at("data_offsets").at(1).get<std::uint64_t>();
      if (bytes_of(tensor.type) == 0)
        throw Error(where + ": " + as_typed(name) + " is of type " + as_typed(tensor.type) +
                    "; F32 and F64 are read");
      if (begin > end || end > data.size() || size_of(tensor, data.size()) != end - begin)
        throw Error(where + " is damaged or cut short at " + as_typed(name));
      tensor.bytes = data.substr(begin, end - begin);
      file.tensors.emplace(name, std::move(tensor));
    }
  } catch (const nlohmann::json::exception&) {
    throw Error(where + " is no safetensors file: its header cannot be read");
  }
  const auto digest = file.metadata.find(kDigest);
  if (digest != file.metadata.end() && digest->second != digest_of(file))
    throw Error(where + " is damaged: its contents do not match their digest");
  return file;
}

}  // namespace gyre
