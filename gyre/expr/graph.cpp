#include "gyre/expr/graph.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/expr/rewrites.hpp"

namespace gyre {

namespace {

constexpr NodeId kFree = std::numeric_limits<NodeId>::max();

bool same(const Node& a, const Node& b) {
  return a.op == b.op && a.args == b.args &&
         std::bit_cast<std::uint64_t>(a.value) == std::bit_cast<std::uint64_t>(b.value);
}

// Every bit of a node must reach the lowest bits of its hash: they alone choose the slot.
std::uint64_t mixed(std::uint64_t h) {
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
  return h ^ (h >> 31);
}

std::uint64_t hash(const Node& n) {
  const std::uint64_t value = std::bit_cast<std::uint64_t>(n.value) ^ n.op;
  return mixed(mixed(value + ((std::uint64_t{n.args[0]} << 32) | n.args[1])) + n.args[2]);
}

}  // namespace

/// The slot that holds the node, or the free one where it belongs.
std::size_t Graph::slot(const Node& node) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash(node) & mask;
  while (slots_[at] != kFree && !same(nodes_[slots_[at]], node)) at = (at + 1) & mask;
  return at;
}

NodeId Graph::intern(const Node& node) {
  if (slots_.size() < 2 * (nodes_.size() + 1)) {
    slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), kFree);
    for (NodeId id = 0; id < nodes_.size(); ++id) slots_[slot(nodes_[id])] = id;
  }
  NodeId& id = slots_[slot(node)];
  if (id != kFree) return id;
  if (nodes_.size() >= most_)
    throw Error("the formula needs more than " + std::to_string(most_) +
                " operations; that is more than Gyre takes");
  nodes_.push_back(node);
  return id = static_cast<NodeId>(nodes_.size() - 1);
}

// One zero and one not-a-number, so that nodes that behave alike are one.
NodeId Graph::constant(double value) {
  if (std::isnan(value)) value = std::numeric_limits<double>::quiet_NaN();
  return intern({.op = kOp<ops::Constant>, .value = value == 0.0 ? 0.0 : value});
}

NodeId Graph::symbol(std::string_view name) {
  if (const auto known = symbols_.find(name); known != symbols_.end()) return known->second;
  const NodeId id =
      intern({.op = kOp<ops::Symbol>, .args = {static_cast<NodeId>(names_.size()), 0, 0}});
  names_.emplace_back(name);
  symbols_.emplace(name, id);
  return id;
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
  // Bits, read a word at a time: the cost is in the nodes found, hardly in the size of the graph.
  std::vector<std::uint64_t> used(top / 64 + 1, 0);
  auto mark = [&](NodeId id) { used[id / 64] |= std::uint64_t{1} << (id % 64); };
  for (const NodeId r : roots) mark(r);
  std::size_t count = 0;
  for (std::size_t w = used.size(); w-- > 0;) {
    for (std::uint64_t left = used[w]; left != 0;) {
      const int bit = 63 - std::countl_zero(left);
      const Node& n = graph.node(static_cast<NodeId>(64 * w + bit));
      for (int k = 0; k < n.arity(); ++k) mark(n.args[k]);
      const std::uint64_t below = (std::uint64_t{1} << bit) - 1;
      left = used[w] & below;
      ++count;
    }
  }
  std::vector<NodeId> ids;
  ids.reserve(count);
  for (std::size_t w = 0; w < used.size(); ++w)
    for (std::uint64_t left = used[w]; left != 0; left &= left - 1)
      ids.push_back(static_cast<NodeId>(64 * w + std::countr_zero(left)));
  return ids;
}

}  // namespace gyre
