// The only file that sees MPI; see mpi_plugin.hpp.
#include "gyre/sweep/mpi_plugin.hpp"

#include <mpi.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "gyre/core/version.hpp"

namespace gyre {

namespace {

std::string g_why;
MPI_Win g_window = MPI_WIN_NULL;
std::uint64_t* g_counter = nullptr;  // on the first rank

/// Keeps an error's text, and says which of the system's errors it is.
int failed(int code) {
  char text[MPI_MAX_ERROR_STRING];
  int length = 0, kind = 0;
  MPI_Error_string(code, text, &length);
  MPI_Error_class(code, &kind);
  g_why.assign(text, static_cast<std::size_t>(length));
  if (kind == MPI_ERR_NO_SPACE) return ENOSPC;
  if (kind == MPI_ERR_QUOTA) return EDQUOT;
  if (kind == MPI_ERR_ACCESS) return EACCES;
  return -1;
}

/// "Open MPI v4.1.4", of all that the library says about itself.
const char* library() {
  static std::string text;
  char all[MPI_MAX_LIBRARY_VERSION_STRING];
  int length = 0;
  MPI_Get_library_version(all, &length);
  text.assign(all, static_cast<std::size_t>(length));
  text.resize(std::min(text.size(), text.find_first_of(",\n")));
  return text.c_str();
}

const char* begin() {
  int there = 0, level = 0;
  MPI_Initialized(&there);
  if (!there && MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &level) != MPI_SUCCESS)
    return "MPI does not start";
  MPI_Query_thread(&level);
  if (level < MPI_THREAD_SERIALIZED) return "this MPI takes calls from one thread only";
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  const MPI_Aint bytes = rank == 0 ? sizeof(std::uint64_t) : 0;
  MPI_Win_allocate(bytes, sizeof(std::uint64_t), MPI_INFO_NULL, MPI_COMM_WORLD, &g_counter,
                   &g_window);
  if (rank == 0) {
    MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 0, 0, g_window);
    *g_counter = 0;
    MPI_Win_unlock(0, g_window);
  }
  MPI_Barrier(MPI_COMM_WORLD);
  MPI_Win_lock_all(0, g_window);
  return nullptr;
}

void end() {
  MPI_Win_unlock_all(g_window);
  MPI_Win_free(&g_window);
  MPI_Finalize();
}

int rank() {
  int value = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &value);
  return value;
}

int size() {
  int value = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &value);
  return value;
}

std::uint64_t take() {
  const std::uint64_t one = 1;
  std::uint64_t before = 0;
  MPI_Fetch_and_op(&one, &before, MPI_UINT64_T, 0, 0, MPI_SUM, g_window);
  MPI_Win_flush(0, g_window);
  return before;
}

constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;  // MPI counts with int

void broadcast(void* bytes, std::size_t count) {
  auto* from = static_cast<char*>(bytes);
  for (std::size_t done = 0; done < count; done += kMostAtOnce)
    MPI_Bcast(from + done, static_cast<int>(std::min(kMostAtOnce, count - done)), MPI_BYTE, 0,
              MPI_COMM_WORLD);
}

int greatest(int value) {
  int result = value;
  MPI_Allreduce(&value, &result, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  return result;
}

void* open(const char* path) {
  auto* file = new MPI_File(MPI_FILE_NULL);
  const int code = MPI_File_open(MPI_COMM_WORLD, path, MPI_MODE_WRONLY, MPI_INFO_NULL, file);
  if (greatest(code == MPI_SUCCESS ? 0 : 1) == 0) return file;
  if (code != MPI_SUCCESS) failed(code);
  delete file;
  return nullptr;
}

int write(void* file, std::uint64_t offset, const void* bytes, std::size_t count) {
  const auto* from = static_cast<const char*>(bytes);
  for (std::size_t done = 0; done < count; done += kMostAtOnce) {
    const int code = MPI_File_write_at(
        *static_cast<MPI_File*>(file), static_cast<MPI_Offset>(offset + done), from + done,
        static_cast<int>(std::min(kMostAtOnce, count - done)), MPI_BYTE, MPI_STATUS_IGNORE);
    if (code != MPI_SUCCESS) return failed(code);
  }
  return 0;
}

int close(void* file) {
  auto* const handle = static_cast<MPI_File*>(file);
  int code = MPI_File_sync(*handle);
  const int closed = MPI_File_close(handle);
  if (code == MPI_SUCCESS) code = closed;
  delete handle;
  return code == MPI_SUCCESS ? 0 : failed(code);
}

const char* why() { return g_why.c_str(); }

}  // namespace

}  // namespace gyre

extern "C" __attribute__((visibility("default"))) const gyre::MpiPlugin* gyre_mpi_plugin() {
  static constexpr gyre::MpiPlugin plugin{
      gyre::kVersion, gyre::library, gyre::begin,     gyre::end,      gyre::rank,
      gyre::size,     gyre::take,    gyre::broadcast, gyre::greatest, gyre::open,
      gyre::write,    gyre::close,   gyre::why};
  return &plugin;
}
