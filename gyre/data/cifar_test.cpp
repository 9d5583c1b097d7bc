#include "gyre/data/cifar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gyre/data/testing.hpp"

namespace gyre {
namespace {

TEST(Cifar, ReadsLabelsAndChannels) {
  std::string bytes;
  for (const int label : {3, 9}) {
    bytes += static_cast<char>(label);
    for (const int level : {10, 20, 30}) bytes.append(1024, static_cast<char>(level + label));
  }
  const Images images = parse_cifar(bytes, "a");
  EXPECT_EQ(images.count(), 2u);
  EXPECT_THAT(images.labels, ::testing::ElementsAre(3, 9));
  EXPECT_EQ(images.image(0)[0], 13);
  EXPECT_EQ(images.image(0)[1024], 23);
  EXPECT_EQ(images.image(1)[3071], 39);
}

TEST(Cifar, RefusesOtherFiles) {
  const std::string one(kCifarRecord, '\0');
  EXPECT_THAT(complaint_of([&] { parse_cifar(one.substr(1), "a"); }),
              ::testing::HasSubstr("it has 3072 bytes, no multiple of the 3073"));
  EXPECT_THAT(complaint_of([] { parse_cifar("", "a"); }), ::testing::HasSubstr("0 bytes"));
  EXPECT_EQ(complaint_of([&] { parse_cifar(one + '\x0a' + one.substr(1), "a"); }),
            "'a' is no CIFAR-10 file: picture 1 has the label 10, and labels are 0 to 9");
}

}  // namespace
}  // namespace gyre
