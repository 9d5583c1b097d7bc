#include "gyre/store/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <cmath>
#include <fstream>
#include <thread>

#include "gyre/store/file.hpp"
#include "gyre/store/run_folder.hpp"
#include "gyre/store/testing.hpp"

namespace gyre {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Catalogue : public ::testing::Test {
 protected:
  void add(const std::string& name, const std::string& began, const std::string& metrics = "{}") {
    fs::create_directory(place_ / name);
    write_file(place_ / (name + "/manifest.json"),
               R"({"gyre": "1", "training": "ring8", "began": ")" + began + R"(", "metrics": )" +
                   metrics + "}",
               Existing::kReplace);
  }
  fs::path place() const { return place_ / ""; }
  fs::path file() const { return place_ / RunCatalogue::kFile; }
  static std::vector<std::string> names(const RunCatalogue& catalogue) {
    std::vector<std::string> names;
    for (const RunRecord& run : catalogue.runs()) names.push_back(run.name);
    return names;
  }

  TestFolder place_;
};

void expect(const CatalogueScan& scan, std::size_t added, std::size_t changed, std::size_t gone) {
  EXPECT_EQ(scan.added, added);
  EXPECT_EQ(scan.changed, changed);
  EXPECT_EQ(scan.gone, gone);
  EXPECT_EQ(scan.remark, "");
}

TEST_F(Catalogue, KnowsWhatIsNewChangedAndGone) {
  add("a", "2026-01-02T00:00:00Z");
  add("b", "2026-01-03T00:00:00Z");
  fs::create_directory(place_ / "no run");
  fs::create_directory(place_ / "page");
  write_file(place_ / "page/manifest.json", "{\"name\": \"somebody's page\"}");
  fs::create_directory(place_ / ".hidden");
  write_file(place_ / ".hidden/manifest.json", "{}");
  fs::create_directory_symlink(place_ / "a", place_ / "link");
  {
    const RunCatalogue catalogue(place());
    expect(catalogue.scan(), 2, 0, 0);
    EXPECT_THAT(names(catalogue), ElementsAre("b", "a"));
  }
  expect(RunCatalogue(place()).scan(), 0, 0, 0);
  add("c", "2026-01-01T00:00:00Z");
  add("a", "2026-01-04T00:00:00Z", R"({"modes": 8.0})");
  fs::remove_all(place_ / "b");
  {
    const RunCatalogue catalogue(place());
    expect(catalogue.scan(), 1, 1, 1);
    EXPECT_THAT(names(catalogue), ElementsAre("a", "c"));
    EXPECT_EQ(catalogue.runs()[0].metrics.size(), 1u);
  }
}

TEST_F(Catalogue, KeepsAllThatARecordSays) {
  fs::create_directory(place_ / "a");
  write_file(place_ / "a/manifest.json",
             R"({"training": "it's", "rule": "r", "settings": {"data": "d", "seed": "7"},
               "gyre": "9", "ending": "done", "began": "x", "ended": "y", "steps": 12,
               "metrics": {"z": 0.1, "a": null, "fid": 1e300}})");
  RunCatalogue{place()};
  const RunCatalogue catalogue(place());
  expect(catalogue.scan(), 0, 0, 0);  // so this is what the file holds
  const RunRecord kept = catalogue.runs().at(0), read = read_record(place_ / "a");
  EXPECT_EQ(kept.kind, read.kind);
  EXPECT_EQ(kept.subject, "it's");
  EXPECT_EQ(kept.rule, "r");
  EXPECT_EQ(kept.data, "d");
  EXPECT_EQ(kept.seed, "7");
  EXPECT_EQ(kept.steps, 12u);
  EXPECT_EQ(kept.ending, "done");
  EXPECT_EQ(kept.began, "x");
  EXPECT_EQ(kept.ended, "y");
  EXPECT_EQ(kept.version, "9");
  ASSERT_EQ(kept.metrics.size(), 3u);
  EXPECT_EQ(kept.metrics[0], read.metrics[0]);
  EXPECT_TRUE(std::isnan(kept.metrics[1].second));
  EXPECT_EQ(kept.metrics[2], read.metrics[2]);
}

TEST_F(Catalogue, IsMadeAgainWhenItIsDamaged) {
  add("a", "2026-01-01T00:00:00Z");
  for (const bool whole : {true, false}) {
    RunCatalogue{place()};
    const auto size = static_cast<std::streamoff>(fs::file_size(file()));
    std::fstream out(file(), std::ios::in | std::ios::out | std::ios::binary);
    for (std::streamoff at = whole ? 0 : 4096; at < size; at += 5) out.seekp(at).put('\xA5');
    out.close();
    const RunCatalogue catalogue(place());
    EXPECT_THAT(catalogue.scan().remark, HasSubstr("was damaged"));
    EXPECT_EQ(catalogue.scan().added, 1u);
    EXPECT_THAT(names(catalogue), ElementsAre("a"));
  }
  expect(RunCatalogue(place()).scan(), 0, 0, 0);
}

TEST_F(Catalogue, OfAnotherFormatIsMadeAgain) {
  add("a", "2026-01-01T00:00:00Z");
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(file().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "CREATE TABLE runs (x); PRAGMA user_version = 77", nullptr, nullptr,
                         nullptr),
            SQLITE_OK);
  sqlite3_close(other);
  EXPECT_EQ(RunCatalogue(place()).scan().added, 1u);
  expect(RunCatalogue(place()).scan(), 0, 0, 0);
}

TEST_F(Catalogue, LivesInMemoryWhereItCannotBeKept) {
  add("a", "2026-01-01T00:00:00Z");
  fs::create_directory(file());
  const RunCatalogue catalogue(place());
  EXPECT_THAT(catalogue.scan().remark, HasSubstr("is not kept"));
  EXPECT_THAT(names(catalogue), ElementsAre("a"));
  EXPECT_TRUE(fs::is_directory(file()));
}

TEST_F(Catalogue, MakesNoFileWhereThereAreNoRuns) {
  EXPECT_TRUE(RunCatalogue(place()).runs().empty());
  EXPECT_TRUE(RunCatalogue(place_ / "nowhere").runs().empty());
  EXPECT_EQ(place_.entries(), 0u);
}

TEST_F(Catalogue, HasManyWritersAtOnce) {
  constexpr int kRuns = 30, kWriters = 4;
  for (int i = 0; i < kRuns; ++i) add("run" + std::to_string(i), "2026-01-01T00:00:00Z");
  std::vector<std::thread> writers;
  std::atomic<int> whole{0};
  for (int i = 0; i < kWriters; ++i)
    writers.emplace_back([&] {
      const RunCatalogue catalogue(place());
      whole += catalogue.scan().remark.empty() && catalogue.runs().size() == kRuns;
    });
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(whole, kWriters);
  expect(RunCatalogue(place()).scan(), 0, 0, 0);
}

}  // namespace
}  // namespace gyre
