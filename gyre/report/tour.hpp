#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gyre/report/findings.hpp"
#include "gyre/report/words.hpp"

namespace gyre::report {

struct TourOptions {
  std::filesystem::path out = "tour";
  Language language = Language::kEnglish;
  std::uint64_t seed = 1;
  bool force = false;       ///< replace a tour's folder with other files in it, or another run's
  std::size_t threads = 0;  ///< 0: one for each core
  std::string command = "gyre tour";  ///< as the page shows it
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(std::string_view)> progress;  ///< told in words what comes next
};

struct TourResult {
  std::filesystem::path folder;
  bool drawn = false;  ///< there is a page; without gnuplot there are only numbers
  Findings found;
};

/// Plays the tour and writes its page, figures and numbers into one folder, which appears complete
/// or not at all; nothing is written if it was cancelled. A folder that an earlier tour made, with
/// nothing else in it, is replaced; any other one is left alone. Throws Error, or FileError.
std::optional<TourResult> write_tour(const TourOptions& options);

/// Throws Error unless a tour may take this place.
void check_place(const std::filesystem::path& place, bool force);

}  // namespace gyre::report
