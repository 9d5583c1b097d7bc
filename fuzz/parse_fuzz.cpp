#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/expr/derivative.hpp"
#include "gyre/expr/parse.hpp"
#include "gyre/expr/print.hpp"

// Any bytes: they are a formula or a gyre::Error. A formula prints as text that means the same, and
// can be simplified, differentiated, printed and evaluated.

namespace {

using gyre::Expr;

/// What is printed may need more brackets than what was typed, so the parser's own limits may
/// refuse it, but only near them.
bool near_limits(const Expr& e, const std::string& text) {
  return e.graph()->node(e.in(*e.graph())).depth > gyre::kDeepestFormula / 4 ||
         text.size() > gyre::kLongestFormula;
}

void check_round_trip(const Expr& e) {
  const std::string text = gyre::to_text(e);
  if (near_limits(e, text)) return;
  try {
    GYRE_ASSERT(gyre::parse_open(text, *e.graph()) == e);
  } catch (const gyre::Error&) {
    GYRE_ASSERT(false);
  }
}

void use(const Expr& e) {
  check_round_trip(e);
  const Expr simple = gyre::simplify(e);
  check_round_trip(simple);
  std::vector<Expr> symbols = gyre::symbols(std::span(&e, 1));
  std::vector<std::pair<Expr, double>> at;
  for (const Expr& s : symbols) at.emplace_back(s, 0.7);
  (void)gyre::evaluate<double>(simple, at);
  (void)gyre::to_c_function("f", symbols, std::span(&e, 1));
  (void)gyre::to_c(simple);
  (void)gyre::to_latex(e);
  if (symbols.size() > 3) symbols.resize(3);
  const std::vector<Expr> slopes = gyre::gradient(simple, symbols);
  for (const Expr& slope : slopes) (void)gyre::evaluate<double>(slope, at);
  (void)gyre::jacobian_vector(slopes, symbols, symbols);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    gyre::Graph graph(200'000);
    use(gyre::parse_open(text, graph));
  } catch (const gyre::Error&) {
  }
  try {
    gyre::Graph graph(200'000);
    const Expr x = Expr::symbol(graph, "x"), y = Expr::symbol(graph, "y");
    const std::vector<Expr> v{Expr::symbol(graph, "v[1]"), Expr::symbol(graph, "v[2]")};
    const gyre::Scope scope{{{"x", x}, {"y", y}, {"a", 2.0}},
                            {{"v", v}, {"w", {x, y}}},
                            {{"f", {{x}, x * x + sin(x)}}, {"g", {{x, y}, max(x, y)}}}};
    use(gyre::parse(text, graph, scope));
  } catch (const gyre::Error&) {
  }
  return 0;
}
