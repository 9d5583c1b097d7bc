#pragma once

#include <Eigen/Core>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "gyre/games/game.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre {

/// Where a point is carried: the second argument receives the velocity at the first.
using Velocity = std::function<void(std::span<const double>, std::span<double>)>;

/// The motion w' = -F(w) of players who all descend at once, without pause and without walls: the
/// game's formulas are taken as they stand outside its domain too. With the game's parameters as
/// they are now. Not for use by several threads at a time.
class GradientFlow {
 public:
  explicit GradientFlow(const Game& game);
  GradientFlow(const GradientFlow&) = delete;
  GradientFlow& operator=(const GradientFlow&) = delete;

  std::size_t dim() const { return dim_; }
  /// -F(w).
  void velocity(std::span<const double> w, std::span<double> v);
  /// The velocity's slopes: minus the game Jacobian.
  Eigen::MatrixXd slopes(std::span<const double> w);
  /// In the direction of time, or against it. Holds on to this flow.
  Velocity forward();
  Velocity backward();
  /// Whether the formulas of the field choose between cases, or bend or jump in another way.
  bool has_cases() const { return has_cases_; }

 private:
  void run(Interpreter& code, std::span<const double> w) const;

  std::size_t dim_;
  std::vector<Expr> symbols_, field_, parameters_;
  std::vector<double> values_;
  Program program_, slopes_program_;
  std::unique_ptr<Interpreter> code_, slopes_code_;
  bool has_cases_ = false;
};

/// A path that follows a velocity, by the method of Dormand and Prince (1980): order five, the step
/// sizes chosen by the difference to order four.
class FlowPath {
 public:
  /// `tolerance` bounds the error of a step, relative to one plus the coordinate.
  FlowPath(Velocity velocity, std::vector<double> from, double tolerance = 1e-11);

  /// One step. False, and nothing moves, where the velocity is not finite or turns too quickly for
  /// any step.
  bool step();

  double time() const { return time_; }
  const std::vector<double>& at() const { return at_; }
  /// The velocity at the end of the last step.
  const std::vector<double>& velocity() const { return slope_; }

  /// Where and when the last step began.
  double time_before() const { return time_before_; }
  const std::vector<double>& before() const { return before_; }
  /// A place inside the last step, by a shorter one from its beginning: no less accurate.
  std::vector<double> within(double time) const;
  /// When, in the last step, `event` rose from below zero to zero or more.
  using Event = std::function<double(std::span<const double>)>;
  std::optional<double> crossing(const Event& event) const;

  /// Steps until just that time. False if a step fails before.
  bool run_to(double time);

 private:
  bool try_step(const std::vector<double>& from, const std::vector<double>& slope, double h,
                std::vector<double>& to, std::vector<double>& last, double& error) const;

  Velocity velocity_;
  double tolerance_, time_ = 0.0, time_before_ = 0.0, next_ = 0.0;
  std::vector<double> at_, slope_, before_, slope_before_;
};

}  // namespace gyre
