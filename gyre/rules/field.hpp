#pragma once

#include <cstddef>
#include <functional>

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
  /// The same without the blocks of J on its diagonal: what each player's gradient feels of the
  /// others. One product, as no block is worked out twice.
  virtual V jvp_between(const V& w, const V& u) = 0;
  virtual V vjp_between(const V& w, const V& u) = 0;
  /// The gradient of one player's loss with respect to everybody's coordinates; its own block is
  /// that player's part of the field.
  virtual V loss_gradient(const V& w, int player) = 0;
  /// The u with A(u) = b, for a map A that is linear in u. Not finite where A is singular; throws
  /// Error where A is singular whatever the point.
  virtual V solve(const std::function<V(const V&)>& A, const V& b) = 0;

  /// The nearest point of the game's domain.
  virtual V project(const V& w) const { return w; }

  // Where every player plays mixed strategies, each a simplex of the domain:

  /// The mixed strategies with these weights, of which none may be negative; equal shares on a
  /// simplex where all are zero.
  virtual V share(const V& weights) const = 0;
  /// In every coordinate, the sum over its simplex.
  virtual V total(const V& a) const = 0;
  /// On every simplex the corner that costs least, the first among equals.
  virtual V corner(const V& costs) const = 0;
};

}  // namespace gyre
