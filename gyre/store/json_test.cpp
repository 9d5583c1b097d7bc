#include "gyre/store/json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace gyre {
namespace {

TEST(JsonText, KeepsTheOrderAndTakesAnyBytes) {
  EXPECT_EQ(json_text({{"z", 1}, {"a", 0.1}}), "{\n  \"z\": 1,\n  \"a\": 0.1\n}\n");
  EXPECT_EQ(json_text("\xff"), "\"\uFFFD\"\n");
  EXPECT_EQ(json_text({json_number(0.5), json_number(INFINITY), json_number(NAN)}),
            "[\n  0.5,\n  null,\n  null\n]\n");
}

}  // namespace
}  // namespace gyre
