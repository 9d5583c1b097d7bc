#include "gyre/engine/run.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "gyre/games/parse.hpp"

namespace gyre {
namespace {

TEST(Quick, Judges) {
  const std::pair<const char*, const char*> cases[] = {
      {"min x max y: x*y", "gda"},
      {"min x max y: x*y", "gda(0.01)"},
      {"min x max y: x*y", "gda(0.001)"},
      {"min x max y: x*y", "alt-gda"},
      {"min x max y: x*y", "alternating(1.41421356237309505)"},
      {"min x max y: x*y", "alternating(1.8)"},
      {"min x max y: x*y", "alternating(0.01)"},
      {"min x max y: x*y", "eg"},
      {"min x max y: x*y", "eg(0.01)"},
      {"min x max y: x*y", "ogda"},
      {"min x max y: x*y", "hgd | gda(1)"},
      {"min x max y: x*y", "adam"},
      {"min x max y: x*y", "adam | eg(0.01)"},
      {"min x max y: x*y", "alt-gda | average"},
      {"min x max y: x*y", "alt-gda | ema"},
      {"min x max y: x*y", "gda | lookahead"},
      {"min x max y: x^3*y", "gda(1)"},
      {"min x max y: x*y + 0.01*(y^2/2 - y^4/4)", "eg"},
      {"min x max y: x*y + 0.01*(y^2/2 - y^4/4)", "gda(0.01)"},
      {"min x max y: x*y + x^2/2 - y^2/2", "gda"}};
  for (const auto& [g, r] : cases) {
    const Game game = parse_game(g);
    const Traced t = trace(game, parse_pipe(r));
    RunOptions options;
    options.references = {{0.0, 0.0}};
    const Outcome o = run(t, {{{0.6, 0.7}}, {}}, options).outcomes[0];
    std::printf(
        "%-45s %-30s %-12s steps %-6lu rate %.10f res %.2e dist %.3g period %.4f turns %.2f r "
        "%.4f-%.4f rec %.1e trend %g\n",
        g, r, std::string(to_string(o.verdict)).c_str(), o.steps, o.rate, o.residual, o.distance,
        o.period, o.turns, o.radius_low, o.radius_high, o.recurrence, o.trend);
  }
}

}  // namespace
}  // namespace gyre
