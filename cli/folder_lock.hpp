#pragma once

#include <filesystem>

namespace gyre::cli {

/// Keeps others out of a run's folder until this program and all that it starts have ended, however
/// they end. Throws FileError if somebody is in it and stays for some seconds.
void lock_folder(const std::filesystem::path& place);

/// Throws FileError if somebody has locked it.
void refuse_busy(const std::filesystem::path& place);

}  // namespace gyre::cli
