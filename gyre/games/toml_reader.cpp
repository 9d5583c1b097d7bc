#include "gyre/games/toml_reader.hpp"

#include <algorithm>

#include "gyre/core/text.hpp"

namespace gyre {

namespace {

std::string kind_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::string:
      return "text";
    case toml::node_type::integer:
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    default:
      return "a date or time";
  }
}

/// TOML lets keys nest without end, `a.b.c...`, and the parser's tables then nest as deep, which
/// overruns the stack when they are destroyed. So the dots of a line are counted first.
void refuse_deep_keys(std::string_view text, const std::string& source) {
  constexpr int kMostDots = 64;
  int line = 1, dots = 0;
  for (const char c : text) {
    if (c == '\n') ++line, dots = 0;
    if (c == '.' && ++dots > kMostDots)
      throw Error(source + ":" + std::to_string(line) + ": more than " + std::to_string(kMostDots) +
                  " dots in a line; break the line");
  }
}

/// The byte that TOML's line and column stand for; columns count characters.
std::size_t offset_of(std::string_view text, const toml::source_position& at) {
  std::size_t i = 0;
  for (auto line = at.line; line > 1 && i < text.size(); --line) {
    const std::size_t end = text.find('\n', i);
    i = end == std::string_view::npos ? text.size() : end + 1;
  }
  for (auto column = at.column; column > 1 && i < text.size(); --column) {
    ++i;
    while (i < text.size() && is_continuation(text[i])) ++i;
  }
  return i;
}

}  // namespace

TomlReader::TomlReader(std::string_view text, std::string source)
    : text_(text), source_(std::move(source)) {
  constexpr std::size_t kLongestFile = 1'048'576;
  if (text.size() > kLongestFile)
    throw Error(source_ + " has " + std::to_string(text.size()) + " characters; at most " +
                std::to_string(kLongestFile) + " are taken");
  refuse_deep_keys(text, source_);
  try {
    root_ = toml::parse(text);
  } catch (const toml::parse_error& error) {
    fail(error.source().begin, "this is not TOML: " + std::string(error.description()));
  }
}

std::string TomlReader::place(const toml::source_position& at) const {
  return source_ + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
}

void TomlReader::fail(const toml::source_position& at, const std::string& message) const {
  throw Error(place(at) + message, caret(text_, offset_of(text_, at)));
}

void TomlReader::wrap(const toml::node& node, const std::string& what, const Error& error) const {
  const std::string problem = error.what();
  const bool said = problem.starts_with(what + " ") || problem.starts_with(what + ":");
  const std::string where = said ? "" : "in " + what + ": ";
  throw Error(place(node.source().begin) + where + problem, error.detail());
}

void TomlReader::allow(const toml::table& table, const std::string& where,
                       const std::vector<std::string>& keys) const {
  for (const auto& [key, value] : table) {
    const std::string_view name = key.str();
    if (std::find(keys.begin(), keys.end(), name) != keys.end()) continue;
    std::string hint = did_you_mean(name, keys);
    if (hint.empty())
      hint = keys.empty() ? "; there is nothing to set" : "; known are " + join(keys, ", ");
    fail(key.source().begin, "unknown key " + as_typed(name) + " in " + where + hint);
  }
}

const toml::node& TomlReader::need(const toml::table& table, const std::string& key) const {
  if (const toml::node* node = table.get(key)) return *node;
  fail(table, "the key '" + key + "' is missing");
}

std::string TomlReader::text(const toml::table& table, const std::string& key) const {
  const toml::node* node = table.get(key);
  if (!node) return {};
  if (const auto* string = node->as_string()) return std::string(trim(string->get()));
  fail(*node, "'" + key + "' must be text in quotes, not " + kind_of(*node));
}

const toml::table& TomlReader::table(const toml::node& node, const std::string& what) const {
  if (const toml::table* found = node.as_table()) return *found;
  fail(node, what + " must be a table, not " + kind_of(node));
}

const toml::array& TomlReader::array(const toml::node& node, const std::string& what) const {
  if (const toml::array* found = node.as_array()) return *found;
  fail(node, what + " must be an array, not " + kind_of(node));
}

Expr TomlReader::formula(const toml::node& node, Graph& graph, const Scope& scope,
                         const std::string& what) const {
  if (node.is_number()) return Expr(graph, graph.constant(*node.value<double>()));
  if (const auto* string = node.as_string())
    return placed(node, what, [&] { return parse(string->get(), graph, scope); });
  fail(node, what + " must be a number or a formula in quotes, not " + kind_of(node));
}

double TomlReader::constant(const toml::node& node, const std::string& what) const {
  Graph graph;
  return evaluate(formula(node, graph, {}, what));
}

std::array<double, 2> TomlReader::interval(const toml::node& node, const std::string& what) const {
  const toml::array& pair = array(node, what);
  if (pair.size() != 2)
    fail(node, what + " must be [low, high], not " + std::to_string(pair.size()) + " values");
  const std::array<double, 2> ends{constant(pair[0], what), constant(pair[1], what)};
  if (!(ends[0] < ends[1]))
    fail(node, what + " is empty: [" + number(ends[0]) + ", " + number(ends[1]) +
                   "] must have the smaller number first");
  return ends;
}

}  // namespace gyre
