#pragma once

#include <llvm/IR/Module.h>

#include <memory>

#include "gyre/jit/shape.hpp"
#include "gyre/program/program.hpp"

namespace gyre::jit {

/// How many vectors to interleave so that a program's numbers stay in registers and the time that
/// one operation takes is filled with the others.
std::size_t vectors_for(const Program& program, const Shape& shape);

/// The name of the function that `lower` adds.
inline constexpr const char* kKernel = "gyre_kernel";

/// Adds the kernel of a program, an Entry, to a module.
void lower(const Program& program, const Shape& shape, llvm::Module& module);

}  // namespace gyre::jit
