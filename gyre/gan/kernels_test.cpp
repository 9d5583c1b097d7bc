// Every instruction set against plain loops in double.
#include "gyre/gan/kernels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gyre/core/random.hpp"
#include "gyre/gan/flat.hpp"
#include "gyre/gan/sign_kernels.hpp"
#include "gyre/gan/softplus.hpp"

namespace gyre::gan {
namespace {

using Floats = std::vector<float>;

Floats drawn(Stream& stream, std::int64_t n) {
  Floats all(static_cast<std::size_t>(n));
  stream.normals(all);
  return all;
}

/// Sizes on both sides of every decision: few rows, few columns, ends of tiles and panels, one and
/// two inputs, long sums in parts.
struct Size {
  std::int64_t n, in, out;
};
constexpr Size kSizes[] = {{1, 5, 3},    {2, 40, 33},  {3, 1, 70},    {4, 1, 64},    {9, 2, 128},
                           {64, 128, 2}, {17, 31, 9},  {16, 32, 32},  {5, 64, 96},   {40, 33, 65},
                           {37, 200, 7}, {300, 2, 64}, {300, 48, 40}, {520, 64, 32}, {12, 7, 1}};

double activated(double x, float leak) { return x > 0.0 ? x : static_cast<double>(leak) * x; }

class EverySet : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    if (GetParam() >= kernel_choices().size()) GTEST_SKIP() << "this machine has fewer sets";
  }
  const Kernels& kernels() const { return kernel_choices()[GetParam()]; }
  const SignKernels& sign_kernels() const { return sign_kernel_choices()[GetParam()]; }
};

/// What lies behind a result must not change.
constexpr float kGuard = 123.0f;

void expect_near(const Floats& found, const std::vector<double>& wanted, double terms) {
  ASSERT_EQ(found.size(), wanted.size() + 1);
  EXPECT_EQ(found.back(), kGuard);
  for (std::size_t i = 0; i < wanted.size(); ++i)
    ASSERT_NEAR(static_cast<double>(found[i]), wanted[i], 4e-6 * std::sqrt(terms)) << "at " << i;
}

TEST_P(EverySet, LayersAreWhatPlainLoopsSay) {
  Stream stream(5, "layers");
  for (const auto& [n, in, out] : kSizes)
    for (const float leak : {1.0f, 0.2f, 0.0f}) {
      SCOPED_TRACE(std::string(kernels().name) + " " + std::to_string(n) + " rows, " +
                   std::to_string(in) + " to " + std::to_string(out));
      const Floats x = drawn(stream, n * in), w = drawn(stream, in * out), b = drawn(stream, out),
                   dy = drawn(stream, n * out), before = drawn(stream, in * out + out);
      Floats packed(static_cast<std::size_t>(packed_size(in, out)), NAN), room = packed;
      auto of = [](const Floats& all, std::int64_t i) {
        return static_cast<double>(all[static_cast<std::size_t>(i)]);
      };

      std::vector<double> y, dx, dw, db;
      for (std::int64_t r = 0; r < n; ++r)
        for (std::int64_t o = 0; o < out; ++o) {
          double sum = of(b, o);
          for (std::int64_t i = 0; i < in; ++i) sum += of(x, r * in + i) * of(w, o * in + i);
          y.push_back(activated(sum, leak));
        }
      for (std::int64_t r = 0; r < n; ++r)
        for (std::int64_t i = 0; i < in; ++i) {
          double sum = 0.0;
          for (std::int64_t o = 0; o < out; ++o) sum += of(dy, r * out + o) * of(w, o * in + i);
          dx.push_back(of(x, r * in + i) > 0.0 ? sum : static_cast<double>(leak) * sum);
        }
      for (std::int64_t o = 0; o < out; ++o) {
        for (std::int64_t i = 0; i < in; ++i) {
          double sum = of(before, o * in + i);
          for (std::int64_t r = 0; r < n; ++r) sum += of(dy, r * out + o) * of(x, r * in + i);
          dw.push_back(sum);
        }
        double sum = of(before, in * out + o);
        for (std::int64_t r = 0; r < n; ++r) sum += of(dy, r * out + o);
        db.push_back(sum);
      }

      Floats found(y.size() + 1, kGuard);
      kernels().pack(w.data(), packed.data(), n, in, out);
      kernels().forward(x.data(), w.data(), packed.data(), b.data(), found.data(), n, in, out,
                        leak);
      expect_near(found, y, static_cast<double>(in));
      found.assign(dx.size() + 1, kGuard);
      kernels().slope(dy.data(), w.data(), found.data(), n, in, out, x.data(), leak, room.data());
      expect_near(found, dx, static_cast<double>(out));
      if (leak == 1.0f) {  // as without an activation before it
        kernels().slope(dy.data(), w.data(), found.data(), n, in, out, nullptr, 0.0f, room.data());
        expect_near(found, dx, static_cast<double>(out));
      }
      found.assign(before.begin(), before.begin() + in * out);
      found.push_back(kGuard);
      Floats biases(before.begin() + in * out, before.end());
      biases.push_back(kGuard);
      kernels().weights(dy.data(), x.data(), found.data(), biases.data(), n, in, out, room.data());
      expect_near(found, dw, static_cast<double>(n));
      expect_near(biases, db, static_cast<double>(n));
    }
}

