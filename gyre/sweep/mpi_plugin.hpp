#pragma once

#include <cstddef>
#include <cstdint>

/// What Gyre asks of MPI, in a library of its own that is opened when it is needed: linked to the
/// program, it would cost every start ten milliseconds and make MPI a condition of running at all.
/// Calls must not overlap. Those marked "all" must be made by all ranks, in the same order.
namespace gyre {

struct MpiPlugin {
  const char* version;  ///< of Gyre

  const char* (*library)();  ///< which MPI it is; may be asked before begin()

  /// Joins the others. Null, or why not.
  const char* (*begin)();
  void (*end)();  ///< all
  int (*rank)();
  int (*size)();

  std::uint64_t (*take)();                            ///< the next number of the shared counter
  void (*broadcast)(void* bytes, std::size_t count);  ///< all: the first rank's bytes to the others
  int (*greatest)(int value);                         ///< all

  /// All: opens a file to write, null if any rank cannot.
  void* (*open)(const char* path);
  /// 0, or the system's error number, or -1 for any other error.
  int (*write)(void* file, std::uint64_t offset, const void* bytes, std::size_t count);
  int (*close)(void* file);  ///< all
  const char* (*why)();      ///< what the last error was
};

/// The plugin exports one function of this name and type.
inline constexpr const char* kMpiPluginSymbol = "gyre_mpi_plugin";
using GetMpiPlugin = const MpiPlugin* (*)();

}  // namespace gyre
