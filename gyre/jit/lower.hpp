#pragma once

#include <llvm/IR/Module.h>

#include <string>

#include "gyre/jit/shape.hpp"
#include "gyre/program/program.hpp"

namespace gyre::jit {

/// How many vectors to interleave so that a program's numbers stay in registers and the time that
/// one operation takes is filled with the others.
std::size_t vectors_for(const Program& program, const Shape& shape);

/// Adds the kernel of a program, an Entry, to a module.
void lower(const Program& program, const Shape& shape, const std::string& name,
           llvm::Module& module);

}  // namespace gyre::jit