TEST_P(EverySet, SumsBySignsAreWhatPlainLoopsSay) {
  struct SignedSize {
    std::int64_t n, depth, columns;
  };
  constexpr SignedSize kSignedSizes[] = {{1, 1, 1},      {3, 31, 5},   {32, 64, 32},
                                         {33, 65, 33},   {64, 32, 16}, {63, 127, 70},
                                         {300, 128, 40}, {128, 300, 8}};
  Stream stream(7, "signs");
  for (const auto& [n, depth, columns] : kSignedSizes)
    for (const float leak : {0.2f, 0.0f}) {
      SCOPED_TRACE(std::string(kernels().name) + " " + std::to_string(n) + " rows of " +
                   std::to_string(depth) + " signs, " + std::to_string(columns) + " columns");
      const Floats y = drawn(stream, n * depth), b = drawn(stream, depth * columns),
                   scale = drawn(stream, depth), by = drawn(stream, n),
                   x = drawn(stream, n * columns), before = drawn(stream, n * columns),
                   for_rows = drawn(stream, n), totals = drawn(stream, depth);
      auto of = [](const Floats& all, std::int64_t i) {
        return static_cast<double>(all[static_cast<std::size_t>(i)]);
      };
      auto sign = [&](std::int64_t i, std::int64_t k) {
        return of(y, i * depth + k) > 0.0 ? 1.0 : static_cast<double>(leak);
      };
      std::vector<std::uint64_t> down(static_cast<std::size_t>(depth * words_of(n)), ~0ull),
          across(static_cast<std::size_t>(n * words_of(depth)), ~0ull);
      sign_kernels().signs(y.data(), n, depth, down.data());
      sign_kernels().turned(down.data(), n, depth, across.data());
      for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t k = 0; k < depth; ++k) {
          const auto by_column = down[static_cast<std::size_t>(k * words_of(n) + i / 64)];
          const auto by_row = across[static_cast<std::size_t>(i * words_of(depth) + k / 64)];
          ASSERT_EQ(by_column >> (i % 64) & 1, of(y, i * depth + k) > 0.0);
          ASSERT_EQ(by_row >> (k % 64) & 1, of(y, i * depth + k) > 0.0);
        }

      std::vector<double> sums, dots, wanted_totals;
      for (std::int64_t i = 0; i < n; ++i) {
        for (std::int64_t j = 0; j < columns; ++j) {
          double sum = 0.0;
          for (std::int64_t k = 0; k < depth; ++k)
            sum += sign(i, k) * of(scale, k) * of(b, k * columns + j);
          sums.push_back(of(by, i) * sum);
        }
        double dot = 0.0;
        for (std::int64_t k = 0; k < depth; ++k) dot += sign(i, k) * of(scale, k);
        dots.push_back(dot);
      }
      for (std::int64_t k = 0; k < depth; ++k) {
        double sum = 0.0;
        for (std::int64_t i = 0; i < n; ++i) sum += sign(i, k) * of(for_rows, i);
        wanted_totals.push_back(of(totals, k) + of(scale, k) * sum);
      }

      const double terms = 4.0 * static_cast<double>(std::max(n, depth));
      Floats found(sums.size() + 1, kGuard);
      SignedSums product{across.data(), n,         depth,   columns, leak,  b.data(),
                         scale.data(),  by.data(), nullptr, 1.0f,    false, found.data()};
      sign_kernels().signed_sums(product);
      expect_near(found, sums, terms);
      product.x = x.data(), product.x_leak = 0.3f;
      sign_kernels().signed_sums(product);
      std::vector<double> bent = sums;
      for (std::size_t i = 0; i < bent.size(); ++i)
        if (!(x[i] > 0.0f)) bent[i] *= static_cast<double>(0.3f);
      expect_near(found, bent, terms);
      std::copy(before.begin(), before.end(), found.begin());
      product.x = nullptr, product.adds = true;
      sign_kernels().signed_sums(product);
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += static_cast<double>(before[i]);
      expect_near(found, sums, terms);

      found.assign(static_cast<std::size_t>(n) + 1, kGuard);
      sign_kernels().signed_dots(y.data(), n, depth, leak, scale.data(), found.data());
      expect_near(found, dots, terms);
      found = totals;
      found.push_back(kGuard);
      sign_kernels().signed_totals(y.data(), n, depth, leak, for_rows.data(), scale.data(),
                                   found.data());
      expect_near(found, wanted_totals, terms);
    }
}

