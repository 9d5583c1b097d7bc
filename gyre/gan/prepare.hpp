#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "gyre/data/data.hpp"
#include "gyre/gan/settings.hpp"

namespace gyre::gan {

/// What black and white are for a generator: 0 and 1 if its last layer is a sigmoid, else -1 and 1.
std::pair<float, float> range_of(std::string_view generator);

/// What a training imitates: pictures in the size that the settings want and in the range that the
/// generator has. Throws as make_data() does.
std::shared_ptr<const Data> data_of(const Settings& settings,
                                    const DataPlaces& places = standard_places());

/// The number of classes that a training's players are told of: 0 unless it is conditional. Throws
/// Error if it is and the data have no labels.
std::int64_t classes_of(const Settings& settings, const Data& data);

/// The same training with networks layer by layer, where they were named: `dcgan(32)`.
Settings spelled_out(Settings settings, const Data& data);

}  // namespace gyre::gan
