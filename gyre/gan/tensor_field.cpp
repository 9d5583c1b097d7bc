#include "gyre/gan/tensor_field.hpp"

#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros_like.h>
#include <torch/csrc/autograd/autograd.h>

#include <functional>
#include <limits>
#include <numeric>
#include <string>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"
#include "gyre/gan/gmres.hpp"

namespace gyre::gan {

namespace {

thread_local bool differentiated_once = false;

}  // namespace

DifferentiatedOnce::DifferentiatedOnce(bool once) : before_(differentiated_once) {
  differentiated_once = once;
}
DifferentiatedOnce::~DifferentiatedOnce() { differentiated_once = before_; }
bool DifferentiatedOnce::holds() { return differentiated_once; }

std::int64_t size_of(const Layout& layout) {
  std::int64_t size = 0;
  for (const ParameterShape& p : layout)
    size += std::accumulate(p.shape.begin(), p.shape.end(), std::int64_t{1}, std::multiplies<>());
  return size;
}

TensorField::TensorField(TensorGame& game, const BlockKind& kind, FieldOptions options)
    : game_(game), kind_(kind), options_(options) {
  const at::TensorOptions like = at::TensorOptions(kind.type).device(kind.device);
  for (const Layout& layout : game.layouts()) {
    const at::Tensor buffer = at::empty({size_of(layout)}, like);
    std::vector<at::Tensor> views;
    std::int64_t begin = 0;
    for (const ParameterShape& p : layout) {
      const std::int64_t size = size_of({p});
      views.push_back(buffer.narrow(0, begin, size).view(p.shape).detach().requires_grad_(true));
      begin += size;
    }
    buffers_.push_back(buffer);
    leaves_.push_back(std::move(views));
  }
  loaded_.resize(buffers_.size());
  losses_.resize(buffers_.size());
}

void TensorField::begin_step() {
  game_.begin_step();
  held_ = options_.sampling == Sampling::kEachStep ? draw() : kOwnSample;
}

namespace {

// Samples by number; their companions are beyond all of these.
constexpr Sample kCompanions = 1 << 30;

}  // namespace

Sample TensorField::draw() {
  return static_cast<Sample>(drawn_++ % static_cast<std::uint64_t>(kCompanions));
}

Sample TensorField::companion(Sample sample) { return sample < 0 ? sample : sample ^ kCompanions; }

/// Before every answer.
void TensorField::look() {
  const Sample sample = held_ >= 0 ? held_ : draw();
  if (used_ == sample) return;
  game_.use(static_cast<std::uint64_t>(sample));
  used_ = sample;
  forget_graph();
}

TensorPoint TensorField::normal(const TensorPoint& like, int channel) {
  if (held_ == kMeanSample) return fill(like, 0.0);
  const std::uint64_t sample = static_cast<std::uint64_t>(held_ >= 0 ? held_ : draw());
  std::vector<BlockPtr> blocks;
  for (std::size_t p = 0; p < players(); ++p) {
    const BlockKind kind = like.block(p)->kind();
    Stream stream(options_.seed, "rule.noise." + std::to_string(channel), sample * players() + p);
    at::Tensor numbers = at::empty({kind.size}, at::TensorOptions(at::kDouble));
    for (std::int64_t i = 0; i < kind.size; ++i) numbers.data_ptr<double>()[i] = stream.normal();
    blocks.push_back(Block::tensor(numbers.to(at::TensorOptions(kind.type).device(kind.device))));
  }
  return TensorPoint(std::move(blocks));
}

void TensorField::load(const TensorPoint& w) {
  GYRE_ASSERT(w.players() == players());
  settle({&w});
  for (std::size_t p = 0; p < players(); ++p) {
    if (loaded_[p] == w.block(p)) continue;
    forget_graph();
    const at::NoGradGuard no_grad;
    if (w.block(p)->is_constant())
      buffers_[p].fill_(w.block(p)->number());
    else
      buffers_[p].copy_(value(w.block(p)));
    loaded_[p] = w.block(p);
  }
}

void TensorField::forget_graph() { graph_.clear(); }

const Leaves& TensorField::leaves(const TensorPoint& w) {
  load(w);
  return leaves_;
}

TensorField::Tensors TensorField::backward(const Tensors& of, const Tensors& by,
                                           const Tensors& weights, bool keeps,
                                           bool differentiable) {
  Tensors outputs, seeds;
  for (std::size_t i = 0; i < of.size(); ++i)
    if (of[i].defined() && of[i].requires_grad()) {
      outputs.push_back(of[i]);
      seeds.push_back(weights.empty() ? at::Tensor() : weights[i]);
    }
  if (outputs.empty()) return Tensors(by.size());
  ++backward_passes_;
  return torch::autograd::grad(outputs, by, seeds, keeps, differentiable, true);
}

void TensorField::note(const Tensors& losses) {
  for (std::size_t p = 0; p < players(); ++p)
    if (losses[p].defined()) losses_[p] = losses[p].item().toDouble();
}

std::vector<BlockPtr> TensorField::own_slopes(const TensorPoint& w, int player) {
  if (options_.autograd_only || (options_.keeps_graph && !game_.multiplies())) return {};
  settle({&w});
  Tensors values, slopes(players());
  for (const BlockPtr& block : w.blocks()) values.push_back(value(block));
  std::vector<double> losses(players());
  if (!game_.slopes(values, player, slopes, losses)) return {};
  for (std::size_t p = 0; p < players(); ++p)
    if (player == kEverybody || player == static_cast<int>(p)) losses_[p] = losses[p];
  std::vector<BlockPtr> blocks;
  for (std::size_t p = 0; p < players(); ++p)
    blocks.push_back(slopes[p].defined() ? Block::tensor(std::move(slopes[p])) : zeros(p));
  return blocks;
}

TensorPoint TensorField::at(const TensorPoint& w, int player) {
  look();
  gradients_ += player == kEverybody ? players() : 1;
  std::vector<BlockPtr> blocks = own_slopes(w, player);
  if (!blocks.empty()) return TensorPoint(std::move(blocks));
  load(w);
  const DifferentiatedOnce once(player != kEverybody || !options_.keeps_graph);
  if (player != kEverybody) {
    const auto p = static_cast<std::size_t>(player);
    const Tensors losses = game_.losses(leaves_, player);
    note(losses);
    for (std::size_t q = 0; q < players(); ++q)
      blocks.push_back(q != p ? zeros(q)
                              : gathered(p, backward({losses[p]}, leaves_[p], {}, false, false)));
    return TensorPoint(std::move(blocks));
  }
  if (options_.keeps_graph) {
    build_graph(w);
    for (std::size_t p = 0; p < players(); ++p) blocks.push_back(gathered(p, graph_[p]));
    return TensorPoint(std::move(blocks));
  }
  const Tensors losses = game_.losses(leaves_, kEverybody);
  note(losses);
  if (game_.is_zero_sum()) {  // one pass backward serves both
    Tensors all = leaves_[0];
    all.insert(all.end(), leaves_[1].begin(), leaves_[1].end());
    const Tensors slopes = backward({losses[0]}, all, {}, false, false);
    const auto middle = slopes.begin() + static_cast<std::ptrdiff_t>(leaves_[0].size());
    blocks.push_back(gathered(0, Tensors(slopes.begin(), middle)));
    blocks.push_back(gathered(1, Tensors(middle, slopes.end())));
    blocks[1] = Block::make(Block::Op::kScale, blocks[1], blocks[1], -1.0);
  } else {
    for (std::size_t p = 0; p < players(); ++p)
      blocks.push_back(
          gathered(p, backward({losses[p]}, leaves_[p], {}, p + 1 < players(), false)));
  }
  return TensorPoint(std::move(blocks));
}

TensorPoint TensorField::loss_gradient(const TensorPoint& w, int player) {
  look();
  load(w);
  ++gradients_;
  const DifferentiatedOnce once;
  const Tensors losses = game_.losses(leaves_, kEverybody);
  note(losses);
  Tensors all;
  for (const Tensors& of : leaves_) all.insert(all.end(), of.begin(), of.end());
  const Tensors slopes =
      backward({losses[static_cast<std::size_t>(player)]}, all, {}, false, false);
  std::vector<BlockPtr> blocks;
  auto next = slopes.begin();
  for (std::size_t p = 0; p < players(); ++p) {
    const auto end = next + static_cast<std::ptrdiff_t>(leaves_[p].size());
    blocks.push_back(gathered(p, Tensors(next, end)));
    next = end;
  }
  return TensorPoint(std::move(blocks));
}

void TensorField::build_graph(const TensorPoint& w) {
  load(w);
  if (!graph_.empty()) return;
  const Tensors losses = game_.losses(leaves_, kEverybody);
  note(losses);
  for (std::size_t p = 0; p < players(); ++p)
    graph_.push_back(backward({losses[p]}, leaves_[p], {}, true, true));
}

TensorPoint TensorField::product(const TensorPoint& w, const TensorPoint& u, bool transposed,
                                 bool between) {
  ++products_;
  settle({&w, &u});
  look();
  if (game_.multiplies() && !options_.autograd_only) {
    Tensors values, along;
    for (const BlockPtr& block : w.blocks()) values.push_back(value(block));
    for (const BlockPtr& block : u.blocks()) along.push_back(value(block));
    std::vector<BlockPtr> blocks;
    for (at::Tensor& each : game_.product(values, along, transposed, between))
      blocks.push_back(Block::tensor(std::move(each)));
    return TensorPoint(std::move(blocks));
  }
  build_graph(w);
  if (transposed) return transposed_product(u, between);
  // Of a zero-sum game J = S H, where S has the players' signs and H is symmetric: J u = S J' S u.
  if (game_.is_zero_sum()) return mirrored(transposed_product(mirrored(u), between));
  return straight_product(u, between);
}

TensorPoint TensorField::jvp(const TensorPoint& w, const TensorPoint& u) {
  return product(w, u, false, false);
}
TensorPoint TensorField::vjp(const TensorPoint& w, const TensorPoint& u) {
  return product(w, u, true, false);
}
TensorPoint TensorField::jvp_between(const TensorPoint& w, const TensorPoint& u) {
  return product(w, u, false, true);
}
TensorPoint TensorField::vjp_between(const TensorPoint& w, const TensorPoint& u) {
  return product(w, u, true, true);
}

TensorPoint TensorField::mirrored(const TensorPoint& u) const { return on(1, -1.0 * u, u); }

namespace {

void append(std::vector<at::Tensor>& all, const std::vector<at::Tensor>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

TensorPoint TensorField::transposed_product(const TensorPoint& u, bool between) {
  std::vector<Tensors> weights;
  for (std::size_t p = 0; p < players(); ++p) weights.push_back(pieces_of(p, u.block(p)));
  std::vector<BlockPtr> blocks;
  if (between) {
    for (std::size_t q = 0; q < players(); ++q) {
      Tensors of, seeds;
      for (std::size_t p = 0; p < players(); ++p)
        if (p != q) append(of, graph_[p]), append(seeds, weights[p]);
      blocks.push_back(gathered(q, backward(of, leaves_[q], seeds, true, false)));
    }
    return TensorPoint(std::move(blocks));
  }
  Tensors of, by, seeds;
  for (std::size_t p = 0; p < players(); ++p)
    append(of, graph_[p]), append(by, leaves_[p]), append(seeds, weights[p]);
  const Tensors slopes = backward(of, by, seeds, true, false);
  auto next = slopes.begin();
  for (std::size_t p = 0; p < players(); ++p) {
    const auto end = next + static_cast<std::ptrdiff_t>(leaves_[p].size());
    blocks.push_back(gathered(p, Tensors(next, end)));
    next = end;
  }
  return TensorPoint(std::move(blocks));
}

// J'v is linear in v, so what v's derivative of (J'v)'u says is J u, whatever v is.
TensorPoint TensorField::straight_product(const TensorPoint& u, bool between) {
  std::vector<Tensors> dummies(players());
  for (std::size_t p = 0; p < players(); ++p)
    for (const at::Tensor& leaf : leaves_[p])
      dummies[p].push_back(at::zeros_like(leaf).requires_grad_(true));
  Tensors products, seeds;
  for (std::size_t q = 0; q < players(); ++q) {
    Tensors of, by;
    for (std::size_t p = 0; p < players(); ++p)
      if (!between || p != q) append(of, graph_[p]), append(by, dummies[p]);
    append(products, backward(of, leaves_[q], by, true, true));
    append(seeds, pieces_of(q, u.block(q)));
  }
  Tensors by;
  for (const Tensors& of : dummies) append(by, of);
  const Tensors slopes = backward(products, by, seeds, true, false);
  std::vector<BlockPtr> blocks;
  auto next = slopes.begin();
  for (std::size_t p = 0; p < players(); ++p) {
    const auto end = next + static_cast<std::ptrdiff_t>(leaves_[p].size());
    blocks.push_back(gathered(p, Tensors(next, end)));
    next = end;
  }
  return TensorPoint(std::move(blocks));
}

TensorPoint TensorField::solve(const std::function<TensorPoint(const TensorPoint&)>& A,
                               const TensorPoint& b) {
  ++solves_;
  const int before = products_;
  const Held<TensorPoint> one(*this, sample_of(*this));
  TensorPoint x = gmres(A, b, options_.solves.iterations, options_.solves.tolerance);
  products_of_solves_ += products_ - before;
  products_ = before;
  return x;
}

namespace {

[[noreturn]] void refuse() {
  throw Error("this rule plays mixed strategies, and parameters of networks are none");
}

}  // namespace

TensorPoint TensorField::project(const TensorPoint& w) const {
  TensorPoint inside = w;
  for (std::size_t p = 0; p < w.players(); ++p) {
    const double bound = game_.bound(p);
    if (bound == std::numeric_limits<double>::infinity()) continue;
    const TensorPoint corner = fill(w, -bound);
    inside = on(p, max(corner, -1.0 * max(corner, -1.0 * inside)), inside);
  }
  return inside;
}

TensorPoint TensorField::share(const TensorPoint&) const { refuse(); }
TensorPoint TensorField::total(const TensorPoint&) const { refuse(); }
TensorPoint TensorField::corner(const TensorPoint&) const { refuse(); }

BlockPtr TensorField::zeros(std::size_t player) const {
  return Block::constant({buffers_[player].numel(), kind_.type, kind_.device}, 0.0);
}

/// A player's tensors as its block; what a loss does not depend on is undefined here, and zero.
BlockPtr TensorField::gathered(std::size_t player, const Tensors& pieces) const {
  const at::NoGradGuard no_grad;
  Tensors flat;
  bool any = false;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    any = any || pieces[i].defined();
    const at::Tensor piece = pieces[i].defined() ? pieces[i] : at::zeros_like(leaves_[player][i]);
    flat.push_back(piece.detach().reshape({-1}));
  }
  if (!any) return zeros(player);
  return Block::tensor(at::cat(flat));  // a copy: a slope may be another player's buffer itself
}

TensorField::Tensors TensorField::pieces_of(std::size_t player, const BlockPtr& block) const {
  const at::Tensor flat = value(block);
  Tensors pieces;
  std::int64_t begin = 0;
  for (const at::Tensor& leaf : leaves_[player]) {
    pieces.push_back(flat.narrow(0, begin, leaf.numel()).view(leaf.sizes()));
    begin += leaf.numel();
  }
  return pieces;
}

}  // namespace gyre::gan
