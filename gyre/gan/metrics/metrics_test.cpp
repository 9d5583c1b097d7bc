#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>

#include "gyre/core/random.hpp"
#include "gyre/gan/metrics/frechet.hpp"
#include "gyre/gan/metrics/kernel.hpp"
#include "gyre/gan/metrics/modes.hpp"
#include "gyre/gan/metrics/neighbours.hpp"
#include "gyre/gan/metrics/sliced.hpp"

namespace gyre::gan {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Features column(std::initializer_list<float> numbers) {
  Features x(static_cast<Index>(numbers.size()), 1);
  Index i = 0;
  for (const float number : numbers) x(i++, 0) = number;
  return x;
}

/// Normal samples: standard ones, times `factor`, plus `mean`.
Features normals(Index count, const MatrixXd& factor, const VectorXd& mean, std::uint64_t seed) {
  Features x(count, mean.size());
  Stream stream(seed, "test.metrics");
  for (Index i = 0; i < count; ++i) {
    VectorXd z(factor.cols());
    for (double& value : z) value = stream.normal();
    x.row(i) = (factor * z + mean).cast<float>();
  }
  return x;
}

Features standard(Index count, Index size, std::uint64_t seed, double at = 0.0) {
  return normals(count, MatrixXd::Identity(size, size), VectorXd::Constant(size, at), seed);
}

Moments moments(VectorXd mean, MatrixXd covariance) {
  return {.count = 0, .mean = std::move(mean), .covariance = std::move(covariance)};
}

TEST(Moments, ByHand) {
  Features x(3, 2);
  x << 1, 0, 3, 0, 5, 6;
  const Moments m = moments_of(x);
  EXPECT_EQ(m.count, 3);
  EXPECT_NEAR(m.mean[0], 3.0, 1e-15);
  EXPECT_NEAR(m.mean[1], 2.0, 1e-15);
  EXPECT_NEAR(m.covariance(0, 0), 4.0, 1e-14);
  EXPECT_NEAR(m.covariance(1, 1), 12.0, 1e-14);
  EXPECT_NEAR(m.covariance(0, 1), 6.0, 1e-14);
  EXPECT_NEAR(m.covariance(1, 0), 6.0, 1e-14);
  EXPECT_EQ(m.rank, 2);
}

TEST(Moments, RankSaysInHowManyDirectionsSamplesVary) {
  MatrixXd factor = MatrixXd::Zero(6, 2);
  factor.col(0) << 1, 2, 3, 4, 5, 6;
  factor.col(1) << 1, -1, 1, -1, 1, -1;
  EXPECT_EQ(moments_of(normals(500, factor, VectorXd::Constant(6, 0.3), 1)).rank, 2);
  EXPECT_EQ(moments_of(standard(500, 6, 1)).rank, 6);
  EXPECT_EQ(moments_of(standard(4, 6, 1)).rank, 3);  // as many as samples allow
  EXPECT_EQ(moments_of(Features::Constant(50, 6, 0.1f)).rank, 0);
  EXPECT_EQ(moments_of(standard(1, 6, 1)).rank, 0);
}

TEST(Frechet, CovariancesThatCommuteHaveAClosedForm) {
  // |m - n|^2 + sum (sqrt(s) - sqrt(t))^2
  const VectorXd m = VectorXd::Zero(3), n = VectorXd::Constant(3, 2.0);
  const VectorXd s{{1.0, 4.0, 9.0}}, t{{4.0, 4.0, 1.0}};
  EXPECT_NEAR(frechet_distance(moments(m, s.asDiagonal()), moments(n, t.asDiagonal())),
              12.0 + 1.0 + 0.0 + 4.0, 1e-12);
  const Eigen::Matrix3d q =
      Eigen::HouseholderQR<MatrixXd>(MatrixXd{{1, 2, 3}, {4, 5, 6}, {7, 8, 10}}).householderQ();
  EXPECT_NEAR(frechet_distance(moments(m, q * s.asDiagonal() * q.transpose()),
                               moments(m, q * t.asDiagonal() * q.transpose())),
              5.0, 1e-12);
}

TEST(Frechet, CovariancesThatDoNotCommute) {
  // In two dimensions tr (S T)^{1/2} is the root of tr S T + 2 root det S T.
  const MatrixXd s{{2.0, 0.9}, {0.9, 1.0}}, t{{1.0, -0.4}, {-0.4, 3.0}};
  const double shared = std::sqrt((s * t).trace() + 2.0 * std::sqrt((s * t).determinant()));
  const VectorXd m = VectorXd::Zero(2);
  const double expected = s.trace() + t.trace() - 2.0 * shared;
  EXPECT_NEAR(frechet_distance(moments(m, s), moments(m, t)), expected, 1e-12);
  EXPECT_NEAR(frechet_distance(moments(m, t), moments(m, s)), expected, 1e-12);
}

TEST(Frechet, SamplesComeNearWhatTheirDistributionsHave) {
  const MatrixXd factor{{1.0, 0.0}, {0.5, 0.5}};
  const MatrixXd covariance = factor * factor.transpose();
  const VectorXd at{{1.0, -1.0}}, zero = VectorXd::Zero(2);
  const double expected =
      frechet_distance(moments(zero, MatrixXd::Identity(2, 2)), moments(at, covariance));
  const double found = frechet_distance(moments_of(standard(20000, 2, 3)),
                                        moments_of(normals(20000, factor, at, 4)));
  EXPECT_NEAR(found, expected, 0.05);
  EXPECT_GT(expected, 2.0);
}

TEST(Frechet, SameSamplesAreAtZeroWhateverTheRank) {
  MatrixXd factor = MatrixXd::Zero(40, 3);
  factor.topRows(3).setIdentity();
  const Features flat = normals(200, factor, VectorXd::Constant(40, 5.0), 1);
  for (const Features& x : {standard(200, 40, 2), flat, Features(Features::Zero(200, 40))}) {
    const Moments m = moments_of(x);
    const double distance = frechet_distance(m, m);
    EXPECT_GE(distance, 0.0);
    EXPECT_NEAR(distance, 0.0, 1e-6 * std::max(1.0, m.covariance.trace()));
  }
}

TEST(Frechet, ACollapsedSetIsANumber) {
  // One point against a standard normal: |m|^2 + d, exactly what is there.
  const Moments real = moments_of(standard(1000, 5, 7));
  const Moments point = moments_of(Features::Constant(1000, 5, 1.0f));
  EXPECT_NEAR(frechet_distance(real, point),
              (real.mean - point.mean).squaredNorm() + real.covariance.trace(), 1e-10);
  Features broken = Features::Zero(10, 5);
  broken(3, 2) = std::nanf("");
  EXPECT_TRUE(std::isinf(frechet_distance(real, moments_of(broken))));
}

TEST(Kernel, ByHandInOneDimension) {
  // k(x, y) = (x y + 1)^3 on {0, 1} and {2, 0}: 1 + 1 - (1 + 1 + 27 + 1) / 2.
  const KernelDistance kid = kernel_distance(column({0, 1}), column({2, 0}));
  EXPECT_NEAR(kid.mean, 1.0 + 1.0 - 15.0, 1e-12);
  EXPECT_EQ(kid.blocks, 1);
  EXPECT_EQ(kid.block, 2);
  EXPECT_TRUE(std::isnan(kid.deviation));
}

TEST(Kernel, DividesByTheDimensions) {
  // k = (x'y / 2 + 1)^3 with x'y = 2: 8 within each, and 8 between.
  Features ones = Features::Ones(3, 2);
  EXPECT_NEAR(kernel_distance(ones, ones).mean, 0.0, 1e-12);
  EXPECT_NEAR(kernel_distance(ones, Features::Zero(3, 2)).mean, 8.0 + 1.0 - 2.0, 1e-12);
}

TEST(Kernel, IsWithoutBiasAndBlocksSayHowSureItIs) {
  const KernelDistance same = kernel_distance(standard(4000, 4, 1), standard(4000, 4, 2), 100);
  EXPECT_EQ(same.blocks, 40);
  EXPECT_GT(same.deviation, 0.0);
  EXPECT_LT(std::abs(same.mean), 4.0 * same.deviation / std::sqrt(40.0));
  const KernelDistance apart =
      kernel_distance(standard(4000, 4, 1), standard(4000, 4, 2, 0.5), 100);
  EXPECT_GT(apart.mean, 10.0 * same.deviation / std::sqrt(40.0));
}

TEST(Neighbours, ByHandOnALine) {
  // By the first neighbour, balls around real 0, 1, 3, 7 reach 1, 1, 2, 4; around made 2, 2.5, 20
  // they reach 0.5, 0.5, 17.5.
  const Features real = column({0, 1, 3, 7}), made = column({2, 2.5f, 20});
  const Neighbourhood n = neighbourhood(real, made, 1, 1);
  EXPECT_NEAR(n.precision, 2.0 / 3.0, 1e-12);  // 2 and 2.5 are in the balls around 1, 3
  // 3 is 0.5 from 2.5, on its rim; 7 is 13 from 20.
  EXPECT_NEAR(n.recall, 2.0 / 4.0, 1e-12);
  // Around 2: the balls of 1 and 3. Around 2.5: that of 3. Around 20: none.
  EXPECT_NEAR(n.density, 3.0 / 3.0, 1e-12);
  // 1 has 2, 3 has both; 0 is 2 from 2, and its ball reaches 1; 7 is 4.5 from 2.5.
  EXPECT_NEAR(n.coverage, 2.0 / 4.0, 1e-12);
}

TEST(Neighbours, EachMeasureHasItsOwnNeighbour) {
  // By the second, balls around 0, 1, 3, 7 reach 3, 2, 3, 6.
  const Features real = column({0, 1, 3, 7}), made = column({-2, -2.5f, 20});
  EXPECT_NEAR(neighbourhood(real, made, 1, 2).precision, 0.0, 1e-12);
  EXPECT_NEAR(neighbourhood(real, made, 2, 1).precision, 2.0 / 3.0, 1e-12);
  EXPECT_NEAR(neighbourhood(real, made, 1, 2).density, 2.0 / (2.0 * 3.0), 1e-12);
  EXPECT_NEAR(neighbourhood(real, made, 1, 2).coverage, 1.0 / 4.0, 1e-12);
}

TEST(Neighbours, SameSamplesAreAllThere) {
  const Features x = standard(203, 7, 1);
  const Neighbourhood n = neighbourhood(x, x);
  EXPECT_EQ(n.precision, 1.0);
  EXPECT_EQ(n.recall, 1.0);
  EXPECT_EQ(n.coverage, 1.0);
  EXPECT_NEAR(n.density, 6.0 / 5.0, 1e-9);  // itself, and five others in the mean
}

TEST(Neighbours, SamplesOfOneModeAreGoodAndFew) {
  // Real: two modes; made: one of them, twice as often.
  Features real(400, 3), made = standard(400, 3, 3);
  real.topRows(200) = standard(200, 3, 1);
  real.bottomRows(200) = standard(200, 3, 2, 100.0);
  const Neighbourhood n = neighbourhood(real, made);
  EXPECT_GT(n.precision, 0.8);
  EXPECT_LT(n.recall, 0.55);
  EXPECT_LT(n.coverage, 0.55);
  const Neighbourhood collapsed = neighbourhood(real, Features::Zero(400, 3));
  EXPECT_EQ(collapsed.recall, 0.0);
  EXPECT_LT(collapsed.coverage, 0.1);
}

TEST(Neighbours, ThreadsChangeNothing) {
  const Features real = standard(211, 33, 1), made = standard(158, 33, 2, 0.2);
  const Neighbourhood one = neighbourhood(real, made, 3, 5, 1);
  for (const int threads : {2, 3, 7}) {
    const Neighbourhood many = neighbourhood(real, made, 3, 5, threads);
    EXPECT_EQ(one.precision, many.precision);
    EXPECT_EQ(one.recall, many.recall);
    EXPECT_EQ(one.density, many.density);
    EXPECT_EQ(one.coverage, many.coverage);
  }
  EXPECT_LT(one.precision, 1.0);
}

TEST(Sliced, InOneDimensionItIsTheWassersteinDistance) {
  // Sorted, 0, 1, 5 go to 2, 3, 4.
  EXPECT_NEAR(sliced_wasserstein(column({5, 0, 1}), column({3, 4, 2})), std::sqrt(9.0 / 3.0), 1e-6);
  // {0, 3} to {0, 3, 6}: a third stays, a sixth goes 3 from 0, a sixth stays at 3, a third goes 3.
  EXPECT_NEAR(sliced_wasserstein(column({0, 3}), column({6, 0, 3})), std::sqrt(9.0 / 2.0), 1e-6);
}

TEST(Sliced, AShiftIsSeenByItsShareOfTheDirections) {
  // The square of a unit vector's coordinate is 1 / d in the mean.
  Features x = standard(500, 4, 1), y = x;
  y.col(2).array() += 3.0f;
  EXPECT_NEAR(sliced_wasserstein(x, y, 2000), 3.0 / 2.0, 0.06);
  EXPECT_EQ(sliced_wasserstein(x, x), 0.0);
  EXPECT_EQ(sliced_wasserstein(x, y, 10, 5), sliced_wasserstein(x, y, 10, 5));
  EXPECT_NE(sliced_wasserstein(x, y, 10, 5), sliced_wasserstein(x, y, 10, 6));
}

TEST(Modes, ByHand) {
  const std::vector<std::int32_t> shown{0, 0, 2, 0};
  const std::vector<double> even{5, 5, 5, 5};
  const Modes modes = modes_of(shown, even);
  EXPECT_EQ(modes.captured, 2u);
  EXPECT_NEAR(modes.reverse_kl, 0.75 * std::log(3.0) + 0.25 * std::log(1.0), 1e-12);
  EXPECT_NEAR(modes_of(shown, std::vector<double>{3, 0, 1}).reverse_kl, 0.0, 1e-12);
  EXPECT_TRUE(std::isinf(modes_of(shown, std::vector<double>{1, 1, 0, 1}).reverse_kl));
  EXPECT_TRUE(std::isinf(modes_of(shown, std::vector<double>{1, 1}).reverse_kl));
  EXPECT_TRUE(std::isinf(modes_of({}, even).reverse_kl));
}

}  // namespace
}  // namespace gyre::gan
