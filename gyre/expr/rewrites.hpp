#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "gyre/expr/graph.hpp"

namespace gyre {

/// A formula about to become a node.
struct Pattern {
  OpId op;
  std::array<NodeId, 3> args;
};

/// One named simplification. `apply` gives the simpler node, or nothing where the rule does not
/// fit. A rewrite keeps the value wherever the formula has a finite one (to rounding where it
/// regroups constants); where the formula has none, as 0*x at infinity, it may give one.
struct Rewrite {
  std::string_view name;
  std::string_view before, after;  ///< an example, tested: `before` as typed becomes `after`
  std::optional<NodeId> (*apply)(Graph&, const Pattern&);
};

/// All of them, in the order in which they are tried.
std::span<const Rewrite> rewrites();

/// The node for `op` of simplified operands, after every rewrite that fits.
NodeId rewritten(Graph& graph, OpId op, std::array<NodeId, 3> args);

}  // namespace gyre
