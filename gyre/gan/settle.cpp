#include <ATen/ops/empty.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "gyre/core/assert.hpp"
#include "gyre/gan/adam_story.hpp"
#include "gyre/gan/block.hpp"

namespace gyre::gan {

namespace {

constexpr std::int64_t kPiece = 512;  // numbers that go through all operations at once

template <class T>
void run(const FlatKernels& kernels, Block::Op op, T* to, const T* a, const T* b, T s,
         std::int64_t n) {
  if (op == Block::Op::kExp) {
    for (std::int64_t i = 0; i < n; ++i) to[i] = std::exp(a[i]);
  } else if (op == Block::Op::kLog) {
    for (std::int64_t i = 0; i < n; ++i) to[i] = std::log(a[i]);
  } else if constexpr (std::is_same_v<T, float>) {
    kernels.floats(op, to, a, b, s, n);
  } else {
    kernels.doubles(op, to, a, b, s, n);
  }
}

at::TensorOptions options(const BlockKind& kind) {
  return at::TensorOptions(kind.type).device(kind.device);
}

}  // namespace

/// What has to be done for some blocks, in order.
class Settling {
 public:
  explicit Settling(std::span<const BlockPtr> roots) {
    for (const BlockPtr& root : roots) {
      visit(root.get());
      if (const auto it = seen_.find(root.get()); it != seen_.end()) tasks_[it->second].kept = true;
    }
    for (const Task& task : tasks_)
      for (const BlockPtr* part : {&task.block->a_, &task.block->b_})
        if (const auto it = seen_.find(part->get()); it != seen_.end())
          ++tasks_[it->second].readers;
  }

  void run_plainly() {
    for (const Task& task : tasks_) {
      const Block* block = task.block;
      const at::Tensor a = value(block->a_), b = block->b_ ? value(block->b_) : a;
      finish(block, library(block->op_, a, b, block->scalar_));
    }
  }

  void run() {
    std::vector<BlockKind> kinds;
    for (const Task& task : tasks_)
      if (std::find(kinds.begin(), kinds.end(), task.block->kind_) == kinds.end())
        kinds.push_back(task.block->kind_);
    all_ = std::move(tasks_);
    for (const BlockKind& kind : kinds) {
      tasks_.clear();
      std::copy_if(all_.begin(), all_.end(), std::back_inserter(tasks_),
                   [&](const Task& task) { return task.block->kind_ == kind; });
      if (kind.device != at::kCPU)
        run_plainly();
      else if (kind.type == at::kDouble)
        in_pieces<double>(kind);
      else
        in_pieces<float>(kind);
    }
  }

 private:
  struct Task {
    const Block* block;
    bool kept = false;  // asked for
    long readers = 0;   // among the tasks
  };

  void visit(const Block* block) {
    if (block->is_settled() || seen_.count(block) > 0) return;
    visit(block->a_.get());
    if (block->b_) visit(block->b_.get());
    seen_.emplace(block, tasks_.size());
    tasks_.push_back({block});
  }

  static at::Tensor library(Block::Op op, const at::Tensor& a, const at::Tensor& b, double s) {
    switch (op) {
      case Block::Op::kAdd:
        return a.add(b);
      case Block::Op::kSubtract:
        return a.sub(b);
      case Block::Op::kScale:
        return a.mul(s);
      case Block::Op::kMultiply:
        return a.mul(b);
      case Block::Op::kDivide:
        return a.div(b);
      case Block::Op::kMax:
        return b.where(a.lt(b), a);
      case Block::Op::kSqrt:
        return a.sqrt();
      case Block::Op::kExp:
        return a.exp();
      case Block::Op::kLog:
        return a.log();
      case Block::Op::kTensor:
      case Block::Op::kConstant:
        break;
    }
    GYRE_ASSERT(false);
    return a;
  }

  /// The parts live on to the end: others of the tasks may be among them.
  void finish(const Block* block, at::Tensor result) {
    block->value_ = std::move(result);
    block->op_ = Block::Op::kTensor;
    parts_.push_back(std::move(block->a_));
    parts_.push_back(std::move(block->b_));
  }

  template <class T>
  struct Source {
    T* at = nullptr;
    std::int64_t stride = 0;  // 1 where it moves on with the pieces
  };
  /// What is done with a piece: an operation, or all of Adam.
  template <class T>
  struct Line {
    Block::Op op;
    T scalar;
    Source<T> to, a, b;
    std::optional<AdamPass<T>> adam = {};
    std::array<Source<T>, 7> of_adam = {};
  };

  template <class T>
  static void run_line(const FlatKernels& kernels, Line<T>& line, std::int64_t begin,
                       std::int64_t n) {
    auto at = [&](const Source<T>& s) { return s.at + s.stride * begin; };
    if (!line.adam)
      return gan::run<T>(kernels, line.op, at(line.to), at(line.a), at(line.b), line.scalar, n);
    AdamPass<T>& pass = *line.adam;
    const auto& [m, s, v, w, new_m, new_s, new_w] = line.of_adam;
    pass.m = at(m), pass.s = at(s), pass.v = at(v), pass.w = at(w);
    pass.new_m = at(new_m), pass.new_s = at(new_s), pass.new_w = at(new_w);
    if constexpr (std::is_same_v<T, float>)
      kernels.adam_of_floats(pass, n);
    else
      kernels.adam_of_doubles(pass, n);
  }

  /// Whether the block is still to be done, for one reader alone.
  bool is_for_one(const Block* block) const {
    const auto it = seen_.find(block);
    return it != seen_.end() && all_[it->second].readers == 1;
  }
  bool is_held(const Block* block) const {
    const Task& task = all_[seen_.at(block)];
    return task.kept || block->weak_from_this().use_count() > task.readers;
  }

