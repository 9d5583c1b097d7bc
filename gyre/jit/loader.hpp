#pragma once

#include <string>

#include "gyre/jit/plugin.hpp"

namespace gyre::jit {

/// The plugin, or why there is none. Opened at the first call, once for the whole process. It is
/// looked for where GYRE_JIT_PLUGIN says, beside the program, in the library folder beside the
/// program's, where the dynamic linker looks, and where it was built. GYRE_JIT=off: not at all.
struct Loaded {
  const Plugin* plugin = nullptr;
  std::string place;    ///< the file
  std::string problem;  ///< if there is no plugin
};

const Loaded& load_plugin();

}  // namespace gyre::jit
