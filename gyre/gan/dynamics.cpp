#include "gyre/gan/dynamics.hpp"

#include <algorithm>
#include <cmath>

#include "gyre/core/text.hpp"
#include "gyre/gan/dynamics_plane.hpp"
#include "gyre/gan/dynamics_spectrum.hpp"
#include "gyre/gan/gan_game.hpp"
#include "gyre/gan/tensor_field.hpp"

namespace gyre::gan {

namespace {

/// A number that trainings do not come to: their samples are counted from 0.
constexpr Sample kFixed = (1 << 30) - 1;

Settings with_batch(Settings settings) {
  settings.batch = settings.dynamics_batch;
  return settings;
}

std::vector<float> place_of(const TensorPoint& players, std::uint64_t seed) {
  std::uint64_t size = 0;
  for (const BlockPtr& block : players.blocks())
    size += static_cast<std::uint64_t>(block->kind().size);
  std::vector<float> exact;
  std::vector<double> sketch(kSketch);
  std::uint64_t first = 0;
  for (const BlockPtr& block : players.blocks()) {
    const at::Tensor all = value(block).to(at::TensorOptions(at::kFloat).device(at::kCPU));
    const std::span<const float> numbers(all.data_ptr<float>(),
                                         static_cast<std::size_t>(all.numel()));
    if (size <= kSketch)
      exact.insert(exact.end(), numbers.begin(), numbers.end());
    else
      add_to_sketch(numbers, first, seed, sketch);
    first += numbers.size();
  }
  return size <= kSketch ? exact : std::vector<float>(sketch.begin(), sketch.end());
}

double length(const BlockPtr& block) { return std::sqrt(dot(block, block)); }

}  // namespace

struct DynamicsLooker::State {
  State(const Settings& settings, std::shared_ptr<const Data> data, const BlockKind& its_kind)
      : kind(its_kind), game(settings, std::move(data), kind), field(game, kind) {
    field.hold(kFixed);
  }

  std::optional<SpectrumLook> spectrum(const TensorPoint& players, const SpectrumOptions& options) {
    // A field of its own: what it keeps for products is as large as a step of the training.
    FieldOptions keeping;
    keeping.keeps_graph = true;
    TensorField with_products(game, kind, keeping);
    with_products.hold(kFixed);
    return spectrum_at(with_products, players, options);
  }

  BlockKind kind;
  GanGame game;
  TensorField field;
};

DynamicsLooker::DynamicsLooker(const Settings& settings, std::shared_ptr<const Data> data,
                               std::vector<Look> looks)
    : settings_(with_batch(settings)), data_(std::move(data)), looks_(std::move(looks)) {}

DynamicsLooker::~DynamicsLooker() = default;

DynamicsLooker::State& DynamicsLooker::state(const TensorPoint& players) {
  BlockKind kind = players.block(0)->kind();
  kind.size = 0;
  if (!state_) state_ = std::make_unique<State>(settings_, data_, kind);
  return *state_;
}

bool DynamicsLooker::is_due(std::uint64_t step) const {
  return settings_.dynamics > 0 && step % settings_.dynamics == 0 &&
         (looks_.empty() || looks_.back().step < step);
}

void DynamicsLooker::look(const TensorPoint& players, std::uint64_t step) {
  State& s = state(players);
  Look look{.step = step, .place = place_of(players, settings_.seed)};
  const TensorPoint slopes = s.field.at(players);
  for (const std::size_t p : {kGenerator, kDiscriminator}) {
    look.norms[p] = length(slopes.block(p));
    look.losses[p] = s.field.losses()[p].value_or(std::nan(""));
  }
  const bool with_spectrum = settings_.eigenvalues > 0 && problem_.empty() &&
                             step / settings_.dynamics % settings_.spectrum_each == 0;
  if (with_spectrum) {
    SpectrumOptions options{.eigenvalues = static_cast<int>(settings_.eigenvalues),
                            .seed = settings_.seed};
    options.products = std::max(options.products, 4 * options.eigenvalues);
    try {
      look.spectrum = s.spectrum(players, options);
    } catch (const std::exception& problem) {
      // The library's text goes on with its stack.
      const std::string all = problem.what();
      problem_ =
          "this game has no products with its Jacobian: " + as_typed(all.substr(0, all.find('\n')));
    }
  }
  looks_.push_back(std::move(look));
}

PathAngle DynamicsLooker::path_angle(const TensorPoint& last) {
  constexpr int kPlaces = 30;
  constexpr double kFrom = 0.0, kTo = 1.2;
  State& s = state(last);
  std::vector<BlockPtr> blocks;
  for (at::Tensor& block : s.game.start()) blocks.push_back(Block::tensor(std::move(block)));
  const TensorPoint first(std::move(blocks)), way = last - first;
  const double far = std::sqrt(dot(way, way));
  PathAngle angle;
  if (!(far > 0.0) || !std::isfinite(far)) return angle;
  for (int i = 0; i <= kPlaces; ++i) {
    const double at = kFrom + (kTo - kFrom) * i / kPlaces;
    const TensorPoint slope = s.field.at(first + at * way);
    ++line_calls_;
    const double size = std::sqrt(dot(slope, slope));
    angle.at.push_back(at);
    angle.cosine.push_back(-dot(slope, way) / (size * far));
  }
  return angle;
}

double DynamicsLooker::calls() const {
  double all = line_calls_;
  for (const Look& look : looks_) all += look.spectrum ? 2.0 : 1.0;
  return all;
}

int DynamicsLooker::products() const {
  int all = 0;
  for (const Look& look : looks_)
    if (look.spectrum) all += look.spectrum->products;
  return all;
}

}  // namespace gyre::gan
