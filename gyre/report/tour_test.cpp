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

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++n;
  return n;
}

/// Hides gnuplot, so that only numbers are written: quick.
class WithoutGnuplot {
 public:
  WithoutGnuplot() { setenv("GYRE_GNUPLOT", "/nonexistent/gnuplot", 1); }
  ~WithoutGnuplot() { unsetenv("GYRE_GNUPLOT"); }
};

/// The whole tour once in each language.
class TourPage : public testing::TestWithParam<Language> {
 protected:
  static void SetUpTestSuite() { folder = new TestFolder; }
  static void TearDownTestSuite() { delete folder, folder = nullptr; }

  fs::path tour() const {
    const bool chinese = GetParam() == Language::kChinese;
    const fs::path out = *folder / (chinese ? "zh" : "en");
    if (!fs::exists(out)) EXPECT_TRUE(write_tour({.out = out, .language = GetParam()})->drawn);
    return out;
  }
  std::string page() const { return read(tour() / "index.html"); }

  static TestFolder* folder;
};
TestFolder* TourPage::folder = nullptr;

TEST_P(TourPage, IsWellFormed) { EXPECT_EQ(first_fault(page()), ""); }

TEST_P(TourPage, NeedsNoOtherResource) {
  const std::string html = page();
  const std::regex outside(R"re((src|href|srcset|data|action)\s*=\s*["']?\s*(https?:|//))re");
  EXPECT_FALSE(std::regex_search(html, outside));
  EXPECT_THAT(html, Not(HasSubstr("url(")));
  EXPECT_THAT(html, Not(HasSubstr("@import")));
  for (const char* element : {"<script", "<link", "<iframe", "<object", "<img"})
    EXPECT_THAT(html, Not(HasSubstr(element)));
}

TEST_P(TourPage, LinksLeadToFilesAndPlacesThatExist) {
  const std::string html = page();
  const std::regex link(R"(<a href="([^"]*)") ");
      std::size_t links = 0;
  for (std::sregex_iterator it(html.begin(), html.end(), link), end; it != end; ++it, ++links) {
    const std::string to = (*it)[1];
    if (to.starts_with("#"))
      EXPECT_THAT(html, HasSubstr("id=\"" + to.substr(1) + "\""));
    else
      EXPECT_TRUE(fs::exists(tour() / to)) << to;
  }
  EXPECT_GT(links, 40u);
}

TEST_P(TourPage, SaysItsLanguage) {
  EXPECT_THAT(page(), HasSubstr(GetParam() == Language::kChinese ? "<html lang=\"zh-Hans\">"
                                                                 : "<html lang=\"en\">"));
}

TEST_P(TourPage, HeadingsDescendOneLevelAtATime) {
  const std::string html = page();
  const std::regex heading("<h([1-6])");
  int last = 0, tops = 0;
  for (std::sregex_iterator it(html.begin(), html.end(), heading), end; it != end; ++it) {
    const int level = std::stoi((*it)[1]);
    EXPECT_LE(level, last + 1) << html.substr(static_cast<std::size_t>(it->position()), 60);
    tops += level == 1;
    last = level;
  }
  EXPECT_EQ(tops, 1);
}

TEST_P(TourPage, EveryFigureStandsInThePageAndAsFiles) {
  const Findings found = *explore({});
  const Words words = words_for(found, GetParam());
  const std::vector<NamedFigure> figures = tour_figures(found, words);
  EXPECT_EQ(figures.size(), 12u);
  const std::string html = page();
  EXPECT_EQ(count(html, "<figure"), figures.size());
  EXPECT_EQ(count(html, "<svg"), figures.size());
  EXPECT_EQ(count(html, "role=\"img\" aria-label=\""), figures.size());
  std::size_t last = 0;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const std::string id = "id=\"figure-" + std::to_string(i + 1) + "\"";
    const std::size_t at = html.find(id);
    EXPECT_TRUE(at != std::string::npos && at > last) << id;  // numbered as they stand
    last = at;
    EXPECT_NE(html.find(figures[i].name + ".svg", at), std::string::npos) << figures[i].name;
    EXPECT_THAT(read(tour() / (figures[i].name + ".svg")), HasSubstr("<svg"));
    EXPECT_TRUE(read(tour() / (figures[i].name + ".png")).starts_with("\x89PNG"));
    EXPECT_EQ(read(tour() / (figures[i].name + ".csv")), plot::csv(figures[i].figure));
  }
}

TEST_P(TourPage, HasNoNumberLeftUnfilled) {
  EXPECT_THAT(page(), Not(HasSubstr("nan")));
  EXPECT_FALSE(std::regex_search(page(), std::regex(R"(>[^<]*\{[a-z.]+\}[^<]*<)")));
}

TEST_P(TourPage, NumbersCanBeReadByMachines) {
  const auto numbers = nlohmann::json::parse(read(tour() / "numbers.json"));
  EXPECT_EQ(numbers["book_start"]["path"]["x"].size(), 500u);
  EXPECT_NEAR(numbers["book_start"]["growth_fitted"].get<double>(), 1.0049875621, 1e-9);
  EXPECT_EQ(numbers["steps_to_double"].size(), 10u);
  const auto manifest = nlohmann::json::parse(read(tour() / "manifest.json"));
  EXPECT_EQ(manifest["kind"], "tour");
  for (const auto& entry : fs::directory_iterator(tour())) {
    const std::string name = entry.path().filename().string();
    if (name != "manifest.json") EXPECT_TRUE(manifest["files"].contains(name)) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, TourPage,
                         testing::Values(Language::kEnglish, Language::kChinese),
                         [](const auto& info) {
                           return info.param == Language::kChinese ? "Chinese" : "English";
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
