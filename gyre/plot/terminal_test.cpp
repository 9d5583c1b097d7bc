#include "gyre/plot/terminal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "gyre/core/error.hpp"
#include "gyre/plot/streamlines.hpp"
#include "gyre/plot/words.hpp"

namespace gyre::plot {
namespace {

std::vector<std::string> plain_lines(const std::string& picture) {
  std::vector<std::string> lines;
  std::istringstream stream(picture);
  for (std::string line; std::getline(stream, line);) {
    std::string plain;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '\x1b')
        while (line[i] != 'm') ++i;
      else
        plain += line[i];
    }
    lines.push_back(plain);
  }
  return lines;
}

Panel busy() {
  Panel panel{.title = "A title that is rather long: 双人博弈",
              .x = {.label = "updates"},
              .y = {.label = "value (units)"}};
  std::vector<double> wave;
  for (int i = 0; i < 400; ++i) wave.push_back(1e4 * std::sin(0.05 * i));
  panel.layers = {
      Heat{.grid = sample([](double x, double y) { return x * y; }, {0, 400, -1e4, 1e4}, 20, 20)},
      Line{.label = "wave", .y = wave},
      Line{.label = "另一条曲线", .y = {0, 1e4}},
      Points{.label = "start", .x = {0}, .y = {0}},
      Circle{.radius = 50},
      Guide{.at = 0.0},
      Arrows{.x = {10}, .y = {10}, .dx = {100}, .dy = {100}},
      Band{.low = {0, 1}, .high = {2, 3}},
      Note{.text = "note"}};
  return panel;
}

TEST(TerminalPicture, NeverExceedsItsSize) {
  for (const bool color : {false, true})
    for (int columns = -1; columns < 90; columns += 3)
      for (int rows = -1; rows < 30; ++rows) {
        const auto lines = plain_lines(terminal_picture(busy(), columns, rows, color));
        EXPECT_LE(static_cast<int>(lines.size()), std::max(rows, 0));
        for (const std::string& line : lines)
          ASSERT_LE(terminal_width(line), std::max(columns, 0)) << columns << "x" << rows << line;
      }
}

TEST(TerminalPicture, ShowsTheEssentials) {
  const std::string picture = terminal_picture(busy(), 70, 20, false);
  for (const char* part : {"A title", "wave", "updates", "value (units)", "●", "a wave", "┤", "└"})
    EXPECT_THAT(picture, testing::HasSubstr(part));
}

TEST(TerminalPicture, HasCodesOnlyIfAskedFor) {
  EXPECT_EQ(terminal_picture(busy(), 70, 20, false).find('\x1b'), std::string::npos);
  EXPECT_NE(terminal_picture(busy(), 70, 20, true).find('\x1b'), std::string::npos);
}

TEST(TerminalPicture, DrawsADiagonalInBraille) {
  Panel panel;
  panel.layers = {Line{.y = {0, 1}, .ink = {.color = kBlack}}};
  const auto lines = plain_lines(terminal_picture(panel, 4, 2, false));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0], "  ⡠⠊");
  EXPECT_EQ(lines[1], "⡠⠊");
}

TEST(TerminalPicture, BearsAnyNumbers) {
  for (const double v : std::initializer_list<double>{NAN, INFINITY, 1e300, -1e308, 1e-310, 0.0}) {
    Panel panel{.equal = true};
    panel.layers = {Line{.x = {0, v, 2}, .y = {v, 1, v}}, Points{.x = {v}, .y = {v}},
                    Circle{.radius = v}, Guide{.at = v}};
    EXPECT_FALSE(terminal_picture(panel, 40, 10, true).empty());
    panel.x.log = panel.y.log = true;
    EXPECT_FALSE(terminal_picture(panel, 40, 10, true).empty());
  }
  EXPECT_FALSE(terminal_picture({}, 40, 10, true).empty());
}

TEST(TerminalPicture, RefusesVectorsThatDoNotFit) {
  Panel panel;
  panel.layers = {Line{.x = {1, 2, 3}, .y = {1, 2}}};
  EXPECT_THROW(terminal_picture(panel, 40, 10, false), Error);
}

}  // namespace
}  // namespace gyre::plot
