// The slopes of a GAN's losses without autograd: the formulas of gan_game.cpp, differentiated by
// hand at the discriminator's outputs.
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include "gyre/core/assert.hpp"
#include "gyre/gan/gan_game.hpp"

namespace gyre::gan {

namespace {

/// `share` times the sum of `value(x)` over some of a batch, and its slope at each x, which is
/// `share` times what `slope(x)` says.
double mean(double share, std::span<const float> x, std::span<float> slopes, auto value,
            auto slope) {
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum += value(static_cast<double>(x[i]));
    slopes[i] = static_cast<float>(share * slope(static_cast<double>(x[i])));
  }
  return share * sum;
}

/// The same of log(1 + exp(sign x)).
double mean_softplus(double share, std::span<const float> x, std::span<float> slopes, double sign) {
  constexpr std::size_t kAtOnce = 128;
  double sum = 0.0;
  std::array<double, kAtOnce> at, value, slope;
  for (std::size_t begin = 0; begin < x.size(); begin += kAtOnce) {
    const std::size_t n = std::min(kAtOnce, x.size() - begin);
    for (std::size_t i = 0; i < n; ++i) at[i] = sign * static_cast<double>(x[begin + i]);
    kernel_choices().front().softplus(at.data(), value.data(), slope.data(),
                                      static_cast<std::int64_t>(n));
    for (std::size_t i = 0; i < n; ++i) {
      sum += value[i];
      slopes[begin + i] = static_cast<float>(share * sign * slope[i]);
    }
  }
  return share * sum;
}

}  // namespace

double GanGame::generator_slopes(std::span<const float> fake, std::span<const float> real,
                                 std::span<float> slopes) const {
  const double share = 1.0 / static_cast<double>(settings_.batch);
  switch (loss_) {
    case Loss::kMinimax:
      return mean_softplus(-share, fake, slopes, 1.0);
    case Loss::kNonSaturating:
      return mean_softplus(share, fake, slopes, -1.0);
    case Loss::kLeastSquares:
      return mean(
          share, fake, slopes, [](double x) { return 0.5 * (x - 1) * (x - 1); },
          [](double x) { return x - 1; });
    case Loss::kWasserstein:
    case Loss::kHinge:
      return mean(
          share, fake, slopes, [](double x) { return -x; }, [](double) { return -1.0; });
    case Loss::kRelativistic: {
      std::vector<float> lead(fake.size());
      std::transform(fake.begin(), fake.end(), real.begin(), lead.begin(), std::minus<>());
      return mean_softplus(share, lead, slopes, -1.0);
    }
  }
  GYRE_ASSERT(false);
  return 0.0;
}

double GanGame::discriminator_slopes(std::span<const float> fake, std::span<const float> real,
                                     std::span<float> fake_slopes,
                                     std::span<float> real_slopes) const {
  const double share = 1.0 / static_cast<double>(settings_.batch);
  switch (loss_) {
    case Loss::kMinimax:
    case Loss::kNonSaturating:
      return mean_softplus(share, fake, fake_slopes, 1.0) +
             mean_softplus(share, real, real_slopes, -1.0);
    case Loss::kLeastSquares:
      return mean(
                 share, fake, fake_slopes, [](double x) { return 0.5 * x * x; },
                 [](double x) { return x; }) +
             mean(
                 share, real, real_slopes, [](double x) { return 0.5 * (x - 1) * (x - 1); },
                 [](double x) { return x - 1; });
    case Loss::kWasserstein:
      return mean(
                 share, fake, fake_slopes, [](double x) { return x; }, [](double) { return 1.0; }) +
             mean(
                 share, real, real_slopes, [](double x) { return -x; },
                 [](double) { return -1.0; });
    case Loss::kHinge:
      return mean(
                 share, fake, fake_slopes, [](double x) { return std::max(1 + x, 0.0); },
                 [](double x) { return 1 + x > 0 ? 1.0 : 0.0; }) +
             mean(
                 share, real, real_slopes, [](double x) { return std::max(1 - x, 0.0); },
                 [](double x) { return 1 - x > 0 ? -1.0 : 0.0; });
    case Loss::kRelativistic: {
      std::vector<float> lead(fake.size());
      std::transform(fake.begin(), fake.end(), real.begin(), lead.begin(), std::minus<>());
      const double loss = mean_softplus(share, lead, fake_slopes, 1.0);
      std::transform(fake_slopes.begin(), fake_slopes.end(), real_slopes.begin(), std::negate<>());
      return loss;
    }
  }
  GYRE_ASSERT(false);
  return 0.0;
}

/// Some rows of a batch.
struct GanGame::Rows {
  std::int64_t count;
  const float *latent, *real, *fake_noise;  // null: not needed
  const float *generator, *discriminator;   // the parameters
};

