#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gyre/data/data.hpp"
#include "gyre/gan/dynamics_log.hpp"
#include "gyre/gan/settings.hpp"
#include "gyre/gan/tensor_point.hpp"

namespace gyre::gan {

/// The path angle of Berard, Gidel, Almahairi, Vincent and Lacoste-Julien (arXiv:1906.04848):
/// places on the line from a training's first weights (0) to its last (1) and a little beyond, and
/// there the cosine between the line and where the players would go, minus the field. One change
/// from 1 to -1 at the end is a point that attracts; a bump around the end is rotation.
struct PathAngle {
  std::vector<double> at, cosine;
};

/// Looks at a training's players from aside: with a game, a field and a batch of its own, so that
/// the training goes on as if nobody looked. What it needs to go on later is in its looks.
class DynamicsLooker {
 public:
  /// `looks` are those before, of the same training. Settings as for the training.
  DynamicsLooker(const Settings& settings, std::shared_ptr<const Data> data,
                 std::vector<Look> looks);
  ~DynamicsLooker();
  DynamicsLooker(const DynamicsLooker&) = delete;
  DynamicsLooker& operator=(const DynamicsLooker&) = delete;

  /// Whether the settings want a look after this step, and it is not there yet.
  bool is_due(std::uint64_t step) const;
  /// At the players after so many steps; a spectrum with every `spectrum-each`-th look.
  void look(const TensorPoint& players, std::uint64_t step);
  const std::vector<Look>& looks() const { return looks_; }
  /// Along the line to these players.
  PathAngle path_angle(const TensorPoint& last);

  /// What all looks cost: field calls and products on `dynamics-batch` samples.
  double calls() const;
  int products() const;
  /// Why there are no spectra though they were asked for; empty if there are.
  const std::string& problem() const { return problem_; }

 private:
  struct State;
  State& state(const TensorPoint& players);
  Settings settings_;
  std::shared_ptr<const Data> data_;
  std::vector<Look> looks_;
  std::string problem_;
  int line_calls_ = 0;
  std::unique_ptr<State> state_;  // made when somebody first looks
};

}  // namespace gyre::gan
