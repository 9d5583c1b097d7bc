#include "gyre/plot/render.hpp"

#include <fmt/format.h>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/plot/file.hpp"
#include "gyre/plot/gnuplot.hpp"
#include "gyre/plot/tidy.hpp"

namespace gyre::plot {

Format format_of(const std::filesystem::path& path) {
  const std::string ending = path.extension().string();
  if (ending == ".svg") return Format::kSvg;
  if (ending == ".png") return Format::kPng;
  if (ending == ".pdf") return Format::kPdf;
  throw Error(fmt::format("a figure ends in .svg, .png or .pdf, not in {}",
                          as_typed(path.filename().string())));
}

std::string draw(const Figure& figure, Format format) {
  std::string bytes = run_gnuplot(gnuplot_script(figure, format));
  if (format == Format::kSvg) return tidy_svg(bytes, figure.title);
  if (format == Format::kPdf) return without_date(std::move(bytes));
  return bytes;
}

void render(const Figure& figure, const std::filesystem::path& path) {
  write_whole(path, draw(figure, format_of(path)));
}

std::string gnuplot_version() {
  std::string banner = gnuplot_banner();
  constexpr std::string_view name = "gnuplot ";
  if (banner.starts_with(name)) banner.erase(0, name.size());
  return banner;
}

bool gnuplot_available() { return !gnuplot_version().empty(); }

}  // namespace gyre::plot
