#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "gyre/rules/field.hpp"

namespace gyre {

/// What a wrapper sees of the rule it wraps.
template <class V>
class Inner {
 public:
  virtual ~Inner() = default;
  virtual V step(const V& w) = 0;
  /// Fills the wrapped rule's memory as for a run that begins at `w`.
  virtual void restart(const V& w) = 0;
  /// The nearest point of the game's domain.
  virtual V project(const V& w) const = 0;
  /// What the wrapped rule reports at `w`: w itself, or an average.
  virtual V output(const V& w) = 0;
};

/// A whole rule on points of one kind. It remembers `slots()` points, which the caller keeps:
/// saving, resuming, tracing and differentiating the update map need nothing else.
template <class V>
class Rule {
 public:
  virtual ~Rule() = default;

  virtual std::size_t slots() const = 0;
  /// "adam.m", "optimistic.last": in the order of the memory.
  virtual std::vector<std::string> slot_names() const = 0;
  /// Fills the memory for a run that begins at `w`.
  virtual void start(const V& w, Field<V>& F, std::span<V> memory) const = 0;
  /// One step: the next point, inside the domain. Changes the memory and nothing else.
  virtual V step(const V& w, Field<V>& F, std::span<V> memory) const = 0;
  /// What the rule reports at `w`.
  virtual V output(const V& w, std::span<const V> memory) const = 0;
};

}  // namespace gyre
