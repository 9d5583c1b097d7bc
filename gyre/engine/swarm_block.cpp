#include "gyre/engine/swarm_block.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "gyre/engine/looks.hpp"
#include "gyre/program/interpreter.hpp"
#include "gyre/program/kernels.hpp"

namespace gyre {

namespace {

const Backend& backend_of(const SwarmOptions& options) {
  return options.backend ? *options.backend : interpreter_backend();
}

/// About an eighth of the run before its end, 128 steps before, and the look before the last.
std::vector<std::uint64_t> marks_of(std::uint64_t steps) {
  std::vector<std::uint64_t> marks;
  for (const std::uint64_t before : {steps / 8, std::uint64_t{128}, std::uint64_t{1}}) {
    if (before == 0 || before >= steps) continue;
    std::uint64_t mark = steps - before;
    if (!look_due(mark)) mark = mark / kLookEvery * kLookEvery;
    if (mark > 0) marks.push_back(mark);
  }
  std::ranges::sort(marks);
  const auto [from, to] = std::ranges::unique(marks);
  marks.erase(from, to);
  return marks;
}

float factor_a_step(double squared_before, double squared_now, std::uint64_t steps) {
  if (!(squared_before > 0.0) || steps == 0) return std::numeric_limits<float>::quiet_NaN();
  return static_cast<float>(
      std::pow(squared_now / squared_before, 0.5 / static_cast<double>(steps)));
}

}  // namespace

SwarmBlock::SwarmBlock(const Traced& traced, const SwarmLanes& lanes, const SwarmOptions& options,
                       const NearCycle& cycles, std::size_t size)
    : traced_(traced),
      lanes_(lanes),
      options_(options),
      cycles_(cycles),
      size_(size),
      start_(backend_of(options).runner(traced.start, size)),
      step_(backend_of(options).runner(traced.step, size)),
      output_(backend_of(options).runner(traced.output, size)),
      residual_(backend_of(options).runner(traced.residual, size)),
      moved_(size),
      length_(size),
      lane_(size),
      exit_(size),
      cycle_(size),
      point_(traced.dim) {
  const std::size_t dim = traced.dim, state = traced.state();
  if (!cycles.empty()) marks_ = marks_of(options.steps);
  memory_.resize(size * (dim + marks_.size() + 3));
  double* next = memory_.data();
  const auto column = [&] {
    columns_.push_back(next);
    return std::exchange(next, next + size_);
  };
  for (std::size_t i = 0; i < dim; ++i) before_.push_back(column());
  for (std::size_t i = 0; i < marks_.size(); ++i) phase_.push_back(column());
  escape_ = column(), early_residual_ = column(), late_residual_ = column();
  for (std::size_t i = 0; i < state; ++i) columns_.push_back(step_->input(i).data());
  for (std::size_t i = 0; i < dim; ++i)
    reported_.push_back(traced.reports_itself ? step_->input(i) : output_->output(i));

  for (std::size_t k = 0; k < traced.knobs.size(); ++k)
    for (const std::span<double> to : {start_->input(dim + k), residual_->input(dim + k),
                                       step_->input(state + k), output_->input(state + k)})
      std::ranges::fill(to, traced.knobs[k].value);
  for (const std::string& name : lanes.knobs) {
    own_knobs_.push_back(static_cast<std::size_t>(
        std::ranges::find(traced.knobs, name, &Knob::name) - traced.knobs.begin()));
    const std::size_t k = own_knobs_.back();
    for (const std::span<double> to :
         {step_->input(state + k), residual_->input(dim + k), output_->input(state + k)})
      columns_.push_back(to.data());
  }
}

void SwarmBlock::begin() {
  const std::size_t dim = traced_.dim, state = traced_.state();
  std::vector<double*> points, values;
  for (std::size_t i = 0; i < dim; ++i) points.push_back(step_->input(i).data());
  for (const std::size_t k : own_knobs_) values.push_back(step_->input(state + k).data());
  lanes_.fill(first_, running_, points, values);
  for (std::size_t i = 0; i < dim; ++i) std::copy_n(points[i], running_, start_->input(i).data());
  for (std::size_t k = 0; k < own_knobs_.size(); ++k)
    for (const std::span<double> to :
         {start_->input(dim + own_knobs_[k]), residual_->input(dim + own_knobs_[k]),
          output_->input(state + own_knobs_[k])})
      std::copy_n(values[k], running_, to.data());
  start_->run(1, running_);
  for (std::size_t i = dim; i < state; ++i)
    std::copy_n(start_->output(i - dim).data(), running_, step_->input(i).data());

  std::fill_n(length_.data(), running_, 0.0);
  for (std::size_t i = 0; i < dim; ++i)
    for (std::size_t l = 0; l < running_; ++l) length_[l] += points[i][l] * points[i][l];
  for (std::size_t l = 0; l < running_; ++l) {
    const double bound = options_.escape * (1.0 + std::sqrt(length_[l]));
    escape_[l] = bound * bound;
    lane_[l] = static_cast<std::uint32_t>(l);
  }
  std::fill_n(exit_.data(), running_, kNeverLeft);
  std::fill_n(cycle_.data(), running_, kNoAttractor);
  early_ = late_ = 0;
}

void SwarmBlock::report() {
  if (traced_.reports_itself) return;
  for (std::size_t i = 0; i < traced_.state(); ++i)
    std::copy_n(step_->input(i).data(), running_, output_->input(i).data());
  output_->run(1, running_);
}

void SwarmBlock::measure() {
  std::fill_n(moved_.data(), running_, 0.0);
  std::fill_n(length_.data(), running_, 0.0);
  for (std::size_t i = 0; i < traced_.dim; ++i) {
    double* before = before_[i];
    const double* now = reported_[i].data();
    for (std::size_t l = 0; l < running_; ++l) {
      moved_[l] += (now[l] - before[l]) * (now[l] - before[l]);
      length_[l] += now[l] * now[l];
      before[l] = now[l];
    }
  }
  has_residual_ = false;
}

void SwarmBlock::measure_residual() {
  if (has_residual_) return;
  for (std::size_t i = 0; i < traced_.dim; ++i)
    std::copy_n(reported_[i].data(), running_, residual_->input(i).data());
  residual_->run(1, running_);
  has_residual_ = true;
}

void SwarmBlock::see_exits(std::uint64_t step) {
  const ExitRegion& region = *options_.exit;
  for (std::size_t l = 0; l < running_; ++l) {
    if (exit_[l] != kNeverLeft) continue;
    bool inside = true;
    double squares = 0.0;
    for (std::size_t i = 0; i < traced_.dim; ++i) {
      const double x = reported_[i][l];
      if (region.box.empty())
        squares += (x - region.centre[i]) * (x - region.centre[i]);
      else
        inside = inside && x >= region.box[i][0] && x <= region.box[i][1];
    }
    if (region.box.empty()) inside = squares <= region.radius * region.radius;
    if (!inside) exit_[l] = static_cast<std::uint32_t>(step);
  }
}

void SwarmBlock::see_cycles(std::uint64_t step) {
  const auto mark = std::ranges::find(marks_, step);
  if (mark == marks_.end()) return;
  const bool first = mark == marks_.begin();
  double* phase = phase_[static_cast<std::size_t>(mark - marks_.begin())];
  for (std::size_t l = 0; l < running_; ++l) {
    if (!first && cycle_[l] < 0) continue;
    for (std::size_t i = 0; i < traced_.dim; ++i) point_[i] = reported_[i][l];
    const NearCycle::Match match = cycles_.at(point_);
    phase[l] = match.phase;
    cycle_[l] = static_cast<std::int16_t>(first || match.cycle == cycle_[l] ? match.cycle : -1);
  }
}

void SwarmBlock::remember_residual(std::uint64_t step) {
  if ((step & (step - 1)) != 0) return;  // at powers of two, and before the first step
  measure_residual();
  std::copy_n(late_residual_, running_, early_residual_);
  std::copy_n(residual_->output(0).data(), running_, late_residual_);
  early_ = late_, late_ = step;
  if (step == 0) std::copy_n(late_residual_, running_, early_residual_);
}

bool SwarmBlock::has_ended(std::size_t l, std::uint64_t step, Verdict& verdict) const {
  const bool inside = length_[l] <= escape_[l];  // false also for what is not a number
  if (inside) {
    verdict = Verdict::kSettled;
    return step > 0 && residual_->output(0)[l] <= options_.settle * options_.settle &&
           std::sqrt(moved_[l]) <= options_.settle * (1.0 + std::sqrt(length_[l]));
  }
  bool finite = true;
  for (const std::span<const double> x : reported_) finite = finite && std::isfinite(x[l]);
  verdict = finite ? Verdict::kDiverged : Verdict::kNotFinite;
  return true;
}

void SwarmBlock::end(std::size_t l, Verdict verdict, std::uint64_t step) {
  const std::size_t lane = first_ + lane_[l], dim = traced_.dim;
  for (std::size_t i = 0; i < dim; ++i) point_[i] = reported_[i][l];
  SwarmResult& to = *result_;
  const SwarmKeep& keep = options_.keep;
  if (keep.outcome) to.outcome[lane] = static_cast<std::uint8_t>(verdict);
  if (keep.steps) to.steps[lane] = static_cast<std::uint32_t>(step);
  if (keep.exit) to.exit[lane] = exit_[l];
  if (keep.last)
    std::ranges::copy(point_, to.last.begin() + static_cast<std::ptrdiff_t>(lane * dim));
  if (keep.rate)
    to.rate[lane] = factor_a_step(early_residual_[l], residual_->output(0)[l], step - early_);
  if (keep.attractor && verdict == Verdict::kSettled && options_.attractors)
    to.attractor[lane] = point_at(*options_.attractors, point_);
}

void SwarmBlock::look(std::uint64_t step) {
  report();
  measure();
  if (options_.exit && options_.keep.exit) see_exits(step);
  // Most lanes have nothing to say most of the time: one pass without branches asks whether any
  // has, and only then is the field looked at.
  const double small = 2.5 * options_.settle * options_.settle;
  int loud = 0;
  for (std::size_t l = 0; l < running_; ++l)
    loud += !(length_[l] <= escape_[l]) | (moved_[l] <= small * (1.0 + length_[l]));
  ended_.clear();
  if (loud > 0) {
    measure_residual();
    for (std::size_t l = 0; l < running_; ++l) {
      Verdict verdict;
      if (!has_ended(l, step, verdict)) continue;
      end(l, verdict, step);
      ended_.push_back(static_cast<std::uint32_t>(l));
    }
  }
  if (options_.keep.rate) remember_residual(step);
  see_cycles(step);
  close_up();
}

void SwarmBlock::close_up() {
  if (ended_.empty()) return;
  for (auto hole = ended_.rbegin(); hole != ended_.rend(); ++hole) {
    const std::size_t to = *hole, from = --running_;  // no hole lies beyond `from`
    if (to == from) continue;
    for (double* column : columns_) column[to] = column[from];
    lane_[to] = lane_[from], exit_[to] = exit_[from], cycle_[to] = cycle_[from];
  }
  // What steps along to fill up a vector must not sink to subnormal numbers.
  const std::size_t padded =
      std::min(step_->lanes(), (running_ + kLaneQuantum - 1) / kLaneQuantum * kLaneQuantum);
  if (running_ > 0)
    for (std::size_t l = running_; l < padded; ++l)
      for (std::size_t i = 0; i < traced_.state(); ++i) step_->input(i)[l] = step_->input(i)[0];
}

void SwarmBlock::run(std::size_t first, std::size_t count, SwarmResult& result,
                     std::vector<std::size_t>& unexplained) {
  first_ = first, running_ = count;
  result_ = &result, unexplained_ = &unexplained;
  begin();
  look(0);
  std::uint64_t step = 0;
  while (step < options_.steps && running_ > 0) {
    if (options_.cancel && options_.cancel->load(std::memory_order_relaxed)) return;
    const std::uint64_t next = std::min(options_.steps, next_look(step));
    step_->run(next - step, running_);
    step = next;
    look(step);
  }
  end_of_budget();
}

void SwarmBlock::end_of_budget() {
  if (running_ > 0 && options_.keep.rate) {
    report();
    has_residual_ = false;
    measure_residual();
  }
  for (std::size_t l = 0; l < running_; ++l) {
    NearCycle::Match match;
    if (cycle_[l] >= 0) {
      for (std::size_t i = 0; i < traced_.dim; ++i) point_[i] = reported_[i][l];
      match = cycles_.at(point_);
    }
    if (cycle_[l] < 0 || match.cycle != cycle_[l]) {
      end(l, Verdict::kBudgetSpent, options_.steps);
      if (options_.judge) unexplained_->push_back(first_ + lane_[l]);
      continue;
    }
    end(l, Verdict::kCycling, options_.steps);
    const std::size_t lane = first_ + lane_[l];
    const std::size_t cycle = static_cast<std::size_t>(cycle_[l]);
    if (options_.keep.attractor && cycle < options_.attractors->cycles.size())
      result_->attractor[lane] =
          static_cast<std::int16_t>(options_.attractors->points.size() + cycle);
    if (!options_.keep.period) continue;
    // How far along the cycle it has come since a mark says how long a turn takes this lane, but
    // for whole turns: each mark is far enough for precision, and near enough to count them by
    // what the one behind it said.
    double period = cycles_.period(cycle_[l]);
    for (std::size_t m = marks_.size(); m-- > 0;) {
      const double steps = static_cast<double>(options_.steps - marks_[m]);
      const double gap = match.phase - phase_[m][l], part = gap - std::floor(gap);
      const double whole = std::max(0.0, std::round(steps / period - part));
      if (whole + part > 0.0) period = steps / (whole + part);
    }
    result_->period[lane] = static_cast<float>(period);
  }
}

}  // namespace gyre
