#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/analysis/explain.hpp"

/// All sentences of the tour and the atlas, English and Chinese side by side so that they cannot
/// drift apart.
namespace gyre::report {

/// One sentence or label. `{name}` stands for a value; light marks as in marked_up().
struct Wording {
  std::string_view key, english, chinese;
};

std::span<const Wording> page_words();
std::span<const Wording> play_words();
std::span<const Wording> why_words();
std::span<const Wording> rule_words();
std::span<const Wording> gan_words();
std::span<const Wording> figure_words();
std::span<const Wording> atlas_words();

/// Every wording.
std::vector<Wording> all_words();

/// The names between braces, in order.
std::vector<std::string> placeholders(std::string_view text);

/// What a placeholder stands for: on its own, and inside a page.
struct Value {
  std::string text, html;
};

/// The words of one language with the values of one run.
class Words {
 public:
  explicit Words(Language language);

  Language language() const { return language_; }

  void set(const std::string& name, std::string text);
  void set(const std::string& name, std::string text, std::string html);

  /// What a placeholder stands for, as text.
  const std::string& value(const std::string& name) const { return found(name).text; }

  bool has(std::string_view key) const { return words_.contains(key); }
  /// With values, as plain text: for figures and the terminal.
  std::string text(std::string_view key) const;
  /// With values and marks, as HTML.
  std::string html(std::string_view key) const;

 private:
  std::string_view raw(std::string_view key) const;
  const Value& found(const std::string& name) const;

  Language language_;
  std::map<std::string, std::string_view, std::less<>> words_;
  std::map<std::string, Value> values_;
};

}  // namespace gyre::report
