#include "gyre/store/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace gyre {

std::string json_text(const nlohmann::ordered_json& document) {
  constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;
  return document.dump(2, ' ', false, kReplace) + "\n";
}

nlohmann::ordered_json json_number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

}  // namespace gyre
