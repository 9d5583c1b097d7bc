#include "gyre/jit/choose.hpp"

#include <algorithm>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/jit/jit.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre {

namespace {

/// Additions, one lane each, that the interpreter makes in about as long as a compilation takes
/// five times over.
constexpr double kWorthIt = 5e8;
/// The interpreter's trouble with an instruction, in lanes: few lanes take it as long as these.
constexpr double kOverhead = 32.0;

}  // namespace

Engine parse_engine(std::string_view text) {
  if (text == "auto") return Engine::kAuto;
  if (text == "interpreter") return Engine::kInterpreter;
  if (text == "jit") return Engine::kJit;
  if (text == "jit-f32") return Engine::kJitSingle;
  const std::vector<std::string> known{"auto", "interpreter", "jit", "jit-f32"};
  throw Error("an engine is one of " + join(known, ", ") + ", not " + as_typed(text) +
              did_you_mean(text, known));
}

const Backend& backend_for(Engine engine, const Traced& traced, double lanes, double steps) {
  if (engine == Engine::kAuto) {
    const double work = std::max(lanes, kOverhead) * steps * traced.step.cost();
    engine = work > kWorthIt ? Engine::kJit : Engine::kInterpreter;
  }
  if (engine == Engine::kInterpreter) return interpreter_backend();
  const JitBackend& jit = jit_backend(engine == Engine::kJitSingle);
  if (jit.works()) return jit;
  return interpreter_backend();
}

std::string engine_name(const Backend& backend) {
  const std::string name = backend.name();
  return name.starts_with("interpreter") ? "interpreter" : name;
}

}  // namespace gyre
