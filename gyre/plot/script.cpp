// Pictures as gnuplot programs. The canvas is one plot whose units are pixels, y downwards.
#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "gyre/plot/picture.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/plot/words.hpp"

namespace gyre::plot {

namespace {
std::uint64_t hash(std::string_view text) {
  std::uint64_t h = 0xCBF29CE484222325u;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return h;
}

unsigned packed(Rgb c) { return c.red * 65536u + c.green * 256u + c.blue; }

/// gnuplot wants transparency, not opacity.
std::string color(Rgb c, double opacity = 1.0) {
  const long alpha = std::lround(255.0 * (1.0 - std::fmin(std::fmax(opacity, 0.0), 1.0)));
  return fmt::format("'#{:02x}{:06x}'", alpha, packed(c));
}

std::string dash(Dash dash) {
  switch (dash) {
    case Dash::kDashed:
      return " dt (7,4)";
    case Dash::kDotted:
      return " dt (1.5,3.5)";
    case Dash::kDashDot:
      return " dt (8,3.5,1.5,3.5)";
    case Dash::kLong:
      return " dt (14,4)";
    default:
      return " dt solid";
  }
}

int point_type(Shape shape) {
  switch (shape) {
    case Shape::kRing:
      return 6;
    case Shape::kSquare:
      return 5;
    case Shape::kTriangle:
      return 9;
    case Shape::kDiamond:
      return 13;
    case Shape::kCross:
      return 2;
    case Shape::kPlus:
      return 1;
    case Shape::kStar:
      return 3;
    default:
      return 7;
  }
}

/// The data of all marks first, then one plot command that shows them in order.
class Writer {
 public:
  explicit Writer(Format format)
      : bold_(format == Format::kSvg ? "sans-serif:Bold" : ":Bold"),
        diamond_(format == Format::kSvg ? 0.8 : 1.1) {}

  void add(const Stroke& s) {
    begin();
    for (const Polyline& line : s.lines) dots(line);
    end(fmt::format("with lines lc rgb {} lw {:g}{}", color(s.color, s.opacity), s.width,
                    dash(s.dash)));
  }

  void add(const ColoredStrokes& s) {
    begin();
    for (const auto& [line, rgb] : s.lines) dots(line, rgb);
    end(fmt::format("using 1:2:3 with lines lc rgb variable lw {:g}", s.width));
  }

  void add(const Fills& f) {
    begin();
    for (const auto& [shape, rgb] : f.shapes) dots(shape, rgb);
    end(
        fmt::format("using 1:2:3 with filledcurves closed fc rgb variable fs transparent solid "
                    "{:.3g} noborder",
                    f.opacity));
  }

  void add(const Marks& m) {
    begin();
    for (const Dot& dot : m.at) put("{:.2f} {:.2f}\n", dot.x, dot.y);
    const int type = point_type(m.shape);
    const std::string data = end_data();
    const bool open = type <= 3 || type == 6;
    const auto show = [&](double size, Rgb rgb, int kind) {
      command(data, fmt::format("with points pt {} ps {:.3g} lw {:g} lc rgb {}", kind,
                                size * kPointSize * (m.shape == Shape::kDiamond ? diamond_ : 1.0),
                                open ? 1.8 : 1.0, color(rgb, m.opacity)));
    };
    if (m.halo && !(type <= 3)) show(m.size + 3.0, {0xFF, 0xFF, 0xFF}, type == 6 ? 7 : type);
    show(m.size, m.color, type);
    if (m.hollow && !open) show(0.55 * m.size, {0xFF, 0xFF, 0xFF}, type);
  }

  void add(const Pixels& p) {
    if (p.columns == 0 || p.cells.size() < p.columns) return;
    const std::size_t rows = p.cells.size() / p.columns;
    begin();
    for (std::size_t j = 0; j < rows; ++j)
      for (std::size_t i = 0; i < p.columns; ++i) {
        const auto& cell = p.cells[j * p.columns + i];
        if (cell)
          put("{}", packed(*cell));
        else
          put("-1");
        put("{}", i + 1 == p.columns ? '\n' : ' ');
      }
    const double wide = p.width / static_cast<double>(p.columns);
    const double high = p.height / static_cast<double>(rows);
    end(
        fmt::format("matrix using ({:.3f}+$1*{:.5f}):({:.3f}+$2*{:.5f}):(red($3)):(green($3)):"
                    "(blue($3)):($3<0?0:255) with rgbalpha",
                    p.left + 0.5 * wide, wide, p.top + 0.5 * high, high));
  }

