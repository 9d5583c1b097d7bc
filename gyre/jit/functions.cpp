#include "gyre/jit/functions.hpp"

#include <dlfcn.h>

namespace gyre::jit {

namespace {

std::uintptr_t find(void* library, const std::string& name) {
  return library ? reinterpret_cast<std::uintptr_t>(dlsym(library, name.c_str())) : 0;
}

}  // namespace

Addresses address_of(const std::string& name, int arity, const Shape& shape) {
  static void* const vectors = dlopen("libmvec.so.1", RTLD_NOW | RTLD_LOCAL);
  static void* const scalars = dlopen("libm.so.6", RTLD_NOW | RTLD_LOCAL);
  const std::string typed = shape.single ? name + "f" : name;
  Addresses found;
  if (shape.letter)
    found.vector =
        find(vectors, std::string("_ZGV") + shape.letter + "N" + std::to_string(shape.width()) +
                          std::string(static_cast<std::size_t>(arity), 'v') + "_" + typed);
  found.scalar = find(scalars, typed);
  return found;
}

}  // namespace gyre::jit
