#include "gyre/expr/derivative.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "gyre/expr/parse.hpp"
#include "gyre/expr/random_formula.hpp"

namespace gyre {
namespace {

std::array<double, 3> random_point(const Recipe& recipe) {
  Stream stream(recipe.seed, "point");
  return {stream.uniform(-2.0, 2.0), stream.uniform(-2.0, 2.0), stream.uniform(0.1, 2.0)};
}

long double value(const Playground& place, const Expr& e, std::span<const double> point, int which,
                  long double step) {
  std::vector<std::pair<Expr, long double>> at;
  for (std::size_t i = 0; i < place.symbols.size(); ++i)
    at.emplace_back(place.symbols[i], point[i]);
  at[which].second += step;
  return evaluate<long double>(e, at);
}

/// What central differences say of a slope.
struct Difference {
  long double slope = 0.0L, doubt = 0.0L;
};

/// How far a value in long double may be off: 11 bits better than in double.
long double rounding(const Playground& place, const Expr& e, std::span<const double> point) {
  return evaluate_bounded(e, place.at(point)).error / 2048;
}

/// Extrapolated from steps h and h/2; the doubt is what the two differ by, and what rounding and
/// constants of 53 bits leave. Near a kink, a jump or a pole the two disagree.
Difference central(const Playground& place, const Expr& e, std::span<const double> point,
                   int which) {
  constexpr long double h = 1e-4L;
  auto difference = [&](long double step) {
    return (value(place, e, point, which, step) - value(place, e, point, which, -step)) /
           (2 * step);
  };
  const long double wide = difference(h), near = difference(h / 2);
  return {near + (near - wide) / 3, std::abs(near - wide) / 10 + 1e-12L * (1 + std::abs(near)) +
                                        rounding(place, e, point) / h};
}

/// Compares every slope of `f` with differences. A point is passed over where differences are of no
/// use: no numbers, or in doubt by more than a thousandth.
void compare(const Playground& place, const Expr& f, std::span<const double> point, int& compared,
             int& passed_over) {
  const std::vector<Expr> slopes = gradient(f, place.symbols);
  for (int k = 0; k < 3; ++k) {
    const long double slope = value(place, slopes[k], point, k, 0.0L);
    Difference d = central(place, f, point, k);
    d.doubt += rounding(place, slopes[k], point);
    const long double size = std::max(1.0L, std::abs(d.slope));
    if (!std::isfinite(slope) || !std::isfinite(d.slope) || d.doubt > 1e-3L * size) {
      ++passed_over;
      continue;
    }
    ++compared;
    RC_LOG() << "f = " << shown(f) << "\nslope = " << shown(slopes[k]) << "\nin "
             << to_text(place.symbols[k]) << " at " << point[0] << ", " << point[1] << ", "
             << point[2] << ": " << static_cast<double>(slope) << " against "
             << static_cast<double>(d.slope) << " +- " << static_cast<double>(d.doubt) << "\n";
    RC_ASSERT(std::abs(slope - d.slope) <= 10 * d.doubt);
  }
}

TEST(Derivative, FollowsCentralDifferences) {
  int compared = 0, passed_over = 0;
  EXPECT_TRUE(rc::check([&](const Recipe& recipe) {
    Playground place;
    const std::array<double, 3> point = random_point(recipe);
    compare(place, tame_formula(place, recipe, point), point, compared, passed_over);
  }));
  EXPECT_GE(compared, 200);
  EXPECT_LE(passed_over, compared / 5);
}

TEST(Derivative, IsClosedUnderRepetition) {
  int compared = 0, passed_over = 0;
  EXPECT_TRUE(rc::check([&] {
    const Recipe recipe = *recipes(10);
    Playground place;
    const std::array<double, 3> point = random_point(recipe);
    Expr f = tame_formula(place, recipe, point);
    const int which = static_cast<int>(recipe.seed % 3);
    for (int order = 2; order <= 3; ++order) {
      f = derivative(f, place.symbols[which]);
      compare(place, f, point, compared, passed_over);
    }
  }));
  EXPECT_GE(compared, 400);
  EXPECT_LE(passed_over, compared / 5);
}

TEST(Derivative, ProductsFromBothSidesAgree) {
  int sharp = 0, compared = 0, infinite = 0;
  EXPECT_TRUE(rc::check([&](const Recipe& a, const Recipe& b) {
    Playground place;
    const std::array<double, 3> point = random_point(a);
    const std::vector<Expr> fs{tame_formula(place, a, point), tame_formula(place, b, point)};
    std::vector<std::pair<Expr, double>> at = place.at(point);
    Stream stream(a.seed, "vectors");
    std::vector<Expr> u, v;
    auto unknown = [&](const char* name) {
      at.emplace_back(Expr::symbol(place.graph, name), stream.normal());
      return at.back().first;
    };
    for (const char* name : {"u1", "u2"}) u.push_back(unknown(name));
    for (const char* name : {"v1", "v2", "v3"}) v.push_back(unknown(name));
    const std::vector<Expr> jv = jacobian_vector(fs, place.symbols, v);
    const std::vector<Expr> ju = vector_jacobian(fs, place.symbols, u);
    RC_ASSERT(jv.size() == 2u);
    RC_ASSERT(ju.size() == 3u);
    const Bounded l = evaluate_bounded(u[0] * jv[0] + u[1] * jv[1], at);
    const Bounded r = evaluate_bounded(ju[0] * v[0] + ju[1] * v[1] + ju[2] * v[2], at);
    // Where a slope is infinite, as of sqrt(x - x), one way may multiply it by 0 and one may not.
    if (!std::isfinite(l.value) || !std::isfinite(r.value)) {
      ++infinite;
      return;
    }
    ++compared;
    RC_LOG() << to_text(fs[0]) << "\n"
             << to_text(fs[1]) << "\n"
             << l.value << " " << r.value << "\n";
    RC_ASSERT(std::abs(l.value - r.value) <= l.error + r.error);
    sharp += l.error + r.error <= 1e-9 * std::abs(l.value);
  }));
  EXPECT_GE(sharp, compared / 4);
  EXPECT_LE(infinite, compared / 20);
}

TEST(Derivative, ReadsAsPeopleWriteIt) {
  struct Case {
    const char *f, *slope;
  };
  for (const Case& c : {Case{"x*y", "y"},
                        {"x^3", "3*x^2"},
                        {"x^2/2", "x"},
                        {"y", "0"},
                        {"sin(x*y)", "y*cos(x*y)"},
                        {"exp(-x)", "-exp(-x)"},
                        {"abs(x)", "sign(x)"},
                        {"max(x, y)", "select(y <= x, 1, 0)"},
                        {"max(x, 3*x)", "select(3*x <= x, 1, 3)"},
                        {"select(x < y, x^2, y)", "select(x < y, 2*x, 0)"},
                        {"x < y", "0"},
                        {"2^y", "0"}}) {
    Playground place;
    EXPECT_EQ(to_text(derivative(parse_open(c.f, place.graph), place.symbols[0])), c.slope) << c.f;
  }
}

TEST(Derivative, ABranchNotTakenNeverPoisons) {
  // Each has an infinite or undefined slope in the branch that is not taken at x = -1, y = 0.
  for (const char* f :
       {"select(x > 0, sqrt(x), 0)", "select(x > 0, log(x), x)",
        "max(x^3, -1 - y)*select(x < 0, 1, 1/y)", "max(x, 0) + select(x <= 0, x, log(x))",
        "select(x > 0, sqrt(x), 0) + select(x > y, 2*sqrt(x), y)",
        "select(x > 0, select(y > 0, log(x), sqrt(x)), x*y)", "select(y < 0, log(y), 1)*x",
        "select(x, x^2, sqrt(x))", "min(x, select(x > 0, x^-0.5, 3))",
        "select(x < 0, x, x/y) + sqrt(x + 2)"}) {
    Playground place;
    const Expr e = parse_open(f, place.graph);
    const double point[] = {-1.0, 0.0, 1.0};
    for (const Expr& slope : gradient(e, std::span(place.symbols).first(2))) {
      EXPECT_TRUE(std::isfinite(evaluate<double>(slope, place.at(point))))
          << f << ": " << to_text(slope);
      for (const Expr& second : gradient(slope, std::span(place.symbols).first(2)))
        EXPECT_TRUE(std::isfinite(evaluate<double>(second, place.at(point))))
            << f << ": " << to_text(second);
    }
    const Expr one = 1.0;
    const Expr along =
        jacobian_vector(std::span(&e, 1), std::span(place.symbols).first(1), std::span(&one, 1))
            .front();
    EXPECT_TRUE(std::isfinite(evaluate<double>(along, place.at(point)))) << f;
  }
}

TEST(Derivative, OfNumbersIsZero) {
  Graph g;
  const Expr x = Expr::symbol(g, "x");
  EXPECT_TRUE(derivative(3.0, x).is_constant(0.0));
  EXPECT_TRUE(derivative(Expr(g, g.constant(3.0)), x).is_constant(0.0));
  EXPECT_TRUE(derivative(x, x).is_constant(1.0));
  const std::vector<Expr> fs{2.0, x}, u{Expr(5.0), Expr(7.0)};
  EXPECT_TRUE(vector_jacobian(fs, std::span(&x, 1), u).front().is_constant(7.0));
}

TEST(Derivative, OfManyVariablesStaysLinear) {
  // The gradient of a sum over 200 variables with min and max in it: nodes in proportion.
  Graph g;
  std::vector<Expr> xs;
  Expr f = 0.0, all = 0.0;
  for (int i = 0; i < 200; ++i) xs.push_back(Expr::symbol(g, "x" + std::to_string(i)));
  for (const Expr& x : xs) all = all + x * x;
  for (const Expr& x : xs) f = f + max(0.0, 1.0 - sin(x * all)) * min(x, all);
  const std::size_t before = g.size();
  const std::vector<Expr> slopes = gradient(f, xs);
  EXPECT_EQ(slopes.size(), 200u);
  EXPECT_LT(g.size(), 25 * before);
}

TEST(Substitute, ReplacesAllAtOnce) {
  Playground place;
  const auto& [x, y, z] = std::tie(place.symbols[0], place.symbols[1], place.symbols[2]);
  const Expr e = parse_open("x - 2*y", place.graph);
  const std::vector<Expr> from{x, y}, to{y, x};
  EXPECT_EQ(to_text(substitute(e, from, to)), "y - 2*x");
  const std::vector<Expr> numbers{3.0, 1.0};
  EXPECT_TRUE(substitute(e, from, numbers).is_constant(1.0));
}

TEST(Symbols, AreFoundInTheOrderOfNaming) {
  Playground place;
  const std::vector<Expr> fs{parse_open("z + 2", place.graph), parse_open("x*z", place.graph), 1.0};
  EXPECT_EQ(symbols(fs), (std::vector{place.symbols[0], place.symbols[2]}));
}

}  // namespace
}  // namespace gyre
