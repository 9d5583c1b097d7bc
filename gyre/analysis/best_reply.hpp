#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "gyre/core/random.hpp"
#include "gyre/games/game.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre {

/// What one player gains by its best reply to all others. See gap.hpp for what is exact.
class BestReply {
 public:
  BestReply(const Game& game, const Player& player);

  bool is_exact() const;
  /// The player's loss at the point less the least that its own variables can make of it.
  double gain(std::span<const double> at);

 private:
  /// How the loss depends on the player's own variables.
  enum class Form { kLinear, kQuadratic, kOther };

  double loss(std::span<const double> w);
  double loss_of_one(double x);
  /// Both after loss().
  double slope(std::size_t i) const { return code_->output(1 + i)[0]; }
  double bend(std::size_t i, std::size_t k) const {
    return code_->output(1 + player_.count + i * player_.count + k)[0];
  }
  double zero() const;

  double linear_gain();
  double quadratic_gain();
  double least_of_one(double now);
  double least_parabola(double now, const Coordinate& c) const;
  double golden(double low, double high);
  double least_of_many(double now);
  double least_far_out(double now);
  void scatter(Stream& stream, std::vector<double>& w) const;
  double descend(std::vector<double> w);

  const Game& game_;
  const Player& player_;
  Form form_ = Form::kOther;
  bool confined_ = false;
  std::vector<double> values_, here_;
  Program program_;
  std::unique_ptr<Interpreter> code_;
};

}  // namespace gyre
