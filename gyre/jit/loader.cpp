#include "gyre/jit/loader.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "gyre/core/version.hpp"

namespace gyre::jit {

namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "libgyre-jit.so";

std::vector<std::string> places() {
  if (const char* named = std::getenv("GYRE_JIT_PLUGIN")) return {named};
  std::vector<std::string> all;
  std::error_code none;
  const fs::path program = fs::read_symlink("/proc/self/exe", none);
  if (!none) {
    all.push_back(program.parent_path() / kFile);
    all.push_back((program.parent_path() / GYRE_JIT_FROM_BIN / kFile).lexically_normal());
  }
  all.emplace_back(kFile);
  if (*GYRE_JIT_BUILT) all.emplace_back(GYRE_JIT_BUILT);
  return all;
}

/// dlopen with a path that does not exist is silent here: only files that are there and fail say
/// why.
Loaded open(const std::string& place) {
  Loaded loaded;
  loaded.place = place;
  void* const handle = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    if (const char* why = dlerror()) loaded.problem = why;
    return loaded;
  }
  using Get = const Plugin* (*)();
  const auto get = reinterpret_cast<Get>(dlsym(handle, kPluginSymbol));
  const Plugin* const plugin = get ? get() : nullptr;
  if (!plugin || std::string(plugin->version) != kVersion || plugin->operations != kOperations)
    loaded.problem = place + " belongs to another version of Gyre";
  else
    loaded.plugin = plugin;
  return loaded;
}

Loaded search() {
  if (const char* set = std::getenv("GYRE_JIT"); set && std::string(set) == "off")
    return {.problem = "GYRE_JIT=off in the environment"};
  std::string problem;
  for (const std::string& place : places()) {
    Loaded loaded = open(place);
    if (loaded.plugin) return loaded;
    std::error_code none;
    if (problem.empty() && fs::exists(place, none)) problem = loaded.problem;
  }
  if (problem.empty()) problem = std::string(kFile) + " was not found";
  return {.problem = problem};
}

}  // namespace

const Loaded& load_plugin() {
  static const Loaded loaded = search();
  return loaded;
}

}  // namespace gyre::jit
