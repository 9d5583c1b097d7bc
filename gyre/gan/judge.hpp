#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gyre/data/data.hpp"
#include "gyre/gan/extractor.hpp"
#include "gyre/gan/metrics/frechet.hpp"

namespace gyre::gan {

/// One number about samples.
struct Score {
  std::string name;
  double value = 0.0;
  std::optional<double> deviation;  ///< between blocks of samples
  std::optional<double> truth;      ///< the same of other samples of the data: as good as it gets
  std::string extractor;            ///< what was compared; empty: the samples' own numbers
  int better = 0;                   ///< 1: more, -1: less, 0: neither
};

struct Judgement {
  std::int64_t made = 0, real = 0;  ///< samples that were compared
  std::uint64_t seed = 1;           ///< of which real ones, and of directions
  std::vector<Score> scores;
  std::vector<std::string> findings;  ///< what a reader should know, a sentence each
};

/// Says how near samples come to the data. What it needs of the data is computed once.
class Judge {
 public:
  /// `name` is that by which the data were made. `extractor` may be null: then pictures are
  /// compared pixel by pixel, and only by what makes sense so. Throws Error if it does not take
  /// such samples.
  Judge(std::shared_ptr<const Data> data, std::string name,
        std::shared_ptr<const Extractor> extractor);

  /// Whether a glance has nothing to say, as of pictures without an extractor.
  bool is_blind() const;
  /// For looks during a training: what the data say of themselves; of points of a user's own,
  /// `sliced_wasserstein` against up to 10000 of them; and, with an extractor, `fid`
  /// against up to 10000 real samples and, where it knows the data's labels, `modes` and
  /// `reverse_kl`. Always the same names.
  std::vector<std::pair<std::string, double>> glance(std::span<const float> samples) const;

  /// All that makes sense for such data, against up to `real` real samples.
  Judgement judge(std::span<const float> samples, std::int64_t real, std::uint64_t seed,
                  int threads) const;

 private:
  struct Looked {
    Features own, features;
    std::vector<std::int32_t> modes;
  };

  std::vector<std::vector<float>> draw_real(std::int64_t count, std::uint64_t seed) const;
  Extractor::Seen look(std::span<const float> samples) const;
  Looked looked(std::span<const float> samples) const;
  std::vector<Score> scores(std::span<const float> samples, const Looked& made, const Looked& real,
                            std::uint64_t seed, int threads) const;

  std::shared_ptr<const Data> data_;
  std::shared_ptr<const Extractor> extractor_;
  std::vector<double> shares_;  // of the data's labels, if the extractor knows them
  mutable std::optional<Moments> moments_;
  mutable Features real_;  // points that a glance compares with
};

}  // namespace gyre::gan
