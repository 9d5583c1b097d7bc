#include "gyre/gan/arnoldi.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "gyre/core/random.hpp"

namespace gyre::gan {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd some_matrix(Eigen::Index n) {
  MatrixXd A(n, n);
  Stream stream(5, "matrix");
  for (double& x : A.reshaped()) x = stream.normal() / 1.5;
  return A;
}

LinearMap map_of(const MatrixXd& A, int* products = nullptr) {
  return [&A, products](const VectorXd& x) {
    if (products) ++*products;
    return VectorXd(A * x);
  };
}

TEST(Arnoldi, WritesOutSmallMaps) {
  const MatrixXd A = (MatrixXd(2, 2) << 0.0, 1.0, -1.0, 0.0).finished();
  const std::vector<Ritz> all = leading_eigenvalues(map_of(A), 2);
  ASSERT_EQ(all.size(), 2u);
  for (const Ritz& e : all) {
    EXPECT_NEAR(e.value.real(), 0.0, 1e-15);
    EXPECT_NEAR(std::abs(e.value.imag()), 1.0, 1e-15);
    EXPECT_EQ(e.residual, 0.0);
  }
  EXPECT_EQ(all[0].value, std::conj(all[1].value));
}

TEST(Arnoldi, FindsWhatStandsOutOfManyWithFewProducts) {
  const Eigen::Index n = 200;
  MatrixXd A = 0.05 * some_matrix(n);
  A(0, 0) += 9.0, A(1, 1) += 9.0, A(0, 1) += 6.0, A(1, 0) -= 6.0;  // 9 ± 6i, about
  A(5, 5) -= 7.0;
  std::vector<std::complex<double>> truth;
  for (const auto& e : A.eigenvalues()) truth.push_back(e);
  std::sort(truth.begin(), truth.end(),
            [](const auto& a, const auto& b) { return std::abs(a) > std::abs(b); });
  int products = 0;
  const std::vector<Ritz> all = leading_eigenvalues(map_of(A, &products), n, {.products = 25});
  EXPECT_EQ(products, 25);
  ASSERT_EQ(all.size(), 25u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(std::abs(all[i].value.imag()), std::abs(truth[i].imag()), 1e-8);
    EXPECT_NEAR(all[i].value.real(), truth[i].real(), 1e-8);
    EXPECT_LT(all[i].residual, 1e-6);
  }
  EXPECT_GT(all.back().residual, 1e-3);  // what is not known is not said to be
}

TEST(Arnoldi, ResidualsBoundErrorsOfSymmetricMaps) {
  const MatrixXd B = some_matrix(120), A = B + B.transpose();
  const VectorXd truth = Eigen::SelfAdjointEigenSolver<MatrixXd>(A).eigenvalues();
  for (const int products : {8, 20, 60}) {
    const std::vector<Ritz> all = symmetric_eigenvalues(map_of(A), 120, {.products = products});
    for (const Ritz& e : all) {
      EXPECT_EQ(e.value.imag(), 0.0);
      EXPECT_LE((truth.array() - e.value.real()).abs().minCoeff(),
                e.residual * std::abs(e.value) + 1e-9);
    }
    EXPECT_GE(all.front().value.real(), truth[0] - 1e-9);
    EXPECT_LE(all.back().value.real(), truth[119] + 1e-9);
  }
}

TEST(Arnoldi, FindsNothingTwice) {
  VectorXd diagonal(300);
  for (Eigen::Index i = 0; i < 300; ++i) diagonal[i] = std::pow(0.6, static_cast<double>(i));
  const LinearMap A = [&](const VectorXd& x) { return VectorXd(diagonal.cwiseProduct(x)); };
  const std::vector<Ritz> all = leading_eigenvalues(A, 300, {.products = 60});
  for (std::size_t i = 0; i < 30; ++i)
    EXPECT_NEAR(std::abs(all[i].value), diagonal[static_cast<Eigen::Index>(i)], 1e-9) << i;
}

TEST(Arnoldi, EndsWhereTheSpaceIsInvariant) {
  VectorXd direction = VectorXd::Ones(100).normalized();
  int products = 0;
  const LinearMap A = [&](const VectorXd& x) {
    ++products;
    return VectorXd(3.0 * direction * direction.dot(x));
  };
  const std::vector<Ritz> all = leading_eigenvalues(A, 100);
  EXPECT_LE(products, 3);
  EXPECT_NEAR(all[0].value.real(), 3.0, 1e-12);
  const std::vector<Ritz> nothing =
      leading_eigenvalues([](const VectorXd& x) { return VectorXd(0.0 * x); }, 100);
  ASSERT_EQ(nothing.size(), 1u);
  EXPECT_EQ(std::abs(nothing[0].value), 0.0);
}

TEST(Arnoldi, SaysNothingOfWhatIsNotFinite) {
  const LinearMap A = [](const VectorXd& x) { return VectorXd(x / 0.0); };
  EXPECT_TRUE(leading_eigenvalues(A, 100).empty());
  EXPECT_TRUE(symmetric_eigenvalues(A, 3).empty());
}

}  // namespace
}  // namespace gyre::gan
