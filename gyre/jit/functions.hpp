#pragma once

#include <cstdint>
#include <string>

#include "gyre/jit/shape.hpp"

namespace gyre::jit {

/// Where the machine code of an elementary function stands: 0 if there is none.
struct Addresses {
  std::uintptr_t vector = 0;  ///< glibc's libmvec: all lanes of a vector at once
  std::uintptr_t scalar = 0;  ///< libm
};

/// `name` as in C for double: "exp", "pow".
Addresses address_of(const std::string& name, int arity, const Shape& shape);

}  // namespace gyre::jit