bool GanGame::slopes(const std::vector<at::Tensor>& blocks, int player,
                     std::vector<at::Tensor>& slopes, std::vector<double>& losses) {
  if (!fused_) return false;
  Fused& f = *fused_;
  const bool needs_real = player != static_cast<int>(kGenerator) || loss_ == Loss::kRelativistic;
  const std::int64_t batch = settings_.batch, size = static_cast<std::int64_t>(data_->size());
  const at::Tensor z = latent_sample(), data = needs_real ? real() : at::Tensor();
  const at::Tensor more =
      settings_.instance_noise > 0.0 ? noise("sample.fake-noise", {batch, size}) : at::Tensor();
  for (const std::size_t p : {kGenerator, kDiscriminator})
    if (player == kEverybody || player == static_cast<int>(p)) {
      slopes[p] = at::zeros({blocks[p].numel()}, at::kFloat);
      losses[p] = 0.0;
    }

  // Some rows at a time go all the way forward and back: what they leave stays in the caches.
  constexpr std::int64_t kNumbers = 16384, kLeastRows = 16;
  const std::int64_t width = std::max(f.generator.width(), f.discriminator.width());
  const std::int64_t most = std::min(batch, std::max(kLeastRows, kNumbers / width));
  Rows rows{0,
            nullptr,
            nullptr,
            nullptr,
            blocks[kGenerator].data_ptr<float>(),
            blocks[kDiscriminator].data_ptr<float>()};
  f.generator.pack(rows.generator, most, f.of_generator);
  f.discriminator.pack(rows.discriminator, 2 * most, f.of_discriminator);
  for (std::int64_t begin = 0; begin < batch; begin += most) {
    rows.count = std::min(most, batch - begin);
    rows.latent = z.data_ptr<float>() + begin * settings_.latent;
    if (needs_real) rows.real = data.data_ptr<float>() + begin * size;
    if (more.defined()) rows.fake_noise = more.data_ptr<float>() + begin * size;
    pass(rows, player, slopes, losses);
  }
  if (player == kEverybody && is_zero_sum()) losses[kGenerator] = -losses[kDiscriminator];
  return true;
}

/// Adds what some rows add to slopes and losses.
void GanGame::pass(const Rows& rows, int player, std::vector<at::Tensor>& slopes,
                   std::vector<double>& losses) {
  Fused& f = *fused_;
  const float *g = rows.generator, *d = rows.discriminator;
  const std::int64_t n = rows.count, size = static_cast<std::int64_t>(data_->size());
  const bool for_generator = player != static_cast<int>(kDiscriminator);
  const bool for_discriminator = player != static_cast<int>(kGenerator);
  f.fake_slopes.resize(static_cast<std::size_t>(2 * n));
  f.real_slopes.resize(static_cast<std::size_t>(n));
  const std::span fake_slopes = std::span(f.fake_slopes).first(f.real_slopes.size());

  f.generator.forward(g, f.of_generator, rows.latent, n, f.made);
  // Data behind fakes: one pass serves both where nothing goes back to the generator.
  const bool at_once = !for_generator;
  f.both.resize(static_cast<std::size_t>((at_once ? 2 : 1) * n * size));
  std::copy_n(f.made.output(), n * size, f.both.data());
  if (rows.fake_noise)
    for (std::int64_t i = 0; i < n * size; ++i) f.both[i] += rows.fake_noise[i];
  if (at_once) std::copy_n(rows.real, n * size, f.both.data() + n * size);
  f.discriminator.forward(d, f.of_discriminator, f.both.data(), (at_once ? 2 : 1) * n, f.on_fake);
  if (!at_once && rows.real)
    f.discriminator.forward(d, f.of_discriminator, rows.real, n, f.on_real);
  const std::span fake_out(f.on_fake.output(), static_cast<std::size_t>(n));
  const std::span real_out(at_once      ? f.on_fake.output() + n
                           : !rows.real ? f.on_fake.output()
                                        : f.on_real.output(),
                           static_cast<std::size_t>(n));

  if (for_discriminator) {
    losses[kDiscriminator] += discriminator_slopes(fake_out, real_out, fake_slopes, f.real_slopes);
    float* mine = slopes[kDiscriminator].data_ptr<float>();
    if (at_once) std::copy_n(f.real_slopes.data(), n, f.fake_slopes.data() + n);
    f.discriminator.backward(d, f.on_fake, f.fake_slopes.data(), mine, nullptr);
    if (!at_once) f.discriminator.backward(d, f.on_real, f.real_slopes.data(), mine, nullptr);
  }
  if (for_generator) {
    losses[kGenerator] += generator_slopes(fake_out, real_out, fake_slopes);
    f.back.resize(static_cast<std::size_t>(n * size));
    f.discriminator.backward(d, f.on_fake, f.fake_slopes.data(), nullptr, f.back.data());
    f.generator.backward(g, f.made, f.back.data(), slopes[kGenerator].data_ptr<float>(), nullptr);
  }
}

}  // namespace gyre::gan
