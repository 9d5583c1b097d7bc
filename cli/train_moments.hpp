#pragma once

#include <cstdint>
#include <vector>

#include "cli/train_figures.hpp"
#include "gyre/gan/training.hpp"

namespace gyre::cli {

/// The moments of a training that its pictures show, in its folder, so that they are the same for a
/// training that was interrupted. Nothing for samples that are never drawn.
class Moments {
 public:
  /// With those that the folder has up to a step. Where the last sitting was stopped between
  /// checkpoints, its last moment is left out, for nobody else would have it.
  Moments(const gan::TrainingFolder& folder, gan::Trainer& trainer, std::uint64_t each);

  bool are_drawn() const { return drawn_; }
  /// The generator's work now: to be called before each checkpoint, and at the beginning.
  void add(gan::Trainer& trainer);
  const std::vector<Shown>& shown() const { return shown_; }

 private:
  const gan::TrainingFolder& folder_;
  std::size_t size_;
  bool pictures_, drawn_;
  std::vector<Shown> shown_;
};

}  // namespace gyre::cli