  /// Memory of blocks that end with these tasks: what they hold is read for the last time by the
  /// task of this place, and a result may lie there from then on.
  struct Spare {
    const Block* block;
    std::size_t last;
  };

  std::vector<Spare> spares(const std::vector<std::size_t>& places) const {
    std::unordered_map<const Block*, std::pair<long, std::size_t>> reads;
    std::vector<const Block*> order;
    for (std::size_t i = 0; i < tasks_.size(); ++i)
      for (const BlockPtr* part : {&tasks_[i].block->a_, &tasks_[i].block->b_})
        if (*part && (*part)->op_ == Block::Op::kTensor) {
          auto& [count, last] = reads[part->get()];
          if (count++ == 0) order.push_back(part->get());
          last = std::max(last, places[i]);
        }
    std::vector<Spare> spare;
    for (const Block* block : order) {
      const auto& [count, last] = reads[block];
      const at::Tensor& numbers = block->value_;
      if (block->weak_from_this().use_count() == count && numbers.use_count() == 1 &&
          numbers.storage().use_count() == 1)
        spare.push_back({block, last});
    }
    return spare;
  }

  template <class T>
  void in_pieces(const BlockKind& kind) {
    // Where each task is done, and which end as Adam's.
    std::vector<std::size_t> places(tasks_.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::unordered_map<const Block*, std::size_t> numbers;
    for (std::size_t i = 0; i < tasks_.size(); ++i) numbers[tasks_[i].block] = i;
    std::vector<std::optional<AdamStory>> adams(tasks_.size());
    for (std::size_t i = 0; i < tasks_.size(); ++i)
      if ((adams[i] = AdamStory::of(
               tasks_[i].block, [&](const Block* b) { return is_for_one(b); },
               [&](const Block* b) { return is_held(b); })))
        for (const Block* inside : adams[i]->inside)
          if (inside) places[numbers[inside]] = i;
    std::vector<Spare> spare = spares(places);

    std::vector<Line<T>> lines;
    std::vector<at::Tensor> results(tasks_.size());
    std::unordered_map<const Block*, Source<T>> sources;
    thread_local std::vector<T> room;
    const std::size_t needed = static_cast<std::size_t>(3 * kPiece) * tasks_.size();
    if (room.size() < needed) room.resize(needed);  // a result and constants
    T* free = room.data();
    auto source = [&](const Block* block) {
      const auto [it, is_new] = sources.try_emplace(block);
      if (is_new && block->is_constant()) {
        std::fill_n(free, kPiece, static_cast<T>(block->scalar_));
        it->second = {free, 0};
        free += kPiece;
      } else if (is_new) {
        it->second = {block->value_.template data_ptr<T>(), 1};
      }
      return it->second;
    };
    auto result = [&](std::size_t i) {
      Source<T> to{free, 0};
      if (is_held(tasks_[i].block)) {
        const auto fits = [&](const Spare& s) { return s.last <= places[i]; };
        if (const auto it = std::find_if(spare.begin(), spare.end(), fits); it != spare.end()) {
          source(it->block);
          results[i] = std::move(it->block->value_);
          spare.erase(it);
        } else {
          results[i] = at::empty({kind.size}, options(kind));
        }
        to = {results[i].template data_ptr<T>(), 1};
      } else {
        free += kPiece;
      }
      return sources[tasks_[i].block] = to;
    };
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      const Block* block = tasks_[i].block;
      if (places[i] != i) continue;
      if (adams[i]) {
        const AdamStory& own = *adams[i];
        auto number = [](double x) { return static_cast<T>(x); };
        Line<T> line{block->op_, T(0), {}, {}, {}};
        line.adam = AdamPass<T>{number(own.beta1), number(own.rest1), number(own.scale1),
                                number(own.beta2), number(own.rest2), number(own.scale2),
                                number(own.eps),   number(own.eta),   nullptr,
                                nullptr,           nullptr,           nullptr,
                                nullptr,           nullptr,           nullptr};
        for (std::size_t k = 0; const Block* of : {own.m, own.s, own.v, own.w})
          line.of_adam[k++] = source(of);
        line.of_adam[4] = result(numbers[own.new_m]);
        line.of_adam[5] = result(numbers[own.new_s]);
        line.of_adam[6] = result(i);
        lines.push_back(line);
        continue;
      }
      const Source<T> a = source(block->a_.get()), b = block->b_ ? source(block->b_.get()) : a;
      lines.push_back({block->op_, static_cast<T>(block->scalar_), result(i), a, b});
    }
    const FlatKernels& kernels = flat_choices().front();
    for (std::int64_t begin = 0; begin < kind.size; begin += kPiece) {
      const std::int64_t n = std::min(kPiece, kind.size - begin);
      for (Line<T>& line : lines) run_line(kernels, line, begin, n);
    }
    for (std::size_t i = 0; i < tasks_.size(); ++i)
      if (results[i].defined()) finish(tasks_[i].block, std::move(results[i]));
  }

  std::unordered_map<const Block*, std::size_t> seen_;
  std::vector<Task> tasks_, all_;  // of one kind, and of every
  std::vector<BlockPtr> parts_;
};

void settle(std::span<const BlockPtr> roots) {
  for (const BlockPtr& root : roots)
    if (!root->is_settled()) {
      Settling(roots).run();
      return;
    }
}

void settle_plainly(std::span<const BlockPtr> roots) { Settling(roots).run_plainly(); }

}  // namespace gyre::gan
