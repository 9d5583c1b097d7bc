#include "gyre/gan/network.hpp"

#include <ATen/ops/conv2d.h>
#include <ATen/ops/linalg_svdvals.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/upsample_nearest2d.h>
#include <ATen/ops/zeros.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/gan/upsampled_conv.hpp"

namespace gyre::gan {
namespace {

using ::testing::HasSubstr;

std::vector<at::Tensor> started(const Network& network, Start how = Start::kUniform) {
  std::vector<float> flat(static_cast<std::size_t>(size_of(network.layout())));
  network.start(flat, how, 1, "test");
  std::vector<at::Tensor> parameters;
  const float* next = flat.data();
  for (const ParameterShape& p : network.layout()) {
    at::Tensor t = at::ones(p.shape);
    std::copy_n(next, t.numel(), t.data_ptr<float>());
    next += t.numel();
    parameters.push_back(std::move(t));
  }
  return parameters;
}

std::string problem_of(std::string_view text, const std::vector<std::int64_t>& inputs,
                       std::int64_t outputs) {
  try {
    const Network network(text, inputs, outputs, "generator");
    return {};
  } catch (const Error& problem) {
    return problem.what();
  }
}

TEST(Network, ALayerComputesWhatItSays) {
  const Network network("linear(3) | leaky-relu(0.1) | linear", {2}, 1, "it");
  ASSERT_EQ(network.layout().size(), 4u);
  const auto p = started(network);
  const float x[] = {0.3f, -0.7f};
  at::Tensor in = at::ones({1, 2});
  std::copy_n(x, 2, in.data_ptr<float>());
  const float* w = p[0].data_ptr<float>();
  const float* v = p[2].data_ptr<float>();
  double y = p[3].data_ptr<float>()[0];
  for (int i = 0; i < 3; ++i) {
    const double h = w[2 * i] * x[0] + w[2 * i + 1] * x[1] + p[1].data_ptr<float>()[i];
    y += v[i] * (h > 0 ? h : 0.1 * h);
  }
  EXPECT_NEAR(network(p, in).item().toDouble(), y, 1e-6);
}

TEST(Network, PicturesGrowAndShrink) {
  const Network up(
      "linear(98) | reshape(2, 7, 7) | upsample | conv(4) | batch-norm | relu | "
      "upsample | conv(1) | tanh",
      {5}, 784, "it");
  EXPECT_EQ(up(started(up), at::ones({3, 5})).sizes().vec(),
            (std::vector<std::int64_t>{3, 1, 28, 28}));
  const Network down("conv(4, 4, 2) | leaky-relu | conv(8, 4, 2) | layer-norm | linear",
                     {1, 28, 28}, 1, "it");
  EXPECT_EQ(down(started(down), at::ones({3, 1, 28, 28})).sizes().vec(),
            (std::vector<std::int64_t>{3, 1}));
}

TEST(Network, EvenWeightsHalveAndDoubleEvenSides) {
  const Network down("conv(3, 4, 2) | conv(2, 2, 2) | conv(2, 5, 1)", {1, 28, 28}, 98, "it");
  EXPECT_THAT(down.layers()[0].shape, ::testing::ElementsAre(3, 14, 14));
  EXPECT_THAT(down.layers()[1].shape, ::testing::ElementsAre(2, 7, 7));
  EXPECT_EQ(down(started(down), at::ones({2, 1, 28, 28})).sizes().vec(),
            (std::vector<std::int64_t>{2, 2, 7, 7}));
  for (const char* text : {"tconv(3, 4, 2) | tconv", "tconv(3, 5, 2) | tconv(1, 3, 2)",
                           "tconv(3, 2, 2) | tconv(1, 5, 2)", "tconv(2, 3, 1) | tconv(1, 7, 4)"}) {
    SCOPED_TRACE(text);
    const Network up(text, {2, 7, 7}, 784, "it");
    EXPECT_EQ(up(started(up), at::ones({5, 2, 7, 7})).sizes().vec(),
              (std::vector<std::int64_t>{5, 1, 28, 28}));
  }
}

TEST(Network, ATransposedConvolutionIsTheTransposeOfAConvolution) {
  const Network down("conv(3, 4, 2)", {2, 8, 8}, 48, "it");
  const Network up("tconv(2, 4, 2)", {3, 4, 4}, 128, "it");
  ASSERT_EQ(down.layout()[0].shape, up.layout()[0].shape);
  const at::Tensor w = started(down)[0];
  const at::Tensor x = at::randn({1, 2, 8, 8}), y = at::randn({1, 3, 4, 4});
  const double one = down({w, at::zeros({3})}, x).mul(y).sum().item().toDouble();
  const double other = up({w, at::zeros({2})}, y).mul(x).sum().item().toDouble();
  EXPECT_NEAR(one, other, 1e-4 * (1.0 + std::abs(one)));
}

TEST(Network, UpsamplingAndConvolvingAtOnceIsOneAfterTheOther) {
  for (const std::int64_t out : {1, 3, 8, 11})
    for (const auto& [h, w] : {std::pair{5, 4}, {1, 1}, {2, 7}}) {
      SCOPED_TRACE(out);
      const at::Tensor x = at::randn({2, 3, h, w}, at::kDouble);
      const at::Tensor weights = at::randn({out, 3, 3, 3}, at::kDouble);
      const at::Tensor bias = at::randn({out}, at::kDouble);
      const at::Tensor want =
          at::conv2d(at::upsample_nearest2d(x, {2 * h, 2 * w}), weights, bias, 1, 1);
      const at::Tensor got = upsampled_conv(x, weights, bias);
      ASSERT_EQ(got.sizes(), want.sizes());
      EXPECT_LT(got.sub(want).abs().max().item().toDouble(), 1e-12);
    }
  // Other sizes of weights, strides and factors take the way of two layers.
  const at::Tensor x = at::randn({1, 2, 4, 4});
  for (const char* text : {"upsample | conv(8)", "upsample | conv(8, 5)",
                           "upsample | conv(8, 3, 2)", "upsample(3) | conv(8)"}) {
    SCOPED_TRACE(text);
    const std::string all = text;
    const std::string conv = all.substr(all.find("conv"));
    const std::int64_t factor = all.find("(3)") == 8 ? 3 : 2, side = 4 * factor;
    const std::int64_t made = all.ends_with("2)") ? 4 : side;
    const Network both(all, {2, 4, 4}, 8 * made * made, "it");
    const Network alone(conv, {2, side, side}, 8 * made * made, "it");
    const auto p = started(both);
    const at::Tensor want = alone(p, at::upsample_nearest2d(x, {side, side})), got = both(p, x);
    ASSERT_EQ(got.sizes(), want.sizes());
    EXPECT_LT(got.sub(want).abs().max().item().toDouble(), 1e-5);
  }
}

TEST(Network, SpectralWeightsAreDividedByTheirLargestSingularValue) {
  struct Case {
    const char* text;
    std::vector<std::int64_t> inputs, rows;  // rows: a weight as an output a row
    std::int64_t outputs;
  };
  for (const Case& c :
       {Case{"linear(6)", {20}, {6, 20}, 6}, Case{"conv(5, 3, 1)", {3, 4, 4}, {5, 27}, 80},
        Case{"tconv(4, 4, 2)", {3, 4, 4}, {4, 48}, 256}}) {
    SCOPED_TRACE(c.text);
    const Network plain(c.text, c.inputs, c.outputs, "it");
    const Network spectral(std::string("spectral ") + c.text, c.inputs, c.outputs, "it");
    ASSERT_EQ(size_of(spectral.layout()), size_of(plain.layout()));
    std::vector<std::int64_t> batch{2};
    batch.insert(batch.end(), c.inputs.begin(), c.inputs.end());
    const at::Tensor x = at::randn(batch, at::kDouble);
    auto check = [&](const at::Tensor& w, double tolerance) {
      const at::Tensor none = at::zeros({c.rows[0]}, at::kDouble);
      const at::Tensor rows =
          (std::string(c.text).starts_with("tconv") ? w.transpose(0, 1) : w).reshape(c.rows);
      const double largest = at::linalg_svdvals(rows)[0].item().toDouble();
      const at::Tensor want = plain({w.div(largest), none}, x), got = spectral({w, none}, x);
      EXPECT_LT(got.sub(want).abs().max().item().toDouble(),
                tolerance * want.abs().max().item().toDouble());
    };
    const at::Tensor w = started(plain)[0].to(at::kDouble);
    check(w, 0.05);  // the next singular value is near
    check(w.mul(100), 0.05);
    // One direction that stands out, as in trained networks.
    if (w.dim() == 2) {
      const at::Tensor u = at::randn({w.size(0), 1}, at::kDouble);
      const at::Tensor v = at::randn({1, w.size(1)}, at::kDouble);
      check(w.add(u.div(u.norm()).mul(v.div(v.norm())), 3.0), 1e-9);
    }
  }
}

TEST(Network, OuterMakesAllProducts) {
  const Network network("outer", {2}, 4, "it");
  at::Tensor in = at::ones({1, 2});
  in.data_ptr<float>()[1] = 3.0f;
  const at::Tensor out = network({}, in);
  EXPECT_THAT(std::vector<float>(out.data_ptr<float>(), out.data_ptr<float>() + 4),
              ::testing::ElementsAre(1, 3, 3, 9));
}

TEST(Network, ADcganIsALineForEverySizeThatItIsMadeFor) {
  EXPECT_EQ(spelled_out("dcgan(16)", true, {1, 28, 28}, "it"),
            "linear(1568) | reshape(32, 7, 7) | batch-norm | relu | upsample | conv(16) | "
            "batch-norm | relu | upsample | conv | tanh");
  EXPECT_EQ(spelled_out(" dcgan( 16 ) ", false, {1, 28, 28}, "it"),
            "conv(16, 4, 2) | leaky-relu | conv(32, 4, 2) | batch-norm | leaky-relu | linear");
  EXPECT_EQ(spelled_out("dcgan", true, {3, 64, 64}, "it"),
            spelled_out("dcgan(64)", true, {3, 64, 64}, "it"));
  EXPECT_EQ(spelled_out("linear | tanh", true, {2}, "it"), "linear | tanh");
  for (const std::int64_t side : {28, 32, 64})
    for (const std::int64_t channels : {1, 3}) {
      SCOPED_TRACE(side);
      const std::vector<std::int64_t> shape{channels, side, side};
      const Network g(spelled_out("dcgan(4)", true, shape, "it"), {10}, channels * side * side,
                      "it");
      const Network d(spelled_out("dcgan(4)", false, shape, "it"), shape, 1, "it");
      const at::Tensor made = g(started(g), at::randn({2, 10}));
      EXPECT_EQ(made.sizes().vec(), (std::vector<std::int64_t>{2, channels, side, side}));
      EXPECT_EQ(d(started(d), made).sizes().vec(), (std::vector<std::int64_t>{2, 1}));
      // The last pictures inside are of 4 by 4 to 7 by 7 pixels.
      const auto& last = d.layers()[d.layers().size() - 2].shape;
      EXPECT_EQ(last[1], side == 28 ? 7 : 4);
      EXPECT_EQ(last[0], side == 28 ? 8 : side == 32 ? 16 : 32);
    }
  auto refused = [](std::string_view text, const std::vector<std::int64_t>& shape) {
    try {
      return spelled_out(text, true, shape, "generator");
    } catch (const Error& problem) {
      return std::string(problem.what());
    }
  };
  EXPECT_THAT(refused("dcgan(8)", {1, 30, 30}), HasSubstr("samples are 1x30x30"));
  EXPECT_THAT(refused("dcgan(8)", {1, 28, 32}), HasSubstr("square"));
  EXPECT_THAT(refused("dcgan(8)", {2}), HasSubstr("samples are 2"));
  EXPECT_THAT(refused("dcgan(0)", {1, 28, 28}), HasSubstr("one whole number from 1 to 512"));
  EXPECT_THAT(refused("dcgan(1, 2)", {1, 28, 28}), HasSubstr("one whole number"));
}

TEST(Network, FirstWeightsAreSpreadAsAsked) {
  const Network network("linear(400) | layer-norm | linear", {100}, 1, "it");
  const auto uniform = started(network), normal = started(network, Start::kNormal);
  EXPECT_NEAR(uniform[0].abs().max().item().toDouble(), 0.1, 1e-4);
  EXPECT_NEAR(uniform[0].std().item().toDouble(), 0.1 / std::sqrt(3.0), 1e-3);
  EXPECT_NEAR(normal[0].std().item().toDouble(), 0.02, 1e-3);
  EXPECT_EQ(normal[1].abs().max().item().toDouble(), 0.0);
  EXPECT_EQ(uniform[2].min().item().toDouble(), 1.0);
  EXPECT_EQ(uniform[3].abs().max().item().toDouble(), 0.0);
}

TEST(Network, MistakesAreTold) {
  EXPECT_THAT(problem_of("liner(3)", {2}, 1),
              HasSubstr("generator: there is no layer 'liner'; did you mean 'linear'?"));
  EXPECT_THAT(problem_of("linear(3) | relu | linear(4)", {2}, 2),
              HasSubstr("it gives 4, which is 4 numbers, and 2 are needed"));
  EXPECT_THAT(problem_of("linear | relu | linear", {2}, 2),
              HasSubstr("only the last of linear, conv and tconv"));
  EXPECT_THAT(problem_of("linear(0)", {2}, 2),
              HasSubstr("whole numbers from 1 to 100000, not '0'"));
  EXPECT_THAT(problem_of("relu(3)", {2}, 2), HasSubstr("relu takes 0 numbers, not 1"));
  EXPECT_THAT(problem_of("linear(3", {2}, 3), HasSubstr("lacks its ')'"));
  EXPECT_THAT(problem_of("conv(3)", {2}, 3), HasSubstr("works on pictures"));
  EXPECT_THAT(problem_of("reshape(1, 2, 2)", {3}, 3), HasSubstr("cannot be reshaped"));
  EXPECT_NE(problem_of("", {2}, 2), "");
  EXPECT_THAT(problem_of("spectral relu", {2}, 2), HasSubstr("relu has no matrix of weights"));
  EXPECT_THAT(problem_of("spectral", {2}, 2), HasSubstr("spectral stands before a layer"));
  EXPECT_THAT(problem_of("spectrl linear", {2}, 2), HasSubstr("there is no layer"));
  EXPECT_THAT(problem_of("tconv(1, 2, 3)", {1, 4, 4}, 144), HasSubstr("at least as wide"));
  EXPECT_THAT(problem_of("dcgan(32) | relu", {100}, 784), HasSubstr("dcgan is a whole network"));
  EXPECT_THAT(problem_of("conv", {2, 4, 4}, 33), HasSubstr("it gives 2x4x4, which is 32"));
}

}  // namespace
}  // namespace gyre::gan
