#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/train_figures.hpp"
#include "gyre/gan/settings.hpp"

namespace gyre::cli {

/// Whether samples are pictures.
bool are_pictures(const Data& data);

/// Pictures side by side, as a PNG file: ten a row, or, where samples show `classes` in turn, a row
/// a class.
std::string pictures_sheet(const gan::Settings& settings, const Data& data,
                           const std::vector<float>& samples, std::int64_t classes);

/// A row a moment, at most twelve of them, from the same noise in each.
std::string moments_sheet(const gan::Settings& settings, const Data& data,
                          const std::vector<Shown>& shown);

}  // namespace gyre::cli
