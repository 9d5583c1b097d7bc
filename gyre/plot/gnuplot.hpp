#pragma once

#include <string>

namespace gyre::plot {

/// Runs gnuplot on the program and returns what it wrote to standard output. Throws Error if there
/// is no gnuplot or if it complains.
std::string run_gnuplot(const std::string& program);

/// What `gnuplot --version` says, or nothing if there is none.
std::string gnuplot_banner();

}  // namespace gyre::plot
