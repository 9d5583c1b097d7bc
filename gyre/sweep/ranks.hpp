#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace gyre {

/// A file that several processes write at different places. Throws FileError.
class SharedFile {
 public:
  virtual ~SharedFile() = default;
  virtual void write(std::uint64_t offset, std::string_view bytes) = 0;
  /// All that this process wrote is in the file, for others to read.
  virtual void close() = 0;
};

/// The processes that work on one sweep together. What is marked "all" must be called by all of
/// them, in the same order.
class Ranks {
 public:
  virtual ~Ranks() = default;
  virtual int rank() const = 0;
  virtual int size() const = 0;
  bool first() const { return rank() == 0; }

  /// 0, 1, 2, ...: each number once among all ranks and threads.
  virtual std::uint64_t take() = 0;
  /// All: what the first rank says; the others' words do not count.
  virtual std::string tell(const std::string& text) = 0;
  /// All: the greatest of their numbers.
  virtual int worst(int value) = 0;
  /// All: opens a file that is there.
  virtual std::unique_ptr<SharedFile> open(const std::filesystem::path& path) = 0;
};

/// This process alone.
std::unique_ptr<Ranks> alone();

/// Whether a launcher such as mpirun or srun has started several processes like this one, by what
/// it leaves in the environment: their number, or 1.
int launched_ranks();
/// Which of them this one is, from 0.
int launched_rank();

/// Which MPI would be used, "Open MPI v4.1.4", or why there is none.
struct MpiFound {
  std::string library, problem;
};
MpiFound find_mpi();

/// The ranks of an MPI launcher, or one where there is none, through the plugin `libgyre-mpi.so`,
/// which is looked for beside the program and in its library folder; `GYRE_MPI_PLUGIN` in the
/// environment names another place. Throws Error if it is not there: Gyre was built without MPI.
std::unique_ptr<Ranks> mpi_ranks();

}  // namespace gyre
