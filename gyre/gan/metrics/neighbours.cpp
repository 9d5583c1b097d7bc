#include "gyre/gan/metrics/neighbours.hpp"

#include <algorithm>
#include <functional>
#include <thread>
#include <vector>

#include "gyre/core/assert.hpp"

namespace gyre::gan {

namespace {

using Eigen::Index;

constexpr Index kRows = 4, kLanes = 16;

/// Samples sixteen at a time, number by number, so that sixteen distances grow side by side. What
/// fills up the last sixteen is never looked at.
class Tiles {
 public:
  explicit Tiles(const Features& x) : count_(x.rows()), size_(x.cols()) {
    numbers_.assign(static_cast<std::size_t>((count_ + kLanes - 1) / kLanes * kLanes * size_), 0);
    for (Index i = 0; i < count_; ++i)
      for (Index k = 0; k < size_; ++k)
        numbers_[static_cast<std::size_t>((i / kLanes * size_ + k) * kLanes + i % kLanes)] =
            x(i, k);
  }
  Index count() const { return count_; }
  Index tiles() const { return (count_ + kLanes - 1) / kLanes; }
  const float* tile(Index t) const { return numbers_.data() + t * size_ * kLanes; }

 private:
  Index count_, size_;
  std::vector<float> numbers_;
};

/// Squared distances of four samples from sixteen, by differences: equal ones are at zero.
__attribute__((target_clones("avx512f", "avx2", "default"))) void distances(
    const float* const* rows, const float* tile, Index size, float* out) {
  float sums[kRows][kLanes] = {};
  for (Index k = 0; k < size; ++k)
    for (Index r = 0; r < kRows; ++r) {
      const float x = rows[r][k];
      for (Index lane = 0; lane < kLanes; ++lane) {
        const float apart = x - tile[k * kLanes + lane];
        sums[r][lane] += apart * apart;
      }
    }
  for (Index r = 0; r < kRows; ++r)
    for (Index lane = 0; lane < kLanes; ++lane) out[r * kLanes + lane] = sums[r][lane];
}

/// Calls `see(i, distances)` for every sample of `x` with its squared distances from all others.
void for_each(const Features& x, const Tiles& others, int threads,
              const std::function<void(Index, std::vector<float>&)>& see) {
  auto work = [&](Index begin, Index end) {
    std::vector<std::vector<float>> found(kRows);
    for (Index i = begin; i < end; i += kRows) {
      const float* rows[kRows];
      for (Index r = 0; r < kRows; ++r) {
        rows[r] = x.row(std::min(i + r, end - 1)).data();
        found[static_cast<std::size_t>(r)].resize(
            static_cast<std::size_t>(others.tiles() * kLanes));
      }
      float out[kRows * kLanes];
      for (Index t = 0; t < others.tiles(); ++t) {
        distances(rows, others.tile(t), x.cols(), out);
        for (Index r = 0; r < kRows; ++r)
          std::copy_n(out + r * kLanes, kLanes,
                      found[static_cast<std::size_t>(r)].data() + t * kLanes);
      }
      for (Index r = 0; r < std::min(kRows, end - i); ++r) {
        found[static_cast<std::size_t>(r)].resize(static_cast<std::size_t>(others.count()));
        see(i + r, found[static_cast<std::size_t>(r)]);
      }
    }
  };
  std::vector<std::thread> others_at_work;
  const Index share = (x.rows() + threads - 1) / threads;
  for (Index begin = share; begin < x.rows(); begin += share)
    others_at_work.emplace_back(work, begin, std::min(begin + share, x.rows()));
  work(0, std::min(share, x.rows()));
  for (std::thread& thread : others_at_work) thread.join();
}

/// Squared radii of every sample's balls.
struct Radii {
  std::vector<float> near, far;
};

Radii radii_of(const Features& x, const Tiles& tiles, int near, int far, int threads) {
  Radii radii{std::vector<float>(static_cast<std::size_t>(x.rows())),
              std::vector<float>(static_cast<std::size_t>(x.rows()))};
  for_each(x, tiles, threads, [&](Index i, std::vector<float>& at) {
    const auto place = static_cast<std::size_t>(i);
    at.erase(at.begin() + i);  // itself
    for (const auto& [k, to] : {std::pair{near, &radii.near}, {far, &radii.far}}) {
      std::nth_element(at.begin(), at.begin() + k - 1, at.end());
      (*to)[place] = at[static_cast<std::size_t>(k - 1)];
    }
  });
  return radii;
}

}  // namespace

Neighbourhood neighbourhood(const Features& real, const Features& made, int near, int far,
                            int threads) {
  GYRE_ASSERT(near >= 1 && far >= 1 && threads >= 1 && real.cols() == made.cols());
  GYRE_ASSERT(std::min(real.rows(), made.rows()) > std::max(near, far));
  const Tiles real_tiles(real), made_tiles(made);
  const Radii around_real = radii_of(real, real_tiles, near, far, threads);
  const Radii around_made = radii_of(made, made_tiles, near, far, threads);
  // From the real samples' side all four can be told, if each made sample's balls are counted.
  std::vector<char> recalled(static_cast<std::size_t>(real.rows())), covered(recalled);
  for_each(real, made_tiles, threads, [&](Index i, std::vector<float>& at) {
    const auto place = static_cast<std::size_t>(i);
    for (std::size_t j = 0; j < at.size(); ++j) {
      recalled[place] |= at[j] <= around_made.near[j];
      covered[place] |= at[j] <= around_real.far[place];
    }
  });
  std::vector<char> precise(static_cast<std::size_t>(made.rows()));
  std::vector<Index> balls(precise.size());
  for_each(made, real_tiles, threads, [&](Index j, std::vector<float>& at) {
    const auto place = static_cast<std::size_t>(j);
    for (std::size_t i = 0; i < at.size(); ++i) {
      precise[place] |= at[i] <= around_real.near[i];
      balls[place] += at[i] <= around_real.far[i];
    }
  });
  auto share = [](const std::vector<char>& of) {
    return static_cast<double>(std::count(of.begin(), of.end(), 1)) /
           static_cast<double>(of.size());
  };
  double all = 0.0;
  for (const Index n : balls) all += static_cast<double>(n);
  return {share(precise), share(recalled), all / (far * static_cast<double>(made.rows())),
          share(covered)};
}

}  // namespace gyre::gan
