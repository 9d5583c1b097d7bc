#include "bench/race.hpp"

#include <algorithm>
#include <chrono>

namespace gyre::bench {

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::vector<double> race(std::span<const Work> contestants, double seconds) {
  constexpr double kTurn =
      0.02;  // long beside the clock, short beside a change of the machine's mood
  std::vector<double> best(contestants.size(), 0.0), spent(contestants.size(), 0.0);
  for (const Work& c : contestants) c();  // pages, caches, frequencies
  while (*std::ranges::min_element(spent) < seconds)
    for (std::size_t i = 0; i < contestants.size(); ++i) {
      double work = 0.0, time = 0.0;
      while (time < kTurn) time += seconds_of([&] { work += contestants[i](); });
      best[i] = std::max(best[i], work / time);
      spent[i] += time;
    }
  return best;
}

}  // namespace gyre::bench
