#include "bench/steps.hpp"

#include <algorithm>

#include "gyre/games/catalogue.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/program/interpreter.hpp"
#include "gyre/rules/pipe.hpp"

namespace gyre::bench {

double start_at(std::size_t lane, std::size_t coordinate) {
  return 0.1 + 1e-3 * static_cast<double>(lane % 256) + 0.01 * static_cast<double>(coordinate % 7);
}

Stepping::Stepping(const std::string& game, const std::string& rule, const Backend& backend,
                   std::size_t lanes)
    : traced_(trace(game.find(':') == std::string::npos ? catalogue_game(game) : parse_game(game),
                    parse_pipe(rule))),
      lanes_(lanes),
      runner_(backend.runner(traced_.step, lanes)) {
  Interpreter start(traced_.start, lanes);
  for (std::size_t i = 0; i < traced_.dim; ++i)
    for (std::size_t l = 0; l < start.lanes(); ++l) start.input(i)[l] = start_at(l, i);
  for (std::size_t k = 0; k < traced_.knobs.size(); ++k) {
    std::ranges::fill(start.input(traced_.dim + k), traced_.knobs[k].value);
    std::ranges::fill(runner_->input(traced_.state() + k), traced_.knobs[k].value);
  }
  start.run();
  for (std::size_t i = 0; i < traced_.state(); ++i) {
    const std::span<const double> from =
        i < traced_.dim ? start.input(i) : start.output(i - traced_.dim);
    begin_.emplace_back(from.begin(), from.end());
  }
}

double Stepping::run(std::size_t steps) {
  for (std::size_t i = 0; i < begin_.size(); ++i) {
    const std::span<double> to = runner_->input(i);
    std::copy_n(begin_[i].begin(), std::min(to.size(), begin_[i].size()), to.begin());
    for (std::size_t l = begin_[i].size(); l < to.size(); ++l) to[l] = begin_[i].back();
  }
  runner_->run(steps, lanes_);
  return static_cast<double>(lanes_) * static_cast<double>(steps);
}

}  // namespace gyre::bench
