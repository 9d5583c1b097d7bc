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

std::vector<std::string> draw_svgs(std::span<const Figure> figures) {
  std::vector<std::string> svgs;
  if (figures.empty()) return svgs;
  std::string program;
  for (const Figure& figure : figures)
    program += gnuplot_script(figure, Format::kSvg) + "reset\nundefine $*\n";
  const std::string bytes = run_gnuplot(program);
  constexpr std::string_view kBegin = "<?xml";
  for (std::size_t at = bytes.find(kBegin); at != std::string::npos;) {
    const std::size_t end = bytes.find(kBegin, at + kBegin.size());
    if (svgs.size() == figures.size()) break;
    svgs.push_back(tidy_svg(bytes.substr(at, end - at), figures[svgs.size()].title));
    at = end;
  }
  if (svgs.size() != figures.size())
    throw Error(fmt::format("gnuplot drew {} of {} figures", svgs.size(), figures.size()));
  return svgs;
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
