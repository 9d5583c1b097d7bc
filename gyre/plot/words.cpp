#include "gyre/plot/words.hpp"

#include <algorithm>
#include <array>

#include "gyre/core/text.hpp"

namespace gyre::plot {

namespace {
struct Character {
  std::string_view bytes;
  char32_t value;
  bool broken = false;  // a byte that is not UTF-8
};

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {text.substr(0, 1), lead};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  const Character broken{text.substr(0, 1), U'?', true};
  if (lead < 0xC2 || lead > 0xF4 || length > text.size()) return broken;
  char32_t value = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return broken;
    value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3F);
  }
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  const bool forbidden = value < least[length] || value > 0x10FFFF ||
                         (value >= 0xD800 && value <= 0xDFFF) || value == 0xFFFE || value == 0xFFFF;
  return forbidden ? broken : Character{text.substr(0, length), value};
}

std::vector<Character> characters(std::string_view text) {
  std::vector<Character> result;
  while (!text.empty()) {
    result.push_back(first_character(text));
    text.remove_prefix(result.back().bytes.size());
  }
  return result;
}

/// What may be shown in its place: broken bytes and control characters may not.
std::string shown(const Character& c) {
  if (c.broken) return "?";
  if (c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0)) return " ";
  return std::string(c.bytes);
}

bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || c >= 0x20000;
}

bool is_combining(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F);
}

/// Of DejaVu Sans, the widest of the common fonts.
double ems(char32_t c) {
  if (is_combining(c)) return 0.0;
  if (is_wide(c)) return 1.0;
  constexpr std::string_view narrow = "ijlI.,:;'|!()[]ft /\\-";
  if (c < 0x80 && narrow.find(static_cast<char>(c)) != std::string_view::npos) return 0.38;
  if (c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '@' || c == '%') return 0.97;
  if (c >= 'A' && c <= 'Z') return 0.7;
  if (c == 0x2070 || c == 0xB9 || c == 0xB2 || c == 0xB3 || (c >= 0x2074 && c <= 0x207B))
    return 0.42;
  return 0.63;
}

void wrap_line(std::string_view text, double limit, std::vector<std::string>& lines) {
  std::string line, word;
  double line_ems = 0.0, word_ems = 0.0;
  const auto finish_line = [&] {
    while (line.ends_with(' ')) line.pop_back();
    lines.push_back(line);
    line.clear();
    line_ems = 0.0;
  };
  const auto place_word = [&] {
    if (line_ems + word_ems > limit && !line.empty()) finish_line();
    line += word;
    line_ems += word_ems;
    word.clear();
    word_ems = 0.0;
  };
  for (const Character& c : characters(text)) {
    if (word_ems + ems(c.value) > limit) place_word();
    word += c.bytes;
    word_ems += ems(c.value);
    if (c.value == ' ' || is_wide(c.value)) place_word();
  }
  place_word();
  finish_line();
}
}  // namespace

double width_in_ems(std::string_view text) {
  double width = 0.0;
  for (const Character& c : characters(text)) width += ems(c.value);
  return width;
}

int terminal_width(std::string_view text) {
  int width = 0;
  for (const Character& c : characters(text))
    width += is_combining(c.value) ? 0 : is_wide(c.value) ? 2 : 1;
  return width;
}

std::vector<std::string> wrap(std::string_view text, double limit) {
  std::vector<std::string> lines;
  if (text.empty()) return lines;
  while (true) {
    const std::size_t end = text.find('\n');
    wrap_line(text.substr(0, end), std::max(limit, 1.0), lines);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string shorten(std::string_view text, double limit) {
  std::string flat(text);
  std::replace(flat.begin(), flat.end(), '\n', ' ');
  if (width_in_ems(flat) <= limit) return flat;
  std::string cut;
  double width = 1.0;  // of the three dots
  for (const Character& c : characters(flat)) {
    width += ems(c.value);
    if (width > limit) break;
    cut += c.bytes;
  }
  return cut + "…";
}

std::string shorten_to_cells(std::string_view text, int cells) {
  std::string clean;
  for (const Character& c : characters(text)) clean += shown(c);
  if (terminal_width(clean) <= cells) return clean;
  std::string cut;
  int width = 1;
  for (const Character& c : characters(clean)) {
    width += terminal_width(c.bytes);
    if (width > cells) break;
    cut += c.bytes;
  }
  return cells > 0 ? cut + "…" : "";
}

std::string shorten_inside(std::string_view text, int cells) {
  std::string clean;
  for (const Character& c : characters(text)) clean += shown(c);
  if (terminal_width(clean) <= cells || cells < 3) return shorten_to_cells(clean, cells);
  const int behind = (cells - 1) / 2;
  const auto all = characters(clean);
  std::string end;
  int width = 0;
  for (std::size_t i = all.size(); i-- > 0;) {
    width += terminal_width(all[i].bytes);
    if (width > behind) break;
    end.insert(0, all[i].bytes);
  }
  return shorten_to_cells(clean, cells - terminal_width(end)) + end;
}

std::string literal(std::string_view text) {
  // Nothing but the quote itself has a meaning between single quotes; a newline needs double ones.
  std::string result = "'";
  for (const Character& c : characters(text)) {
    if (c.value == '\n')
      result += "'.\"\\n\".'";
    else if (c.value == '\'')
      result += "''";
    else
      result += shown(c);
  }
  return result + "'";
}

}  // namespace gyre::plot
