#include "gyre/program/program.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

#include "gyre/games/parse.hpp"
#include "gyre/program/interpreter.hpp"
#include "gyre/program/trace.hpp"

namespace gyre {
namespace {

TEST(Quick, Traces) {
  const Game game = parse_game("min x max y: x*y");
  for (const char* r : {"gda", "alt-gda", "eg", "ogda", "conopt", "adam | eg", "eg | average"}) {
    const Traced t = trace(game, parse_pipe(r));
    std::printf("%s: calls %g products %g\n%s", r, t.calls_a_step, t.products_a_step,
                t.step.text().c_str());
    Interpreter start(t.start, 1), step(t.step, 1), out(t.output, 1);
    start.input(0)[0] = step.input(0)[0] = 0.6, start.input(1)[0] = step.input(1)[0] = 0.7;
    for (std::size_t k = 0; k < t.knobs.size(); ++k)
      start.input(2 + k)[0] = step.input(t.state() + k)[0] = out.input(t.state() + k)[0] =
          t.knobs[k].value;
    start.run();
    for (std::size_t k = 2; k < t.state(); ++k) step.input(k)[0] = start.output(k - 2)[0];
    step.run(1000);
    for (std::size_t k = 0; k < t.state(); ++k) out.input(k)[0] = step.input(k)[0];
    out.run();
    std::printf("  -> %g\n", std::hypot(out.output(0)[0], out.output(1)[0]));
  }
}

TEST(Quick, Fast) {
  const Game game = parse_game("min x max y: x*y");
  const Traced t = trace(game, parse_pipe("gda"));
  for (const KernelSet& set : kernel_sets())
    for (std::size_t lanes : {64, 128, 256, 512}) {
      Interpreter step(t.step, lanes, set);
      for (std::size_t i = 0; i < lanes; ++i)
        step.input(0)[i] = 0.6, step.input(1)[i] = 0.7, step.input(2)[i] = 1e-6;
      const auto t0 = std::chrono::steady_clock::now();
      step.run(1000000);
      const double s = std::chrono::duration<double>(std::chrono::steady_clock::now() - t0).count();
      std::printf("%s %zu: %.3g steps/s\n", std::string(set.name).c_str(), lanes,
                  1e6 * static_cast<double>(lanes) / s);
    }
}

}  // namespace
}  // namespace gyre
