#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gyre/program/backend.hpp"
#include "gyre/program/trace.hpp"

namespace gyre {

/// What programs are to run on.
enum class Engine : std::uint8_t { kAuto, kInterpreter, kJit, kJitSingle };

/// "auto", "interpreter", "jit" or "jit-f32". Throws Error.
Engine parse_engine(std::string_view text);

/// The backend for so many lanes and steps of a rule. `kAuto` compiles where that pays for itself,
/// by the amount of work alone: neither the number of threads nor the load of the machine changes
/// a result. Where nothing can be compiled, it is the interpreter.
const Backend& backend_for(Engine engine, const Traced& traced, double lanes, double steps);

/// For results: "interpreter", whose bits are the same on all machines, or the name of what ran.
std::string engine_name(const Backend& backend);

}  // namespace gyre
