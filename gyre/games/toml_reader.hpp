#pragma once

#include <toml++/toml.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gyre/core/error.hpp"
#include "gyre/expr/parse.hpp"

namespace gyre {

/// A TOML text and its values, read with errors that say where and what was expected.
class TomlReader {
 public:
  TomlReader(std::string_view text, std::string source);

  const toml::table& root() const { return root_; }

  [[noreturn]] void fail(const toml::source_position& at, const std::string& message) const;
  [[noreturn]] void fail(const toml::node& at, const std::string& message) const {
    fail(at.source().begin, message);
  }

  /// Refuses keys that are not in the list, naming the nearest that is.
  void allow(const toml::table& table, const std::string& where,
             const std::vector<std::string>& keys) const;

  /// The value of a key that must be there.
  const toml::node& need(const toml::table& table, const std::string& key) const;

  std::string text(const toml::table& table, const std::string& key) const;  ///< "" if absent
  const toml::table& table(const toml::node& node, const std::string& what) const;
  const toml::array& array(const toml::node& node, const std::string& what) const;
  /// A number, or a formula in quotes over the names in `scope`.
  Expr formula(const toml::node& node, Graph& graph, const Scope& scope,
               const std::string& what) const;
  double constant(const toml::node& node, const std::string& what) const;
  /// `[low, high]` with low < high.
  std::array<double, 2> interval(const toml::node& node, const std::string& what) const;

  /// Runs `read` and puts the place of `node` in front of its errors.
  template <class Read>
  auto placed(const toml::node& node, const std::string& what, Read read) const {
    try {
      return read();
    } catch (const Error& error) {
      wrap(node, what, error);
    }
  }

 private:
  [[noreturn]] void wrap(const toml::node& node, const std::string& what, const Error& error) const;
  std::string place(const toml::source_position& at) const;

  std::string_view text_;
  std::string source_;
  toml::table root_;
};

}  // namespace gyre
