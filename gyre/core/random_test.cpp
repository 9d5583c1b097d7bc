#include "gyre/core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

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

}  // namespace
}  // namespace gyre
