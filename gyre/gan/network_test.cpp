#include "gyre/gan/network.hpp"

#include <ATen/ops/ones.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gyre/core/error.hpp"

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

TEST(Network, OuterMakesAllProducts) {
  const Network network("outer", {2}, 4, "it");
  at::Tensor in = at::ones({1, 2});
  in.data_ptr<float>()[1] = 3.0f;
  const at::Tensor out = network({}, in);
  EXPECT_THAT(std::vector<float>(out.data_ptr<float>(), out.data_ptr<float>() + 4),
              ::testing::ElementsAre(1, 3, 3, 9));
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
}

}  // namespace
}  // namespace gyre::gan
