// For tests: games of the catalogue, and others, written with tensors.
#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <string>
#include <vector>

#include "gyre/gan/tensor_game.hpp"

namespace gyre::gan::testing {

/// A game whose players have one tensor each.
class VectorGame final : public TensorGame {
 public:
  using Losses = std::function<std::vector<at::Tensor>(const std::vector<at::Tensor>&)>;

  VectorGame(std::vector<std::int64_t> sizes, bool zero_sum, Losses losses)
      : zero_sum_(zero_sum), losses_(std::move(losses)) {
    for (const std::int64_t size : sizes) layouts_.push_back({{"w", {size}}});
  }

  const std::vector<Layout>& layouts() const override { return layouts_; }
  bool is_zero_sum() const override { return zero_sum_; }
  std::vector<at::Tensor> losses(const Leaves& at, int) override {
    std::vector<at::Tensor> players;
    for (const auto& of : at) players.push_back(of[0]);
    return losses_(players);
  }
  void use(std::uint64_t) override { ++draws; }

  int draws = 0;

 private:
  std::vector<Layout> layouts_;
  bool zero_sum_;
  Losses losses_;
};

/// The same game as text and as tensors.
struct Twin {
  std::string text;
  std::vector<std::int64_t> sizes;
  std::vector<std::vector<std::string>> players;
  bool zero_sum;
  VectorGame::Losses losses;
  std::vector<double> start;
  bool curved;  ///< the second player's curvature of its own loss can be inverted

  VectorGame game() const { return {sizes, zero_sum, losses}; }
};

inline std::vector<at::Tensor> zero_sum(const at::Tensor& payoff) { return {payoff, -payoff}; }

inline std::vector<Twin> twins() {
  return {{.text = "min x max y: x*y",
           .sizes = {1, 1},
           .players = {{"x", "1"}, {"y", "2"}},
           .zero_sum = true,
           .losses = [](const auto& w) { return zero_sum((w[0] * w[1]).sum()); },
           .start = {1.0, 0.5},
           .curved = false},
          {.text = "min theta max psi: f(theta*psi) + f(0); f(t) = -softplus(-t)",
           .sizes = {1, 1},
           .players = {{"theta", "1"}, {"psi", "2"}},
           .zero_sum = true,
           .losses =
               [](const auto& w) {
                 return zero_sum((at::log_sigmoid(w[0] * w[1]) - std::log(2.0)).sum());
               },
           .start = {1.0, 1.0},
           .curved = true},
          {.text = "min x[3] max y[3]: (x[1]^2 - y[1]^2)/8 + 0.55*(x[2]^2 - y[2]^2)/2 + "
                   "0.45*x[2]*y[2] + 0.2*(x[3]^2 - y[3]^2) + 3.6*x[3]*y[3]",
           .sizes = {3, 3},
           .players = {{"x", "1"}, {"y", "2"}},
           .zero_sum = true,
           .losses =
               [](const auto& w) {
                 const at::Tensor own = at::tensor({0.125, 0.275, 0.2}, at::kDouble);
                 const at::Tensor both = at::tensor({0.0, 0.45, 3.6}, at::kDouble);
                 return zero_sum((own * (w[0] * w[0] - w[1] * w[1]) + both * w[0] * w[1]).sum());
               },
           .start = {1.0, 1.0, 1.0, -1.0, 1.0, 0.5},
           .curved = true},
          {.text = "x[2]: x[1]^4/4 - x[1]*x[2] + y*sin(x[2]) + 0.3*y*x[1]*x[2];"
                   "y: y^2*(1 + x[1]^2)/2 - y*x[1]*x[2]",
           .sizes = {2, 1},
           .players = {{"x", "1"}, {"y", "2"}},
           .zero_sum = false,
           .losses =
               [](const auto& w) {
                 const at::Tensor a = w[0][0], b = w[0][1], y = w[1][0];
                 return std::vector<at::Tensor>{
                     a * a * a * a / 4 - a * b + y * b.sin() + 0.3 * y * a * b,
                     y * y * (1 + a * a) / 2 - y * a * b};
               },
           .start = {0.7, -0.4, 0.5},
           .curved = true},
          {.text = "a[2]: a[1]^2 + a[1]*b - a[2]*c + a[2]^4/4; b: b^2/2 - b*a[1]*c + sin(b);"
                   "c: c^2 + c*a[2]*b",
           .sizes = {2, 1, 1},
           .players = {{"a", "1"}, {"b", "2"}, {"c", "3"}},
           .zero_sum = false,
           .losses =
               [](const auto& w) {
                 const at::Tensor p = w[0][0], q = w[0][1], b = w[1][0], c = w[2][0];
                 return std::vector<at::Tensor>{p * p + p * b - q * c + q * q * q * q / 4,
                                                b * b / 2 - b * p * c + b.sin(), c * c + c * q * b};
               },
           .start = {0.5, -0.3, 0.8, -0.6},
           .curved = true}};
}

inline TensorPoint point_of(const std::vector<std::int64_t>& sizes,
                            const std::vector<double>& numbers) {
  std::vector<BlockPtr> blocks;
  std::size_t begin = 0;
  for (const std::int64_t size : sizes) {
    blocks.push_back(Block::tensor(
        at::tensor(at::ArrayRef<double>(numbers.data() + begin, static_cast<std::size_t>(size)),
                   at::kDouble)));
    begin += static_cast<std::size_t>(size);
  }
  return TensorPoint(std::move(blocks));
}

inline std::vector<double> numbers_of(const TensorPoint& point) {
  std::vector<double> all;
  for (const BlockPtr& block : point.blocks()) {
    const at::Tensor numbers = value(block);
    all.insert(all.end(), numbers.data_ptr<double>(), numbers.data_ptr<double>() + numbers.numel());
  }
  return all;
}

}  // namespace gyre::gan::testing
