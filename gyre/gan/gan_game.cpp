#include "gyre/gan/gan_game.hpp"

#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/softplus.h>
#include <torch/csrc/autograd/autograd.h>

#include <array>
#include <limits>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"

namespace gyre::gan {

namespace {

// In the order of GanGame::Loss.
constexpr const char* kLosses[] = {"minimax",     "non-saturating", "least-squares",
                                   "wasserstein", "hinge",          "relativistic"};

/// Without the library's straight line beyond 20, which has other second derivatives.
at::Tensor log1p_exp(const at::Tensor& x) { return at::softplus(x, 1, 60); }

std::vector<std::int64_t> batch_of(std::int64_t count, const std::vector<std::int64_t>& shape) {
  std::vector<std::int64_t> all{count};
  all.insert(all.end(), shape.begin(), shape.end());
  return all;
}

}  // namespace

const std::vector<std::vector<std::string>>& gan_players() {
  static const std::vector<std::vector<std::string>> names{{"g", "generator", "1"},
                                                           {"d", "discriminator", "critic", "2"}};
  return names;
}

GanGame::GanGame(const Settings& settings, std::shared_ptr<const Data> data, const BlockKind& kind)
    : settings_(settings), data_(std::move(data)), kind_(kind) {
  std::size_t place = 0;
  while (settings.loss != kLosses[place]) ++place;
  loss_ = static_cast<Loss>(place);
  networks_.emplace_back(settings.generator, std::vector<std::int64_t>{settings.latent},
                         static_cast<std::int64_t>(data_->size()), "generator");
  networks_.emplace_back(settings.discriminator, data_->shape(), 1, "discriminator");
  for (const Network& network : networks_) layouts_.push_back(network.layout());
  if (settings.clip > 0.0 && loss_ != Loss::kWasserstein)
    throw Error("clip bounds a Wasserstein critic's weights, and the loss is " + settings.loss);
  const std::optional<FusedMlp> generator = FusedMlp::of(networks_[kGenerator]);
  const std::optional<FusedMlp> discriminator = FusedMlp::of(networks_[kDiscriminator]);
  const bool penalised = settings.r1 > 0.0 || settings.r2 > 0.0 || settings.gp > 0.0;
  if (generator && discriminator && !penalised && kind.type == at::kFloat &&
      kind.device == at::kCPU)
    fused_.emplace(Fused{*generator, *discriminator});
}

bool GanGame::is_zero_sum() const {
  const bool shares = settings_.r2 > 0.0 || settings_.gp > 0.0;  // penalties that fakes enter
  return (loss_ == Loss::kMinimax || loss_ == Loss::kWasserstein) && !shares;
}

double GanGame::bound(std::size_t player) const {
  return player == kDiscriminator && settings_.clip > 0.0 ? settings_.clip
                                                          : std::numeric_limits<double>::infinity();
}

std::vector<at::Tensor> GanGame::start() const {
  const Start how = settings_.start == "normal" ? Start::kNormal : Start::kUniform;
  std::vector<at::Tensor> blocks;
  for (std::size_t p = 0; p < networks_.size(); ++p) {
    at::Tensor flat = at::empty({size_of(layouts_[p])}, at::TensorOptions(at::kFloat));
    networks_[p].start(std::span(flat.data_ptr<float>(), static_cast<std::size_t>(flat.numel())),
                       how, settings_.seed,
                       p == kGenerator ? "start.generator" : "start.discriminator");
    blocks.push_back(flat.to(at::TensorOptions(kind_.type).device(kind_.device)));
  }
  return blocks;
}

void GanGame::use(std::uint64_t sample) {
  sample_ = sample;
  real_ = at::Tensor();
}

at::Tensor GanGame::latent(std::string_view purpose, std::uint64_t number,
                           std::int64_t count) const {
  at::Tensor z = at::empty({count, settings_.latent}, at::TensorOptions(at::kFloat));
  Stream stream(settings_.seed, purpose, number);
  const std::span to(z.data_ptr<float>(), static_cast<std::size_t>(z.numel()));
  if (settings_.noise == "normal")
    stream.normals(to);
  else
    for (float& x : to) x = static_cast<float>(stream.uniform());
  return z.to(at::TensorOptions(kind_.type).device(kind_.device));
}

at::Tensor GanGame::noise(std::string_view purpose, const std::vector<std::int64_t>& shape) const {
  at::Tensor z = at::empty(shape, at::TensorOptions(at::kFloat));
  Stream stream(settings_.seed, purpose, sample_);
  stream.normals(std::span(z.data_ptr<float>(), static_cast<std::size_t>(z.numel())));
  return z.to(at::TensorOptions(kind_.type).device(kind_.device)).mul(settings_.instance_noise);
}

const at::Tensor& GanGame::real() {
  if (real_.defined()) return real_;
  at::Tensor x =
      at::empty(batch_of(settings_.batch, data_->shape()), at::TensorOptions(at::kFloat));
  Stream stream(settings_.seed, "sample.data", sample_);
  data_->draw(stream, std::span(x.data_ptr<float>(), static_cast<std::size_t>(x.numel())));
  real_ = x.to(at::TensorOptions(kind_.type).device(kind_.device));
  if (settings_.instance_noise > 0.0) real_ = real_.add(noise("sample.noise", x.sizes().vec()));
  return real_;
}

at::Tensor GanGame::judged(const Leaves& at, const at::Tensor& x) const {
  return networks_[kDiscriminator](at[kDiscriminator], x);
}

at::Tensor GanGame::generator_loss(const at::Tensor& real, const at::Tensor& fake) const {
  switch (loss_) {
    case Loss::kMinimax:
      return log1p_exp(fake).mean().neg();
    case Loss::kNonSaturating:
      return log1p_exp(fake.neg()).mean();
    case Loss::kLeastSquares:
      return fake.sub(1).square().mean().mul(0.5);
    case Loss::kWasserstein:
    case Loss::kHinge:
      return fake.mean().neg();
    case Loss::kRelativistic:
      return log1p_exp(real.sub(fake)).mean();
  }
  GYRE_ASSERT(false);
  return {};
}

at::Tensor GanGame::discriminator_loss(const at::Tensor& real, const at::Tensor& fake) const {
  switch (loss_) {
    case Loss::kMinimax:
    case Loss::kNonSaturating:
      return log1p_exp(real.neg()).mean().add(log1p_exp(fake).mean());
    case Loss::kLeastSquares:
      return real.sub(1).square().mean().add(fake.square().mean()).mul(0.5);
    case Loss::kWasserstein:
      return fake.mean().sub(real.mean());
    case Loss::kHinge:
      return at::relu(real.neg().add(1)).mean().add(at::relu(fake.add(1)).mean());
    case Loss::kRelativistic:
      return log1p_exp(fake.sub(real)).mean();
  }
  GYRE_ASSERT(false);
  return {};
}

/// Half the weight times the mean square of the discriminator's slope, at data (R1) or fakes (R2);
/// between them, how far the slope's length is from one (WGAN-GP).
at::Tensor GanGame::penalties(const Leaves& at, const at::Tensor& fake) {
  const DifferentiatedOnce twice(false);
  auto slopes = [&](const at::Tensor& where) {
    const at::Tensor x = where.requires_grad() ? where : where.detach().requires_grad_(true);
    const at::Tensor g = torch::autograd::grad({judged(at, x).sum()}, {x}, {}, true, true)[0];
    return g.reshape({g.size(0), -1}).square().sum(1);
  };
  at::Tensor all;
  auto add = [&](const at::Tensor& term) { all = all.defined() ? all.add(term) : term; };
  if (settings_.r1 > 0.0) add(slopes(real()).mean().mul(0.5 * settings_.r1));
  if (settings_.r2 > 0.0) add(slopes(fake).mean().mul(0.5 * settings_.r2));
  if (settings_.gp > 0.0) {
    at::Tensor share = at::empty({settings_.batch}, at::TensorOptions(at::kFloat));
    Stream stream(settings_.seed, "sample.between", sample_);
    for (std::int64_t i = 0; i < share.numel(); ++i)
      share.data_ptr<float>()[i] = static_cast<float>(stream.uniform());
    std::vector<std::int64_t> shape(static_cast<std::size_t>(fake.dim()), 1);
    shape[0] = settings_.batch;
    const at::Tensor t = share.to(fake.options()).reshape(shape);
    const at::Tensor length = slopes(real().mul(t).add(fake.mul(t.neg().add(1)))).add(1e-12).sqrt();
    add(length.sub(1).square().mean().mul(settings_.gp));
  }
  return all;
}

std::vector<at::Tensor> GanGame::losses(const Leaves& at, int player) {
  const bool for_generator = player == kEverybody || player == static_cast<int>(kGenerator);
  const bool for_discriminator = player == kEverybody || player == static_cast<int>(kDiscriminator);
  at::Tensor fake;
  {
    const at::AutoGradMode differentiable(for_generator);
    fake = networks_[kGenerator](at[kGenerator], latent_sample());
    fake = fake.reshape(batch_of(settings_.batch, data_->shape()));
    if (settings_.instance_noise > 0.0)
      fake = fake.add(noise("sample.fake-noise", fake.sizes().vec()));
  }
  at::Tensor on_fake, on_real;
  if (!for_generator && !networks_[kDiscriminator].mixes_samples()) {
    // One pass over both is faster; backward to a generator, it would be wasted on the data.
    const std::vector<at::Tensor> both = judged(at, at::cat({real(), fake})).split(settings_.batch);
    on_real = both[0], on_fake = both[1];
  } else {
    on_fake = judged(at, fake);
    if (for_discriminator || loss_ == Loss::kRelativistic) on_real = judged(at, real());
  }
  std::vector<at::Tensor> losses(2);
  if (for_discriminator) {
    losses[kDiscriminator] = discriminator_loss(on_real, on_fake);
    if (const at::Tensor extra = penalties(at, fake); extra.defined())
      losses[kDiscriminator] = losses[kDiscriminator].add(extra);
  }
  if (for_generator)
    losses[kGenerator] = player == kEverybody && is_zero_sum() ? losses[kDiscriminator].neg()
                                                               : generator_loss(on_real, on_fake);
  return losses;
}

at::Tensor GanGame::generate(const std::vector<at::Tensor>& generator, std::int64_t count,
                             std::uint64_t number) const {
  const at::NoGradGuard no_grad;
  const at::Tensor z = latent("show.latent", number, count);
  return networks_[kGenerator](generator, z).reshape(batch_of(count, data_->shape()));
}

}  // namespace gyre::gan
