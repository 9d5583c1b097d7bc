#include "gyre/engine/swarm_block.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "gyre/engine/looks.hpp"
#include "gyre/engine/run.hpp"
#include "gyre/program/interpreter.hpp"
#include "gyre/program/kernels.hpp"

namespace gyre {

namespace {

const Backend& backend_of(const SwarmOptions& options) {
  return options.backend ? *options.backend : interpreter_backend();
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
      size_(size),
      watch_(cycles, options, size),
      start_(backend_of(options).runner(traced.running_start(), size)),
      step_(backend_of(options).runner(traced.running_step(), size)),
      output_(backend_of(options).runner(traced.output, size)),
      residual_(backend_of(options).runner(traced.residual, size)),
      moved_(size),
      length_(size),
      lane_(size),
      exit_(size),
      point_(traced.dim) {
  const std::size_t dim = traced.dim, state = traced.state();
  memory_.resize(size * (dim + 3));
  seeds_.resize(size);
  double* next = memory_.data();
  const auto column = [&] {
    columns_.push_back(next);
    return std::exchange(next, next + size_);
  };
  for (std::size_t i = 0; i < dim; ++i) before_.push_back(column());
  escape_ = column(), early_residual_ = column(), late_residual_ = column();
  for (std::size_t i = 0; i < state; ++i) columns_.push_back(step_->input(i).data());
  for (std::size_t i = 0; i < dim; ++i)
    reported_.push_back(traced.reports_itself ? step_->input(i) : output_->output(i));
  for (const std::span<const double> x : reported_) now_.push_back(x.data());

  for (std::size_t k = 0; k < traced.knobs.size(); ++k)
    for (const std::span<double> to : {start_->input(dim + k), residual_->input(dim + k),
                                       step_->input(state + k), output_->input(state + k)})
      std::ranges::fill(to, traced.knobs[k].value);
  if (traced.chance)
    for (std::size_t i = 0; i < 3; ++i)
      columns_.push_back(step_->input(state + traced.knobs.size() + i).data());
  for (const std::string& name : lanes.knobs) {
    own_knobs_.push_back(static_cast<std::size_t>(
        std::ranges::find(traced.knobs, name, &Knob::name) - traced.knobs.begin()));
    const std::size_t k = own_knobs_.back();
    if (k == traced.knobs.size()) continue;  // the seed
    for (const std::span<double> to :
         {step_->input(state + k), residual_->input(dim + k), output_->input(state + k)})
      columns_.push_back(to.data());
  }
}

void SwarmBlock::begin() {
  const std::size_t dim = traced_.dim, state = traced_.state();
  std::vector<double*> points, values;
  for (std::size_t i = 0; i < dim; ++i) points.push_back(step_->input(i).data());
  for (const std::size_t k : own_knobs_)
    values.push_back(k < traced_.knobs.size() ? step_->input(state + k).data() : seeds_.data());
  lanes_.fill(first_, running_, points, values);
  for (std::size_t i = 0; i < dim; ++i) std::copy_n(points[i], running_, start_->input(i).data());
  for (std::size_t k = 0; k < own_knobs_.size(); ++k) {
    if (own_knobs_[k] == traced_.knobs.size()) continue;
    for (const std::span<double> to :
         {start_->input(dim + own_knobs_[k]), residual_->input(dim + own_knobs_[k]),
          output_->input(state + own_knobs_[k])})
      std::copy_n(values[k], running_, to.data());
  }
  if (traced_.chance) begin_chance();
  start_->run(1, running_);
  for (std::size_t i = dim; i < state; ++i)
    std::copy_n(start_->output(i - dim).data(), running_, step_->input(i).data());

  for (std::size_t l = 0; l < running_; ++l) {
    double squares = 0.0;
    bool finite = true;
    for (std::size_t i = 0; i < dim; ++i) {
      squares += points[i][l] * points[i][l];
      finite = finite && std::isfinite(points[i][l]);
    }
    const double bound = options_.escape * (1.0 + std::sqrt(squares));
    escape_[l] = finite ? bound * bound : -1.0;
    lane_[l] = static_cast<std::uint32_t>(l);
  }
  std::fill_n(exit_.data(), running_, kNeverLeft);
  watch_.begin();
  early_ = late_ = 0;
}

void SwarmBlock::begin_chance() {
  const std::size_t behind = traced_.knobs.size(), at_start = traced_.dim + behind,
                    at_step = traced_.state() + behind;
  const bool own = std::ranges::find(own_knobs_, behind) != own_knobs_.end();
  for (std::size_t l = 0; l < running_; ++l) {
    const double seed = drawn_with(own ? static_cast<std::uint64_t>(seeds_[l]) : options_.seed);
    const auto number = static_cast<double>(lanes_.first + first_ + l);
    start_->input(at_start)[l] = step_->input(at_step)[l] = seed;
    start_->input(at_start + 1)[l] = step_->input(at_step + 1)[l] = number;
    step_->input(at_step + 2)[l] = 1.0;
  }
}

void SwarmBlock::report() {
  if (traced_.reports_itself) return;
  for (std::size_t i = 0; i < traced_.state(); ++i)
    std::copy_n(step_->input(i).data(), running_, output_->input(i).data());
  output_->run(1, running_);
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

std::span<const double> SwarmBlock::point_of(std::size_t l) {
  for (std::size_t i = 0; i < traced_.dim; ++i) point_[i] = reported_[i][l];
  return point_;
}

void SwarmBlock::see_cycles(std::uint64_t step) {
  if (!watch_.due(step)) return;
  const std::size_t others = ended_.size();
  for (std::size_t l = 0, next = 0; l < running_; ++l) {
    if (next < others && ended_[next] == l) {
      ++next;
      continue;
    }
    const CycleWatch::Found found = watch_.see(l, step, point_of(l));
    if (found.cycle < 0) continue;
    if (options_.keep.rate) measure_residual();
    end_on_cycle(l, found, step);
    ended_.push_back(static_cast<std::uint32_t>(l));
  }
  if (ended_.size() > others) std::ranges::sort(ended_);
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
  point_of(l);
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

void SwarmBlock::end_on_cycle(std::size_t l, const CycleWatch::Found& found, std::uint64_t step) {
  end(l, Verdict::kCycling, step);
  const std::size_t lane = first_ + lane_[l], cycle = static_cast<std::size_t>(found.cycle);
  if (options_.keep.attractor && cycle < options_.attractors->cycles.size())
    result_->attractor[lane] =
        static_cast<std::int16_t>(options_.attractors->points.size() + cycle);
  if (options_.keep.period) result_->period[lane] = static_cast<float>(found.period);
}

void SwarmBlock::look(std::uint64_t step) {
  report();
  has_residual_ = false;
  // Most lanes have nothing to say most of the time: one pass without branches asks whether any
  // has, more generously than need be, and only then is the field looked at.
  const std::size_t loud =
      see_({traced_.dim, running_, now_.data(), before_.data(), escape_,
            2.5 * options_.settle * options_.settle, moved_.data(), length_.data()});
  if (options_.exit && options_.keep.exit) see_exits(step);
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
    lane_[to] = lane_[from], exit_[to] = exit_[from];
    watch_.move(to, from);
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
    const CycleWatch::Found found = watch_.at_end(l, point_of(l));
    if (found.cycle >= 0) {
      end_on_cycle(l, found, options_.steps);
      continue;
    }
    end(l, Verdict::kBudgetSpent, options_.steps);
    if (options_.judge) unexplained_->push_back(first_ + lane_[l]);
  }
}

}  // namespace gyre
