#pragma once

#include <filesystem>
#include <memory>

#include "gyre/gan/extractor.hpp"

namespace gyre::gan {

/// A user's own network. Throws Error for what is no TorchScript file. Loading one runs what it
/// says: it is a program.
std::unique_ptr<Extractor> load_torchscript(const std::filesystem::path& path);

}  // namespace gyre::gan
