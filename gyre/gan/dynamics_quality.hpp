#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::gan {

/// One metric of quality over a training.
struct Quality {
  std::string name;
  bool higher = true;  ///< is better
  std::vector<double> steps = {}, values = {};
};

/// What has become of a quality lately: medians of the third quarter and of the last eighth.
struct QualityTrend {
  static constexpr std::size_t kFewest = 16;  ///< values that are needed

  std::string name;
  double before = 0.0, now = 0.0;
  double noise = 0.0;  ///< standard error of their difference
  double best = 0.0;   ///< median of the best quarter
  double order = 0.0;  ///< deviations by which later ones are better more often than by chance
  bool improves = false, worsens = false;
  bool unclear = false;    ///< neither, but there is a hint of an improvement
  bool collapsed = false;  ///< of what was there, less than a third is left, or one mode
};

/// Nothing if there are too few values. An improvement is one of the medians by more than twice the
/// noise, or one that the order of all values of the later half shows (Mann 1945), and by more than
/// a fiftieth of all that the quality has ranged over.
std::optional<QualityTrend> trend_of(const Quality& quality);

}  // namespace gyre::gan
