#include "gyre/store/json.hpp"

#include <nlohmann/json.hpp>

namespace gyre {

std::string json_text(const nlohmann::ordered_json& document) {
  constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;
  return document.dump(2, ' ', false, kReplace) + "\n";
}

}  // namespace gyre
