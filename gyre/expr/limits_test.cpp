#include <gtest/gtest.h>
#include <pthread.h>

#include <chrono>
#include <functional>

#include "gyre/core/error.hpp"
#include "gyre/expr/derivative.hpp"
#include "gyre/expr/parse.hpp"
#include "gyre/expr/print.hpp"

// Hostile text is refused or handled at once, whatever it is made of.

namespace gyre {
namespace {

std::string repeat(std::string_view part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

#if defined(__SANITIZE_ADDRESS__)
constexpr int kSlower = 10;  // sanitizers slow everything down
constexpr std::size_t kStack = 4u << 20;
#else
constexpr int kSlower = 1;
constexpr std::size_t kStack = 512u << 10;
#endif

/// Runs on a thread with a small stack, such as a server may have, and in less than a second.
void at_once(const std::string& what, std::function<void()> work) {
  const auto begin = std::chrono::steady_clock::now();
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, kStack), 0);
  pthread_t thread;
  auto run = [](void* job) -> void* {
    try {
      (*static_cast<std::function<void()>*>(job))();
    } catch (const Error& error) {
      ADD_FAILURE() << error.what() << "\n" << error.detail();
    }
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, run, &work), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(took.count(), 1.0 * kSlower) << what;
}

void expect_refused(const std::string& what, const std::string& text, const std::string& message) {
  at_once(what, [&] {
    Graph graph;
    try {
      parse_open(text, graph);
      ADD_FAILURE() << what << " was taken";
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()), message) << what;
      EXPECT_LT(error.detail().size(), 1000u);
    }
  });
}

/// Does everything with a formula that the program would.
void use(const Expr& e) {
  const Expr simple = simplify(e);
  const std::vector<Expr> xs = symbols(std::span(&e, 1));
  std::vector<std::pair<Expr, double>> at;
  for (const Expr& x : xs) at.emplace_back(x, 0.5);
  gradient(simple, xs);
  jacobian_vector(std::span(&e, 1), xs, xs);
  evaluate<double>(e, at);
  to_c_function("f", xs, std::span(&e, 1));
  for (const auto& print : {to_text, to_latex, to_c}) {
    try {
      print(e);
    } catch (const Error&) {  // too long to be written out
    }
  }
}

TEST(Limits, LongText) {
  const std::string longest = "at most 65536 are taken";
  expect_refused("10 MB", std::string(10'000'000, 'x'),
                 "the formula has 10000000 characters; " + longest);
  expect_refused("a million signs", std::string(1'000'000, '-'),
                 "the formula has 1000000 characters; " + longest);
  Graph graph;
  EXPECT_NO_THROW(parse_open("x" + std::string(kLongestFormula - 1, ' '), graph));
  EXPECT_THROW(parse_open("x" + std::string(kLongestFormula, ' '), graph), Error);
}

