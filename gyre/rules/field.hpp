#pragma once

#include <cstddef>

namespace gyre {

/// Nobody in particular: the whole field is wanted.
inline constexpr int kEverybody = -1;

/// What a rule may ask of a game: at a point, the gradient of every player's own loss (each
/// descends its own, so no rule knows who minimises), and products with the Jacobian J of that
/// field. Erased once for each kind of point, so that rules and games never multiply.
template <class V>
class Field {
 public:
  virtual ~Field() = default;

  virtual std::size_t players() const = 0;
  /// The field at `w`; for one player, that player's block and zeros elsewhere, paid for as such.
  virtual V at(const V& w, int player = kEverybody) = 0;
  /// J(w) u.
  virtual V jvp(const V& w, const V& u) = 0;
  /// J(w)' u.
  virtual V vjp(const V& w, const V& u) = 0;
  /// The nearest point of the game's domain.
  virtual V project(const V& w) const { return w; }
};

}  // namespace gyre
