#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace gyre {

/// The document as indented text with a newline at its end. Bytes that are no UTF-8, as a file name
/// may hold, become replacement characters.
std::string json_text(const nlohmann::ordered_json& document);

/// The number, or null for what JSON has none for: NaN and infinities.
nlohmann::ordered_json json_number(double value);

}  // namespace gyre
