#include "gyre/store/machine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gyre {
namespace {

TEST(Machine, IsDescribed) {
  const Machine machine = this_machine();
  EXPECT_FALSE(machine.processor.empty());
  EXPECT_GE(machine.cores, 1u);
  EXPECT_GT(machine.memory, 0.0);
  EXPECT_FALSE(machine.system.empty());
  EXPECT_FALSE(compiler().empty());
}

TEST(UtcNow, IsWrittenAsIso8601) {
  EXPECT_THAT(utc_now(), testing::MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z"));
}

}  // namespace
}  // namespace gyre
