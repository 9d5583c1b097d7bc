#pragma once

#include <cstddef>
#include <functional>

namespace gyre {

/// Nobody in particular: the whole field is wanted.
inline constexpr int kEverybody = -1;

/// What a field with chance in it answers on: a sample that was drawn, by its number, or one of
/// these.
using Sample = int;
inline constexpr Sample kOwnSample = -1;   ///< every question on a fresh sample of its own
inline constexpr Sample kMeanSample = -2;  ///< the mean of all samples: no chance

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

  // Where there is chance: noise that a stage adds, or a game that is the mean of many samples (for
  // a network, of many data) and answers on a few. Questions are independent of each other unless
  // one sample is held. A field without chance is its own mean, and none of this does anything.

  /// A sample that nobody has had before, to be held.
  virtual Sample draw() { return kMeanSample; }
  /// A second sample, independent of that one and always the same.
  virtual Sample companion(Sample sample) { return sample; }
  /// What the next questions are answered on; Held is the way to say so.
  virtual void hold(Sample) {}
  virtual Sample held() const { return kMeanSample; }
  /// Standard normal numbers, one for each coordinate: always the same for one held sample and
  /// channel, independent for any others. Zeros on the mean.
  virtual V normal(const V& like, int /*channel*/) { return like - like; }
  /// How many samples of the game each question takes the mean of; 0 is all there are. Batch is the
  /// way to say so.
  virtual void batch(int /*size*/) {}
  virtual int batch() const { return 0; }
  /// How many field stages this has been through.
  virtual int depth() const { return 0; }

  // Where every player plays mixed strategies, each a simplex of the domain:

  /// The mixed strategies with these weights, of which none may be negative; equal shares on a
  /// simplex where all are zero.
  virtual V share(const V& weights) const = 0;
  /// In every coordinate, the sum over its simplex.
  virtual V total(const V& a) const = 0;
  /// On every simplex the corner that costs least, the first among equals.
  virtual V corner(const V& costs) const = 0;
};

/// Holds a sample for as long as it lives.
template <class V>
class Held {
 public:
  Held(Field<V>& F, Sample sample) : field_(F), before_(F.held()) { F.hold(sample); }
  ~Held() { field_.hold(before_); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

 private:
  Field<V>& field_;
  Sample before_;
};

/// The sample that is held, or one for a question of its own.
template <class V>
Sample sample_of(Field<V>& F) {
  return F.held() == kOwnSample ? F.draw() : F.held();
}

/// Has questions answered on so many samples of the game, for as long as it lives.
template <class V>
class Batch {
 public:
  Batch(Field<V>& F, int size) : field_(F), before_(F.batch()) { F.batch(size); }
  ~Batch() { field_.batch(before_); }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

 private:
  Field<V>& field_;
  int before_;
};

}  // namespace gyre
