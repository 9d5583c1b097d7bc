#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gyre/store/run_record.hpp"

namespace gyre {

/// What a look at the run folders found, against what was known of them.
struct CatalogueScan {
  std::size_t added = 0, changed = 0, gone = 0;
  std::string remark;  ///< if the file was damaged and is new, or cannot be kept; else empty
};

/// The runs whose folders stand side by side in one place, in an SQLite file `catalogue.sqlite`
/// beside them. The folders are the truth: the file can be lost at any time, and is then made
/// again. Where it cannot be kept, the catalogue lives in memory.
class RunCatalogue {
 public:
  static constexpr const char* kFile = "catalogue.sqlite";

  /// Looks at every folder, and reads those that are new or have changed. A place that is not there
  /// has no runs; no file is made where there are none. Throws FileError if the place is there and
  /// cannot be read.
  explicit RunCatalogue(std::filesystem::path place);
  ~RunCatalogue();
  RunCatalogue(const RunCatalogue&) = delete;
  RunCatalogue& operator=(const RunCatalogue&) = delete;

  const CatalogueScan& scan() const { return scan_; }
  /// The newest first.
  std::vector<RunRecord> runs() const;

 private:
  class Database;

  void look(Database& database);

  std::filesystem::path place_;
  CatalogueScan scan_;
  std::unique_ptr<Database> database_;
};

}  // namespace gyre
