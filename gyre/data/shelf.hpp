#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gyre/data/catalogue.hpp"

/// Where the files of data sets are: in a folder a set below the cache, or, where a package of the
/// system has put them, below a shared folder.
namespace gyre {

struct DataPlaces {
  std::filesystem::path cache;  ///< empty: there is none
  std::vector<std::filesystem::path> shared;
};

/// As the XDG base directory specification says: gyre/data below XDG_CACHE_HOME or ~/.cache, and
/// the folders of XDG_DATA_DIRS or /usr/local/share and /usr/share.
DataPlaces standard_places();

/// The folder that has all files of the set, packed by gzip or not; empty if none has. Of a stacked
/// set, that of the one it is made from.
std::filesystem::path folder_of(const DataFacts& facts, const DataPlaces& places);

/// Compares the unpacked bytes with what the file must be: empty, or what is wrong with them.
std::string problem_with(std::string_view bytes, const DataFile& file);

/// The same of all files of a set in a folder, which are read: the first that is wrong.
std::string problem_in(const std::filesystem::path& folder, const DataFacts& facts);

enum class DataState { kHere, kFetchNeeded, kMade };

/// Whether its files are there; they are not read.
DataState state_of(const DataFacts& facts, const DataPlaces& places);

}  // namespace gyre
