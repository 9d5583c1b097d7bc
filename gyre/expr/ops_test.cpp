#include "gyre/expr/ops.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "gyre/core/random.hpp"
#include "gyre/expr/derivative.hpp"

namespace gyre {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kAwkward[] = {0.0, -0.0,   1.0,   -1.0,   0.5,  -0.5,  2.0,  1e-3, -7.25,
                               1e9, 5e-324, 1e308, -1e308, kInf, -kInf, kNan, 36.7, -745.2};

template <class O>
constexpr bool is_leaf = O::facts.form == Form::kLeaf;

template <class O>
concept HasSlope = requires(const Expr& e) {
  O::template slope<Expr>(0, e, e);
}
|| requires(const Expr& e) { O::template slope<Expr>(0, e, e, e); }
|| requires(const Expr& e) { O::template slope<Expr>(0, e, e, e, e); };

TEST(Ops, EveryRowIsComplete) {
  int rows = 0;
  for (const OpFacts& op : Ops::facts) {
    if (op.form == Form::kLeaf) continue;
    ++rows;
    EXPECT_FALSE(op.text.empty());
    EXPECT_GT(op.cost, 0) << op.text;
    EXPECT_GE(op.arity, 1) << op.text;
    EXPECT_LE(op.arity, 3) << op.text;
    EXPECT_EQ(op.form == Form::kInfix, op.binding <= Binding::kProduct || op.right) << op.text;
    EXPECT_TRUE(op.arity == 2 || (op.form != Form::kInfix && !op.commutes)) << op.text;
    for (const std::string_view pattern : {op.latex, op.c})  // each operand, and no other
      for (int k = 1; k <= 4; ++k)
        EXPECT_EQ(pattern.find("#" + std::to_string(k)) != pattern.npos ||
                      pattern.find("~" + std::to_string(k)) != pattern.npos,
                  k <= op.arity)
            << op.text << " in " << pattern;
  }
  EXPECT_EQ(rows, 36);
}

TEST(Ops, TextsAreUnique) {
  std::set<std::pair<std::string_view, int>> seen;
  for (const OpFacts& op : Ops::facts)
    EXPECT_TRUE(seen.emplace(op.text, op.arity).second) << op.text;
}

TEST(Ops, NumbersAreTheirPlacesOnTheList) {
  OpId next = 0;
  Ops::for_each([&]<class O>(OpTag<O>) {
    EXPECT_EQ(kOp<O>, next);
    EXPECT_EQ(&op_facts(kOp<O>), &Ops::facts[next]);
    ++next;
  });
  EXPECT_EQ(next, Ops::size);
}

TEST(Ops, EachHasASlopeOrATangent) {
  Ops::for_each([]<class O>(OpTag<O>) {
    if constexpr (!is_leaf<O>) {
      constexpr bool chooses = requires(const Expr& e, const Expr* t) {
        O::template tangent<Expr>(e, e, e, t);
      };
      EXPECT_NE(HasSlope<O>, chooses) << O::facts.text;
    }
  });
}

TEST(Ops, CommuteToTheLastBitWhereTheTableSaysSo) {
  int commuting = 0;
  Ops::for_each([&]<class O>(OpTag<O>) {
    if constexpr (O::facts.commutes) {
      ++commuting;
      for (const double a : kAwkward)
        for (const double b : kAwkward) {
          const double one = O::value(a, b), other = O::value(b, a);
          EXPECT_TRUE((std::isnan(one) && std::isnan(other)) ||
                      std::bit_cast<std::uint64_t>(one) == std::bit_cast<std::uint64_t>(other))
              << a << O::facts.text << b;
        }
    }
  });
  EXPECT_EQ(commuting, 4);
}

TEST(Ops, NotANumberIsNeverLost) {
  Ops::for_each([]<class O>(OpTag<O>) {
    if constexpr (!is_leaf<O> && O::facts.binding != Binding::kCompare) {
      if constexpr (O::facts.arity == 1) {
        EXPECT_TRUE(std::isnan(O::value(kNan))) << O::facts.text;
      }
      if constexpr (O::facts.arity == 2) {
        EXPECT_TRUE(std::isnan(O::value(kNan, 2.0))) << O::facts.text;
        EXPECT_TRUE(std::isnan(O::value(2.0, kNan))) << O::facts.text;
      }
    }
  });
}

TEST(Ops, SigmoidAndSoftplusHoldAtBothEnds) {
  EXPECT_EQ(ops::Sigmoid::value(-800.0), 0.0);
  EXPECT_EQ(ops::Sigmoid::value(800.0), 1.0);
  EXPECT_EQ(ops::Sigmoid::value(-kInf), 0.0);
  EXPECT_DOUBLE_EQ(ops::Sigmoid::value(-50.0), std::exp(-50.0));
  EXPECT_EQ(ops::Softplus::value(800.0), 800.0);
  EXPECT_EQ(ops::Softplus::value(-kInf), 0.0);
  EXPECT_EQ(ops::Softplus::value(kInf), kInf);
  EXPECT_DOUBLE_EQ(ops::Softplus::value(-50.0), std::exp(-50.0));
}

/// Where a function may be asked; everywhere else (-3, 3).
const std::map<std::string_view, std::pair<double, double>> kDomains{
    {"log", {0.1, 3}},       {"log1p", {-0.8, 3}},    {"sqrt", {0.1, 3}},    {"asin", {-0.9, 0.9}},
    {"^", {0.2, 3}},         {"/", {0.2, 3}},         {"acos", {-0.9, 0.9}}, {"tan", {-1.3, 1.3}},
    {"uniform", {6.6, 7.4}}, {"uniform2", {6.6, 7.4}}};

TEST(Ops, SlopesFollowCentralDifferences) {
  for (OpId op = 2; op < Ops::size; ++op) {
    const OpFacts& facts = op_facts(op);
    const auto known = kDomains.find(facts.text);
    const auto [low, high] = known == kDomains.end() || facts.form == Form::kPrefix
                                 ? std::pair(-3.0, 3.0)
                                 : known->second;
    Graph graph;
    std::vector<Expr> xs;
    std::vector<NodeId> ids;
    for (const char* name : {"a", "b", "c"}) xs.push_back(Expr::symbol(graph, name));
    for (int k = 0; k < facts.arity; ++k) ids.push_back(xs[k].in(graph));
    const Expr f(graph, graph.raw(op, ids));
    Stream stream(1, facts.text);
    for (int trial = 0; trial < 20; ++trial) {
      std::vector<std::pair<Expr, long double>> at;
      for (const Expr& x : xs) at.emplace_back(x, stream.uniform(low, high));
      for (int k = 0; k < facts.arity; ++k) {
        const long double slope = evaluate<long double>(derivative(f, xs[k]), at);
        // The difference errs by h^2 f'''/6, below 1e-9 here, and by 1e-19/h for rounding.
        const long double h = 1e-6L, middle = at[k].second;
        at[k].second = middle + h;
        const long double up = evaluate<long double>(f, at);
        at[k].second = middle - h;
        const long double down = evaluate<long double>(f, at);
        at[k].second = middle;
        EXPECT_NEAR(static_cast<double>(slope), static_cast<double>((up - down) / (2 * h)),
                    1e-8 * std::max(1.0, std::abs(static_cast<double>(slope))))
            << facts.text << " in operand " << k;
      }
    }
  }
}

}  // namespace
}  // namespace gyre