  void add(const Words& w) {
    const char* align = w.align == Note::Align::kLeft     ? "left"
                        : w.align == Note::Align::kCenter ? "center"
                                                          : "right";
    fmt::format_to(std::back_inserter(labels_),
                   "set label {} at {:.2f},{:.2f} {}{} font '{},{:g}' tc rgb {} noenhanced front\n",
                   literal(w.text), w.at.x, w.at.y, align, w.upright ? " rotate by 90" : "",
                   w.bold ? bold_ : "", w.size, color(w.color));
  }

  std::string text() const {
    return data_ + labels_ + "plot " + (plots_.empty() ? "NaN" : plots_) + "\n";
  }

 private:
  // Of gnuplot's points at size 1, in pixels across.
  static constexpr double kPointSize = 1.0 / 9.0;

  template <class... Values>
  void put(fmt::format_string<Values...> form, Values&&... values) {
    fmt::format_to(std::back_inserter(data_), form, std::forward<Values>(values)...);
  }

  void begin() {
    put("$d{} << EOD\n", ++count_);
    before_ = data_.size();
  }

  void dots(const Polyline& line) {
    for (const Dot& dot : line) put("{:.2f} {:.2f}\n", dot.x, dot.y);
    if (line.size() == 1) put("{:.2f} {:.2f}\n", line[0].x, line[0].y);
    put("\n");
  }

  void dots(const Polyline& line, Rgb rgb) {
    for (const Dot& dot : line) put("{:.2f} {:.2f} {}\n", dot.x, dot.y, packed(rgb));
    put("\n");
  }

  /// The block's name, or nothing if it turned out empty: gnuplot takes that for an error.
  std::string end_data() {
    const bool empty = data_.size() == before_;
    put("EOD\n");
    return empty ? "" : fmt::format("$d{}", count_);
  }

  void command(const std::string& data, const std::string& how) {
    if (data.empty()) return;
    if (!plots_.empty()) plots_ += ", \\\n  ";
    plots_ += data + " " + how;
  }

  void end(const std::string& how) { command(end_data(), how); }

  const char* bold_;
  double diamond_;  // what makes it look as large as the other shapes
  std::string data_, labels_, plots_;
  std::size_t before_ = 0;
  int count_ = 0;
};

/// The scales make one unit of every width, size and dash a 96th of an inch, as they are in SVG:
/// they were measured in gnuplot's files.
std::string terminal(const Picture& picture, Format format, const std::string& body) {
  switch (format) {
    case Format::kSvg:
      return fmt::format("svg size {},{} font 'sans-serif,12' name 'g{:016x}'", picture.width,
                         picture.height, hash(body));
    case Format::kPng:
      // Twice as many pixels as asked for, so that print and fine screens stay sharp.
      return fmt::format(
          "pngcairo size {},{} font 'DejaVu Sans,12' fontscale 1.5 linewidth 2 pointscale 2.95 "
          "dashlength 2",
          2 * picture.width, 2 * picture.height);
    case Format::kPdf:
      return fmt::format(
          "pdfcairo size {:.4f}in,{:.4f}in font 'DejaVu Sans,12' fontscale 0.5625 "
          "linewidth 1.5 pointscale 1.125 dashlength 1.82",
          picture.width / 96.0, picture.height / 96.0);
  }
  return "dumb";
}
}  // namespace

std::string gnuplot_script(const Figure& figure, Format format) {
  const Picture picture = picture_of(figure);
  Writer writer(format);
  for (const Mark& mark : picture.marks) std::visit([&](const auto& m) { writer.add(m); }, mark);
  const std::string body = writer.text();
  return fmt::format(
      "set terminal {} noenhanced rounded background '#ffffff'\n"
      "set lmargin 0\nset rmargin 0\nset tmargin 0\nset bmargin 0\n"
      "unset key\nunset border\nunset tics\nunset colorbox\n"
      "set lmargin at screen 0\nset rmargin at screen 1\n"
      "set bmargin at screen 0\nset tmargin at screen 1\n"
      "set xrange [0:{}]\nset yrange [{}:0]\n"
      "red(v) = v < 0 ? 0 : int(v) / 65536\n"
      "green(v) = v < 0 ? 0 : int(v) / 256 % 256\n"
      "blue(v) = v < 0 ? 0 : int(v) % 256\n"
      "{}",
      terminal(picture, format, body), picture.width, picture.height, body);
}

}  // namespace gyre::plot
