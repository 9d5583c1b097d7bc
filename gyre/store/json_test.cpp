#include "gyre/store/json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace gyre {
namespace {

TEST(JsonText, KeepsTheOrderAndTakesAnyBytes) {
  EXPECT_EQ(json_text({{"z", 1}, {"a", 0.1}}), "{\n  \"z\": 1,\n  \"a\": 0.1\n}\n");
  EXPECT_EQ(json_text("\xff"), "\"\uFFFD\"\n");
}

}  // namespace
}  // namespace gyre
