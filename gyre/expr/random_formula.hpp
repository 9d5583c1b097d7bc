#pragma once

#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <ostream>
#include <vector>

#include <rapidcheck.h>

#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"
#include "gyre/expr/print.hpp"

// For tests only: random formulas over every operation.

namespace gyre {

/// The same formulas in every run. A failure prints the seed that reproduces it; RC_PARAMS="seed=7
/// max_success=10000" in the environment asks for others, and for more.
inline const bool kFixedSeed = setenv("RC_PARAMS", "seed=20240229 max_success=300", 0) == 0;

/// The operations that people can write: the table's, but for the draws at its end.
inline constexpr std::size_t kWritten = Ops::size - 2;

/// What a random formula is made from: RapidCheck draws and shrinks this.
struct Recipe {
  std::uint64_t seed = 0;
  int size = 1;  ///< operations
};

inline std::ostream& operator<<(std::ostream& out, const Recipe& r) {
  return out << "Recipe{" << r.seed << "u, " << r.size << "}";
}

/// One graph with the symbols x, y, z, named in this order.
struct Playground {
  Graph graph;
  std::vector<Expr> symbols{Expr::symbol(graph, "x"), Expr::symbol(graph, "y"),
                            Expr::symbol(graph, "z")};

  std::vector<std::pair<Expr, double>> at(std::span<const double> point) const {
    std::vector<std::pair<Expr, double>> values;
    for (std::size_t i = 0; i < symbols.size(); ++i) values.emplace_back(symbols[i], point[i]);
    return values;
  }
};

/// Constants that formulas have, ends of ranges and things with names included.
inline double random_constant(Stream& stream) {
  static constexpr double kKnown[] = {
      0.0, 1.0, -1.0, 2.0, -2.0, 0.5, 3.0, 3.141592653589793, 2.718281828459045, 1e-9, 1e20, -0.1};
  if (stream.bits() % 2) return kKnown[stream.bits() % std::size(kKnown)];
  return std::round(stream.normal() * 1000.0) / 500.0;
}

/// A formula with about so many operations, each as it stands: nothing is simplified. Each operand
/// is a formula made before, so that parts are shared, or a new leaf.
inline Expr raw_formula(Playground& place, const Recipe& recipe) {
  Graph& graph = place.graph;
  Stream stream(recipe.seed, "formula");
  auto leaf = [&]() -> NodeId {
    if (stream.bits() % 4 == 0) return graph.constant(random_constant(stream));
    return place.symbols[stream.bits() % place.symbols.size()].in(graph);
  };
  std::vector<NodeId> made;
  for (int i = 0; i < recipe.size; ++i) {
    const OpId op = static_cast<OpId>(2 + stream.bits() % (kWritten - 2));
    std::array<NodeId, 3> args{};
    for (int k = 0; k < op_facts(op).arity; ++k) {
      const std::size_t back = stream.bits() % 3;
      args[k] = k == 0 && !made.empty()                   ? made.back()
                : back < made.size() && stream.bits() % 3 ? made[made.size() - 1 - back]
                                                          : leaf();
    }
    made.push_back(graph.raw(op, std::span(args).first(op_facts(op).arity)));
  }
  return {graph, made.back()};
}

/// A formula whose parts are all of moderate size at the point, and that is no mere constant:
/// operations that would leave the domain there are drawn again.
inline Expr tame_formula(Playground& place, const Recipe& recipe, std::span<const double> point) {
  Graph& graph = place.graph;
  Stream stream(recipe.seed, "tame formula");
  std::vector<NodeId> made;
  for (const Expr& s : place.symbols) made.push_back(s.in(graph));
  auto operand = [&]() -> NodeId {
    if (stream.bits() % 5 == 0) return graph.constant(0.5 + 2.0 * stream.uniform());
    const std::size_t recent = std::min<std::size_t>(made.size(), 6);
    return made[made.size() - 1 - stream.bits() % recent];
  };
  for (int i = 0; i < recipe.size;) {
    const OpId op = static_cast<OpId>(2 + stream.bits() % (kWritten - 2));
    const bool flat = op_facts(op).binding == Binding::kCompare || op == kOp<ops::Sign>;
    if (flat && stream.bits() % 4) continue;
    std::array<NodeId, 3> args{};
    for (int k = 0; k < op_facts(op).arity; ++k) args[k] = operand();
    const NodeId id = graph.raw(op, std::span(args).first(op_facts(op).arity));
    const double value = evaluate<double>(Expr(graph, id), place.at(point));
    if (!(std::abs(value) < 100.0)) continue;
    made.push_back(id);
    ++i;
  }
  return {graph, made.back()};
}

/// A value and how far it may be off when every operation rounds by a few units in the last place.
struct Bounded {
  double value = 0.0, error = 0.0;
};

/// The running error bound: each operand is moved to both ends of its own bound, so that a
/// comparison or a pole within reach shows as a large error.
inline Bounded evaluate_bounded(const Expr& e, std::span<const std::pair<Expr, double>> at) {
  constexpr double kUlps = 4 * std::numeric_limits<double>::epsilon();
  if (!e.graph()) return {e.value(), 0.0};
  const Graph& graph = *e.graph();
  std::map<NodeId, Bounded> known;
  for (const auto& [symbol, value] : at) known[symbol.in(*e.graph())] = {value, 0.0};
  const NodeId root = e.in(*e.graph());
  for (const NodeId id : reachable(graph, std::span(&root, 1))) {
    const Node& node = graph.node(id);
    if (graph.is_constant(id)) {
      const bool exact = 2.0 * node.value == std::round(2.0 * node.value);
      known[id] = {node.value, exact ? 0.0 : kUlps * std::abs(node.value)};
    }
    if (node.arity() == 0) continue;
    std::array<Bounded, 3> a;
    for (int k = 0; k < node.arity(); ++k) a[k] = known.at(node.args[k]);
    auto moved = [&](int k, int way) { return a[k].value + (way == 0 ? 0.0 : way * a[k].error); };
    auto value = [&](int i, int j, int k) {
      const double x = moved(0, i), y = moved(1, j), z = moved(2, k);
      double v = 0.0;
      Ops::visit(node.op, [&]<class O>(OpTag<O>) {
        if constexpr (O::facts.arity == 1) v = O::value(x);
        if constexpr (O::facts.arity == 2) v = O::value(x, y);
        if constexpr (O::facts.arity == 3) v = O::value(x, y, z);
      });
      return v;
    };
    Bounded result{value(0, 0, 0), 0.0};
    for (int move = 0; move < 27; ++move) {
      const double off =
          std::abs(value(move % 3 - 1, move / 3 % 3 - 1, move / 9 - 1) - result.value);
      result.error = std::isnan(off) ? HUGE_VAL : std::max(result.error, off);
    }
    result.error += kUlps * std::abs(result.value);
    known[id] = result;
  }
  return known.at(root);
}

/// The beginning of a formula, for messages.
inline std::string shown(const Expr& e) {
  try {
    return to_text(e).substr(0, 1000);
  } catch (const Error&) {
    return "(very long)";
  }
}

/// Draws a recipe. Shrinking makes the formula smaller.
inline rc::Gen<Recipe> recipes(int largest) {
  return rc::gen::map(rc::gen::pair(rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()),
                                    rc::gen::inRange(1, largest + 1)),
                      [](const std::pair<std::uint64_t, int>& p) {
                        return Recipe{p.first, p.second};
                      });
}

}  // namespace gyre

namespace rc {
template <>
struct Arbitrary<gyre::Recipe> {
  static Gen<gyre::Recipe> arbitrary() { return gyre::recipes(25); }
};
}  // namespace rc
