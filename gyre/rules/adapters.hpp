#pragma once

#include <algorithm>
#include <memory>
#include <type_traits>
#include <utility>

#include "gyre/core/assert.hpp"
#include "gyre/rules/facts.hpp"
#include "gyre/rules/rule.hpp"

/// Joins stages, written as plain values, into one Rule at run time.
namespace gyre {

struct NoMemory {};

namespace detail {

template <class S, class V, class = void>
struct MemoryOf {
  using type = NoMemory;
};
template <class S, class V>
struct MemoryOf<S, V, std::void_t<typename S::template Memory<V>>> {
  using type = typename S::template Memory<V>;
};

/// Calls `visit` on every point of a memory struct, in order.
template <class M>
void for_each_slot(M& m, std::size_t count, auto&& visit) {
  if constexpr (!std::is_same_v<std::remove_const_t<M>, NoMemory>) {
    if constexpr (requires { m.slots; }) {  // an array of them
      for (auto& slot : m.slots) visit(slot);
      GYRE_ASSERT(count == m.slots.size());
    } else if constexpr (requires { M{{}, {}, {}, {}, {}, {}}; }) {
      auto& [a, b, c, d, e, f] = m;
      visit(a), visit(b), visit(c), visit(d), visit(e), visit(f);
      GYRE_ASSERT(count == 6);
    } else if constexpr (requires { M{{}, {}, {}, {}, {}}; }) {
      auto& [a, b, c, d, e] = m;
      visit(a), visit(b), visit(c), visit(d), visit(e);
      GYRE_ASSERT(count == 5);
    } else if constexpr (requires { M{{}, {}, {}, {}}; }) {
      auto& [a, b, c, d] = m;
      visit(a), visit(b), visit(c), visit(d);
      GYRE_ASSERT(count == 4);
    } else if constexpr (requires { M{{}, {}, {}}; }) {
      auto& [a, b, c] = m;
      visit(a), visit(b), visit(c);
      GYRE_ASSERT(count == 3);
    } else if constexpr (requires { M{{}, {}}; }) {
      auto& [a, b] = m;
      visit(a), visit(b);
      GYRE_ASSERT(count == 2);
    } else {
      auto& [a] = m;
      visit(a);
      GYRE_ASSERT(count == 1);
    }
  } else {
    GYRE_ASSERT(count == 0);
  }
}

}  // namespace detail

/// A stage's memory struct and its place in the flat list of points.
template <class S, class V>
using MemoryOf = typename detail::MemoryOf<S, V>::type;

template <class M, class V>
M load(std::span<const V> slots) {
  M memory{};
  std::size_t i = 0;
  detail::for_each_slot(memory, slots.size(), [&](V& v) { v = slots[i++]; });
  return memory;
}

template <class M, class V>
void store(const M& memory, std::span<V> slots) {
  std::size_t i = 0;
  detail::for_each_slot(memory, slots.size(), [&](const V& v) { slots[i++] = v; });
}

/// A field stage, erased.
template <class V>
class FieldStage {
 public:
  virtual ~FieldStage() = default;
  virtual std::size_t slots() const = 0;
  virtual void start(const V& w, std::span<V> memory) const = 0;
  virtual V at(const V& w, Field<V>& inner, int player, std::span<V> memory) const = 0;
  virtual V jvp(const V& w, const V& u, Field<V>& inner) const = 0;
  virtual V vjp(const V& w, const V& u, Field<V>& inner) const = 0;
};

/// A field of which only the products between players are asked.
template <class V>
class Between final : public Field<V> {
 public:
  explicit Between(Field<V>& inner) : inner_(inner) {}

  std::size_t players() const override { return inner_.players(); }
  V at(const V& w, int player) override { return inner_.at(w, player); }
  V jvp(const V& w, const V& u) override { return inner_.jvp_between(w, u); }
  V vjp(const V& w, const V& u) override { return inner_.vjp_between(w, u); }
  V jvp_between(const V& w, const V& u) override { return inner_.jvp_between(w, u); }
  V vjp_between(const V& w, const V& u) override { return inner_.vjp_between(w, u); }
  V loss_gradient(const V& w, int player) override { return inner_.loss_gradient(w, player); }
  V solve(const std::function<V(const V&)>& A, const V& b) override { return inner_.solve(A, b); }
  V project(const V& w) const override { return inner_.project(w); }
  Sample draw() override { return inner_.draw(); }
  Sample companion(Sample sample) override { return inner_.companion(sample); }
  void hold(Sample sample) override { inner_.hold(sample); }
  Sample held() const override { return inner_.held(); }
  V normal(const V& like, int channel) override { return inner_.normal(like, channel); }
  void batch(int size) override { inner_.batch(size); }
  int batch() const override { return inner_.batch(); }
  int depth() const override { return inner_.depth(); }
  V share(const V& weights) const override { return inner_.share(weights); }
  V total(const V& a) const override { return inner_.total(a); }
  V corner(const V& costs) const override { return inner_.corner(costs); }

