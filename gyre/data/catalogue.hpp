#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace gyre {

/// A file of a data set; size and checksum are of what it holds when unpacked.
struct DataFile {
  std::string_view name;
  std::uint64_t bytes;
  std::string_view sha256;
};

/// Where a data set comes from.
struct DataPackage {
  enum class Kind { kNpm, kDebian };
  Kind kind;
  std::string_view name, version;  ///< of Debian's, whichever version there is
  std::string_view folder;         ///< inside it, that of the files
  std::uint64_t bytes;             ///< to be downloaded
};

/// A data set that Gyre knows by name.
struct DataFacts {
  enum class Kind {
    kFetched,  ///< files, which must be there
    kStacked,  ///< made in memory from another one
    kMade      ///< made in memory from nothing, any number of samples
  };

  std::string_view name, about;
  Kind kind = Kind::kMade;
  std::size_t width = 0, height = 0, channels = 0;  ///< of pictures
  std::size_t train = 0, test = 0, classes = 0;     ///< pictures and what they show
  std::span<const DataFile> files = {};             ///< of kFetched
  const DataPackage* package = nullptr;             ///< of kFetched
  std::span<const std::string_view> class_names = {};
  std::string_view from = {};  ///< of kStacked: the other one

  /// On the disk, or in memory where nothing is on the disk; 0 of what has no size.
  std::uint64_t bytes() const;
};

/// All of them, pictures first.
std::span<const DataFacts> data_catalogue();

/// By name; nothing if there is none.
const DataFacts* find_data(std::string_view name);

/// By name. Throws Error that names the nearest one.
const DataFacts& data_facts(std::string_view name);

}  // namespace gyre
