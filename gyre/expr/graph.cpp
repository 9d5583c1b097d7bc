#include "gyre/expr/graph.hpp"

#include <algorithm>
#include <bit>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/expr/rewrites.hpp"

namespace gyre {

std::size_t Graph::Hash::operator()(const Node& n) const {
  std::uint64_t h = std::bit_cast<std::uint64_t>(n.value) ^ (std::uint64_t{n.op} << 56);
  for (const NodeId a : n.args) {
    h = (h ^ a) * 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
  }
  return static_cast<std::size_t>(h * 0xBF58476D1CE4E5B9u);
}

bool Graph::Same::operator()(const Node& a, const Node& b) const {
  return a.op == b.op && a.args == b.args &&
         std::bit_cast<std::uint64_t>(a.value) == std::bit_cast<std::uint64_t>(b.value);
}

NodeId Graph::intern(Node node) {
  const auto [place, is_new] = ids_.try_emplace(node, static_cast<NodeId>(nodes_.size()));
  if (is_new) {
    if (nodes_.size() >= kMostNodes) {
      ids_.erase(place);
      throw Error("the formula needs more than " + std::to_string(kMostNodes) +
                  " operations; that is more than Gyre takes");
    }
    nodes_.push_back(node);
  }
  return place->second;
}

NodeId Graph::constant(double value) {
  return intern({.op = kOp<ops::Constant>, .value = value == 0.0 ? 0.0 : value});
}

NodeId Graph::symbol(std::string_view name) {
  const auto [place, is_new] = symbols_.try_emplace(std::string(name), 0);
  if (is_new) {
    names_.emplace_back(name);
    place->second =
        intern({.op = kOp<ops::Symbol>, .args = {static_cast<NodeId>(names_.size() - 1), 0, 0}});
  }
  return place->second;
}

NodeId Graph::raw(OpId op, std::span<const NodeId> args) {
  GYRE_ASSERT(static_cast<int>(args.size()) == op_facts(op).arity && !args.empty());
  if (op == kOp<ops::Neg> && is_constant(args[0])) return constant(-nodes_[args[0]].value);
  Node node{.op = op};
  std::copy(args.begin(), args.end(), node.args.begin());
  for (const NodeId a : args) node.depth = std::max(node.depth, nodes_[a].depth + 1);
  return intern(node);
}

NodeId Graph::make(OpId op, std::span<const NodeId> args) {
  std::array<NodeId, 3> operands{};
  std::copy(args.begin(), args.end(), operands.begin());
  return rewritten(*this, op, operands);
}

std::vector<NodeId> reachable(const Graph& graph, std::span<const NodeId> roots) {
  if (roots.empty()) return {};
  const NodeId top = *std::max_element(roots.begin(), roots.end());
  std::vector<bool> used(top + 1, false);
  for (const NodeId r : roots) used[r] = true;
  for (NodeId id = top + 1; id-- > 0;) {
    if (!used[id]) continue;
    const Node& n = graph.node(id);
    for (int k = 0; k < n.arity(); ++k) used[n.args[k]] = true;
  }
  std::vector<NodeId> ids;
  for (NodeId id = 0; id <= top; ++id)
    if (used[id]) ids.push_back(id);
  return ids;
}

}  // namespace gyre
