// The slopes of a GAN's losses without autograd: the formulas of gan_game.cpp, differentiated by
// hand at the discriminator's outputs.
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include "gyre/core/assert.hpp"
#include "gyre/gan/gan_game.hpp"
#include "gyre/gan/softplus.hpp"

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
    softplus_choices().front().softplus(at.data(), value.data(), slope.data(),
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

double GanGame::data_slopes(std::span<const float> real, std::span<float> slopes) const {
  const double share = 1.0 / static_cast<double>(settings_.batch);
  switch (loss_) {
    case Loss::kMinimax:
    case Loss::kNonSaturating:
      return mean_softplus(share, real, slopes, -1.0);
    case Loss::kLeastSquares:
      return mean(
          share, real, slopes, [](double x) { return 0.5 * (x - 1) * (x - 1); },
          [](double x) { return x - 1; });
    case Loss::kWasserstein:
      return mean(
          share, real, slopes, [](double x) { return -x; }, [](double) { return -1.0; });
    case Loss::kHinge:
      return mean(
          share, real, slopes, [](double x) { return std::max(1 - x, 0.0); },
          [](double x) { return 1 - x > 0 ? -1.0 : 0.0; });
    case Loss::kRelativistic:
      break;
  }
  GYRE_ASSERT(false);
  return 0.0;
}

double GanGame::fakes_slopes(std::span<const float> fake, std::span<float> slopes) const {
  const double share = 1.0 / static_cast<double>(settings_.batch);
  switch (loss_) {
    case Loss::kMinimax:
    case Loss::kNonSaturating:
      return mean_softplus(share, fake, slopes, 1.0);
    case Loss::kLeastSquares:
      return mean(
          share, fake, slopes, [](double x) { return 0.5 * x * x; }, [](double x) { return x; });
    case Loss::kWasserstein:
      return mean(
          share, fake, slopes, [](double x) { return x; }, [](double) { return 1.0; });
    case Loss::kHinge:
      return mean(
          share, fake, slopes, [](double x) { return std::max(1 + x, 0.0); },
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
  std::vector<float> lead(fake.size());
  std::transform(fake.begin(), fake.end(), real.begin(), lead.begin(), std::minus<>());
  const double share = 1.0 / static_cast<double>(settings_.batch);
  const double loss = mean_softplus(share, lead, fake_slopes, 1.0);
  std::transform(fake_slopes.begin(), fake_slopes.end(), real_slopes.begin(), std::negate<>());
  return loss;
}

void GanGame::for_rows(const std::vector<at::Tensor>& blocks, Half half, bool needs_fakes,
                       bool needs_real, const std::function<void(const Rows&)>& visit) {
  Fused& f = *fused_;
  const std::int64_t batch = settings_.batch, size = static_cast<std::int64_t>(data_->size());
  const at::Tensor data = needs_real ? real() : at::Tensor();
  const at::Tensor z = needs_fakes ? latent_sample() : at::Tensor();
  const at::Tensor more = needs_fakes && settings_.instance_noise > 0.0
                              ? noise("sample.fake-noise", {batch, size})
                              : at::Tensor();
  constexpr std::int64_t kNumbers = 16384, kLeastRows = 16;
  const std::int64_t width = std::max(f.generator.width(), f.discriminator.width());
  const std::int64_t most = std::min(batch, std::max(kLeastRows, kNumbers / width));
  Rows rows{0,
            half,
            nullptr,
            nullptr,
            nullptr,
            nullptr,
            blocks[kGenerator].data_ptr<float>(),
            blocks[kDiscriminator].data_ptr<float>()};
  f.generator.pack(rows.generator, most, f.of_generator);
  f.discriminator.pack(rows.discriminator, 2 * most, f.of_discriminator);
  auto at = [](const at::Tensor& all, std::int64_t begin) {
    return all.defined() ? all.data_ptr<float>() + begin * (all.numel() / all.size(0)) : nullptr;
  };
  for (std::int64_t begin = 0; begin < batch; begin += most) {
    rows.count = std::min(most, batch - begin);
    rows.latent = at(z, begin), rows.real = at(data, begin);
    rows.fake_noise = at(more, begin), rows.told = classes_ > 0 ? at(told_, begin) : nullptr;
    visit(rows);
  }
}

bool GanGame::slopes(const std::vector<at::Tensor>& blocks, int player,
                     std::vector<at::Tensor>& slopes, std::vector<double>& losses) {
  if (!fused_) return false;
  const Half half = player == static_cast<int>(kDiscriminator) ? next_half() : Half::kBoth;
  const bool needs_fakes = half != Half::kData;
  const bool needs_real =
      player == static_cast<int>(kGenerator) ? loss_ == Loss::kRelativistic : half != Half::kFakes;
  for (const std::size_t p : {kGenerator, kDiscriminator})
    if (player == kEverybody || player == static_cast<int>(p)) {
      slopes[p] = at::zeros({blocks[p].numel()}, at::kFloat);
      losses[p] = 0.0;
    }
  for_rows(blocks, half, needs_fakes, needs_real,
           [&](const Rows& rows) { pass(rows, player, slopes, losses); });
  if (player == kEverybody && is_zero_sum()) losses[kGenerator] = -losses[kDiscriminator];
  return true;
}

/// Samples as rows for the discriminator: behind each what it shows, if that is told.
void GanGame::put_rows(const Rows& rows, const float* samples, float* to) const {
  const std::int64_t size = static_cast<std::int64_t>(data_->size());
  if (!rows.told) {
    std::copy_n(samples, rows.count * size, to);
    return;
  }
  for (std::int64_t i = 0; i < rows.count; ++i, to += size + classes_) {
    std::copy_n(samples + i * size, size, to);
    std::copy_n(rows.told + i * classes_, classes_, to + size);
  }
}

/// Adds what some rows add to slopes and losses.
void GanGame::pass(const Rows& rows, int player, std::vector<at::Tensor>& slopes,
                   std::vector<double>& losses) {
  Fused& f = *fused_;
  const float *g = rows.generator, *d = rows.discriminator;
  const std::int64_t n = rows.count, size = static_cast<std::int64_t>(data_->size());
  const std::int64_t width = size + classes_;  // of a judged row
  const bool for_generator = player != static_cast<int>(kDiscriminator);
  const bool for_discriminator = player != static_cast<int>(kGenerator);
  f.both.resize(static_cast<std::size_t>(2 * n * width));
  f.fake_slopes.resize(static_cast<std::size_t>(2 * n));
  f.real_slopes.resize(static_cast<std::size_t>(n));
  const std::span fake_slopes = std::span(f.fake_slopes).first(f.real_slopes.size());
  float* fakes = f.both.data();

  if (rows.half != Half::kData) {
    f.generator.forward(g, f.of_generator, rows.latent, n, f.made);
    put_rows(rows, f.made.output(), fakes);
    for (std::int64_t i = 0; rows.fake_noise && i < n; ++i)
      for (std::int64_t k = 0; k < size; ++k) fakes[i * width + k] += rows.fake_noise[i * size + k];
  }
  if (rows.half != Half::kBoth) {  // the discriminator on data or on fakes alone
    if (rows.half == Half::kData) put_rows(rows, rows.real, fakes);
    f.discriminator.forward(d, f.of_discriminator, fakes, n, f.on_fake);
    const std::span judged(f.on_fake.output(), static_cast<std::size_t>(n));
    losses[kDiscriminator] += rows.half == Half::kData ? data_slopes(judged, fake_slopes)
                                                       : fakes_slopes(judged, fake_slopes);
    f.discriminator.backward(d, f.on_fake, f.fake_slopes.data(),
                             slopes[kDiscriminator].data_ptr<float>(), nullptr);
    return;
  }

  // Data behind fakes: one pass serves both where nothing goes back to the generator.
  const bool at_once = !for_generator;
  float* reals = fakes + n * width;
  if (rows.real) put_rows(rows, rows.real, reals);
  f.discriminator.forward(d, f.of_discriminator, fakes, (at_once ? 2 : 1) * n, f.on_fake);
  if (!at_once && rows.real) f.discriminator.forward(d, f.of_discriminator, reals, n, f.on_real);
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
    f.back.resize(static_cast<std::size_t>(n * width));
    f.discriminator.backward(d, f.on_fake, f.fake_slopes.data(), nullptr, f.back.data());
    for (std::int64_t i = 1; width > size && i < n; ++i)  // what is told comes from nobody
      std::copy_n(f.back.data() + i * width, size, f.back.data() + i * size);
    f.generator.backward(g, f.made, f.back.data(), slopes[kGenerator].data_ptr<float>(), nullptr);
  }
}

}  // namespace gyre::gan
