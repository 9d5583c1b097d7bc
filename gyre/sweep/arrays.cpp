#include "gyre/sweep/arrays.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "gyre/core/assert.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/file.hpp"
#include "gyre/sweep/folder.hpp"

namespace gyre {

namespace {

template <class T>
double read(const char* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return static_cast<double>(value);
}

std::vector<std::uint64_t> thinned(std::uint64_t size, std::uint64_t most) {
  const std::uint64_t kept = std::min(size, most);
  std::vector<std::uint64_t> places;
  for (std::uint64_t k = 0; k < kept; ++k) places.push_back((2 * k + 1) * size / (2 * kept));
  return places;
}

}  // namespace

SweepArray::SweepArray(const SweepPlan& plan, const std::filesystem::path& folder, Quantity q)
    : quantity_(q), width_(q == Quantity::kPoint ? plan.game.dim() : 1) {
  for (const GridFile& grid : grid_files(plan)) {
    if (grid.name != std::string(facts(q).name) + ".npy") continue;
    begin_ = grid.header.size();
    size_ = grid.size(plan.lanes());
    const std::filesystem::path path = folder / grid.name;
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw file_error("read", path, errno);
    struct stat there {};
    ::fstat(descriptor, &there);
    void* const bytes = static_cast<std::uint64_t>(there.st_size) < size_
                            ? MAP_FAILED
                            : ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, descriptor, 0);
    const int problem = errno;
    ::close(descriptor);
    if (static_cast<std::uint64_t>(there.st_size) < size_)
      throw FileError(as_typed(path.string()) + " is too short");
    if (bytes == MAP_FAILED) throw file_error("read", path, problem);
    bytes_ = bytes;
  }
  GYRE_ASSERT(bytes_);  // the quantity is kept
}

SweepArray::~SweepArray() { ::munmap(bytes_, size_); }

double SweepArray::at(std::uint64_t lane, std::size_t i) const {
  const QuantityFacts& f = facts(quantity_);
  const char* from = static_cast<const char*>(bytes_) + begin_ + (lane * width_ + i) * f.bytes;
  if (f.descr == "|u1") return read<std::uint8_t>(from);
  if (f.descr == "<i2") return read<std::int16_t>(from);
  if (f.descr == "<u4") return read<std::uint32_t>(from);
  return f.descr == "<f4" ? read<float>(from) : read<double>(from);
}

Slice slice(const SweepPlan& plan, std::size_t across, std::size_t up,
            std::span<const std::uint64_t> at, std::uint64_t most) {
  const std::vector<std::uint64_t> shape = plan.shape();
  std::vector<std::uint64_t> strides(shape.size(), 1);
  for (std::size_t k = shape.size() - 1; k-- > 0;) strides[k] = strides[k + 1] * shape[k + 1];
  std::uint64_t base = 0;
  for (std::size_t k = 0; k < shape.size(); ++k)
    if (k != across && k != up) base += at[k] * strides[k];
  Slice map{across, up, {}, {}, {}};
  const auto columns = thinned(shape[across], most), rows = thinned(shape[up], most);
  for (const std::uint64_t i : columns) map.x.push_back(plan.axes[across].at(i));
  for (const std::uint64_t j : rows) {
    map.y.push_back(plan.axes[up].at(j));
    for (const std::uint64_t i : columns)
      map.lanes.push_back(base + i * strides[across] + j * strides[up]);
  }
  return map;
}

}  // namespace gyre
