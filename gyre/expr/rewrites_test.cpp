#include "gyre/expr/rewrites.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "gyre/expr/parse.hpp"
#include "gyre/expr/random_formula.hpp"

namespace gyre {
namespace {

/// The operation and operands of a formula's root.
Pattern root_of(const Expr& e) {
  const Node& node = e.graph()->node(e.in(*e.graph()));
  return {node.op, node.args};
}

std::string_view first_to_fit(Graph& g, const Pattern& p) {
  for (const Rewrite& r : rewrites())
    if (r.apply(g, p)) return r.name;
  return "none";
}

TEST(Rewrites, EachDoesWhatItsExampleSays) {
  for (const Rewrite& r : rewrites()) {
    Playground place;
    EXPECT_EQ(to_text(simplify(parse_open(r.before, place.graph))), r.after) << r.name;
  }
}

TEST(Rewrites, EachIsTheOneThatFiresOnItsExample) {
  for (const Rewrite& r : rewrites()) {
    Playground place;
    Graph& g = place.graph;
    // Operands are simplified first, as they are when the simplifier asks.
    Pattern p = root_of(parse_open(r.before, g));
    for (int k = 0; k < op_facts(p.op).arity; ++k) p.args[k] = simplify(Expr(g, p.args[k])).in(g);
    std::string_view first = first_to_fit(g, p);
    if (first == "order operands" && r.name != first) {
      std::swap(p.args[0], p.args[1]);
      first = first_to_fit(g, p);
    }
    EXPECT_EQ(first, r.name);
  }
}

TEST(Rewrites, NamesAreUnique) {
  std::set<std::string_view> seen;
  for (const Rewrite& r : rewrites()) EXPECT_TRUE(seen.insert(r.name).second) << r.name;
  EXPECT_GT(seen.size(), 20u);
}

TEST(Rewrites, EachKeepsTheValue) {
  for (const Rewrite& r : rewrites()) {
    Playground place;
    const Expr before = parse_open(r.before, place.graph);
    const Expr after = parse_open(r.after, place.graph);
    Stream stream(1, r.name);
    for (int i = 0; i < 100; ++i) {
      const double point[] = {stream.normal(), stream.normal(), stream.normal()};
      const double value = evaluate<double>(before, place.at(point));
      EXPECT_NEAR(value, evaluate<double>(after, place.at(point)), 4e-16 * std::abs(value))
          << r.name;
    }
  }
}

bool all_parts_finite(const Playground& place, const Expr& e, std::span<const double> point) {
  const NodeId root = e.in(*e.graph());
  for (const NodeId id : reachable(*e.graph(), std::span(&root, 1)))
    if (!std::isfinite(evaluate<double>(Expr(*e.graph(), id), place.at(point)))) return false;
  return true;
}

TEST(Simplify, KeepsTheValue) {
  int sharp = 0;  // comparisons made in which the error bound leaves little room
  EXPECT_TRUE(rc::check([&](const Recipe& recipe) {
    Playground place;
    const Expr typed = raw_formula(place, recipe), simple = simplify(typed);
    Stream stream(recipe.seed, "points");
    for (int i = 0; i < 5; ++i) {
      const double point[] = {2.0 * stream.normal(), stream.normal(), stream.uniform()};
      if (!all_parts_finite(place, typed, point)) continue;
      const Bounded before = evaluate_bounded(typed, place.at(point));
      const Bounded after = evaluate_bounded(simple, place.at(point));
      RC_LOG() << shown(typed) << "\n" << shown(simple) << "\n";
      RC_ASSERT(std::abs(before.value - after.value) <= before.error + after.error);
      sharp += before.error + after.error <= 1e-9 * std::abs(before.value);
    }
  }));
  EXPECT_GE(sharp, 50);
}

RC_GTEST_PROP(Simplify, IsDoneAfterOneGo, (const Recipe& recipe)) {
  Playground place;
  const Expr once = simplify(raw_formula(place, recipe));
  RC_LOG() << shown(once) << "\n" << shown(simplify(once)) << "\n";
  RC_ASSERT(simplify(once) == once);
}

TEST(Simplify, LeavesWhatIsNotFiniteVisible) {
  Graph g;
  for (const char* text : {"1/0", "log(-1)", "0/0", "inf/0"})
    EXPECT_EQ(to_text(simplify(parse_open(text, g))), text);
}

}  // namespace
}  // namespace gyre
