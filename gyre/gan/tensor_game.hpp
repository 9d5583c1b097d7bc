#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "gyre/gan/block.hpp"
#include "gyre/rules/field.hpp"

namespace gyre::gan {

/// One tensor of a player: a weight, a bias.
struct ParameterShape {
  std::string name;  ///< "0.weight"
  std::vector<std::int64_t> shape;
};

/// All of a player's tensors, in the order in which they lie in its flat block.
using Layout = std::vector<ParameterShape>;

std::int64_t size_of(const Layout& layout);

/// The players' tensors, a list a player: views into their flat blocks, leaves of autograd's graph.
using Leaves = std::vector<std::vector<at::Tensor>>;

/// While one of these lives, what this thread computes is differentiated once at most (or, if told
/// so, more often): norms are then the library's own, which are faster, and whose higher
/// derivatives are wrong.
class DifferentiatedOnce {
 public:
  explicit DifferentiatedOnce(bool once = true);
  ~DifferentiatedOnce();
  DifferentiatedOnce(const DifferentiatedOnce&) = delete;
  DifferentiatedOnce& operator=(const DifferentiatedOnce&) = delete;
  static bool holds();

 private:
  bool before_;
};

/// What is played with tensors: every player's loss as a function of everybody's parameters.
class TensorGame {
 public:
  virtual ~TensorGame() = default;

  /// One a player; does not change.
  virtual const std::vector<Layout>& layouts() const = 0;
  /// Whether player 1 loses what player 0 gains, in every term that depends on parameters.
  virtual bool is_zero_sum() const { return false; }
  /// Every player's loss, a tensor of one number each, on the present sample. For one player, only
  /// its own is wanted and derivatives only by its own leaves; the others' may be left undefined.
  virtual std::vector<at::Tensor> losses(const Leaves& at, int player) = 0;
  /// Where a player's parameters may be: within this of zero.
  virtual double bound(std::size_t /*player*/) const {
    return std::numeric_limits<double>::infinity();
  }
  /// The same, and every wanted player's slope of its own loss as a flat tensor, without autograd:
  /// for games that can do that faster. `blocks` are the players' flat tensors. False if this one
  /// cannot; what is not wanted is left alone.
  virtual bool slopes(const std::vector<at::Tensor>& /*blocks*/, int /*player*/,
                      std::vector<at::Tensor>& /*slopes*/, std::vector<double>& /*losses*/) {
    return false;
  }
  /// Whether product() answers.
  virtual bool multiplies() const { return false; }
  /// The Jacobian of the players' slopes, or its transpose, times `along`, a flat tensor a player;
  /// if `between`, without what a player's own parameters do to its slope.
  virtual std::vector<at::Tensor> product(const std::vector<at::Tensor>& /*blocks*/,
                                          const std::vector<at::Tensor>& /*along*/,
                                          bool /*transposed*/, bool /*between*/) {
    return {};
  }
  /// Called before each step of a rule.
  virtual void begin_step() {}
  /// From here on, losses are those on the sample of this number: the same number, the same sample.
  virtual void use(std::uint64_t /*sample*/) {}
};

}  // namespace gyre::gan
