// Sweeps from TOML files.
#include <fmt/format.h>

#include <algorithm>

#include "gyre/core/text.hpp"
#include "gyre/games/toml_reader.hpp"
#include "gyre/sweep/words.hpp"

namespace gyre {

namespace {

/// A number or a text, as it would be typed.
std::string word(const TomlReader& reader, const toml::node& node, const std::string& key) {
  if (const auto* text = node.as_string()) return std::string(trim(text->get()));
  if (const auto* whole = node.as_integer()) return fmt::format("{}", whole->get());
  if (const auto* real = node.as_floating_point()) return number(real->get());
  reader.fail(node, "'" + key + "' must be text in quotes or a number");
}

/// One word, or several between commas.
std::string words(const TomlReader& reader, const toml::node& node, const std::string& key) {
  const toml::array* list = node.as_array();
  if (!list) return word(reader, node, key);
  std::vector<std::string> parts;
  for (const toml::node& part : *list) parts.push_back(word(reader, part, key));
  return join(parts, ",");
}

/// `x = "-2:2:100"` of a table, in the order of the file and not of the alphabet; or a list of
/// "x=-2:2:100".
std::vector<std::string> named(const TomlReader& reader, const toml::table& root,
                               const std::string& key) {
  std::vector<std::string> result;
  const toml::node* node = root.get(key);
  if (!node) return result;
  if (const toml::array* list = node->as_array()) {
    for (const toml::node& part : *list) result.push_back(word(reader, part, key));
    return result;
  }
  std::vector<std::pair<toml::source_position, std::string>> placed;
  for (const auto& [name, value] : reader.table(*node, "'" + key + "'"))
    placed.emplace_back(
        name.source().begin,
        fmt::format("{}={}", name.str(), words(reader, value, std::string(name.str()))));
  std::ranges::sort(placed, [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [where, text] : placed) result.push_back(std::move(text));
  return result;
}

}  // namespace

SweepWords sweep_toml(std::string_view text, const std::string& source) {
  const TomlReader reader(text, source);
  const toml::table& root = reader.root();
  reader.allow(root, "a sweep",
               {"game", "rule", "preset", "axes", "draws", "runs", "set", "keep", "start", "steps",
                "seed", "exit", "engine"});
  SweepWords result;
  const auto take = [&](const char* key, std::string& to) {
    if (const toml::node* node = root.get(key)) to = words(reader, *node, key);
  };
  take("game", result.game);
  take("preset", result.preset);
  take("runs", result.runs);
  take("keep", result.keep);
  take("start", result.start);
  take("steps", result.steps);
  take("seed", result.seed);
  take("exit", result.exit);
  take("engine", result.engine);
  if (const toml::node* rules = root.get("rule")) {
    if (const toml::array* list = rules->as_array())
      for (const toml::node& rule : *list) result.rules.push_back(word(reader, rule, "rule"));
    else
      result.rules.push_back(word(reader, *rules, "rule"));
  }
  result.axes = named(reader, root, "axes");
  result.draws = named(reader, root, "draws");
  result.settings = named(reader, root, "set");
  return result;
}

}  // namespace gyre
