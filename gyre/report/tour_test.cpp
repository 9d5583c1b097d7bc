#include "gyre/report/tour.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "gyre/core/error.hpp"
#include "gyre/plot/csv.hpp"
#include "gyre/report/figures.hpp"
#include "gyre/report/html_check.hpp"
#include "gyre/report/values.hpp"
#include "gyre/store/testing.hpp"

namespace gyre::report {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

std::string read(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

/// Hides gnuplot, so that only numbers are written: quick.
class WithoutGnuplot {
 public:
  WithoutGnuplot() { setenv("GYRE_GNUPLOT", "/nonexistent/gnuplot", 1); }
  ~WithoutGnuplot() { unsetenv("GYRE_GNUPLOT"); }
};

/// Everything with its pictures: slow, so one test a language looks at all of it.
class Tour : public testing::TestWithParam<Language> {};

void expect_self_contained(const std::string& html) {
  const std::regex outside(R"re((src|href|srcset|data|action)\s*=\s*["']?\s*(https?:|//))re");
  EXPECT_FALSE(std::regex_search(html, outside));
  EXPECT_THAT(html, Not(HasSubstr("url(")));
  EXPECT_THAT(html, Not(HasSubstr("@import")));
  for (const char* element : {"<script", "<link", "<iframe", "<object", "<img"})
    EXPECT_THAT(html, Not(HasSubstr(element)));
}

void expect_links_to_files(const std::string& html, const fs::path& place) {
  const std::regex link("<a href=\"([^#\"][^\"]*)\"");
  std::size_t links = 0;
  for (std::sregex_iterator it(html.begin(), html.end(), link), end; it != end; ++it, ++links)
    EXPECT_TRUE(fs::exists(place / (*it)[1].str())) << (*it)[1];
  EXPECT_GT(links, 30u);
}

void expect_figures(const std::vector<NamedFigure>& figures, const fs::path& place) {
  for (const NamedFigure& f : figures) {
    EXPECT_THAT(read(place / (f.name + ".svg")), HasSubstr("<svg"));
    EXPECT_TRUE(read(place / (f.name + ".png")).starts_with("\x89PNG")) << f.name;
    EXPECT_EQ(read(place / (f.name + ".csv")), plot::csv(f.figure));
  }
}

void expect_manifest(const fs::path& place) {
  const auto manifest = nlohmann::json::parse(read(place / "manifest.json"));
  EXPECT_EQ(manifest["kind"], "tour");
  for (const auto& entry : fs::directory_iterator(place)) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(name == "manifest.json" || manifest["files"].contains(name)) << name;
  }
}

void expect_numbers(const fs::path& place) {
  const auto numbers = nlohmann::json::parse(read(place / "numbers.json"));
  EXPECT_EQ(numbers["book_start"]["path"]["x"].size(), 500u);
  EXPECT_NEAR(numbers["book_start"]["growth_fitted"].get<double>(), 1.0049875621, 1e-9);
  EXPECT_EQ(numbers["steps_to_double"].size(), 10u);
  EXPECT_EQ(numbers["rules"]["all"].size(), 20u);
}

TEST_P(Tour, WritesAPageThatNeedsNothingElse) {
  TestFolder folder;
  const fs::path place = folder / "tour";
  const auto result = write_tour({.out = place, .language = GetParam()});
  ASSERT_TRUE(result && result->drawn);
  const std::string html = read(place / "index.html");
  EXPECT_EQ(first_fault(html), "");
  expect_self_contained(html);
  expect_links_to_files(html, place);
  expect_figures(tour_figures(result->found, words_for(result->found, GetParam())), place);
  expect_manifest(place);
  expect_numbers(place);
}

INSTANTIATE_TEST_SUITE_P(Languages, Tour, testing::Values(Language::kEnglish, Language::kChinese),
                         [](const auto& language) {
                           return language.param == Language::kChinese ? "Chinese" : "English";
                         });

TEST(TourFolder, WithoutGnuplotNumbersAreStillWritten) {
  const WithoutGnuplot without;
  TestFolder folder;
  const auto result = write_tour({.out = folder / "tour"});
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->drawn);
  EXPECT_TRUE(fs::exists(folder / "tour/numbers.json"));
  EXPECT_TRUE(fs::exists(folder / "tour/05-path.csv"));
  EXPECT_FALSE(fs::exists(folder / "tour/index.html"));
}

TEST(TourFolder, IsReplacedByTheNextTour) {
  const WithoutGnuplot without;
  TestFolder folder;
  ASSERT_TRUE(write_tour({.out = folder / "tour"}));
  ASSERT_TRUE(write_tour({.out = folder / "tour", .seed = 5}));
  EXPECT_THAT(read(folder / "tour/manifest.json"), HasSubstr("\"seed\": 5"));
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(TourFolder, KeepsFilesThatNoTourWrote) {
  const WithoutGnuplot without;
  TestFolder folder;
  ASSERT_TRUE(write_tour({.out = folder / "tour"}));
  write(folder / "tour/notes.txt", "mine");
  EXPECT_THROW(write_tour({.out = folder / "tour"}), Error);
  EXPECT_EQ(read(folder / "tour/notes.txt"), "mine");
  ASSERT_TRUE(write_tour({.out = folder / "tour", .force = true}));
  EXPECT_FALSE(fs::exists(folder / "tour/notes.txt"));
}

TEST(TourFolder, NeverTakesAForeignPlace) {
  TestFolder folder;
  fs::create_directories(folder / "photos");
  write(folder / "photos/a.jpg", "a");
  write(folder / "file", "b");
  fs::create_directories(folder / "run");
  write(folder / "run/manifest.json", R"({"gyre": "0.1.0", "game": {}})");
  for (const bool force : {false, true}) {
    EXPECT_THROW(check_place(folder / "photos", force), Error);
    EXPECT_THROW(check_place(folder / "file", force), Error);
  }
  EXPECT_THROW(check_place(folder / "run", false), Error);
  EXPECT_NO_THROW(check_place(folder / "run", true));
  EXPECT_NO_THROW(check_place(folder / "new", false));
  fs::create_directories(folder / "empty");
  EXPECT_NO_THROW(check_place(folder / "empty", false));
}

TEST(TourFolder, CancellingLeavesNothing) {
  TestFolder folder;
  std::atomic<bool> cancel{false};
  TourOptions options{.out = folder / "tour", .cancel = &cancel};
  int told = 0;
  options.progress = [&](std::string_view) { cancel = ++told == 8; };  // as it begins to draw
  EXPECT_FALSE(write_tour(options));
  EXPECT_EQ(told, 8);
  EXPECT_EQ(folder.entries(), 0u);
}

}  // namespace
}  // namespace gyre::report
