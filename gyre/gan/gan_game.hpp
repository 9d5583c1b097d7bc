#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gyre/data/data.hpp"
#include "gyre/gan/fused_mlp.hpp"
#include "gyre/gan/network.hpp"
#include "gyre/gan/settings.hpp"
#include "gyre/gan/tensor_game.hpp"

namespace gyre::gan {

inline constexpr std::size_t kGenerator = 0, kDiscriminator = 1;

/// The names that each player answers to in rules: `scale(d=4)`, `alternating(order=d>g)`.
const std::vector<std::vector<std::string>>& gan_players();

/// A generative adversarial network: a generator and a discriminator, which may be a critic, with
/// their losses on batches of data and of the generator's work. A sample is a batch of both, made
/// from streams named by the seed and the sample's number. In a conditional game every piece of
/// work is to show what the piece of data at its place does, and both players are told: as one
/// number a class, 1 for the right one, behind the noise and behind the picture's numbers, or, for
/// discriminators that begin with convolutions, as a channel a class.
class GanGame final : public TensorGame {
 public:
  /// Throws Error for settings that do not fit together.
  GanGame(const Settings& settings, std::shared_ptr<const Data> data, const BlockKind& kind);

  const std::vector<Layout>& layouts() const override { return layouts_; }
  bool is_zero_sum() const override;
  std::vector<at::Tensor> losses(const Leaves& at, int player) override;
  /// For networks of linear layers, activations and norms, on floats, without penalties.
  bool slopes(const std::vector<at::Tensor>& blocks, int player, std::vector<at::Tensor>& slopes,
              std::vector<double>& losses) override;
  /// For networks of linear layers and relus, on floats, without penalties, and losses that are a
  /// part of data and a part of fakes.
  bool multiplies() const override { return products_ != nullptr; }
  std::vector<at::Tensor> product(const std::vector<at::Tensor>& blocks,
                                  const std::vector<at::Tensor>& along, bool transposed,
                                  bool between) override;
  void begin_step() override { halves_seen_ = 0; }
  void use(std::uint64_t sample) override;
  double bound(std::size_t player) const override;

  /// The first weights, a flat block a player.
  std::vector<at::Tensor> start() const;
  /// `count` works of a generator, from a stream of its own: the same for the same number. They
  /// show `label`, or all classes in turn, in a conditional game. Where works depend on others in
  /// their batch, batches are as large as in training.
  at::Tensor generate(const std::vector<at::Tensor>& generator, std::int64_t count,
                      std::uint64_t number, std::optional<std::int64_t> label = {}) const;
  const Network& network(std::size_t player) const { return networks_[player]; }
  const Data& data() const { return *data_; }
  const std::shared_ptr<const Data>& shared_data() const { return data_; }
  /// What the players are told of; 0 if the game is not conditional.
  std::int64_t classes() const { return classes_; }

 private:
  enum class Loss { kMinimax, kNonSaturating, kLeastSquares, kWasserstein, kHinge, kRelativistic };
  enum class Half { kBoth, kData, kFakes };

  at::Tensor latent(std::string_view purpose, std::uint64_t number, std::int64_t count) const;
  at::Tensor noise(std::string_view purpose, const std::vector<std::int64_t>& shape) const;
  void draw();
  const at::Tensor& real();
  /// One number a class for every label; nothing in a game without.
  at::Tensor told(std::span<const std::int32_t> labels) const;
  /// Which half a look at the discriminator alone is of.
  Half next_half();
  at::Tensor judged(const Leaves& at, const at::Tensor& x) const;
  at::Tensor penalties(const Leaves& at, const at::Tensor& fake);
  at::Tensor generator_loss(const at::Tensor& real, const at::Tensor& fake) const;
  at::Tensor loss_on_data(const at::Tensor& real) const;
  at::Tensor loss_on_fakes(const at::Tensor& fake) const;
  at::Tensor discriminator_loss(const at::Tensor& real, const at::Tensor& fake) const;

  double generator_slopes(std::span<const float> fake, std::span<const float> real,
                          std::span<float> slopes) const;
  double discriminator_slopes(std::span<const float> fake, std::span<const float> real,
                              std::span<float> fake_slopes, std::span<float> real_slopes) const;
  double data_slopes(std::span<const float> real, std::span<float> slopes) const;
  double fakes_slopes(std::span<const float> fake, std::span<float> slopes) const;
  at::Tensor latent_sample();

  /// What slopes() works with, kept from one look to the next.
  struct Fused {
    FusedMlp generator, discriminator;
    FusedMlp::Packed of_generator = {}, of_discriminator = {};
    FusedMlp::Trace made = {}, on_fake = {}, on_real = {};
    Numbers both = {}, fake_slopes = {}, real_slopes = {}, back = {};
  };
  /// Some rows of a batch.
  struct Rows {
    std::int64_t count;
    Half half;
    const float *latent, *real, *fake_noise, *told;  // null: not needed
    const float *generator, *discriminator;          // the parameters
  };
  /// Some rows at a time, as many as stay in the caches from the way forward to the way back.
  void for_rows(const std::vector<at::Tensor>& blocks, Half half, bool needs_fakes, bool needs_real,
                const std::function<void(const Rows&)>& visit);
  void put_rows(const Rows& rows, const float* samples, float* to) const;
  void pass(const Rows& rows, int player, std::vector<at::Tensor>& slopes,
            std::vector<double>& losses);

  struct Products;
  struct ProductsDeleter {
    void operator()(Products* products) const;
  };
  enum class Part { kGenerators, kOnData, kOnFakes };  // of the losses
  void make_products();
  void curvatures(Part part, std::span<const float> slopes, std::span<float> to) const;
  void add_products(const Rows& rows, std::vector<at::Tensor>& products);
  void add_judged(std::size_t owner, Part part, FusedMlp::Trace& trace, const Numbers& slopes,
                  const float* rows_move, bool to_rows, std::vector<at::Tensor>& products);

  Settings settings_;
  std::shared_ptr<const Data> data_;
  BlockKind kind_;
  Loss loss_;
  std::vector<Network> networks_;
  std::vector<Layout> layouts_;
  std::uint64_t sample_ = 0;
  std::optional<Fused> fused_;
  std::unique_ptr<Products, ProductsDeleter> products_;  // null: with autograd
  std::int64_t classes_ = 0;
  bool planes_ = false;  // the discriminator is told by channels
  bool apart_ = false;
  int halves_seen_ = 0;  // in this step

  // Of the present sample, once somebody looks.
  at::Tensor real_, told_;
};

}  // namespace gyre::gan
