#include <ATen/ops/empty.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "gyre/core/assert.hpp"
#include "gyre/gan/block.hpp"

namespace gyre::gan {

namespace {

constexpr std::int64_t kPiece = 512;  // numbers that go through all operations at once

template <class T>
void run(const Kernels& kernels, Block::Op op, T* __restrict to, const T* a, const T* b, T s,
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
    const std::vector<Task> all = std::move(tasks_);
    for (const BlockKind& kind : kinds) {
      tasks_.clear();
      std::copy_if(all.begin(), all.end(), std::back_inserter(tasks_),
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
    const T* at = nullptr;
    std::int64_t stride = 0;  // 1 where it moves on with the pieces
  };
  template <class T>
  struct Line {
    Block::Op op;
    T scalar;
    T* to;
    std::int64_t stride;
    Source<T> a, b;
  };

  template <class T>
  void in_pieces(const BlockKind& kind) {
    std::vector<Line<T>> lines;
    std::vector<at::Tensor> results(tasks_.size());
    std::unordered_map<const Block*, Source<T>> sources;
    thread_local std::vector<T> room;
    const std::size_t needed = static_cast<std::size_t>(3 * kPiece) * tasks_.size();
    if (room.size() < needed) room.resize(needed);  // a result and constants
    T* free = room.data();
    auto source = [&](const BlockPtr& block) {
      const auto [it, is_new] = sources.try_emplace(block.get());
      if (is_new && block->is_constant()) {
        std::fill_n(free, kPiece, static_cast<T>(block->scalar_));
        it->second = {free, 0};
        free += kPiece;
      } else if (is_new) {
        it->second = {block->value_.template data_ptr<T>(), 1};
      }
      return it->second;
    };
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      const Task& task = tasks_[i];
      const Block* block = task.block;
      const Source<T> a = source(block->a_), b = block->b_ ? source(block->b_) : a;
      Line<T> line{block->op_, static_cast<T>(block->scalar_), free, 0, a, b};
      if (task.kept || task.block->weak_from_this().use_count() > task.readers) {
        results[i] = at::empty({kind.size}, options(kind));
        line.to = results[i].template data_ptr<T>();
        line.stride = 1;
      } else {
        free += kPiece;
      }
      sources[block] = {line.to, line.stride};
      lines.push_back(line);
    }
    const Kernels& kernels = kernel_choices().front();
    for (std::int64_t begin = 0; begin < kind.size; begin += kPiece) {
      const std::int64_t n = std::min(kPiece, kind.size - begin);
      for (const Line<T>& line : lines)
        gan::run<T>(kernels, line.op, line.to + line.stride * begin,
                    line.a.at + line.a.stride * begin, line.b.at + line.b.stride * begin,
                    line.scalar, n);
    }
    for (std::size_t i = 0; i < tasks_.size(); ++i)
      if (results[i].defined()) finish(tasks_[i].block, std::move(results[i]));
  }

  std::unordered_map<const Block*, std::size_t> seen_;
  std::vector<Task> tasks_;
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
