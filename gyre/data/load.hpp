#pragma once

#include "gyre/data/own.hpp"
#include "gyre/data/shelf.hpp"

namespace gyre {

/// The pictures of a data set, by name, or a user's own, by path (see load_own()). Files of named
/// sets are held to their checksums. Throws FileError for what must be fetched first or is damaged,
/// with the command that mends it; Error for unknown names, for sets that are not pictures, and for
/// files that are not what they should be.
Images load_images(std::string_view name_or_path, DataPart part = DataPart::kTrain,
                   const ImageSize& size = {}, const DataPlaces& places = standard_places());

}  // namespace gyre
