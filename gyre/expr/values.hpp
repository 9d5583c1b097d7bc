#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "gyre/expr/parse.hpp"

namespace gyre {

/// What is wrong with a formula, and at which byte.
struct Mistake {
  std::string message;
  std::size_t place = 0;
};

/// A number or a vector of numbers, and where it stands in the text.
struct Value {
  std::vector<NodeId> at;
  bool vector = false;
  std::size_t place = 0;
};

/// Builds what a formula says, exactly as written: on vectors component by component. Counts its
/// work, since a short text can ask for much of it. Throws Mistake.
class ValueBuilder {
 public:
  explicit ValueBuilder(Graph& graph) : graph_(graph) {}

  Value number(double value, std::size_t place);
  Value apply(OpId op, std::span<const Value> args, std::size_t place);
  Value sum(const Value& value, std::size_t place);
  Value dot(std::span<const Value> args, std::size_t place);
  /// The function's body with the arguments in place of its parameters.
  Value call(const Function& function, std::span<const Value> args, std::size_t place);

 private:
  NodeId total(std::span<const NodeId> at);
  void spend(std::size_t operations, std::size_t place);

  Graph& graph_;
  std::size_t spent_ = 0;
};

}  // namespace gyre
