#include "gyre/engine/block.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/engine/judge.hpp"
#include "gyre/engine/looks.hpp"

namespace gyre {

namespace {

// A finished lane must not sink to subnormal numbers while its neighbours go on: it starts again.
constexpr std::uint64_t kRewindEvery = 1024;

std::uint64_t affordable(const Traced& traced, const RunOptions& options) {
  if (!(options.calls < std::numeric_limits<double>::infinity()) || traced.calls_a_step <= 0.0)
    return options.steps;
  const double steps = std::floor((options.calls - traced.calls_at_start) / traced.calls_a_step);
  return std::min(options.steps, static_cast<std::uint64_t>(std::max(0.0, std::min(steps, 9e18))));
}

const Backend& backend_of(const RunOptions& options) {
  return options.backend ? *options.backend : interpreter_backend();
}

}  // namespace

double drawn_with(std::uint64_t seed) {
  constexpr std::uint64_t kWhole = (std::uint64_t{1} << 52) - 1;
  return static_cast<double>((seed ^ (seed >> 52)) & kWhole);
}

Block::Block(const Traced& traced, const Lanes& lanes, const RunOptions& options, std::size_t first,
             std::size_t count, BlockMemory& memory)
    : traced_(traced),
      lanes_(lanes),
      options_(options),
      first_(first),
      count_(count),
      steps_(affordable(traced, options)),
      start_(backend_of(options).runner(traced.running_start(options.mean), count)),
      step_(backend_of(options).runner(traced.running_step(options.mean), count)),
      output_(backend_of(options).runner(traced.output, count)),
      residual_(backend_of(options).runner(traced.residual, count)),
      before_(traced.dim * count),
      moved_(count),
      length_(count),
      point_(traced.dim),
      escape_(count),
      done_(count),
      running_(count),
      history_(memory.history),
      tail_(memory.tail) {
  history_.clear(traced.dim, count);
  tail_.clear(traced.dim, count, steps_);
  for (std::size_t i = 0; i < traced.dim; ++i)
    reported_.push_back(traced.reports_itself ? step_->input(i) : output_->output(i));
}

void Block::begin() {
  const std::size_t dim = traced_.dim, state = traced_.state();
  for (std::size_t k = 0; k < traced_.knobs.size(); ++k) {
    const auto own = lanes_.knobs.find(traced_.knobs[k].name);
    for (std::size_t l = 0; l < step_->lanes(); ++l) {
      const std::size_t lane = first_ + std::min(l, count_ - 1);
      const double value = own == lanes_.knobs.end() ? traced_.knobs[k].value : own->second[lane];
      start_->input(dim + k)[l] = value;
      residual_->input(dim + k)[l] = value;
      step_->input(state + k)[l] = value;
      output_->input(state + k)[l] = value;
    }
  }
  if (traced_.chance && !options_.mean) begin_chance();
  for (std::size_t l = 0; l < step_->lanes(); ++l)
    for (std::size_t i = 0; i < dim; ++i)  // lanes that nobody asked for repeat the last one
      start_->input(i)[l] = step_->input(i)[l] = lanes_.starts[first_ + std::min(l, count_ - 1)][i];
  start_->run();
  for (std::size_t i = dim; i < state; ++i)
    std::ranges::copy(start_->output(i - dim), step_->input(i).begin());
  for (std::size_t i = 0; i < state; ++i)
    origin_.insert(origin_.end(), step_->input(i).begin(), step_->input(i).end());
  for (std::size_t l = 0; l < count_; ++l) {
    double sum = 0.0;
    for (const double x : lanes_.starts[first_ + l]) sum += x * x;
    const double bound = options_.escape * (1.0 + std::sqrt(sum));
    escape_[l] = bound * bound;
  }
}

void Block::begin_chance() {
  const std::size_t dim = traced_.dim, state = traced_.state(), knobs = traced_.knobs.size();
  for (std::size_t l = 0; l < step_->lanes(); ++l) {
    const std::size_t lane = first_ + std::min(l, count_ - 1);
    const double seed = drawn_with(lanes_.seeds.empty() ? options_.seed : lanes_.seeds[lane]);
    const auto number =
        static_cast<double>(lanes_.numbers.empty() ? lanes_.first + lane : lanes_.numbers[lane]);
    start_->input(dim + knobs)[l] = step_->input(state + knobs)[l] = seed;
    start_->input(dim + knobs + 1)[l] = step_->input(state + knobs + 1)[l] = number;
    step_->input(state + knobs + 2)[l] = 1.0;
  }
}

void Block::rewind_finished() {
  for (std::size_t l = 0; l < count_; ++l)
    if (done_[l])
      for (std::size_t i = 0; i < traced_.state(); ++i)
        step_->input(i)[l] = origin_[i * step_->lanes() + l];
}

std::uint64_t Block::next_look(std::uint64_t step) const {
  std::uint64_t next = steps_;
  auto at = [&](std::uint64_t s) {
    if (s > step) next = std::min(next, s);
  };
  if (options_.judge) {
    at(gyre::next_look(step));
    at(history_.next_due(step));
    at(tail_.next_due(step));
  }
  for (const Observer* o : options_.observers)
    if (o->every() > 0) at((step / o->every() + 1) * o->every());
  // Even a run that nobody looks at must be able to stop.
  at(step + (std::uint64_t{1} << 16));
  return next;
}

void Block::report() {
  if (traced_.reports_itself) return;
  for (std::size_t i = 0; i < traced_.state(); ++i)
    std::ranges::copy(step_->input(i), output_->input(i).begin());
  output_->run();
}

std::span<const double> Block::point_of(std::size_t lane) {
  for (std::size_t i = 0; i < traced_.dim; ++i) point_[i] = reported_[i][lane];
  return point_;
}

void Block::tell(std::uint64_t step, bool ending, std::size_t lane) {
  for (Observer* o : options_.observers)
    if (ending ? step != 0 && (o->every() == 0 || step % o->every() != 0)
               : o->every() > 0 && step % o->every() == 0)
      o->see(first_ + lane, step, point_of(lane));
}

void Block::finish(std::size_t lane, Verdict verdict, std::uint64_t step, Outcome& outcome) {
  outcome.verdict = verdict;
  outcome.steps = step;
  outcome.calls = traced_.calls_at_start + traced_.calls_a_step * static_cast<double>(step);
  const std::span<const double> point = point_of(lane);
  outcome.last.assign(point.begin(), point.end());
  outcome.residual = std::sqrt(residual_->output(0)[lane]);
  outcome.moved = std::sqrt(moved_[lane]);
  done_[lane] = true;
  --running_;
  tell(step, true, lane);
}

void Block::check(std::uint64_t step, std::vector<Outcome>& outcomes) {
  if (checked_ == step) return;  // or it would seem not to have moved
  checked_ = step;
  const std::size_t dim = traced_.dim;
  for (std::size_t i = 0; i < dim; ++i)
    std::ranges::copy(reported_[i], residual_->input(i).begin());
  residual_->run();
  std::ranges::fill(moved_, 0.0);
  std::ranges::fill(length_, 0.0);
  for (std::size_t i = 0; i < dim; ++i) {
    double* before = before_.data() + i * count_;
    const double* now = reported_[i].data();
    for (std::size_t l = 0; l < count_; ++l) {
      moved_[l] += (now[l] - before[l]) * (now[l] - before[l]);
      length_[l] += now[l] * now[l];
      before[l] = now[l];
    }
  }
  if (!options_.judge) return;
  // Most lanes have nothing to say most of the time: one pass without branches asks whether any
  // has.
  const double* residual = residual_->output(0).data();
  const double settled = options_.settle * options_.settle;
  int quiet = 0;
  for (std::size_t l = 0; l < count_; ++l)
    quiet += (length_[l] <= escape_[l]) & (residual[l] > settled);
  if (quiet == static_cast<int>(count_)) return;
  for (std::size_t l = 0; l < count_; ++l) {
    if (done_[l]) continue;
    const bool inside = length_[l] <= escape_[l];  // false also for what is not a number
    const bool still = residual[l] <= settled && step > 0 &&
                       std::sqrt(moved_[l]) <= options_.settle * (1.0 + std::sqrt(length_[l]));
    if (inside && !still) continue;
    bool finite = true;
    for (const double x : point_of(l)) finite = finite && std::isfinite(x);
    finish(l,
           inside   ? Verdict::kSettled
           : finite ? Verdict::kDiverged
                    : Verdict::kNotFinite,
           step, outcomes[first_ + l]);
    measure(outcomes[first_ + l], history_.paths(l, 1).front(), options_.references);
  }
}

void Block::look(std::uint64_t step, std::vector<Outcome>& outcomes) {
  report();
  if (options_.judge && history_.due(step)) history_.keep(step, reported_);
  if (options_.judge && tail_.due(step)) tail_.keep(step, reported_);
  for (std::size_t l = 0; l < count_ && !options_.observers.empty(); ++l)
    if (!done_[l]) tell(step, false, l);
  if (look_due(step) || step == steps_) check(step, outcomes);
  if (step % kRewindEvery == 0 && running_ < count_) rewind_finished();
}

void Block::judge(std::uint64_t step, Stopped stopped, std::vector<Outcome>& outcomes) {
  report();
  check(step, outcomes);
  constexpr std::size_t kTogether = 8;  // a cache line of neighbours
  for (std::size_t group = 0; group < count_; group += kTogether) {
    const std::size_t size = std::min(kTogether, count_ - group);
    if (std::all_of(done_.begin() + static_cast<std::ptrdiff_t>(group),
                    done_.begin() + static_cast<std::ptrdiff_t>(group + size),
                    [](bool done) { return done; }))
      continue;
    const std::vector<Path> histories = history_.paths(group, size);
    std::vector<Path> tails;
    for (std::size_t l = group; l < group + size; ++l) {
      if (done_[l]) continue;
      Outcome& outcome = outcomes[first_ + l];
      finish(l, Verdict::kBudgetSpent, step, outcome);
      outcome.stopped = stopped;
      bool finite = true;
      for (const double x : outcome.last) finite = finite && std::isfinite(x);
      if (!finite) outcome.verdict = Verdict::kNotFinite;
      if (finite && options_.judge)
        judge_at_the_end(
            outcome, histories[l - group],
            [&] {
              if (stopped != Stopped::kNo) return Path{traced_.dim, {}, {}};
              if (tails.empty()) tails = tail_.paths(group, size);
              return tails[l - group];
            },
            options_.references);
      if (traced_.chance && !options_.mean && outcome.verdict == Verdict::kBudgetSpent &&
          options_.judge)
        outcome.hover = hovering(outcome, histories[l - group], options_.references);
    }
  }
}

void Block::run(std::vector<Outcome>& outcomes, const std::function<Stopped(double)>& stop) {
  begin();
  std::uint64_t step = 0;
  Stopped stopped = Stopped::kNo;
  look(0, outcomes);
  while (step < steps_ && running_ > 0) {
    const std::uint64_t next = next_look(step);
    step_->run(next - step);
    step = next;
    look(step, outcomes);
    stopped = stop(static_cast<double>(step) / static_cast<double>(steps_));
    if (stopped != Stopped::kNo) break;
  }
  if (running_ > 0) judge(step, stopped, outcomes);
}

}  // namespace gyre
