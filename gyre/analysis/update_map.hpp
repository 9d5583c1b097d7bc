#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gyre/analysis/linearised.hpp"
#include "gyre/analysis/spectrum.hpp"
#include "gyre/program/trace.hpp"

namespace gyre {

/// A rule's update map near points where it stands still, compiled once and evaluated for any point
/// and any knobs. The traced rule must outlive it.
class UpdateMap {
 public:
  explicit UpdateMap(const Traced& traced);
  explicit UpdateMap(const Traced&&) = delete;

  /// The state in which neither the point nor the memory moves any more, if there is one.
  std::optional<std::vector<double>> rest(std::span<const double> at,
                                          std::span<const double> knobs);
  /// In how many directions from a state at rest other ones begin that are at rest, too.
  std::size_t neutral(std::span<const double> rest, std::span<const double> knobs);

  std::optional<Spectrum> spectrum(std::span<const double> at, std::span<const double> knobs);
  /// The radius alone, with fewer digits where the state is large; `neutral` as counted before.
  std::optional<double> radius(std::span<const double> at, std::span<const double> knobs,
                               std::size_t neutral);

  const Traced& traced() const { return traced_; }
  /// Why the last answer was nothing: a clause for people.
  const std::string& why() const { return why_; }

 private:
  bool look(std::span<const double> at, std::span<const double> knobs);
  bool settle(Eigen::VectorXd& state, std::span<const double> knobs, Eigen::Index free);
  bool remembers(std::span<const double> knobs, const Spectrum& spectrum);

  const Traced& traced_;
  std::optional<Linearised> map_;  // only of states that are not too large
  std::vector<double> rest_;
  std::string why_;
};

/// The values that the knobs were traced with.
std::vector<double> knob_values(const Traced& traced);

}  // namespace gyre
