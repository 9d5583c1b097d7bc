#include "gyre/core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <vector>

#include "gyre/core/random_kernels.hpp"
#include "gyre/core/shuffle.hpp"

namespace gyre {
namespace {

TEST(Stream, IsNamedBySeedPurposeAndIndexAlone) {
  Stream a(7, "start", 3), b(7, "start", 3);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(a.bits(), b.bits());
  std::set<std::uint64_t> first{Stream(7, "start", 3).bits(), Stream(8, "start", 3).bits(),
                                Stream(7, "noise", 3).bits(), Stream(7, "start", 4).bits()};
  EXPECT_EQ(first.size(), 4u);
}

TEST(Stream, HasTheMomentsItClaims) {
  constexpr int n = 100000;
  Stream uniform(1, "u"), normal(1, "n");
  double mean = 0.0, square = 0.0, spread = 0.0;
  for (int i = 0; i < n; ++i) {
    const double u = uniform.uniform(), z = normal.normal();
    ASSERT_TRUE(u >= 0.0 && u < 1.0);
    mean += u / n, square += z * z / n, spread += z / n;
  }
  EXPECT_NEAR(mean, 0.5, 0.005);  // five standard errors
  EXPECT_NEAR(square, 1.0, 0.025);
  EXPECT_NEAR(spread, 0.0, 0.016);
}

TEST(Stream, ManyAtOnceAreTheSameBits) {
  for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{7}, ~std::uint64_t{0}})
    for (const std::uint64_t index : {std::uint64_t{0}, std::uint64_t{5} << 33})
      for (const std::size_t n : {std::size_t{1}, std::size_t{37}, std::size_t{1000}}) {
        Stream one(seed, "many", index), many(seed, "many", index);
        one.bits(), many.bits();
        std::vector<double> uniforms(n);
        std::vector<float> normals(n);
        many.uniforms(uniforms);
        many.normals(normals);
        for (const double u : uniforms) ASSERT_EQ(u, one.uniform());
        for (const float z : normals) ASSERT_EQ(z, static_cast<float>(one.normal()));
        EXPECT_EQ(one.bits(), many.bits());
      }
}

TEST(Stream, ManyNormalsAroundCentresAreTheSameBits) {
  Stream stream(3, "centres");
  std::vector<double> pairs(60000), centres(30000);
  stream.uniforms(pairs);
  stream.uniforms(centres);
  std::vector<float> all(centres.size());
  normals_of(pairs, centres, 1e-3, all);
  for (std::size_t i = 0; i < all.size(); ++i)
    ASSERT_EQ(all[i],
              static_cast<float>(centres[i] + 1e-3 * normal_of(pairs[2 * i], pairs[2 * i + 1])));
}

TEST(RandomKernels, AllGiveTheSameUniformsAndNormalsNearEnough) {
  constexpr std::size_t n = 200000;
  std::vector<double> wanted(2 * n), found(2 * n), near(n);
  Stream stream(11, "kernels", 1);
  for (double& u : wanted) u = stream.uniform();
  // The ends of what there is, and turns at which the cosine is next to nothing.
  const double ends[] = {0.0, 0.25, 0x1p-53, 0.75, 1.0 - 0x1p-53,
                         0.5, 0.5,  0.0,     0.3,  1.0 - 0x1p-53};
  for (const RandomKernels& kernels : random_kernels()) {
    SCOPED_TRACE(kernels.name);
    kernels.uniforms(11, Stream::number_of("kernels"), 1, 0, found.data(), 2 * n);
    EXPECT_EQ(found, wanted);
    std::copy(std::begin(ends), std::end(ends), found.begin());
    kernels.near_normals(found.data(), near.data(), n);
    double worst = 0.0;
    for (std::size_t i = 0; i < n; ++i)
      worst = std::max(worst, std::abs(near[i] - normal_of(found[2 * i], found[2 * i + 1])));
    EXPECT_LT(worst, kNearNormals / 10.0);
    EXPECT_GT(worst, 0.0);
  }
}

TEST(Shuffled, EveryNumberOnceAndEveryOrderAsOften) {
  std::map<std::vector<std::size_t>, int> seen;
  for (std::uint64_t i = 0; i < 6000; ++i) ++seen[shuffled(3, Stream(1, "order", i))];
  ASSERT_EQ(seen.size(), 6u);
  for (const auto& [order, count] : seen) {
    EXPECT_EQ(std::set(order.begin(), order.end()), (std::set<std::size_t>{0, 1, 2}));
    EXPECT_NEAR(count, 1000, 150);
  }
  EXPECT_TRUE(shuffled(0, Stream(1, "order")).empty());
}

}  // namespace
}  // namespace gyre
