#pragma once

#include <map>
#include <string>

#include "gyre/report/findings.hpp"
#include "gyre/report/words.hpp"

namespace gyre::report {

/// What the page says about its own making.
struct Making {
  std::string command, made, machine, compiler, gnuplot;
  double draw_seconds = 0.0;
};

/// The whole page, which needs no other file. `svgs` holds each figure by its key.
std::string tour_page(const Findings& found, Words words,
                      const std::map<std::string, std::string>& svgs, const Making& making);

}  // namespace gyre::report
