#pragma once

#include <filesystem>
#include <vector>

#include "gyre/data/images.hpp"

namespace gyre {

/// Whether a name ends like a PNG or JPEG file.
bool is_photograph(const std::filesystem::path& path);

/// Pictures of PNG and JPEG files, in this order; colour as soon as one of them has colour.
/// Transparency is lost. With a size they are cut and scaled to it; without one they must have the
/// same. Throws Error that names the file.
Images read_photographs(const std::vector<std::filesystem::path>& files, const ImageSize& to);

}  // namespace gyre
