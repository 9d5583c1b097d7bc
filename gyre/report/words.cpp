#include "gyre/report/words.hpp"

#include "gyre/core/assert.hpp"
#include "gyre/report/html.hpp"

namespace gyre::report {

namespace {

/// Calls `plain` for the text between placeholders and `named` for each name.
void walk(std::string_view text, auto&& plain, auto&& named) {
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    plain(text.substr(0, open));
    if (open == std::string_view::npos) return;
    const std::size_t close = text.find('}', open);
    GYRE_ASSERT(close != std::string_view::npos);
    named(std::string(text.substr(open + 1, close - open - 1)));
    text.remove_prefix(close + 1);
  }
}

}  // namespace

std::vector<Wording> all_words() {
  std::vector<Wording> all;
  for (const auto part : {page_words(), play_words(), why_words(), rule_words(), gan_words(),
                          figure_words(), atlas_words()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::vector<std::string> placeholders(std::string_view text) {
  std::vector<std::string> names;
  walk(
      text, [](std::string_view) {}, [&](std::string name) { names.push_back(std::move(name)); });
  return names;
}

Words::Words(Language language) : language_(language) {
  for (const Wording& w : all_words()) {
    const bool fresh =
        words_.emplace(w.key, language == Language::kChinese ? w.chinese : w.english).second;
    GYRE_ASSERT(fresh);
  }
}

void Words::set(const std::string& name, std::string text) {
  std::string html = escape(text);
  set(name, std::move(text), std::move(html));
}

void Words::set(const std::string& name, std::string text, std::string html) {
  values_[name] = {std::move(text), std::move(html)};
}

std::string_view Words::raw(std::string_view key) const {
  const auto it = words_.find(key);
  GYRE_ASSERT(it != words_.end());
  return it->second;
}

const Value& Words::found(const std::string& name) const {
  const auto it = values_.find(name);
  GYRE_ASSERT(it != values_.end());
  return it->second;
}

std::string Words::text(std::string_view key) const {
  std::string result;
  walk(
      raw(key), [&](std::string_view part) { result += part; },
      [&](const std::string& name) { result += found(name).text; });
  return result;
}

std::string Words::html(std::string_view key) const {
  // Marks may begin before a value and end behind it, so values go in last.
  constexpr char kPlace = '\x01';
  std::string pattern;
  std::vector<std::string> names;
  walk(
      raw(key), [&](std::string_view part) { pattern += part; },
      [&](std::string name) {
        pattern += kPlace;
        names.push_back(std::move(name));
      });
  std::string result;
  std::size_t next = 0;
  for (const char c : marked_up(pattern)) {
    if (c == kPlace)
      result += found(names[next++]).html;
    else
      result += c;
  }
  return result;
}

}  // namespace gyre::report
