#pragma once

#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gyre {

/// Whether a byte continues a UTF-8 character that began before it.
constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
/// Whether a byte would disturb a terminal.
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// A letter or underscore, then letters, digits, underscores; ASCII only.
bool is_identifier(std::string_view text);

std::string_view trim(std::string_view text);

/// Splits at every `separator` that stands outside brackets. Keeps empty pieces.
std::vector<std::string_view> split(std::string_view text, char separator);
/// The pieces would outlive what they are pieces of.
template <class Text>
requires std::same_as<Text, std::string> std::vector<std::string_view> split(Text&& text,
                                                                             char separator)
= delete;

std::string join(std::span<const std::string> words, std::string_view between);

/// The shortest text that reads back as the same double: "0.1", "1e-09", "inf", "nan".
std::string number(double value);

/// `digits` significant digits, without trailing zeros: for people, not for reading back.
std::string rounded(double value, int digits = 6);

/// The whole text as a finite or non-finite number, or nothing. What is beyond the range of doubles
/// is infinite or 0.
std::optional<double> to_number(std::string_view text);

/// Whether the bytes are well-formed UTF-8.
bool is_utf8(std::string_view text);

/// What a user typed, made fit for a one-line message: control bytes become spaces, long text is
/// cut.
std::string as_typed(std::string_view text);

}  // namespace gyre
