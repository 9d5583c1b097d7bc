#include "gyre/store/run_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "gyre/store/testing.hpp"

namespace gyre {
namespace {

namespace fs = std::filesystem;
using Taken = RunFolder::Taken;

void save(const fs::path& place, Taken taken, const std::string& text) {
  RunFolder run(place, taken);
  run.add(kManifest, text);
  run.commit();
}

std::string manifest(const fs::path& place) { return read_file(place / kManifest, 1000); }

TEST(RunFolder, AppearsWhenItIsCommitted) {
  const TestFolder folder;
  RunFolder run(folder / "runs/a", Taken::kRefuse);
  run.add(kManifest, "{}");
  EXPECT_FALSE(fs::exists(folder / "runs/a"));
  EXPECT_EQ(run.commit(), folder / "runs/a");
  EXPECT_EQ(manifest(folder / "runs/a"), "{}");
  EXPECT_EQ(run.files().at(kManifest).sha256, sha256("{}"));
}

TEST(RunFolder, LeavesNothingWhenItIsNotCommitted) {
  const TestFolder folder;
  {
    RunFolder run(folder / "runs/a", Taken::kRefuse);
    run.add(kManifest, "{}");
    const auto half = run.create("half.csv");
    half->write("step,");
  }
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(RunFolder, HasNoFinalNameWhenTheProgramIsKilled) {
  const TestFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    RunFolder run(folder / "a", Taken::kRefuse);
    run.add(kManifest, "{}");
    const auto half = run.create("half.csv");
    half->write(std::string(100'000, 'x'));
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_FALSE(fs::exists(folder / "a"));
  save(folder / "a", Taken::kRefuse, "what was left is in nobody's way");
}

TEST(RunFolder, RefusesAFolderThatIsThere) {
  const TestFolder folder;
  save(folder / "a", Taken::kRefuse, "one");
  EXPECT_THROW(RunFolder(folder / "a", Taken::kRefuse), Error);
  EXPECT_EQ(manifest(folder / "a"), "one");
}

TEST(RunFolder, RefusesAFolderThatCameMeanwhile) {
  const TestFolder folder;
  RunFolder run(folder / "a", Taken::kRefuse);
  fs::create_directory(folder / "a");
  EXPECT_THROW(run.commit(), Error);
  run.discard();
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(RunFolder, ReplacesRunsAndNothingElse) {
  const TestFolder folder;
  save(folder / "a", Taken::kRefuse, "one");
  save(folder / "a", Taken::kReplace, "two");
  EXPECT_EQ(manifest(folder / "a"), "two");
  EXPECT_EQ(folder.entries(), 1u);

  fs::create_directory(folder / "home");
  write_file(folder / "home/thesis.tex", "years");
  EXPECT_THROW(RunFolder(folder / "home", Taken::kReplace), Error);
  write_file(folder / "file", "x");
  EXPECT_THROW(RunFolder(folder / "file", Taken::kReplace), Error);
  EXPECT_EQ(folder.entries(), 3u);
}

TEST(RunFolder, NumbersFoldersOfOneName) {
  const TestFolder folder;
  for (const char* text : {"one", "two", "three"}) save(folder / "a", Taken::kNumber, text);
  EXPECT_EQ(manifest(folder / "a"), "one");
  EXPECT_EQ(manifest(folder / "a-2"), "two");
  EXPECT_EQ(manifest(folder / "a-3"), "three");
}

TEST(RunFolder, SaysWhyItCannotBeMade) {
  const TestFolder folder;
  write_file(folder / "file", "x");
  EXPECT_THROW(RunFolder(folder / "file/a", Taken::kRefuse), FileError);
  for (const char* nothing : {"", ".", "..", "/", "a/.."})
    EXPECT_THROW(RunFolder(nothing, Taken::kRefuse), Error) << nothing;
}

TEST(RunFolderName, IsFitForAnyDisk) {
  EXPECT_THAT(
      run_folder_name("min x max y: x*y", "adam | extragradient(eta=0.05)"),
      testing::MatchesRegex("[0-9]{8}T[0-9]{6}Z-min-x-max-y-x-y-adam-extragradient-eta-0-05"));
  EXPECT_EQ(slug("../../etc"), "etc");
  EXPECT_EQ(slug("é"), "");
  EXPECT_EQ(slug(std::string(100, 'x')).size(), 40u);
}

}  // namespace
}  // namespace gyre
