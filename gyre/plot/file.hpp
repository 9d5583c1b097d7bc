#pragma once

#include <filesystem>
#include <string_view>

namespace gyre::plot {

/// Writes the file under another name in the same folder and then renames it: it appears complete
/// or not at all. Throws Error if that cannot be done.
void write_whole(const std::filesystem::path& path, std::string_view bytes);

}  // namespace gyre::plot
