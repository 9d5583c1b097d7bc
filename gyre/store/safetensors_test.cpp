#include "gyre/store/safetensors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"

namespace gyre {
namespace {

using ::testing::HasSubstr;

Safetensors example() {
  Safetensors file;
  file.metadata = {{"step", "12"}, {"rule", "adam | alternating"}};
  file.tensors["b"] = {"F32", {2, 3}, std::string(24, 'x')};
  file.tensors["a"] = {"F64", {}, std::string("\0\1\2\3\4\5\6\7", 8)};
  file.tensors["empty"] = {"F32", {0, 5}, ""};
  return file;
}

std::string problem_of(std::string_view bytes) {
  try {
    Safetensors::read(bytes, "it");
    return {};
  } catch (const Error& problem) {
    return problem.what();
  }
}

TEST(Safetensors, ReadsWhatItWrote) {
  const Safetensors file = example();
  Safetensors back = Safetensors::read(file.bytes(), "it");
  EXPECT_EQ(back.tensors, file.tensors);
  EXPECT_EQ(back.metadata.erase("sha256"), 1u);
  EXPECT_EQ(back.metadata, file.metadata);
}

TEST(Safetensors, HasTheLayoutThatOthersRead) {
  const std::string bytes = example().bytes();
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), 8);
  EXPECT_EQ(length % 8, 0u);
  EXPECT_EQ(bytes.size(), 8 + length + 32);
  EXPECT_EQ(bytes[8], '{');
  EXPECT_THAT(bytes, HasSubstr(R"("b":{"dtype":"F32","shape":[2,3],"data_offsets":[8,32]})"));
}

TEST(Safetensors, NoticesAnyByteThatIsNotWhatItWas) {
  const std::string bytes = example().bytes();
  const std::size_t key = bytes.find("sha256");  // a file without one is of somebody else
  int noticed = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i >= key && i < key + 6) continue;
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    EXPECT_NE(problem_of(damaged), "") << "byte " << i;
    ++noticed;
  }
  EXPECT_GT(noticed, 200);
}

TEST(Safetensors, NoticesThatTheEndIsMissing) {
  const std::string bytes = example().bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_NE(problem_of(bytes.substr(0, size)), "") << size;
}

TEST(Safetensors, RefusesNoiseAndSizesBeyondAllMeasure) {
  Stream stream(5, "noise");
  for (int i = 0; i < 200; ++i) {
    std::string noise;
    for (int k = 0; k < 64; ++k) noise += static_cast<char>(stream.bits());
    EXPECT_NE(problem_of(noise), "");
  }
  const std::string header =
      R"({"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})";
  std::string file(8, '\0');
  const std::uint64_t length = header.size();
  std::memcpy(file.data(), &length, 8);
  EXPECT_THAT(problem_of(file + header), HasSubstr("damaged"));
}

}  // namespace
}  // namespace gyre
