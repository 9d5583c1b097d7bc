#include "gyre/core/error.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "gyre/core/text.hpp"

namespace gyre {

std::string caret(std::string_view text, std::size_t offset) {
  constexpr std::size_t kWindow = 60;
  offset = std::min(offset, text.size());
  const std::size_t newline = text.substr(0, offset).rfind('\n');
  const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  const std::size_t end = std::min(text.find('\n', offset), text.size());
  std::size_t from = begin, to = end;
  if (offset - begin > kWindow) from = offset - kWindow;
  if (end - offset > kWindow) to = offset + kWindow;
  auto inside = [&](std::size_t i) { return i > begin && i < end && is_continuation(text[i]); };
  while (inside(from)) --from;
  while (inside(to)) ++to;
  std::string line;
  for (const char c : text.substr(from, to - from)) line += is_control(c) ? ' ' : c;
  std::string mark;
  for (const char c : text.substr(from, offset - from))
    if (!is_continuation(c)) mark += ' ';
  const bool cut = from > begin;
  return "  " + std::string(cut ? "..." : "") + line + (to < end ? "..." : "") + "\n  " +
         std::string(cut ? "   " : "") + mark + "^";
}

namespace {

/// Edits (insert, delete, replace, swap of neighbours) that turn one word into the other.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  std::iota(row.begin(), row.end(), 0u);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        next[j] = std::min(next[j], before[j - 2] + 1);
    }
    before.swap(row);
    row.swap(next);
  }
  return row[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string> known) {
  if (word.size() < 2 || word.size() > 64) return {};  // any letter is near any other
  std::string best;
  std::size_t fewest = std::max<std::size_t>(1, std::min<std::size_t>(3, word.size() / 2)) + 1;
  for (const std::string& candidate : known) {
    const std::size_t edits = edit_distance(word, candidate);
    if (edits < fewest) fewest = edits, best = candidate;
  }
  if (!best.empty()) return best;
  for (const std::string& candidate : known)  // "extra" is meant to be "extragradient"
    if (word.size() >= 3 && candidate.starts_with(word)) return candidate;
  return {};
}

std::string did_you_mean(std::string_view word, std::span<const std::string> known) {
  const std::string near = nearest(word, known);
  return near.empty() ? "" : "; did you mean '" + near + "'?";
}

}  // namespace gyre