 private:
  Field<V>& inner_;
};

template <class V, class S>
class FieldStageOf final : public FieldStage<V> {
 public:
  explicit FieldStageOf(S stage) : stage_(std::move(stage)), slots_(S::facts().memory.size()) {}

  std::size_t slots() const override { return slots_; }

  void start(const V& w, std::span<V> memory) const override {
    if constexpr (!std::is_same_v<Memory, NoMemory>) store(stage_.start(w), memory);
  }

  V at(const V& w, Field<V>& inner, int player, std::span<V> memory) const override {
    if constexpr (std::is_same_v<Memory, NoMemory>) {
      return alone(stage_.at(w, inner, player), player);
    } else {
      Memory after = load<Memory, V>(memory);
      const V direction = stage_.at(w, inner, player, after);
      std::vector<V> slots(slots_);
      store(after, std::span<V>(slots));
      // Whoever does not move does not age: the others' memory is put back, once, here.
      for (std::size_t i = 0; i < slots_; ++i) memory[i] = blocks(slots[i], memory[i], player);
      return alone(direction, player);
    }
  }

  V jvp(const V& w, const V& u, Field<V>& inner) const override {
    if constexpr (requires { stage_.jvp(w, u, inner); }) return stage_.jvp(w, u, inner);
    GYRE_ASSERT(false);  // parse_pipe() refuses a pipe that asks this of it
    return u;
  }
  V vjp(const V& w, const V& u, Field<V>& inner) const override {
    if constexpr (requires { stage_.vjp(w, u, inner); }) return stage_.vjp(w, u, inner);
    GYRE_ASSERT(false);  // parse_pipe() refuses a pipe that asks this of it
    return u;
  }

 private:
  using Memory = MemoryOf<S, V>;

  static V blocks(const V& mine, const V& others, int player) {
    return player == kEverybody ? mine : on(static_cast<std::size_t>(player), mine, others);
  }
  static V alone(const V& direction, int player) {
    return player == kEverybody ? direction : blocks(direction, direction - direction, player);
  }

  S stage_;
  std::size_t slots_;
};

/// The field behind a field stage.
template <class V>
class StagedField final : public Field<V> {
 public:
  StagedField(const FieldStage<V>& stage, Field<V>& inner, std::span<V> memory)
      : stage_(stage), inner_(inner), memory_(memory) {}

  std::size_t players() const override { return inner_.players(); }
  V at(const V& w, int player) override { return stage_.at(w, inner_, player, memory_); }
  V jvp(const V& w, const V& u) override { return stage_.jvp(w, u, inner_); }
  V vjp(const V& w, const V& u) override { return stage_.vjp(w, u, inner_); }
  // A stage that offers products works on each player's block alone.
  V jvp_between(const V& w, const V& u) override {
    Between<V> between(inner_);
    return stage_.jvp(w, u, between);
  }
  V vjp_between(const V& w, const V& u) override {
    Between<V> between(inner_);
    return stage_.vjp(w, u, between);
  }
  V loss_gradient(const V& w, int player) override {
    GYRE_ASSERT(false);  // parse_pipe() refuses a pipe that asks this of a bent field
    return inner_.loss_gradient(w, player);
  }
  V solve(const std::function<V(const V&)>& A, const V& b) override { return inner_.solve(A, b); }
  V project(const V& w) const override { return inner_.project(w); }
  Sample draw() override { return inner_.draw(); }
  Sample companion(Sample sample) override { return inner_.companion(sample); }
  void hold(Sample sample) override { inner_.hold(sample); }
  Sample held() const override { return inner_.held(); }
  V normal(const V& like, int channel) override { return inner_.normal(like, channel); }
  void batch(int size) override { inner_.batch(size); }
  int batch() const override { return inner_.batch(); }
  int depth() const override { return inner_.depth() + 1; }
  V share(const V& weights) const override { return inner_.share(weights); }
  V total(const V& a) const override { return inner_.total(a); }
  V corner(const V& costs) const override { return inner_.corner(costs); }

 private:
  const FieldStage<V>& stage_;
  Field<V>& inner_;
  std::span<V> memory_;
};

/// A scheme alone is a rule.
template <class V, class S>
class SchemeRule final : public Rule<V> {
 public:
  SchemeRule(S scheme, std::vector<std::string> names)
      : scheme_(std::move(scheme)), names_(std::move(names)) {}

  std::size_t slots() const override { return names_.size(); }
  std::vector<std::string> slot_names() const override { return names_; }