TEST(Limits, DeepText) {
  const std::string deep = "the formula is nested more than 200 levels deep";
  expect_refused("brackets", std::string(60'000, '('), deep);
  expect_refused("closed brackets", repeat("(", 30'000) + "x" + repeat(")", 30'000), deep);
  expect_refused("square brackets", std::string(60'000, '['), deep);
  expect_refused("minus signs", std::string(60'000, '-') + "x", deep);
  expect_refused("plus signs", std::string(60'000, '+') + "x", deep);
  expect_refused("powers", repeat("x^", 30'000) + "x", deep);
  expect_refused("negative powers", repeat("x^-", 20'000) + "x", deep);
  expect_refused("calls", repeat("sin(", 15'000) + "x" + repeat(")", 4'000), deep);
  expect_refused("selects", repeat("select(x,", 7'000), deep);
  Graph graph;
  EXPECT_NO_THROW(parse_open(repeat("(", 199) + "x" + repeat(")", 199), graph));
  EXPECT_THROW(parse_open(repeat("(", 200) + "x" + repeat(")", 200), graph), Error);
}

TEST(Limits, LongChains) {
  const std::string chain =
      "more than 2000 operations in a row; use a vector and sum(...), or brackets";
  expect_refused("sums", repeat("a+", 30'000) + "a", chain);
  expect_refused("products", repeat("a*", 30'000) + "a", chain);
  expect_refused("raised digits", repeat("x² ", 10'000),
                 "'²' and 'x' stand side by side; to multiply, write ...²*x");
  expect_refused("twice raised", "x" + repeat("² ", 10'000),
                 "'²' and '²' stand side by side; use brackets: (x²)³");
  at_once("2000 operations", [] {
    Graph graph;
    use(parse_open(repeat("a*b+", 999) + repeat("sin(c)-", 1'000) + "a", graph));
  });
}

TEST(Limits, LongNumbersAndNames) {
  expect_refused("digits", repeat("7", 60'000),
                 "the number '" + repeat("7", 60) + "...' is too large");
  expect_refused("raised digits", "x" + repeat("⁷", 20'000),
                 "the number '" + repeat("⁷", 20) + "...' is too large");
  at_once("many digits", [] {
    Graph graph;
    EXPECT_EQ(parse_open("0." + repeat("3", 60'000), graph), 1.0 / 3.0);
    EXPECT_EQ(parse_open("0." + repeat("0", 60'000) + "3", graph), 0.0);
    use(parse_open(repeat("x", 60'000) + "*y", graph));
  });
}

TEST(Limits, TheDeepestFormulasThatAreTaken) {
  // Chains inside brackets inside chains: some 30 thousand operations deep.
  std::string nested = "x";
  for (int i = 0; i < 100; ++i) nested = "(" + nested + repeat("+x", 320) + ")";
  std::string powers = "x";
  for (int i = 0; i < 190; ++i) powers += "^x";
  std::string divided = "x";
  for (int i = 0; i < 95; ++i) divided = "x/(" + divided + "*y)";
  std::string extremes = "x";
  for (int i = 0; i < 75; ++i)
    extremes = "max(" + extremes + ", min(y, " + std::to_string(i) + "*x))";
  for (const std::string& text : {nested, powers, divided, extremes})
    at_once(text.substr(0, 40), [&] {
      Graph graph;
      use(parse_open(text, graph));
    });
}

TEST(Limits, VectorsThatMultiplyTheWork) {
  const std::string most = "the formula needs more than 300000 operations";
  expect_refused("a long vector in a chain",
                 "sum([1" + repeat(",1", 15'000) + "]" + repeat("+1", 1'900) + ")", most);
  expect_refused("different entries",
                 "sum([x" + repeat(",x+1,y", 5'000) + "]" + repeat("+x", 1'900) + ")", most);
  Graph graph;
  Scope scope;
  std::vector<Expr> entries;
  for (int i = 1; i <= 1'000; ++i)
    entries.push_back(Expr::symbol(graph, "v[" + std::to_string(i) + "]"));
  scope.vectors.emplace("v", entries);
  at_once("a component of a long vector, many times",
          [&] { use(parse(repeat("v[7]*", 1'900) + "v[1]", graph, scope)); });
  at_once("a quadratic form in 1000 variables",
          [&] { use(parse("dot(v, sin(v)) + sum(v)^2", graph, scope)); });
  at_once("a long vector, many times",
          [&] { EXPECT_THROW(parse("0" + repeat("+sum(v)", 1'900), graph, scope), Error); });
  scope.vectors.emplace("none", std::vector<Expr>{});
  EXPECT_THROW(parse("sum(none)", graph, scope), Error);
}

TEST(Limits, FunctionsThatDouble) {
  Graph graph;
  const Expr z = Expr::symbol(graph, "z"), x = Expr::symbol(graph, "x");
  Scope scope;
  scope.scalars.emplace("x", x);
  auto define = [&](const std::string& name, const char* body) {
    scope.functions.insert_or_assign(name, Function{{z}, parse_open(body, graph)});
  };
  for (const char* body : {"z*sin(z)", "z + z^2", "max(z, sin(z))", "select(z < 1, z*2, -z)", "z^z",
                           "select(x < 1, -z, z + 1)*select(x < 1, z, 3)"}) {
    define("f", body);
    at_once(body, [&] { use(parse(repeat("f(", 190) + "x" + repeat(")", 190), graph, scope)); });
  }
  std::string large = "z";
  for (int i = 0; i < 150; ++i) large = "sin(" + large + "*" + std::to_string(i) + ")";
  define("f", large.c_str());
  at_once("a large function, many times",
          [&] { EXPECT_THROW(parse("0" + repeat("+f(x)", 1'900), graph, scope), Error); });
}

TEST(Limits, ManyVariables) {
  at_once("200 variables", [] {
    Graph graph;
    std::string text = "0";
    std::vector<Expr> from, to;
    for (int i = 0; i < 200; ++i)
      text += " + x" + std::to_string(i) + "*sin(x" + std::to_string(199 - i) + ")";
    const Expr e = parse_open(text, graph);
    for (int i = 0; i < 200; ++i) {
      from.push_back(Expr::symbol(graph, "x" + std::to_string(i)));
      to.push_back(Expr::symbol(graph, "y" + std::to_string(i)));
    }
    std::vector<Expr> field = gradient(e, from);
    for (int i = 0; i < 10; ++i) field = substitute(field, from, to);
    EXPECT_EQ(symbols(field).size(), 200u);
    use(e);
  });
}

}  // namespace
}  // namespace gyre
