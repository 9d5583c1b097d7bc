#include "gyre/gan/gan_game.hpp"

#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/softplus.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <array>
#include <limits>

#include "gyre/core/assert.hpp"
#include "gyre/core/error.hpp"
#include "gyre/data/image_data.hpp"
#include "gyre/gan/prepare.hpp"

namespace gyre::gan {

namespace {

// In the order of GanGame::Loss.
constexpr const char* kLosses[] = {"minimax",     "non-saturating", "least-squares",
                                   "wasserstein", "hinge",          "relativistic"};

/// Without the library's straight line beyond 20, which has other second derivatives.
at::Tensor log1p_exp(const at::Tensor& x) { return at::softplus(x, 1, 60); }

/// Of what the discriminator looks at: a sample, and what it shows.
std::vector<std::int64_t> judged_shape(std::vector<std::int64_t> sample, std::int64_t classes,
                                       bool planes) {
  if (classes == 0) return sample;
  if (!planes) return {size_of({{"", sample}}) + classes};
  sample[0] += classes;
  return sample;
}

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
  classes_ = classes_of(settings, *data_);
  const Settings spelled = spelled_out(settings, *data_);
  planes_ = takes_pictures(spelled.discriminator);
  try {
    networks_.emplace_back(spelled.generator, std::vector<std::int64_t>{settings.latent + classes_},
                           static_cast<std::int64_t>(data_->size()), "generator");
    networks_.emplace_back(spelled.discriminator, judged_shape(data_->shape(), classes_, planes_),
                           1, "discriminator");
  } catch (const ShapeError& problem) {
    throw Error(std::string(problem.what()) + "; samples of " + settings.data + " have the shape " +
                shape_text(data_->shape()) +
                (data_->shape().size() == 3 ? ", and size=WIDTHxHEIGHT scales them" : ""));
  }
  for (const Network& network : networks_) layouts_.push_back(network.layout());
  if (settings.clip > 0.0 && loss_ != Loss::kWasserstein)
    throw Error("clip bounds a Wasserstein critic's weights, and the loss is " + settings.loss);
  const bool penalised = settings.r1 > 0.0 || settings.r2 > 0.0 || settings.gp > 0.0;
  apart_ = settings.halves == "apart";
  if (apart_ && (penalised || loss_ == Loss::kRelativistic))
    throw Error(
        "halves = apart is for losses that are a part of data and a part of fakes: not "
        "relativistic, and without r1, r2 and gp");
  const std::optional<FusedMlp> generator = FusedMlp::of(networks_[kGenerator]);
  const std::optional<FusedMlp> discriminator = FusedMlp::of(networks_[kDiscriminator]);
  if (generator && discriminator && !penalised && kind.type == at::kFloat &&
      kind.device == at::kCPU)
    fused_.emplace(Fused{*generator, *discriminator});
  make_products();
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

void GanGame::draw() {
  if (real_.defined()) return;
  at::Tensor x =
      at::empty(batch_of(settings_.batch, data_->shape()), at::TensorOptions(at::kFloat));
  const std::span numbers(x.data_ptr<float>(), static_cast<std::size_t>(x.numel()));
  Stream stream(settings_.seed, "sample.data", sample_);
  if (classes_ > 0) {
    std::vector<std::int32_t> labels(static_cast<std::size_t>(settings_.batch));
    dynamic_cast<const ImageData&>(*data_).draw(stream, numbers, labels);
    told_ = told(labels);
  } else {
    data_->draw(stream, numbers);
  }
  real_ = x.to(at::TensorOptions(kind_.type).device(kind_.device));
  if (settings_.instance_noise > 0.0) real_ = real_.add(noise("sample.noise", x.sizes().vec()));
}

const at::Tensor& GanGame::real() {
  draw();
  return real_;
}

at::Tensor GanGame::told(std::span<const std::int32_t> labels) const {
  const auto count = static_cast<std::int64_t>(labels.size());
  const at::Tensor all = at::zeros({count, classes_}, at::TensorOptions(at::kFloat));
  for (std::int64_t i = 0; i < count; ++i)
    all.data_ptr<float>()[i * classes_ + labels[static_cast<std::size_t>(i)]] = 1.0f;
  return all.to(at::TensorOptions(kind_.type).device(kind_.device));
}

at::Tensor GanGame::latent_sample() {
  const at::Tensor z = latent("sample.latent", sample_, settings_.batch);
  if (classes_ == 0) return z;
  draw();
  return at::cat({z, told_}, 1);
}

GanGame::Half GanGame::next_half() {
  if (!apart_) return Half::kBoth;
  return halves_seen_++ % 2 == 0 ? Half::kData : Half::kFakes;
}

/// `x` is a batch of the present sample, or several behind each other.
at::Tensor GanGame::judged(const Leaves& at, const at::Tensor& x) const {
  const Network& network = networks_[kDiscriminator];
  if (classes_ == 0) return network(at[kDiscriminator], x);
  const at::Tensor told = told_.repeat({x.size(0) / told_.size(0), 1});
  if (!planes_) return network(at[kDiscriminator], at::cat({x.flatten(1), told}, 1));
  const at::Tensor planes =
      told.reshape({x.size(0), classes_, 1, 1}).expand({x.size(0), classes_, x.size(2), x.size(3)});
  return network(at[kDiscriminator], at::cat({x, planes}, 1));
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

at::Tensor GanGame::loss_on_data(const at::Tensor& real) const {
  switch (loss_) {
    case Loss::kMinimax:
    case Loss::kNonSaturating:
      return log1p_exp(real.neg()).mean();
    case Loss::kLeastSquares:
      return real.sub(1).square().mean().mul(0.5);
    case Loss::kWasserstein:
      return real.mean().neg();
    case Loss::kHinge:
      return at::relu(real.neg().add(1)).mean();
    case Loss::kRelativistic:
      break;
  }
  GYRE_ASSERT(false);
  return {};
}

at::Tensor GanGame::loss_on_fakes(const at::Tensor& fake) const {
  switch (loss_) {
    case Loss::kMinimax:
    case Loss::kNonSaturating:
      return log1p_exp(fake).mean();
    case Loss::kLeastSquares:
      return fake.square().mean().mul(0.5);
    case Loss::kWasserstein:
      return fake.mean();
    case Loss::kHinge:
      return at::relu(fake.add(1)).mean();
    case Loss::kRelativistic:
      break;
  }
  GYRE_ASSERT(false);
  return {};
}

at::Tensor GanGame::discriminator_loss(const at::Tensor& real, const at::Tensor& fake) const {
  if (loss_ == Loss::kRelativistic) return log1p_exp(fake.sub(real)).mean();
  return loss_on_data(real).add(loss_on_fakes(fake));
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
  const Half half = for_generator ? Half::kBoth : next_half();
  std::vector<at::Tensor> losses(2);
  if (half == Half::kData) {
    losses[kDiscriminator] = loss_on_data(judged(at, real()));
    return losses;
  }
  at::Tensor fake;
  {
    const at::AutoGradMode differentiable(for_generator);
    fake = networks_[kGenerator](at[kGenerator], latent_sample());
    fake = fake.reshape(batch_of(settings_.batch, data_->shape()));
    if (settings_.instance_noise > 0.0)
      fake = fake.add(noise("sample.fake-noise", fake.sizes().vec()));
  }
  if (half == Half::kFakes) {
    losses[kDiscriminator] = loss_on_fakes(judged(at, fake));
    return losses;
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
                             std::uint64_t number, std::optional<std::int64_t> label) const {
  constexpr std::int64_t kAtOnce = 500;
  const at::NoGradGuard no_grad;
  const Network& network = networks_[kGenerator];
  const std::int64_t batch = network.mixes_samples() ? settings_.batch : std::min(count, kAtOnce);
  const std::int64_t whole = (count + batch - 1) / batch * batch;
  at::Tensor z = latent("show.latent", number, whole);
  if (classes_ > 0) {
    std::vector<std::int32_t> labels;
    for (std::int64_t i = 0; i < whole; ++i)
      labels.push_back(static_cast<std::int32_t>(label.value_or(i % classes_)));
    z = at::cat({z, told(labels)}, 1);
  }
  std::vector<at::Tensor> works;
  for (const at::Tensor& piece : z.split(batch)) works.push_back(network(generator, piece));
  return at::cat(works).narrow(0, 0, count).reshape(batch_of(count, data_->shape()));
}

}  // namespace gyre::gan
