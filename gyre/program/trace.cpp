#include "gyre/program/trace.hpp"

#include "gyre/core/assert.hpp"
#include "gyre/rules/build.hpp"

namespace gyre {

namespace {

std::vector<std::vector<std::string>> names_of(const Game& game) {
  std::vector<std::vector<std::string>> names;
  for (const Player& p : game.players) {
    names.push_back(p.variables);
    if (p.variables.size() > 1) names.back().push_back(p.name);
    names.back().push_back(std::to_string(names.size()));
  }
  return names;
}

void append(std::vector<Expr>& to, const std::vector<Expr>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

GameShape shape_of(const Game& game) {
  std::size_t mixed = 0;
  for (const Region& r : game.regions)
    if (r.kind == Region::Kind::kSimplex) mixed += r.count;
  return {game.players.size(), game.zero_sum, mixed == game.dim(), game.samples.size() > 0};
}

/// The same rule once more, with chance let in. Costs are counted anew: minibatches are cheaper
/// than the mean.
ChanceTraced with_chance(Traced& t, SymbolicField& field, const Rule<SymbolicPoint>& rule,
                         std::vector<SymbolicPoint> memory, CompileOptions options) {
  Graph& graph = *t.graph;
  // Names that no variable, parameter or slot can have.
  const Expr seed = Expr::symbol(graph, "the seed"), lane = Expr::symbol(graph, "the lane"),
             clock = Expr::symbol(graph, "the clock");
  const SymbolicPoint w = field.here();
  std::vector<SymbolicPoint> begun(memory.size());
  field.reset_counts();
  field.chance(seed, lane, 0.0);
  rule.start(w, field, begun);
  t.calls_at_start = field.calls();
  std::vector<Expr> started;
  for (const SymbolicPoint& slot : begun) append(started, slot.at);

  field.reset_counts();
  field.chance(seed, lane, clock);
  std::vector<Expr> next = rule.step(w, field, memory).at;
  t.calls_a_step = field.calls();
  t.products_a_step = field.products();
  t.solves_a_step = field.solves();
  for (const SymbolicPoint& slot : memory) append(next, slot.at);
  append(next, t.knob_symbols);
  append(next, {seed, lane, clock + 1.0});

  std::vector<Expr> begins = w.at, inputs = t.state_symbols;
  append(begins, t.knob_symbols);
  append(begins, {seed, lane});
  append(inputs, t.knob_symbols);
  append(inputs, {seed, lane, clock});
  options.loops = false;
  ChanceTraced chance;
  chance.start = compile(begins, started, options);
  options.loops = true;
  chance.step = compile(inputs, next, options);
  return chance;
}

}  // namespace

Traced trace(const Game& game, const Pipe& pipe, CompileOptions options) {
  check_needs(pipe, shape_of(game));
  Traced t;
  t.graph = game.graph;
  t.dim = game.dim();
  Graph& graph = *game.graph;

  const Lift<Expr> lift = [&](const std::string& name, double value) {
    t.knobs.push_back({name, value});
    t.knob_symbols.push_back(Expr::symbol(graph, name));
    return t.knob_symbols.back();
  };
  const std::unique_ptr<Rule<SymbolicPoint>> rule =
      build_rule<SymbolicPoint>(pipe, names_of(game), lift);
  for (const Parameter& p : game.parameters) {
    t.knobs.push_back({p.name, p.value, true});
    t.knob_symbols.push_back(p.symbol);
  }
  t.slots = rule->slot_names();

  SymbolicField field(game);
  std::vector<double> values;
  for (const Knob& k : t.knobs) values.push_back(k.value);
  field.assume(t.knob_symbols, std::move(values));
  const SymbolicPoint w = field.here();
  std::vector<SymbolicPoint> memory(rule->slots());

  rule->start(w, field, memory);
  t.calls_at_start = field.calls();
  std::vector<Expr> started;
  for (const SymbolicPoint& slot : memory) append(started, slot.at);

  t.state_symbols = w.at;
  for (std::size_t i = 0; i < memory.size(); ++i) {
    memory[i] = field.fresh(std::to_string(i) + "." + t.slots[i]);
    append(t.state_symbols, memory[i].at);
  }
  const std::vector<SymbolicPoint> before = memory;
  const bool draws = pipe.draws();

  field.reset_counts();
  const SymbolicPoint next = rule->step(w, field, memory);
  t.calls_a_step = field.calls();
  t.products_a_step = field.products();
  t.solves_a_step = field.solves();
  t.next = next.at;
  for (const SymbolicPoint& slot : memory) append(t.next, slot.at);
  t.report = rule->output(w, before).at;
  t.reports_itself = t.report == w.at;

  std::vector<Expr> inputs = t.state_symbols;
  append(inputs, t.knob_symbols);
  std::vector<Expr> point_inputs = w.at;
  append(point_inputs, t.knob_symbols);

  if (draws) t.chance = with_chance(t, field, *rule, before, options);

  const SymbolicPoint still = SymbolicField(game).residual(w);
  const Expr residual = dot(still, still);
  std::vector<Expr> losses;
  for (const Player& p : game.players) losses.push_back(p.loss);

  CompileOptions once = options;
  once.loops = false;
  options.loops = true;
  t.start = compile(point_inputs, started, once);
  t.step = compile(inputs, t.next, options);
  t.output = compile(inputs, t.report, once);
  t.residual = compile(point_inputs, std::span(&residual, 1), once);
  t.payoffs = compile(point_inputs, losses, once);
  return t;
}

}  // namespace gyre
