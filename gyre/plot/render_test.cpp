#include "gyre/plot/render.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "gyre/core/error.hpp"
#include "gyre/plot/csv.hpp"
#include "gyre/plot/streamlines.hpp"

namespace gyre::plot {
namespace {

using testing::HasSubstr;

/// A folder of its own for each test.
class Render : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder =
        std::filesystem::path(testing::TempDir()) / (std::string("gyre_render_") + test->name());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::string read(const std::filesystem::path& path) const {
    std::stringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }
  long files() const { return std::distance(std::filesystem::directory_iterator(folder), {}); }

  std::filesystem::path folder;
};

/// GYRE_GNUPLOT for as long as it lives.
class Instead {
 public:
  explicit Instead(const std::string& program) { setenv("GYRE_GNUPLOT", program.c_str(), 1); }
  ~Instead() { unsetenv("GYRE_GNUPLOT"); }
};

Figure everything() {
  const auto product = [](double x, double y) { return x * y; };
  const auto turn = [](double x, double y) { return std::pair{-y, x}; };
  Panel flat{.title = "Flat", .x = {.label = "x (m)"}, .y = {.label = "y (m)"}, .equal = true};
  flat.layers = {
      Heat{.grid = sample(product, {}, 21, 21), .shading = {.label = "f"}, .contours = 6},
      Band{.label = "band", .x = {-1, 0, 1}, .low = {-1, 0, -1}, .high = {0, 1, 1}},
      Arrows{.label = "arrows", .x = {0, 0.5}, .y = {0, 0.5}, .dx = {1, 0}, .dy = {0, 2}},
      Line{.label = "line", .x = {-1, 0, 1}, .y = {0, 1, 0}, .marks = 3},
      Points{.label = "points", .x = {0}, .y = {0}},
      Circle{.label = "circle"},
      Guide{.label = "guide", .at = 0.5},
      Note{.text = "note"}};
  Panel flow;
  flow.layers = {streamlines(turn, {}, 10.0)};
  Panel space{.x = {.label = "x"}, .y = {.label = "y"}, .z = {.label = "f(x, y)"}};
  space.layers = {Surface{.grid = sample(product, {}, 9, 9)},
                  Line{.label = "path", .x = {-1, 1}, .y = {-1, 1}, .z = {1, 1}},
                  Points{.x = {0}, .y = {0}, .z = {0}}, Note{.text = "here"}};
  Panel log{.y = {.label = "distance", .log = true}, .legend = Legend::kRight};
  for (int i = 0; i < 14; ++i)
    log.layers.push_back(Line{.label = "curve " + std::to_string(i), .y = {1.0, std::exp(-i)}});
  return {.title = "Everything", .panels = {flat, flow, space, log}, .columns = 2};
}

Figure one(Layer layer) {
  Panel panel;
  panel.layers = {std::move(layer)};
  return {.panels = {panel}};
}

TEST(Script, SaysWhatIsDrawn) {
  const std::string script = gnuplot_script(everything(), Format::kSvg);
  for (const char* part : {"set terminal svg", "'Everything'", "'x (m)'", "'curve 13'", "rgbalpha",
                           "filledcurves", "with points", "10⁻²"})
    EXPECT_THAT(script, HasSubstr(part));
  EXPECT_THAT(gnuplot_script(everything(), Format::kPng), HasSubstr("set terminal pngcairo"));
  EXPECT_THAT(gnuplot_script(everything(), Format::kPdf), HasSubstr("set terminal pdfcairo"));
}

TEST(Script, GivesCurvesDifferentColorsAndDashes) {
  Panel panel;
  panel.layers = {Line{.y = {0, 1}}, Line{.y = {1, 0}},
                  Line{.y = {1, 1}, .ink = {.own = "#123456", .dash = Dash::kSolid}}};
  const std::string script = gnuplot_script({.panels = {panel}}, Format::kSvg);
  EXPECT_THAT(script, HasSubstr("'#000072b2' lw 2 dt solid"));
  EXPECT_THAT(script, HasSubstr("'#00d55e00' lw 2 dt (7,4)"));
  EXPECT_THAT(script, HasSubstr("'#00123456' lw 2 dt solid"));
}

TEST(Script, LeavesHollowPointsWhiteInside) {
  Points points{.x = {0}, .y = {0}, .shape = Shape::kTriangle};
  const auto marks = [&] {
    const std::string script = gnuplot_script(one(points), Format::kSvg);
    std::size_t count = 0;
    for (std::size_t at = 0; (at = script.find("with points", at)) != script.npos; ++at) ++count;
    return count;
  };
  const std::size_t filled = marks();
  points.hollow = true;
  EXPECT_EQ(marks(), filled + 1);
}

TEST(Script, RefusesVectorsThatDoNotFit) {
  for (const Layer& layer :
       {Layer{Line{.x = {1, 2, 3}, .y = {1}}}, Layer{Points{.y = {1}, .z = {1, 2}}},
        Layer{Band{.low = {1}, .high = {}}}, Layer{Arrows{.x = {1}}},
        Layer{Heat{.grid = {{1, 2}, {1}, {1}}}}, Layer{Surface{.grid = {{1}, {}, {1}}}},
        Layer{Streamlines{.paths = {{{1}, {1}, {}}}}}})
    EXPECT_THROW(gnuplot_script(one(layer), Format::kSvg), Error);
}

TEST(FormatOf, GoesByTheEnding) {
  EXPECT_EQ(format_of("a/b.svg"), Format::kSvg);
  EXPECT_EQ(format_of("b.png"), Format::kPng);
  EXPECT_EQ(format_of("b.c.pdf"), Format::kPdf);
  EXPECT_THROW(format_of("b.jpg"), Error);
  EXPECT_THROW(format_of("svg"), Error);
}

TEST_F(Render, MissingGnuplotIsOneMessageAndNoFile) {
  const Instead missing("/nowhere/gnuplot");
  EXPECT_FALSE(gnuplot_available());
  EXPECT_EQ(gnuplot_version(), "");
  try {
    render(everything(), folder / "a.svg");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("gnuplot is not installed"));
    EXPECT_THAT(error.what(), HasSubstr("apt-get install gnuplot-nox"));
  }
  EXPECT_EQ(files(), 0);
  write_csv(everything(), folder / "a.csv");  // numbers need no gnuplot
  EXPECT_EQ(files(), 1);
}