TEST_P(EverySet, ActivationsAndLossesAreTheirFormulas) {
  Stream stream(6, "activations");
  const Floats x = drawn(stream, 77), dy = drawn(stream, 77);
  Floats y(77), slopes = dy;
  kernels().relu(x.data(), y.data(), 77, 0.25f);
  kernels().relu_slope(slopes.data(), y.data(), 77, 0.25f);
  for (std::size_t i = 0; i < x.size(); ++i) {
    EXPECT_EQ(y[i], x[i] > 0.0f ? x[i] : 0.25f * x[i]);
    EXPECT_EQ(slopes[i], x[i] > 0.0f ? dy[i] : 0.25f * dy[i]);
  }
  std::vector<double> at{0.0, 1e-9, -1e-9, 36.0, -36.0, 690.0, -690.0, 5000.0, -5000.0, NAN};
  while (at.size() < 1000) at.push_back(20.0 * stream.normal());
  std::vector<double> value(at.size()), slope(at.size());
  softplus_choices()[GetParam()].softplus(at.data(), value.data(), slope.data(),
                                          static_cast<std::int64_t>(at.size()));
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (std::isnan(at[i])) {
      EXPECT_TRUE(std::isnan(value[i]) && std::isnan(slope[i]));
      continue;
    }
    const double wanted = std::max(at[i], 0.0) + std::log1p(std::exp(-std::abs(at[i])));
    EXPECT_NEAR(value[i], wanted, 4e-16 * (1.0 + wanted)) << at[i];
    EXPECT_NEAR(slope[i], 1.0 / (1.0 + std::exp(-at[i])), 4e-16) << at[i];
    if (at[i] < -35.0 && at[i] > -700.0) {  // small, and right to the same share
      EXPECT_NEAR(value[i] / std::exp(at[i]), 1.0, 1e-14) << at[i];
      EXPECT_NEAR(slope[i] / std::exp(at[i]), 1.0, 1e-14);
    }
  }
}

TEST_P(EverySet, FlatOperationsHaveTheSameBitsEverywhere) {
  Stream stream(8, "flat");
  for (const std::int64_t n : {1, 15, 77}) {
    const auto size = static_cast<std::size_t>(n);
    const FlatKernels& flat = flat_choices()[GetParam()];
    const Floats a = drawn(stream, n), b = drawn(stream, n);
    for (const FlatOp op : {FlatOp::kAdd, FlatOp::kSubtract, FlatOp::kScale, FlatOp::kMultiply,
                            FlatOp::kDivide, FlatOp::kMax}) {
      Floats on_a = a, on_b = b;  // where an operand was
      flat.floats(op, on_a.data(), on_a.data(), b.data(), 0.7f, n);
      flat.floats(op, on_b.data(), a.data(), on_b.data(), 0.7f, n);
      for (std::size_t i = 0; i < size; ++i) {
        const float wanted = op == FlatOp::kAdd        ? a[i] + b[i]
                             : op == FlatOp::kSubtract ? a[i] - b[i]
                             : op == FlatOp::kScale    ? 0.7f * a[i]
                             : op == FlatOp::kMultiply ? a[i] * b[i]
                             : op == FlatOp::kDivide   ? a[i] / b[i]
                                                       : std::max(a[i], b[i]);
        EXPECT_EQ(on_a[i], wanted);
        EXPECT_EQ(on_b[i], wanted);
      }
    }
    const Floats v = drawn(stream, n), w = drawn(stream, n);
    Floats m = a, s = b, x = w;
    for (float& each : s) each *= each;
    const Floats s_before = s;
    flat.adam_of_floats({0.9f, 0.1f, 1.5f, 0.99f, 0.01f, 1.25f, 1e-8f, 1e-3f, m.data(), s.data(),
                         v.data(), x.data(), m.data(), s.data(), x.data()},
                        n);
    for (std::size_t i = 0; i < size; ++i) {
      const float square = v[i] * v[i];
      const float mean = 0.9f * a[i] + 0.1f * v[i], rest = 0.99f * s_before[i] + 0.01f * square;
      const float ratio = 1.5f * mean / (std::sqrt(1.25f * rest) + 1e-8f);
      EXPECT_EQ(m[i], mean);
      EXPECT_EQ(s[i], rest);
      EXPECT_EQ(x[i], w[i] - 1e-3f * ratio);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, EverySet, testing::Values(0, 1, 2));

}  // namespace
}  // namespace gyre::gan
