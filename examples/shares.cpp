// A game as text, a rule, a million starts over a square: what share of them ends how.
#include <cstdio>

#include "gyre/engine/swarm.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/jit/jit.hpp"
#include "gyre/rules/pipe.hpp"

int main() {
  const gyre::Game game = gyre::parse_game("min x max y: x*y + 0.5*(y^2/2 - y^4/4)");
  const gyre::Traced rule = gyre::trace(game, gyre::parse_pipe("extragradient(eta=0.3)"));

  gyre::SwarmLanes lanes{.count = 1'000'000};
  lanes.fill = [](std::size_t from, std::size_t n, auto points, auto) {
    for (std::size_t l = 0; l < n; ++l) {
      points[0][l] = -2.0 + 4.0 * static_cast<double>((from + l) % 1000) / 999.0;
      points[1][l] = -2.0 + 4.0 * static_cast<double>((from + l) / 1000) / 999.0;
    }
  };
  const gyre::SwarmResult ends = gyre::run_swarm(
      rule, lanes, {.steps = 1'000, .judge = false, .threads = 0, .backend = &gyre::jit_backend()});

  std::size_t counts[5] = {};
  for (const auto verdict : ends.outcome) ++counts[verdict];
  for (int v = 0; v < 5; ++v)
    std::printf("%-12s %6.2f %%\n", to_string(gyre::Verdict(v)).data(), 1e-4 * double(counts[v]));
}
