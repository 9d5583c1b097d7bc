#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/expr/ops.hpp"

namespace gyre {

using NodeId = std::uint32_t;

/// An operation and its operands, which always carry smaller numbers than the node itself: walking
/// the numbers upwards is walking from leaves to roots, and no pass needs recursion.
struct Node {
  OpId op = 0;
  std::array<NodeId, 3> args{};
  double value = 0.0;       ///< of a constant
  std::uint32_t depth = 0;  ///< longest way down to a leaf

  int arity() const { return op_facts(op).arity; }
};

/// Every formula of one game, and all that is made from them: immutable nodes, equal ones stored
/// once. Not safe for use by several threads while it grows.
class Graph {
 public:
  /// Growing beyond this many nodes throws Error: a formula has exploded.
  static constexpr std::size_t kMostNodes = 4'000'000;

  explicit Graph(std::size_t most_nodes = kMostNodes) : most_(most_nodes) {}
  // Formulas point at their graph.
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  NodeId constant(double value);
  NodeId symbol(std::string_view name);
  /// The node as it stands, with no rewriting but that a negated constant is a constant.
  NodeId raw(OpId op, std::span<const NodeId> args);
  /// The node after the simplifier's rewrites.
  NodeId make(OpId op, std::span<const NodeId> args);

  const Node& node(NodeId id) const { return nodes_[id]; }
  std::size_t size() const { return nodes_.size(); }
  /// The name of a symbol node.
  const std::string& name(NodeId id) const { return names_[nodes_[id].args[0]]; }

  bool is_constant(NodeId id) const { return nodes_[id].op == kOp<ops::Constant>; }
  bool is_constant(NodeId id, double value) const {
    return is_constant(id) && nodes_[id].value == value;
  }

 private:
  NodeId intern(const Node& node);
  std::size_t slot(const Node& node) const;

  std::size_t most_;
  std::vector<Node> nodes_;
  std::vector<NodeId> slots_;  // an open hash table of nodes
  std::vector<std::string> names_;
  std::map<std::string, NodeId, std::less<>> symbols_;
};

/// The nodes that the roots stand on, roots included, each once, leaves first.
std::vector<NodeId> reachable(const Graph& graph, std::span<const NodeId> roots);

}  // namespace gyre
