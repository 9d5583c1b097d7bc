#pragma once

#include <array>
#include <complex>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gyre::gan {

/// The game's Jacobian at a moment: of both players' field, in which each descends its own loss.
/// Positive real parts draw in, imaginary ones turn.
struct SpectrumLook {
  std::vector<std::complex<double>> eigenvalues;  ///< leading ones, largest magnitude first
  double residual = 0.0;                          ///< the largest of theirs (see Ritz)
  /// Each player's least and greatest curvature of its own loss, at least as far out as said.
  std::array<std::array<double, 2>, 2> curvature{};
  int products = 0;  ///< that this took

  /// The one with the largest share of rotation, |Im| / |value|, and that share; 0 without any.
  std::complex<double> most_turning() const;
  double rotation() const;
};

/// A moment of a training, seen on a fixed batch. Players are generator and discriminator.
struct Look {
  std::uint64_t step = 0;
  std::array<double, 2> losses{}, norms{};  ///< ... and lengths of their own gradients
  std::vector<float> place;                 ///< all parameters, or their sketch
  std::optional<SpectrumLook> spectrum;
};

/// The looks as two tables: what is seen, and where the players were. Numbers read back as they
/// are.
std::string looks_table(const std::vector<Look>& looks);
std::string places_table(const std::vector<Look>& looks);

/// Back from the two, up to a step. A row without its place is passed over.
std::vector<Look> read_looks(const std::string& looks, const std::string& places,
                             std::uint64_t step);

}  // namespace gyre::gan
