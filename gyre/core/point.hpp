#pragma once

#include <cmath>
#include <concepts>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "gyre/core/scalar.hpp"

namespace gyre {

/// What every rule may assume of a point: all players' coordinates side by side, which add,
/// subtract and scale. `V::Scalar` is the type of a step size.
template <class V>
concept PointLike = requires(const V& a, const V& b, const typename V::Scalar& s) {
  { a + b } -> std::convertible_to<V>;
  { a - b } -> std::convertible_to<V>;
  { (s * a) } -> std::convertible_to<V>;
};

/// One player's block can be taken from one point and the rest from another.
template <class V>
concept BlockPoint = PointLike<V> && requires(const V& a, const V& b, std::size_t player) {
  { on(player, a, b) } -> std::convertible_to<V>;
};

/// Coordinates can be worked on one by one: what preconditioners need.
template <class V>
concept ElementwisePoint = PointLike<V> && requires(const V& a, const typename V::Scalar& s) {
  { mul(a, a) } -> std::convertible_to<V>;
  { div(a, a) } -> std::convertible_to<V>;
  { sqrt(a) } -> std::convertible_to<V>;
  { exp(a) } -> std::convertible_to<V>;
  { log(a) } -> std::convertible_to<V>;
  { max(a, a) } -> std::convertible_to<V>;
  { fill(a, s) } -> std::convertible_to<V>;
};

/// Points have an inner product and a number of coordinates.
template <class V>
concept InnerProductPoint = PointLike<V> && requires(const V& a) {
  { dot(a, a) } -> std::convertible_to<typename V::Scalar>;
  { dim(a) } -> std::convertible_to<double>;
};

/// Which coordinates belong to whom: player p owns [begin[p], begin[p+1]).
using Blocks = std::vector<std::size_t>;

/// The plain point: coordinates of type `T` in one vector.
template <class T>
struct Point {
  using Scalar = T;

  std::vector<T> at;
  std::shared_ptr<const Blocks> blocks;

  std::size_t size() const { return at.size(); }
  T& operator[](std::size_t i) { return at[i]; }
  const T& operator[](std::size_t i) const { return at[i]; }

  friend Point operator+(const Point& a, const Point& b) {
    return a.with(b, [](const T& x, const T& y) { return x + y; });
  }
  friend Point operator-(const Point& a, const Point& b) {
    return a.with(b, [](const T& x, const T& y) { return x - y; });
  }
  friend Point operator*(const T& s, const Point& a) {
    return a.with(a, [&](const T& x, const T&) { return s * x; });
  }
  friend Point mul(const Point& a, const Point& b) {
    return a.with(b, [](const T& x, const T& y) { return x * y; });
  }
  friend Point div(const Point& a, const Point& b) {
    return a.with(b, [](const T& x, const T& y) { return x / y; });
  }
  friend Point sqrt(const Point& a) {
    return a.with(a, [](const T& x, const T&) {
      using std::sqrt;
      return sqrt(x);
    });
  }
  friend Point exp(const Point& a) {
    return a.with(a, [](const T& x, const T&) {
      using std::exp;
      return exp(x);
    });
  }
  friend Point log(const Point& a) {
    return a.with(a, [](const T& x, const T&) {
      using std::log;
      return log(x);
    });
  }
  friend Point max(const Point& a, const Point& b) {
    return a.with(b, [](const T& x, const T& y) { return max(x, y); });
  }
  friend Point fill(const Point& like, const T& value) {
    return like.with(like, [&](const T&, const T&) { return value; });
  }
  /// Player `p` from `a`, everybody else from `b`.
  friend Point on(std::size_t p, const Point& a, Point b) {
    for (std::size_t i = (*a.blocks)[p]; i < (*a.blocks)[p + 1]; ++i) b.at[i] = a.at[i];
    return b;
  }
  friend T dot(const Point& a, const Point& b) {
    T sum = T(0.0);
    for (std::size_t i = 0; i < a.at.size(); ++i) sum = sum + a.at[i] * b.at[i];
    return sum;
  }
  friend double dim(const Point& a) { return static_cast<double>(a.at.size()); }

 private:
  Point with(const Point& b, auto op) const {
    Point c{{}, blocks};
    c.at.reserve(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) c.at.push_back(op(at[i], b.at[i]));
    return c;
  }
};

}  // namespace gyre
