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

/// The mean of `value(x)` over a batch; its slope at each x is what `slope(x)` says, over the
/// batch.
double mean(std::span<const float> x, std::span<float> slopes, auto value, auto slope) {
  const double share = 1.0 / static_cast<double>(x.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum += value(static_cast<double>(x[i]));
    slopes[i] = static_cast<float>(share * slope(static_cast<double>(x[i])));
  }
  return share * sum;
}

/// `scale` times the mean of log(1 + exp(sign x)), and its slopes.
double mean_softplus(std::span<const float> x, std::span<float> slopes, double sign, double scale) {
  constexpr std::size_t kAtOnce = 128;
  const double share = scale / static_cast<double>(x.size());
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
  switch (loss_) {
    case Loss::kMinimax:
      return mean_softplus(fake, slopes, 1.0, -1.0);
    case Loss::kNonSaturating:
      return mean_softplus(fake, slopes, -1.0, 1.0);
    case Loss::kLeastSquares:
      return mean(
          fake, slopes, [](double x) { return 0.5 * (x - 1) * (x - 1); },
          [](double x) { return x - 1; });
    case Loss::kWasserstein:
    case Loss::kHinge:
      return mean(
          fake, slopes, [](double x) { return -x; }, [](double) { return -1.0; });
    case Loss::kRelativistic: {
      std::vector<float> lead(fake.size());
      std::transform(fake.begin(), fake.end(), real.begin(), lead.begin(), std::minus<>());
      return mean_softplus(lead, slopes, -1.0, 1.0);
    }
  }
  GYRE_ASSERT(false);
  return 0.0;
}

double GanGame::discriminator_slopes(std::span<const float> fake, std::span<const float> real,
                                     std::span<float> fake_slopes,
                                     std::span<float> real_slopes) const {
  switch (loss_) {
    case Loss::kMinimax:
    case Loss::kNonSaturating:
      return mean_softplus(fake, fake_slopes, 1.0, 1.0) +
             mean_softplus(real, real_slopes, -1.0, 1.0);
    case Loss::kLeastSquares:
      return mean(
                 fake, fake_slopes, [](double x) { return 0.5 * x * x; },
                 [](double x) { return x; }) +
             mean(
                 real, real_slopes, [](double x) { return 0.5 * (x - 1) * (x - 1); },
                 [](double x) { return x - 1; });
    case Loss::kWasserstein:
      return mean(
                 fake, fake_slopes, [](double x) { return x; }, [](double) { return 1.0; }) +
             mean(
                 real, real_slopes, [](double x) { return -x; }, [](double) { return -1.0; });
    case Loss::kHinge:
      return mean(
                 fake, fake_slopes, [](double x) { return std::max(1 + x, 0.0); },
                 [](double x) { return 1 + x > 0 ? 1.0 : 0.0; }) +
             mean(
                 real, real_slopes, [](double x) { return std::max(1 - x, 0.0); },
                 [](double x) { return 1 - x > 0 ? -1.0 : 0.0; });
    case Loss::kRelativistic: {
      std::vector<float> lead(fake.size());
      std::transform(fake.begin(), fake.end(), real.begin(), lead.begin(), std::minus<>());
      const double loss = mean_softplus(lead, fake_slopes, 1.0, 1.0);
      std::transform(fake_slopes.begin(), fake_slopes.end(), real_slopes.begin(), std::negate<>());
      return loss;
    }
  }
  GYRE_ASSERT(false);
  return 0.0;
}

bool GanGame::slopes(const std::vector<at::Tensor>& blocks, int player,
                     std::vector<at::Tensor>& slopes, std::vector<double>& losses) {
  if (!fused_) return false;
  const bool for_generator = player != static_cast<int>(kDiscriminator);
  const bool for_discriminator = player != static_cast<int>(kGenerator);
  const bool needs_real = for_discriminator || loss_ == Loss::kRelativistic;
  const auto batch = static_cast<std::size_t>(settings_.batch), size = data_->size();
  const float* g = blocks[kGenerator].data_ptr<float>();
  const float* d = blocks[kDiscriminator].data_ptr<float>();
  Fused& f = *fused_;
  for (std::vector<float>* room : {&f.fake_slopes, &f.real_slopes}) room->resize(batch);

  const at::Tensor z = latent_sample();
  f.generator.forward(g, z.data_ptr<float>(), settings_.batch, f.made);
  // Data behind fakes: one pass serves both where nothing goes back to the generator.
  const bool at_once = !for_generator;
  f.both.resize((needs_real ? 2 : 1) * batch * size);
  std::copy_n(f.made.output(), batch * size, f.both.begin());
  if (needs_real)
    std::copy_n(real().data_ptr<float>(), batch * size, f.both.begin() + batch * size);
  if (settings_.instance_noise > 0.0) {
    const at::Tensor more = noise("sample.fake-noise", {settings_.batch, std::int64_t(size)});
    for (std::size_t i = 0; i < batch * size; ++i) f.both[i] += more.data_ptr<float>()[i];
  }
  const float* real_at = f.both.data() + batch * size;
  f.discriminator.forward(d, f.both.data(), (at_once ? 2 : 1) * settings_.batch, f.on_fake);
  if (!at_once && needs_real) f.discriminator.forward(d, real_at, settings_.batch, f.on_real);
  const std::span fake_out(f.on_fake.output(), batch);
  const std::span real_out(!needs_real ? f.on_fake.output()
                           : at_once   ? f.on_fake.output() + batch
                                       : f.on_real.output(),
                           batch);

  if (for_discriminator) {
    losses[kDiscriminator] = discriminator_slopes(fake_out, real_out, f.fake_slopes, f.real_slopes);
    slopes[kDiscriminator] = at::zeros({blocks[kDiscriminator].numel()}, at::kFloat);
    float* mine = slopes[kDiscriminator].data_ptr<float>();
    if (at_once) {
      f.fake_slopes.insert(f.fake_slopes.end(), f.real_slopes.begin(), f.real_slopes.end());
      f.discriminator.backward(d, f.on_fake, f.fake_slopes.data(), mine, nullptr);
    } else {
      f.discriminator.backward(d, f.on_fake, f.fake_slopes.data(), mine, nullptr);
      f.discriminator.backward(d, f.on_real, f.real_slopes.data(), mine, nullptr);
    }
  }
  if (for_generator) {
    losses[kGenerator] = generator_slopes(fake_out, real_out, f.fake_slopes);
    if (player == kEverybody && is_zero_sum()) losses[kGenerator] = -losses[kDiscriminator];
    f.back.resize(batch * size);
    f.discriminator.backward(d, f.on_fake, f.fake_slopes.data(), nullptr, f.back.data());
    slopes[kGenerator] = at::zeros({blocks[kGenerator].numel()}, at::kFloat);
    f.generator.backward(g, f.made, f.back.data(), slopes[kGenerator].data_ptr<float>(), nullptr);
  }
  return true;
}

}  // namespace gyre::gan
