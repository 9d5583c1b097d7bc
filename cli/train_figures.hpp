#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "gyre/data/data.hpp"
#include "gyre/gan/training.hpp"
#include "gyre/plot/figure.hpp"

namespace gyre::cli {

/// Samples that a generator made after so many steps.
struct Shown {
  std::uint64_t step = 0;
  std::vector<float> samples;
};

/// Losses, and below them what was said of the samples, over the steps.
plot::Figure training_figure(const gan::Settings& settings, const std::vector<gan::Row>& rows);

/// Whether samples are points of a plane, or so few numbers that they can be drawn side by side.
bool has_figure(const Data& data);

/// Data beside samples, at most six moments, where samples are points of a plane or a few numbers;
/// no panels for others.
plot::Figure samples_figure(const gan::Settings& settings, const Data& data,
                            const std::vector<Shown>& shown);

}  // namespace gyre::cli
