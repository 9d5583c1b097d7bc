#include "gyre/sweep/ranks.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "gyre/core/text.hpp"
#include "gyre/store/file.hpp"

namespace gyre {

namespace {

class PlainFile final : public SharedFile {
 public:
  explicit PlainFile(std::filesystem::path path) : path_(std::move(path)) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) throw file_error("write", path_, errno);
  }
  ~PlainFile() override {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  void write(std::uint64_t offset, std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t n =
          ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throw file_error("write", path_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(n));
      offset += static_cast<std::uint64_t>(n);
    }
  }

  void close() override {
    const int descriptor = std::exchange(descriptor_, -1);
    const bool synced = ::fsync(descriptor) == 0 || errno == EINVAL;
    const int problem = errno;
    if (::close(descriptor) != 0 || !synced) throw file_error("write", path_, problem);
  }

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

class Alone final : public Ranks {
 public:
  int rank() const override { return 0; }
  int size() const override { return 1; }
  std::uint64_t take() override { return next_++; }
  std::string tell(const std::string& text) override { return text; }
  int worst(int value) override { return value; }
  std::unique_ptr<SharedFile> open(const std::filesystem::path& path) override {
    return std::make_unique<PlainFile>(path);
  }

 private:
  std::atomic<std::uint64_t> next_{0};
};

}  // namespace

std::unique_ptr<Ranks> alone() { return std::make_unique<Alone>(); }

namespace {

/// The first of these variables that is set to a number up to ten million, or `otherwise`.
int from_environment(std::initializer_list<const char*> names, int otherwise) {
  for (const char* name : names)
    if (const char* text = std::getenv(name))
      if (const auto value = to_number(text); value && *value >= 0.0 && *value <= 1e7)
        return static_cast<int>(*value);
  return otherwise;
}

}  // namespace

// Open MPI; MPICH and its kin, also under srun --mpi=pmi2; srun by itself.
int launched_ranks() {
  return std::max(
      1, from_environment({"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"}, 1));
}

int launched_rank() {
  return from_environment({"OMPI_COMM_WORLD_RANK", "PMI_RANK", "SLURM_PROCID"}, 0);
}

}  // namespace gyre
