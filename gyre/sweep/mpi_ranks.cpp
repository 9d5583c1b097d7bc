// The ranks of an MPI launcher, through the plugin.
#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>
#include <mutex>
#include <utility>
#include <vector>

#include "gyre/core/text.hpp"
#include "gyre/core/version.hpp"
#include "gyre/store/file.hpp"
#include "gyre/sweep/mpi_plugin.hpp"
#include "gyre/sweep/ranks.hpp"

namespace gyre {

namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "libgyre-mpi.so";

std::vector<std::string> places() {
  if (const char* named = std::getenv("GYRE_MPI_PLUGIN")) return {named};
  std::vector<std::string> all;
  std::error_code none;
  const fs::path program = fs::read_symlink("/proc/self/exe", none);
  if (!none) {
    all.push_back(program.parent_path() / kFile);
    all.push_back((program.parent_path() / GYRE_MPI_FROM_BIN / kFile).lexically_normal());
  }
  if (*GYRE_MPI_BUILT) all.emplace_back(GYRE_MPI_BUILT);
  return all;
}

/// The plugin, or null and why there is none.
const MpiPlugin* plugin(std::string& problem) {
  problem = "Gyre was built without it (libopenmpi-dev, and CMake's GYRE_MPI)";
  for (const std::string& place : places()) {
    std::error_code none;
    if (!fs::exists(place, none)) continue;
    // MPI opens parts of itself later on, which must find its names.
    void* const handle = dlopen(place.c_str(), RTLD_NOW | RTLD_GLOBAL);
    if (!handle) {
      const char* why = dlerror();
      problem = why ? why : place + " cannot be opened";
      continue;
    }
    const auto get = reinterpret_cast<GetMpiPlugin>(dlsym(handle, kMpiPluginSymbol));
    const MpiPlugin* const found = get ? get() : nullptr;
    if (found && std::string(found->version) == kVersion) return found;
    problem = place + " belongs to another version of Gyre";
  }
  return nullptr;
}

const MpiPlugin& needed_plugin() {
  std::string problem;
  if (const MpiPlugin* found = plugin(problem)) return *found;
  const int ranks = launched_ranks();
  throw Error(ranks > 1 ? fmt::format("this is one of {} processes that a launcher started to work "
                                      "together, which takes MPI: {}",
                                      ranks, problem)
                        : "there is no MPI: " + problem);
}

/// MPI is called by one thread at a time.
class MpiRanks final : public Ranks {
 public:
  MpiRanks() : mpi_(needed_plugin()) {
    if (const char* why = mpi_.begin()) throw Error(why);
    if (mpi_.size() == 1 && launched_ranks() > 1) {
      mpi_.end();
      throw Error(
          fmt::format("a launcher started {} processes, and MPI sees one: use its own mpirun, "
                      "or srun --mpi=pmix (srun --mpi=list tells what there is)",
                      launched_ranks()));
    }
  }
  ~MpiRanks() override { mpi_.end(); }

  int rank() const override { return mpi_.rank(); }
  int size() const override { return mpi_.size(); }

  std::uint64_t take() override {
    const std::lock_guard lock(mutex_);
    return mpi_.take();
  }

  std::string tell(const std::string& text) override {
    std::uint64_t length = text.size();
    mpi_.broadcast(&length, sizeof length);
    std::string all = first() ? text : std::string(length, '\0');
    mpi_.broadcast(all.data(), all.size());
    return all;
  }

  int worst(int value) override { return mpi_.greatest(value); }

  std::unique_ptr<SharedFile> open(const fs::path& path) override {
    void* const file = mpi_.open(path.c_str());
    if (!file) throw FileError(fmt::format("cannot write {}: {}", as_typed(path.string()), why()));
    return std::make_unique<File>(*this, path, file);
  }

 private:
  class File final : public SharedFile {
   public:
    File(MpiRanks& ranks, fs::path path, void* file)
        : ranks_(ranks), path_(std::move(path)), file_(file) {}
    ~File() override {
      if (file_) ranks_.mpi_.close(file_);
    }
    void write(std::uint64_t offset, std::string_view bytes) override {
      const std::lock_guard lock(ranks_.mutex_);
      check(ranks_.mpi_.write(file_, offset, bytes.data(), bytes.size()));
    }
    void close() override { check(ranks_.mpi_.close(std::exchange(file_, nullptr))); }

   private:
    void check(int problem) const {
      if (problem > 0) throw file_error("write", path_, problem);
      if (problem < 0)
        throw FileError(fmt::format("cannot write {}: {}; is the disk full?",
                                    as_typed(path_.string()), ranks_.why()));
    }

    MpiRanks& ranks_;
    fs::path path_;
    void* file_;
  };

  std::string why() const { return mpi_.why(); }

  const MpiPlugin& mpi_;
  std::mutex mutex_;
};

}  // namespace

MpiFound find_mpi() {
  MpiFound found;
  if (const MpiPlugin* mpi = plugin(found.problem)) found = {mpi->library(), ""};
  return found;
}

std::unique_ptr<Ranks> mpi_ranks() { return std::make_unique<MpiRanks>(); }

}  // namespace gyre