TEST_F(Render, FailingGnuplotIsOneLine) {
  const Instead failing("false");
  try {
    render(everything(), folder / "a.svg");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("gnuplot failed"));
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
  }
  EXPECT_EQ(files(), 0);
}

TEST_F(Render, SilentGnuplotIsAnError) {
  const Instead silent("true");
  EXPECT_THROW(render(everything(), folder / "a.svg"), Error);
  EXPECT_EQ(files(), 0);
}

class WithGnuplot : public Render {
 protected:
  void SetUp() override {
    Render::SetUp();
    if (!gnuplot_available()) GTEST_SKIP() << "gnuplot is not installed";
  }
};

/// Every "<name" that is opened is closed, and nothing stands between tags that is no text.
void expect_balanced(const std::string& svg) {
  std::vector<std::string> open;
  for (std::size_t at = svg.find('<'); at != std::string::npos; at = svg.find('<', at + 1)) {
    const std::size_t end = svg.find('>', at);
    ASSERT_NE(end, std::string::npos);
    const std::string tag = svg.substr(at + 1, end - at - 1);
    ASSERT_EQ(tag.find('<'), std::string::npos) << tag;
    const std::string name = tag.substr(0, tag.find_first_of(" \t\n/", 1));
    if (tag.front() == '/') {
      ASSERT_FALSE(open.empty());
      ASSERT_EQ("/" + open.back(), tag);
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
  }
  EXPECT_TRUE(open.empty());
  EXPECT_TRUE(svg.starts_with("<svg"));
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
}

TEST_F(WithGnuplot, MakesEachFormat) {
  for (const char* name : {"a.svg", "a.png", "a.pdf"}) render(everything(), folder / name);
  EXPECT_EQ(files(), 3) << "no temporary file is left";
  expect_balanced(read(folder / "a.svg"));
  EXPECT_GT(read(folder / "a.svg").size(), 20000u);
  const std::string png = read(folder / "a.png"), pdf = read(folder / "a.pdf");
  EXPECT_TRUE(png.starts_with("\x89PNG\r\n\x1a\n"));
  EXPECT_GT(png.size(), 50000u);
  EXPECT_TRUE(pdf.starts_with("%PDF-"));
  EXPECT_GT(pdf.size(), 10000u);
}

TEST_F(WithGnuplot, SameFigureSameBytes) {
  for (const Format format : {Format::kSvg, Format::kPng, Format::kPdf})
    EXPECT_EQ(draw(everything(), format), draw(everything(), format));
}

TEST_F(WithGnuplot, ManyAtOnceAreEachAsAlone) {
  Figure plain{.title = "b", .width = 300};
  plain.panels.push_back({.title = "no points", .layers = {Line{.x = {0, 1}, .y = {1, 0}}}});
  const Figure figures[] = {everything(), plain, everything(), Figure{.title = "empty"}, plain};
  const std::vector<std::string> svgs = draw_svgs(figures);
  ASSERT_EQ(svgs.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(svgs[i], draw(figures[i], Format::kSvg)) << i;
  EXPECT_TRUE(draw_svgs({}).empty());
}

TEST_F(WithGnuplot, EveryShapeThatIsDefinedIsUsedAndTheOtherWayRound) {
  for (const bool points : {true, false}) {
    Figure figure;
    figure.panels.push_back({.layers = {Line{.x = {0, 1}, .y = {1, 0}}}});
    if (points)
      figure.panels[0].layers.push_back(Points{.x = {0.5}, .y = {0.5}, .shape = Shape::kDiamond});
    const std::string svg = draw(figure, Format::kSvg);
    std::size_t defined = 0;
    for (std::size_t at = svg.find(" id='"); at != std::string::npos;
         at = svg.find(" id='", at + 1)) {
      ++defined;
      const std::string id = svg.substr(at + 5, svg.find('\'', at + 5) - at - 5);
      EXPECT_THAT(svg, HasSubstr("#" + id + "'"));
    }
    for (std::size_t at = svg.find("href='#"); at != std::string::npos;
         at = svg.find("href='#", at + 1)) {
      const std::string id = svg.substr(at + 7, svg.find('\'', at + 7) - at - 7);
      EXPECT_THAT(svg, HasSubstr(" id='" + id + "'"));
    }
    EXPECT_EQ(defined > 0, points);
    EXPECT_EQ(svg.find("<defs>") != std::string::npos, points);
  }
}

TEST_F(WithGnuplot, TwoFiguresShareNoIds) {
  const auto ids = [](const std::string& svg) {
    std::vector<std::string> found;
    for (std::size_t at = svg.find(" id="); at != std::string::npos; at = svg.find(" id=", at + 1))
      found.push_back(svg.substr(at + 5, svg.find_first_of("'\"", at + 5) - at - 5));
    return found;
  };
  const auto a = ids(draw(one(Line{.y = {1, 2}}), Format::kSvg));
  const auto b = ids(draw(one(Line{.y = {1, 3}}), Format::kSvg));
  ASSERT_FALSE(a.empty());
  for (const std::string& id : a) EXPECT_THAT(b, testing::Not(testing::Contains(id)));
}

TEST_F(WithGnuplot, ShowsAnyTextAsItIs) {
  const std::string hostile = R"(a_b^2 {x} @y ~z % "q" 'r' \n \\ `touch hacked` $HOME #c; exit & )"
                              R"(<b> id='gpPt1' rgb(1,2,3) 1.50)";
  Panel panel{.title = hostile + "\n第二行", .x = {.label = hostile}, .y = {.label = "位置 (米)"}};
  panel.layers = {Line{.label = hostile, .y = {1, 2}}, Note{.text = hostile, .x = 0, .y = 1},
                  Points{.label = "\xff\x01", .x = {0}, .y = {1}}};
  const Figure figure{.title = hostile, .panels = {panel}, .width = 1600};
  const std::string svg = draw(figure, Format::kSvg);
  expect_balanced(svg);
  EXPECT_THAT(svg, HasSubstr("a_b^2 {x} @y ~z % "));
  EXPECT_THAT(
      svg,
      HasSubstr(
          R"(\n \\ `touch hacked` $HOME #c; exit &amp; &lt;b&gt; id='gpPt1' rgb(1,2,3) 1.50)"));
  EXPECT_THAT(svg, HasSubstr("第二行"));
  EXPECT_THAT(svg, HasSubstr("位置 (米)"));
  EXPECT_FALSE(std::filesystem::exists("hacked"));
  EXPECT_GT(draw(figure, Format::kPng).size(), 1000u);
  EXPECT_GT(draw(figure, Format::kPdf).size(), 1000u);
}

TEST_F(WithGnuplot, BearsAnyNumbers) {
  for (const double v :
       std::initializer_list<double>{NAN, INFINITY, -INFINITY, 1e300, -1e308, 1e-310, 0.0, 1.0})
    for (const bool log : {false, true}) {
      Panel flat{.x = {.log = log}, .y = {.log = log}, .equal = true};
      flat.layers = {Line{.label = "l", .x = {v, 1, v}, .y = {1, v, v}, .marks = 4},
                     Points{.x = {v}, .y = {v}},
                     Band{.low = {v, 1}, .high = {1, v}},
                     Arrows{.x = {v, 1}, .y = {1, 1}, .dx = {v, v}, .dy = {1, v}},
                     Heat{.grid = {{1, 2}, {1, 2}, {v, v, v, 1}}, .contours = 5},
                     Streamlines{.paths = {{{1, v}, {v, 1}, {v, v}}}},
                     Circle{.radius = v},
                     Guide{.at = v},
                     Note{.text = "n", .x = v}};
      Panel space{.z = {.log = log}, .equal = true};
      space.layers = {Surface{.grid = {{0, 1}, {0, 1}, {v, 1, 2, v}}},
                      Line{.x = {0, 1}, .y = {v, 1}, .z = {v, v}}};
      EXPECT_NO_THROW(draw({.panels = {flat, space}}, Format::kSvg)) << v << log;
    }
}

TEST_F(WithGnuplot, BearsEmptiness) {
  expect_balanced(draw({}, Format::kSvg));
  expect_balanced(draw({.panels = {{}}}, Format::kSvg));
  for (const Layer& layer : {Layer{Line{}}, Layer{Points{}}, Layer{Band{}}, Layer{Arrows{}},
                             Layer{Heat{}}, Layer{Streamlines{}}, Layer{Surface{}}, Layer{Note{}}})
    expect_balanced(draw(one(layer), Format::kSvg));
  expect_balanced(draw({.panels = {{}, {}}, .columns = 7, .width = 1, .height = 1}, Format::kSvg));
}

TEST_F(WithGnuplot, KeepsLongLinesLight) {
  std::vector<double> x, y;
  for (int i = 0; i < 1000000; ++i)
    x.push_back(std::cos(1e-5 * i)), y.push_back(std::sin(1e-5 * i));
  EXPECT_LT(draw(one(Line{.x = x, .y = y}), Format::kSvg).size(), 30000u);
}

TEST_F(WithGnuplot, SaysThatAFolderIsMissing) {
  try {
    render(one(Line{.y = {1, 2}}), folder / "missing" / "a.svg");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("cannot write"));
  }
  EXPECT_EQ(files(), 0);
}

TEST_F(WithGnuplot, ReplacesAnOldFileAndTakesOddNames) {
  const auto path = folder / "it's \"odd\" \\ $x\n.svg";
  std::ofstream(path) << "old";
  render(one(Line{.y = {1, 2}}), path);
  expect_balanced(read(path));
  EXPECT_EQ(files(), 1);
}

}  // namespace
}  // namespace gyre::plot