  void start(const V& w, Field<V>& F, std::span<V> memory) const override {
    if constexpr (!std::is_same_v<Memory, NoMemory>) store(scheme_.start(w, F), memory);
  }

  V step(const V& w, Field<V>& F, std::span<V> memory) const override {
    if constexpr (std::is_same_v<Memory, NoMemory>) {
      return F.project(scheme_.step(w, F));
    } else {
      Memory m = load<Memory, V>(memory);
      V next = F.project(scheme_.step(w, F, m));
      store(m, memory);
      return next;
    }
  }

  V output(const V& w, std::span<const V>) const override { return w; }

 private:
  using Memory = MemoryOf<S, V>;
  S scheme_;
  std::vector<std::string> names_;
};

/// `stage | rule`: the stage's memory stands before the rule's.
template <class V>
class StagedRule final : public Rule<V> {
 public:
  StagedRule(std::unique_ptr<FieldStage<V>> stage, std::vector<std::string> names,
             std::unique_ptr<Rule<V>> rule)
      : stage_(std::move(stage)), names_(std::move(names)), rule_(std::move(rule)) {}

  std::size_t slots() const override { return names_.size() + rule_->slots(); }
  std::vector<std::string> slot_names() const override {
    std::vector<std::string> all = names_;
    for (std::string& n : rule_->slot_names()) all.push_back(std::move(n));
    return all;
  }

  void start(const V& w, Field<V>& F, std::span<V> memory) const override {
    const std::span<V> mine = memory.first(names_.size());
    stage_->start(w, mine);
    // The rule may look at the field to begin with; that look leaves no trace in the stage.
    std::vector<V> scratch(mine.begin(), mine.end());
    StagedField<V> staged(*stage_, F, scratch);
    rule_->start(w, staged, memory.subspan(names_.size()));
  }

  V step(const V& w, Field<V>& F, std::span<V> memory) const override {
    StagedField<V> staged(*stage_, F, memory.first(names_.size()));
    return rule_->step(w, staged, memory.subspan(names_.size()));
  }

  V output(const V& w, std::span<const V> memory) const override {
    return rule_->output(w, memory.subspan(names_.size()));
  }

 private:
  std::unique_ptr<FieldStage<V>> stage_;
  std::vector<std::string> names_;
  std::unique_ptr<Rule<V>> rule_;
};

/// `rule | wrapper`: the wrapper's memory stands behind the rule's.
template <class V, class W>
class WrappedRule final : public Rule<V> {
 public:
  WrappedRule(W wrapper, std::vector<std::string> names, std::unique_ptr<Rule<V>> rule)
      : wrapper_(std::move(wrapper)), names_(std::move(names)), rule_(std::move(rule)) {}

  std::size_t slots() const override { return rule_->slots() + names_.size(); }
  std::vector<std::string> slot_names() const override {
    std::vector<std::string> all = rule_->slot_names();
    all.insert(all.end(), names_.begin(), names_.end());
    return all;
  }

  void start(const V& w, Field<V>& F, std::span<V> memory) const override {
    rule_->start(w, F, memory.first(rule_->slots()));
    if constexpr (!std::is_same_v<Memory, NoMemory>)
      store(wrapper_.start(w), memory.subspan(rule_->slots()));
  }

  V step(const V& w, Field<V>& F, std::span<V> memory) const override {
    Wrapped inner(*rule_, F, memory.first(rule_->slots()));
    if constexpr (std::is_same_v<Memory, NoMemory>) {
      return F.project(wrapper_.step(w, inner));
    } else {
      const std::span<V> mine = memory.subspan(rule_->slots());
      Memory m = load<Memory, V>(mine);
      V next = F.project(wrapper_.step(w, inner, m));
      store(m, mine);
      return next;
    }
  }

  V output(const V& w, std::span<const V> memory) const override {
    if constexpr (requires(const Memory& m) { wrapper_.output(w, m); })
      return wrapper_.output(w, load<Memory, V>(memory.subspan(rule_->slots())));
    else
      return rule_->output(w, memory.first(rule_->slots()));
  }

 private:
  using Memory = MemoryOf<W, V>;

  class Wrapped final : public Inner<V> {
   public:
    Wrapped(const Rule<V>& rule, Field<V>& F, std::span<V> memory)
        : rule_(rule), field_(F), memory_(memory) {}
    V step(const V& w) override { return rule_.step(w, field_, memory_); }
    void restart(const V& w) override { rule_.start(w, field_, memory_); }
    V project(const V& w) const override { return field_.project(w); }
    V output(const V& w) override { return rule_.output(w, memory_); }

   private:
    const Rule<V>& rule_;
    Field<V>& field_;
    std::span<V> memory_;
  };

  W wrapper_;
  std::vector<std::string> names_;
  std::unique_ptr<Rule<V>> rule_;
};

}  // namespace gyre
