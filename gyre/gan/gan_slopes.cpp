// The slopes of a GAN's losses without autograd: the formulas of gan_game.cpp, differentiated by
// hand at the discriminator's outputs.
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>

#include "gyre/core/assert.hpp"
#include "gyre/gan/gan_game.hpp"

namespace gyre::gan {

namespace {

double log1p_exp(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }
double sigmoid(double x) { return 1.0 / (1.0 + std::exp(-x)); }

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

}  // namespace

double GanGame::generator_slopes(std::span<const float> fake, std::span<const float> real,
                                 std::span<float> slopes) const {
  switch (loss_) {
    case Loss::kMinimax:
      return mean(
          fake, slopes, [](double x) { return -log1p_exp(x); },
          [](double x) { return -sigmoid(x); });
    case Loss::kNonSaturating:
      return mean(
          fake, slopes, [](double x) { return log1p_exp(-x); },
          [](double x) { return -sigmoid(-x); });
    case Loss::kLeastSquares:
      return mean(
          fake, slopes, [](double x) { return 0.5 * (x - 1) * (x - 1); },
          [](double x) { return x - 1; });
    case Loss::kWasserstein:
    case Loss::kHinge:
      return mean(
          fake, slopes, [](double x) { return -x; }, [](double) { return -1.0; });
    case Loss::kRelativistic: {
      const double share = 1.0 / static_cast<double>(fake.size());
      double sum = 0.0;
      for (std::size_t i = 0; i < fake.size(); ++i) {
        const double lead = static_cast<double>(real[i]) - static_cast<double>(fake[i]);
        sum += log1p_exp(lead);
        slopes[i] = static_cast<float>(-share * sigmoid(lead));
      }
      return share * sum;
    }
  }
  GYRE_ASSERT(false);
  return 0.0;
}

double GanGame::data_slopes(std::span<const float> real, std::span<float> slopes) const {
  switch (loss_) {
    case Loss::kMinimax:
    case Loss::kNonSaturating:
      return mean(
          real, slopes, [](double x) { return log1p_exp(-x); },
          [](double x) { return -sigmoid(-x); });
    case Loss::kLeastSquares:
      return mean(
          real, slopes, [](double x) { return 0.5 * (x - 1) * (x - 1); },
          [](double x) { return x - 1; });
    case Loss::kWasserstein:
      return mean(
          real, slopes, [](double x) { return -x; }, [](double) { return -1.0; });
    case Loss::kHinge:
      return mean(
          real, slopes, [](double x) { return std::max(1 - x, 0.0); },
          [](double x) { return 1 - x > 0 ? -1.0 : 0.0; });
    case Loss::kRelativistic:
      break;
  }
  GYRE_ASSERT(false);
  return 0.0;
}

double GanGame::fakes_slopes(std::span<const float> fake, std::span<float> slopes) const {
  switch (loss_) {
    case Loss::kMinimax:
    case Loss::kNonSaturating:
      return mean(
          fake, slopes, [](double x) { return log1p_exp(x); }, [](double x) { return sigmoid(x); });
    case Loss::kLeastSquares:
      return mean(
          fake, slopes, [](double x) { return 0.5 * x * x; }, [](double x) { return x; });
    case Loss::kWasserstein:
      return mean(
          fake, slopes, [](double x) { return x; }, [](double) { return 1.0; });
    case Loss::kHinge:
      return mean(
          fake, slopes, [](double x) { return std::max(1 + x, 0.0); },
          [](double x) { return 1 + x > 0 ? 1.0 : 0.0; });
    case Loss::kRelativistic:
      break;
  }
  GYRE_ASSERT(false);
  return 0.0;
}

double GanGame::discriminator_slopes(std::span<const float> fake, std::span<const float> real,
                                     std::span<float> fake_slopes,
                                     std::span<float> real_slopes) const {
  if (loss_ != Loss::kRelativistic)
    return fakes_slopes(fake, fake_slopes) + data_slopes(real, real_slopes);
  const double share = 1.0 / static_cast<double>(fake.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < fake.size(); ++i) {
    const double lag = static_cast<double>(fake[i]) - static_cast<double>(real[i]);
    sum += log1p_exp(lag);
    fake_slopes[i] = static_cast<float>(share * sigmoid(lag));
    real_slopes[i] = -fake_slopes[i];
  }
  return share * sum;
}

/// A batch as rows for the discriminator: behind each sample what it shows, if that is told.
void GanGame::put_rows(const float* samples, float* to) const {
  const std::size_t size = data_->size(), batch = static_cast<std::size_t>(settings_.batch);
  const auto classes = static_cast<std::size_t>(classes_);
  if (classes == 0) {
    std::copy_n(samples, batch * size, to);
    return;
  }
  const float* told = told_.data_ptr<float>();
  for (std::size_t i = 0; i < batch; ++i, to += size + classes) {
    std::copy_n(samples + i * size, size, to);
    std::copy_n(told + i * classes, classes, to + size);
  }
}

/// The discriminator on data or on fakes alone.
void GanGame::half_slopes(const float* d, Half half, const float* samples,
                          std::vector<at::Tensor>& slopes, std::vector<double>& losses) {
  Fused& f = *fused_;
  const auto batch = static_cast<std::size_t>(settings_.batch);
  f.both.resize(batch * (data_->size() + static_cast<std::size_t>(classes_)));
  put_rows(samples, f.both.data());
  f.discriminator.forward(d, f.both.data(), settings_.batch, f.on_fake);
  const std::span judged(f.on_fake.output(), batch);
  losses[kDiscriminator] = half == Half::kData ? data_slopes(judged, f.fake_slopes)
                                               : fakes_slopes(judged, f.fake_slopes);
  slopes[kDiscriminator] = at::zeros({size_of(layouts_[kDiscriminator])}, at::kFloat);
  f.discriminator.backward(d, f.on_fake, f.fake_slopes.data(),
                           slopes[kDiscriminator].data_ptr<float>(), nullptr);
}

bool GanGame::slopes(const std::vector<at::Tensor>& blocks, int player,
                     std::vector<at::Tensor>& slopes, std::vector<double>& losses) {
  if (!fused_) return false;
  const bool for_generator = player != static_cast<int>(kDiscriminator);
  const bool for_discriminator = player != static_cast<int>(kGenerator);
  const bool needs_real = for_discriminator || loss_ == Loss::kRelativistic;
  const auto batch = static_cast<std::size_t>(settings_.batch), size = data_->size();
  const std::size_t width = size + static_cast<std::size_t>(classes_);  // of a judged row
  const float* g = blocks[kGenerator].data_ptr<float>();
  const float* d = blocks[kDiscriminator].data_ptr<float>();
  Fused& f = *fused_;
  for (std::vector<float>* room : {&f.fake_slopes, &f.real_slopes}) room->resize(batch);

  const Half half = for_generator ? Half::kBoth : next_half();
  if (half == Half::kData) {
    half_slopes(d, half, real().data_ptr<float>(), slopes, losses);
    return true;
  }
  const at::Tensor z = latent_sample();
  f.generator.forward(g, z.data_ptr<float>(), settings_.batch, f.made);
  // Data behind fakes: one pass serves both where nothing goes back to the generator.
  const bool at_once = !for_generator;
  const float* made = f.made.output();
  if (settings_.instance_noise > 0.0) {
    const at::Tensor more = noise("sample.fake-noise", {settings_.batch, std::int64_t(size)});
    f.noisy.resize(batch * size);
    for (std::size_t i = 0; i < batch * size; ++i) f.noisy[i] = made[i] + more.data_ptr<float>()[i];
    made = f.noisy.data();
  }
  if (half == Half::kFakes) {
    half_slopes(d, half, made, slopes, losses);
    return true;
  }
  f.both.resize((needs_real ? 2 : 1) * batch * width);
  put_rows(made, f.both.data());
  if (needs_real) put_rows(real().data_ptr<float>(), f.both.data() + batch * width);
  const float* real_at = f.both.data() + batch * width;
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
    f.back.resize(batch * width);
    f.discriminator.backward(d, f.on_fake, f.fake_slopes.data(), nullptr, f.back.data());
    for (std::size_t i = 1; width > size && i < batch; ++i)  // what is told comes from nobody
      std::copy_n(f.back.begin() + i * width, size, f.back.begin() + i * size);
    slopes[kGenerator] = at::zeros({blocks[kGenerator].numel()}, at::kFloat);
    f.generator.backward(g, f.made, f.back.data(), slopes[kGenerator].data_ptr<float>(), nullptr);
  }
  return true;
}

}  // namespace gyre::gan
