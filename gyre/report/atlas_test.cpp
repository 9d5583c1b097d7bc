#include "gyre/report/atlas.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "gyre/core/error.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/report/html_check.hpp"
#include "gyre/store/file.hpp"

namespace gyre::report {
namespace {

using testing::HasSubstr;

class Atlas : public testing::TestWithParam<Language> {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string("gyre_atlas_") + test->name();
    std::replace(name.begin(), name.end(), '/', '_');
    folder = std::filesystem::path(testing::TempDir()) / name;
    std::filesystem::remove_all(folder);
    request.out = folder;
    request.games = {"xy", "forsaken"};
    for (const char* rule : {"gda", "eg", "adam", "mwu"})
      request.rules.push_back({rule, parse_pipe(rule)});
    request.options.steps = 6000;
    request.language = GetParam();
    request.figures = plot::gnuplot_available();
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::string read(const std::string& name) const {
    std::stringstream text;
    text << std::ifstream(folder / name, std::ios::binary).rdbuf();
    return text.str();
  }

  std::filesystem::path folder;
  AtlasRequest request;
};

TEST_P(Atlas, PagesAreWellFormedAndInTheirLanguage) {
  const AtlasResult result = write_atlas(request);
  EXPECT_TRUE(result.complete);
  const char* language =
      GetParam() == Language::kChinese ? "<html lang=\"zh-Hans\">" : "<html lang=\"en\">";
  for (const char* name : {"index.html", "games/xy.html", "games/forsaken.html"}) {
    if (!request.figures && std::string(name) != "index.html") continue;
    const std::string html = read(name);
    std::string bare = html;  // the page's own script is no HTML
    if (const std::size_t at = bare.find("<script>"); at != std::string::npos)
      bare.erase(at, bare.find("</script>", at) + 9 - at);
    EXPECT_EQ(first_fault(bare), "") << name;
    EXPECT_THAT(html, HasSubstr(language));
    // Nothing is fetched from elsewhere.
    for (const char* outside : {"src=\"http", "href=\"http", "url(", "@import"})
      EXPECT_EQ(html.find(outside), std::string::npos) << name << ": " << outside;
  }
}

TEST_P(Atlas, CountsWhatItShows) {
  const AtlasResult result = write_atlas(request);
  const AtlasSummary& sum = result.summary;
  EXPECT_EQ(sum.cells, 6u);  // mixed strategies are wanted by mwu, and there are none
  EXPECT_EQ(sum.undefined, 2u);
  EXPECT_EQ(sum.solved, 1u);    // eg on xy
  EXPECT_EQ(sum.compared, 3u);  // not Adam, and gda on forsaken attracts too slowly to be seen
  EXPECT_EQ(sum.agree, 2u);     // eg on forsaken is caught by the cycle
  EXPECT_EQ(sum.on_cycles, 12u);
  EXPECT_EQ(sum.off_cycles, 0u);
  const auto json = nlohmann::json::parse(result.numbers);
  EXPECT_EQ(json["summary"]["cells"], 6);
  EXPECT_EQ(json["games"][1]["cells"][1]["accord"], "missed");
  const std::string page = read("index.html");
  EXPECT_THAT(page, HasSubstr("<td class=\"m0 t1 c4"));  // solved, attracts, agrees
  EXPECT_THAT(page, HasSubstr("<td class=\"m3 t3 c4"));  // runs away, repels, agrees
  EXPECT_THAT(page, HasSubstr("<td class=\"m2 t1 c1"));  // cycles, attracts, missed
  EXPECT_THAT(page, HasSubstr("<td class=\"m2 t0 c5"));  // cycles, silent, open
}

TEST_P(Atlas, StopsWhereItIsAndGoesOnToTheSameBytes) {
  write_atlas(request);
  const std::string page = read("index.html"), record = read("games/forsaken.json");
  std::filesystem::remove_all(folder);

  std::atomic<bool> cancel{false};
  request.cancel = &cancel;
  request.threads = 1;
  request.progress = [&](double done) { cancel = done >= 0.7; };
  AtlasResult result = write_atlas(request);
  EXPECT_FALSE(result.complete);
  EXPECT_EQ(result.made, 1u);
  EXPECT_FALSE(std::filesystem::exists(folder / "index.html"));

  cancel = false;
  request.progress = nullptr;
  request.threads = 3;
  result = write_atlas(request);
  EXPECT_TRUE(result.complete);
  EXPECT_EQ(result.kept, 1u);
  EXPECT_EQ(result.made, 1u);
  EXPECT_EQ(read("index.html"), page);
  EXPECT_EQ(read("games/forsaken.json"), record);
}

TEST_P(Atlas, TellsAnotherConfiguration) {
  request.figures = false;
  write_atlas(request);
  const std::string before = read("index.html");
  request.options.seed = 2;
  request.games = {"xy"};
  try {
    write_atlas(request);
    FAIL();
  } catch (const FileError&) {
    FAIL() << "the words were wrong, not the machine";
  } catch (const Error& problem) {
    EXPECT_THAT(problem.what(), HasSubstr("(seed 1 and not 2, other games)"));
  }
  EXPECT_EQ(read("index.html"), before);
  request.force = true;
  EXPECT_TRUE(write_atlas(request).complete);
  EXPECT_FALSE(std::filesystem::exists(folder / "games/forsaken.json"));
}

TEST_P(Atlas, MakesAnewWhatWasMadeFromOtherTexts) {
  request.figures = false;
  write_atlas(request);
  const std::string page = read("index.html");
  auto record = nlohmann::ordered_json::parse(read("games/xy.json"));
  record["key"] = "other";
  record["cells"] = nlohmann::ordered_json::array();
  std::ofstream(folder / "games/xy.json") << record.dump();
  const AtlasResult result = write_atlas(request);
  EXPECT_EQ(result.outdated, 1u);
  EXPECT_EQ(result.kept, 1u);
  EXPECT_EQ(read("index.html"), page);
}

TEST_P(Atlas, SaysThatThereIsNothingToDrawWith) {
  setenv("GYRE_GNUPLOT", "/nowhere/gnuplot", 1);
  request.figures = true;
  EXPECT_THROW(write_atlas(request), FileError);
  EXPECT_FALSE(std::filesystem::exists(folder));
  unsetenv("GYRE_GNUPLOT");
}

TEST_P(Atlas, NamesTheGameWhoseFiguresCannotBeDrawnAndGoesOn) {
  if (!plot::gnuplot_available()) GTEST_SKIP() << "gnuplot is not installed";
  std::filesystem::create_directories(folder);
  const std::filesystem::path fake = folder.string() + "_gnuplot";
  std::ofstream(fake) << "#!/bin/sh\n[ \"$1\" = --version ] && exec gnuplot --version\n"
                         "cp /dev/stdin "
                      << fake.string()
                      << ".in\n"
                         "grep -q zebra "
                      << fake.string()
                      << ".in && exit 3\n"
                         "exec gnuplot \"$@\" < "
                      << fake.string() << ".in\n";
  std::filesystem::permissions(fake, std::filesystem::perms::owner_all);
  setenv("GYRE_GNUPLOT", fake.c_str(), 1);
  request.games = {"xy", "min zebra max y: zebra*y"};
  request.threads = 1;
  const AtlasResult result = write_atlas(request);
  unsetenv("GYRE_GNUPLOT");
  EXPECT_TRUE(result.complete);
  EXPECT_EQ(result.made, 2u);
  ASSERT_EQ(result.undrawn.size(), 1u);
  EXPECT_EQ(result.undrawn[0].place, 1u);
  EXPECT_THAT(result.undrawn[0].why, HasSubstr("gnuplot failed"));
  EXPECT_THAT(read("index.html"), HasSubstr("games/xy.html"));
  EXPECT_THAT(read("index.html"), ::testing::Not(HasSubstr("href=\"games/min")));
  const AtlasResult again = write_atlas(request);  // with a gnuplot that works
  EXPECT_EQ(again.kept, 1u);
  EXPECT_EQ(again.made, 1u);
  EXPECT_TRUE(again.undrawn.empty());
  std::filesystem::remove(fake);
  std::filesystem::remove(fake.string() + ".in");
}

INSTANTIATE_TEST_SUITE_P(InBothLanguages, Atlas,
                         testing::Values(Language::kEnglish, Language::kChinese),
                         [](const auto& which) {
                           return which.param == Language::kChinese ? "Chinese" : "English";
                         });

}  // namespace
}  // namespace gyre::report
