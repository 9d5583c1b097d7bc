#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <span>
#include <string>
#include <vector>

#include "cli/verbs.hpp"

namespace gyre::cli {

/// Reads the words behind a verb and does what they say. Throws Error for words it does not know,
/// naming the nearest ones; `--help` prints the verb's help.
int perform(const Verb& verb, Command command);

/// A verb's help: its words, options and examples.
std::string help(const Verb& verb);

/// An option that is given at most once: `--steps N`.
CLI::Option* option(CLI::App& words, const std::string& name, std::string& value,
                    const std::string& value_name, const std::string& does);
/// An option that may be repeated.
CLI::Option* option(CLI::App& words, const std::string& name, std::vector<std::string>& values,
                    const std::string& value_name, const std::string& does);
CLI::Option* flag(CLI::App& words, const std::string& name, bool& value, const std::string& does);

/// The names of a verb's options, with their hyphens.
std::vector<std::string> option_names(const CLI::App& words);

}  // namespace gyre::cli
