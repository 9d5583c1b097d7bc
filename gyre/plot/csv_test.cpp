#include "gyre/plot/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "gyre/core/error.hpp"

namespace gyre::plot {
namespace {

TEST(Csv, HasAllDigitsAndOneRowAPoint) {
  Panel panel;
  panel.layers = {Line{.label = "x", .y = {0.1, 1.0 / 3.0, NAN}},
                  Points{.label = "a, \"b\"", .x = {1}, .y = {2}, .z = {3}},
                  Arrows{.x = {1}, .y = {2}, .dx = {3}, .dy = {4}},
                  Heat{.grid = {{0, 1}, {5}, {7, 8}}, .shading = {.label = "f"}},
                  Band{.low = {1}, .high = {2}},
                  Guide{.at = 9.0}};
  EXPECT_EQ(csv({.panels = {{}, panel}}),
            "panel,layer,kind,label,x,y,z,dx,dy\n"
            "2,1,line,x,0,0.1,,,\n"
            "2,1,line,x,1,0.3333333333333333,,,\n"
            "2,1,line,x,2,nan,,,\n"
            "2,2,points,\"a, \"\"b\"\"\",1,2,3,,\n"
            "2,3,arrows,,1,2,,3,4\n"
            "2,4,heat,f,0,5,7,,\n"
            "2,4,heat,f,1,5,8,,\n"
            "2,5,band,,0,1,,,\n"
            "2,5,band,,0,2,,,\n"
            "2,6,guide,,,9,,,\n");
}

TEST(WriteCsv, WritesTheFileOrSaysWhyNot) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "gyre_csv_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  Panel panel;
  panel.layers = {Line{.y = {1}}};
  write_csv({.panels = {panel}}, folder / "a.csv");
  std::stringstream text;
  text << std::ifstream(folder / "a.csv").rdbuf();
  EXPECT_EQ(text.str(), csv({.panels = {panel}}));
  EXPECT_THROW(write_csv({}, folder / "missing" / "a.csv"), Error);
  const auto count = std::distance(std::filesystem::directory_iterator(folder), {});
  EXPECT_EQ(count, 1) << "no temporary file is left";
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace gyre::plot
