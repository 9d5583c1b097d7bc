#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gyre/plot/figure.hpp"

namespace gyre::plot {

enum class Format { kSvg, kPng, kPdf };

/// By the name's ending; throws Error for any other ending.
Format format_of(const std::filesystem::path& path);

/// The gnuplot program that writes the figure to standard output, data included. Same figure, same
/// text. Throws Error if a layer's vectors do not fit together.
std::string gnuplot_script(const Figure& figure, Format format);

/// The finished picture. Same figure, same bytes, on one machine. An SVG may stand in an HTML page
/// as it is: its ids differ from those of other figures. Throws Error if gnuplot is missing or
/// fails.
std::string draw(const Figure& figure, Format format);

/// Many SVGs by one gnuplot, which starts far more slowly than it draws: each as draw() gives it.
std::vector<std::string> draw_svgs(std::span<const Figure> figures);

/// Draws into a file, which appears complete or not at all.
void render(const Figure& figure, const std::filesystem::path& path);

/// "5.4 patchlevel 4", or nothing if there is no gnuplot. GYRE_GNUPLOT in the environment names
/// another program than the `gnuplot` on the PATH.
std::string gnuplot_version();
bool gnuplot_available();

}  // namespace gyre::plot
