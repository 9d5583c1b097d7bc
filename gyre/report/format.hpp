#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Numbers as people read them, with a real minus sign and powers of ten.
namespace gyre::report {

/// `digits` significant digits: "1.0049876", "−0.5", "1.2×10⁻¹⁶", "∞".
std::string shown(double value, int digits);

/// Always `decimals` digits behind the point, so that columns line up.
std::string shown_fixed(double value, int decimals);

/// The same with narrow spaces between thousands.
std::string grouped_fixed(double value, int decimals);

/// "1 386 296", with narrow spaces that do not break.
std::string grouped(std::uint64_t value);

/// "(0.6, 0.7)".
std::string place(double x, double y, int digits);

}  // namespace gyre::report
