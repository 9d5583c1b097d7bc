#include "gyre/report/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "gyre/report/figures.hpp"
#include "gyre/report/html_check.hpp"
#include "gyre/report/values.hpp"

namespace gyre::report {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++n;
  return n;
}

/// The page with empty figures, which need no drawing.
class Page : public testing::TestWithParam<Language> {
 protected:
  Page() : words(words_for(found(), GetParam())), figures(tour_figures(found(), words)) {
    std::map<std::string, std::string> svgs;
    for (const NamedFigure& f : figures) svgs[f.key] = "<svg role=\"img\"></svg>";
    html = tour_page(found(), words, svgs,
                     {.command = "gyre tour --out 'a & b'",
                      .made = "now",
                      .machine = "here",
                      .compiler = "cc",
                      .gnuplot = "5"});
  }

  static const Findings& found() {
    static const Findings findings = *explore({});
    return findings;
  }

  Words words;
  std::vector<NamedFigure> figures;
  std::string html;
};

TEST_P(Page, IsWellFormed) { EXPECT_EQ(first_fault(html), ""); }

TEST_P(Page, SaysItsLanguage) {
  const bool chinese = GetParam() == Language::kChinese;
  EXPECT_THAT(html, HasSubstr(chinese ? "<html lang=\"zh-Hans\">" : "<html lang=\"en\">"));
}

TEST_P(Page, EscapesWhatWasTyped) { EXPECT_THAT(html, HasSubstr("--out 'a &amp; b'")); }

TEST_P(Page, HeadingsDescendOneLevelAtATime) {
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

TEST_P(Page, FiguresAreNumberedAsTheyStandAndNameTheirFiles) {
  EXPECT_EQ(figures.size(), 12u);
  EXPECT_EQ(count(html, "<figure"), figures.size());
  EXPECT_EQ(count(html, "role=\"img\" aria-label=\""), figures.size());
  std::size_t last = 0;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const std::string id = "id=\"figure-" + std::to_string(i + 1) + "\"";
    const std::size_t at = html.find(id), end = html.find("</figure>", at);
    ASSERT_NE(at, std::string::npos) << id;
    EXPECT_GT(at, last) << id;
    last = at;
    for (const char* ending : {".svg", ".png", ".csv"})
      EXPECT_LT(html.find("href=\"" + figures[i].name + ending, at), end) << figures[i].name;
  }
}

TEST_P(Page, ContentsLeadToTheSections) {
  const std::regex link("<a href=\"#([^\"]*)\"");
  int links = 0;
  for (std::sregex_iterator it(html.begin(), html.end(), link), end; it != end; ++it, ++links)
    EXPECT_EQ(count(html, "id=\"" + (*it)[1].str() + "\""), 1u) << (*it)[1];
  EXPECT_EQ(links, 10);
}

TEST_P(Page, ShowsWhatWasMeasuredBesideWhatWasPredicted) {
  EXPECT_GE(count(html, "1.004987562112"), 6u);  // two runs, measured twice and predicted
  EXPECT_THAT(html, HasSubstr("<td class=\"n\">1\u202F386\u202F295.054</td>"
                              "<td class=\"n\">1\u202F386\u202F296</td>"));
}

TEST_P(Page, LeavesNothingUnfilled) {
  EXPECT_THAT(html, Not(HasSubstr("nan")));
  EXPECT_FALSE(std::regex_search(html, std::regex(R"(\{[a-z]+(\.[a-z]+)*\})")));
}

TEST_P(Page, FiguresAreLabelledInItsLanguage) {
  for (const NamedFigure& f : figures) {
    EXPECT_FALSE(f.figure.title.empty()) << f.name;
    const bool chinese = static_cast<unsigned char>(f.figure.title.back()) >= 0x80 ||
                         f.figure.title.find("起点") != std::string::npos ||
                         f.figure.title.find("的 GAN") != std::string::npos ||
                         f.figure.title.find("收益") != std::string::npos;
    EXPECT_EQ(chinese, GetParam() == Language::kChinese) << f.figure.title;
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, Page, testing::Values(Language::kEnglish, Language::kChinese),
                         [](const auto& language) {
                           return language.param == Language::kChinese ? "Chinese" : "English";
                         });

}  // namespace
}  // namespace gyre::report
