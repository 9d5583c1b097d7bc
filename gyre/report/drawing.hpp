#pragma once

#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "gyre/report/figures.hpp"

namespace gyre::report {

/// Draws every figure as SVG and as PNG, several at once: files by name. What is missing was
/// cancelled. Throws what drawing throws.
std::map<std::string, std::string> draw_all(const std::vector<NamedFigure>& figures,
                                            std::size_t threads, const std::atomic<bool>* cancel);

}  // namespace gyre::report
