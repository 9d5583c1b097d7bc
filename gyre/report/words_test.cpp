#include "gyre/report/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "gyre/report/format.hpp"

namespace gyre::report {
namespace {

using testing::UnorderedElementsAreArray;

bool has_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xE4; });
}

TEST(TourWords, StandInBothLanguages) {
  EXPECT_GT(all_words().size(), 150u);
  for (const Wording& w : all_words()) {
    EXPECT_FALSE(w.english.empty()) << w.key;
    EXPECT_FALSE(w.chinese.empty()) << w.key;
    EXPECT_FALSE(has_chinese(w.english) && w.key != "page.footer.other") << w.key;
  }
}

TEST(TourWords, SentencesAreTranslated) {
  for (const Wording& w : all_words()) {
    EXPECT_TRUE(w.english.size() <= 30 || has_chinese(w.chinese)) << w.key;
  }
}

TEST(TourWords, HaveTheSamePlaceholdersInBothLanguages) {
  for (const Wording& w : all_words()) {
    const std::vector<std::string> english = placeholders(w.english);
    const std::vector<std::string> chinese = placeholders(w.chinese);
    EXPECT_EQ(std::set(english.begin(), english.end()), std::set(chinese.begin(), chinese.end()))
        << w.key;
  }
}

TEST(TourWords, HaveTheSameMarksInBothLanguages) {
  for (const Wording& w : all_words()) {
    for (const char mark : {'*', '`'}) {
      const auto count = std::count(w.english.begin(), w.english.end(), mark);
      EXPECT_EQ(count, std::count(w.chinese.begin(), w.chinese.end(), mark)) << w.key;
      EXPECT_EQ(count % 2, 0) << w.key;
    }
  }
}

TEST(TourWords, KeysAreUnique) {
  std::set<std::string_view> keys;
  for (const Wording& w : all_words()) EXPECT_TRUE(keys.insert(w.key).second) << w.key;
}

// Results belong into placeholders: a decimal fraction or a long number in a sentence would be one
// that no run has computed.
TEST(TourWords, HoldNoResults) {
  const std::regex result(R"(\d\.\d|\d{3})"), name(R"(\{[^}]*\}|2018)");
  for (const Wording& w : all_words()) {
    for (const std::string_view text : {w.english, w.chinese}) {
      const std::string bare = std::regex_replace(std::string(text), name, "");
      EXPECT_FALSE(std::regex_search(bare, result)) << w.key << ": " << text;
    }
  }
}

TEST(TourWords, FillInValuesAndMarks) {
  Words words(Language::kEnglish);
  words.set("seconds.explore", "<1");
  words.set("seconds.draw", "2", "<b>2</b>");
  EXPECT_EQ(words.text("page.footer.seconds"), "<1 s to play and measure, 2 s to draw");
  EXPECT_EQ(words.html("page.footer.seconds"), "&lt;1 s to play and measure, <b>2</b> s to draw");
}

TEST(TourNumbers, ReadAsInABook) {
  EXPECT_EQ(shown(1.5, 3), "1.5");
  EXPECT_EQ(shown(-0.25, 3), "−0.25");
  EXPECT_EQ(shown(1.24e-16, 2), "1.2×10⁻¹⁶");
  EXPECT_EQ(shown(1e-9, 3), "10⁻⁹");
  EXPECT_EQ(shown(std::numeric_limits<double>::quiet_NaN(), 3), "–");
  EXPECT_EQ(shown(-std::numeric_limits<double>::infinity(), 3), "−∞");
  EXPECT_EQ(shown_fixed(1.0, 4), "1.0000");
  EXPECT_EQ(grouped(7), "7");
  EXPECT_EQ(grouped(1386296), "1\u202F386\u202F296");
  EXPECT_EQ(grouped_fixed(1386295.054, 2), "1\u202F386\u202F295.05");
  EXPECT_EQ(place(0.6, -0.7, 4), "(0.6, −0.7)");
}

}  // namespace
}  // namespace gyre::report
