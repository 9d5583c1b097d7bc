#include "gyre/expr/values.hpp"

namespace gyre {

Value ValueBuilder::number(double value, std::size_t place) {
  return {{graph_.constant(value)}, false, place};
}

Value ValueBuilder::apply(OpId op, std::span<const Value> args, std::size_t place) {
  Value result{{}, false, place};
  std::size_t size = 1;
  for (const Value& v : args) {
    if (!v.vector) continue;
    if (result.vector && v.at.size() != size)
      throw Mistake{"vectors of " + std::to_string(size) + " and " + std::to_string(v.at.size()) +
                        " numbers do not go together",
                    place};
    result.vector = true;
    size = v.at.size();
  }
  spend(size, place);
  result.at.reserve(size);
  for (std::size_t i = 0; i < size; ++i) {
    std::array<NodeId, 3> nodes{};
    for (std::size_t k = 0; k < args.size(); ++k) nodes[k] = args[k].at[args[k].vector ? i : 0];
    result.at.push_back(graph_.raw(op, std::span(nodes).first(args.size())));
  }
  return result;
}

Value ValueBuilder::sum(const Value& value, std::size_t place) {
  spend(value.at.size(), place);
  return {{total(value.at)}, false, place};
}

Value ValueBuilder::dot(std::span<const Value> args, std::size_t place) {
  return sum(apply(kOp<ops::Mul>, args, place), place);
}

Value ValueBuilder::call(const Function& function, std::span<const Value> args, std::size_t place) {
  std::vector<Expr> to;
  for (const Value& v : args) {
    if (v.vector) throw Mistake{"this function takes numbers, not vectors", v.place};
    to.emplace_back(graph_, v.at[0]);
  }
  const NodeId body = function.body.in(graph_);
  spend(reachable(graph_, std::span(&body, 1)).size(), place);
  return {{substitute(function.body, function.parameters, to).in(graph_)}, false, place};
}

/// Halves are added first, so that a long vector makes no deep formula.
NodeId ValueBuilder::total(std::span<const NodeId> at) {
  if (at.size() == 1) return at[0];
  const std::size_t half = (at.size() + 1) / 2;
  return graph_.raw(kOp<ops::Add>, std::array{total(at.first(half)), total(at.subspan(half))});
}

void ValueBuilder::spend(std::size_t operations, std::size_t place) {
  spent_ += operations;
  if (spent_ > kMostOperations)
    throw Mistake{"the formula needs more than " + std::to_string(kMostOperations) + " operations",
                  place};
}

}  // namespace gyre
