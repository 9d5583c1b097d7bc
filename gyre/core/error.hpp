#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gyre {

/// What a user gave and Gyre cannot take. The message is one line that says what was given and what
/// is allowed; `detail` may hold further lines, such as a formula with a caret under the mistake.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message, std::string detail = {})
      : std::runtime_error(message), detail_(std::move(detail)) {}

  const std::string& detail() const { return detail_; }

 private:
  std::string detail_;
};

/// The line of `text` that holds byte `offset`, and under it a caret at that place. Long lines are
/// cut to a window around the caret; a caret counts characters, not bytes, so `x²*/y` lines up.
std::string caret(std::string_view text, std::size_t offset);

/// The word of `known` nearest to `word` by edit distance, or nothing if none is near enough to be
/// what a person meant.
std::string nearest(std::string_view word, std::span<const std::string> known);

/// "; did you mean 'adam'?" or nothing: made to be appended to a message.
std::string did_you_mean(std::string_view word, std::span<const std::string> known);

}  // namespace gyre
