#include "gyre/store/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "gyre/store/testing.hpp"

namespace gyre {
namespace {

using testing::HasSubstr;

constexpr std::uint64_t kMuch = 10'000'000;

std::string error_of(auto&& action) {
  try {
    action();
  } catch (const FileError& e) {
    return e.what();
  }
  return "";
}

TEST(WriteFile, ReadsBack) {
  const TestFolder folder;
  const std::string bytes(200'000, 'x');
  write_file(folder / "a", bytes);
  EXPECT_EQ(read_file(folder / "a", kMuch), bytes);
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(WriteFile, OverwritesOnlyWhenAsked) {
  const TestFolder folder;
  write_file(folder / "a", "one");
  EXPECT_THAT(error_of([&] { write_file(folder / "a", "two"); }), HasSubstr("exists"));
  EXPECT_EQ(read_file(folder / "a", kMuch), "one");
  write_file(folder / "a", "two", Existing::kReplace);
  EXPECT_EQ(read_file(folder / "a", kMuch), "two");
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(WriteFile, LeavesNothingBehindWhenItFails) {
  const TestFolder folder;
  std::filesystem::create_directory(folder / "a");
  write_file(folder / "a/b", "keeps the folder from being replaced");
  EXPECT_NE(error_of([&] { write_file(folder / "a", "x", Existing::kReplace); }), "");
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(FileWriter, ThatWasNotClosedLeavesNoFile) {
  const TestFolder folder;
  { FileWriter(folder / "a").write("half"); }
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(FileWriter, KnowsWhatItWrote) {
  const TestFolder folder;
  FileWriter file(folder / "a");
  file.write("ab");
  file.write("c");
  file.close();
  EXPECT_EQ(file.bytes(), 3u);
  EXPECT_EQ(file.sha256(), sha256("abc"));
}

TEST(FileError, SaysWhatToDo) {
  EXPECT_EQ(std::string(file_error("write", "runs/a.csv", ENOSPC).what()),
            "cannot write 'runs/a.csv': No space left on device; free some space or choose a "
            "folder on another disk");
  EXPECT_THAT(error_of([] { FileWriter("/nowhere/at/all"); }), HasSubstr("spelled right?"));
  EXPECT_THAT(error_of([] { read_file("/", kMuch); }), HasSubstr("directory"));
}

TEST(ReadFile, RefusesWhatIsTooLong) {
  const TestFolder folder;
  write_file(folder / "a", "0123456789");
  EXPECT_THAT(error_of([&] { read_file(folder / "a", 9); }), HasSubstr("more than 9 bytes"));
  EXPECT_EQ(read_file(folder / "a", 10), "0123456789");
}

TEST(RenameNew, NeverReplaces) {
  const TestFolder folder;
  write_file(folder / "a", "one");
  write_file(folder / "b", "two");
  EXPECT_FALSE(rename_new(folder / "a", folder / "b"));
  EXPECT_TRUE(rename_new(folder / "a", folder / "c"));
  EXPECT_EQ(read_file(folder / "b", kMuch), "two");
}

}  // namespace
}  // namespace gyre
