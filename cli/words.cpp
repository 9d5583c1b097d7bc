#include "cli/words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/output.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre::cli {

namespace {

std::unique_ptr<CLI::App> fresh(const Verb& verb) {
  auto words = std::make_unique<CLI::App>(verb.does, verb.name);
  words->allow_extras();
  words->set_help_flag("-h,--help", "this text");
  return words;
}

std::string help(const Verb& verb, const CLI::App& words) {
  std::string text = fmt::format("Usage: gyre {}", verb.name), about;
  std::vector<std::pair<std::string, std::string>> lines;
  for (const CLI::Option* o : words.get_options()) {
    if (o->get_positional()) {
      text += " " + o->get_type_name();
      about += fmt::format("  {:<22}  {}\n", o->get_type_name(), o->get_description());
      continue;
    }
    const bool flag = o->get_items_expected_max() == 0;
    std::string name = o->get_name(false, true);
    name = name.substr(0, name.find('{'));  // "--plot{svg}": what it means without a value
    if (const std::size_t comma = name.find(','); comma != std::string::npos)
      name.insert(comma + 1, " ");
    if (!flag || !o->get_type_name().empty()) name += o->get_type_name();
    lines.emplace_back(std::move(name), o->get_description());
  }
  text += fmt::format(" [options]\n\n{}\n", words.get_description());
  if (!about.empty()) text += "\n" + about;
  text += "\nOptions:\n";
  for (const auto& [name, does] : lines) text += fmt::format("  {:<22}  {}\n", name, does);
  return text + "\nExamples:\n" + words.get_footer() + "\n";
}

[[noreturn]] void refuse(const Verb& verb, const CLI::App& words, const std::string& word) {
  const std::string more = fmt::format("; see 'gyre {} --help'", verb.name);
  if (word.starts_with('-') && word.size() > 1) {
    const std::string name = word.substr(0, word.find('='));
    const std::string near = did_you_mean(name, option_names(words));
    throw Error(fmt::format("gyre {} has no option {}{}", verb.name, as_typed(name),
                            near.empty() ? more : near));
  }
  throw Error(fmt::format("one word too many: {}{}", as_typed(word),
                          std::string(verb.name) == "run" ? "; put the game in quotes" : more));
}

/// "--steps: 1 required TEXT missing" and the like, in our words.
[[noreturn]] void refuse_count(const Verb& verb, const CLI::ArgumentMismatch& problem) {
  const std::string what = problem.what();
  const std::string name = what.substr(0, what.find(':'));
  if (what.find("At Most") != std::string::npos)
    throw Error(fmt::format("{} is given more than once", name));
  throw Error(fmt::format("{} needs a value; see 'gyre {} --help'", name, verb.name));
}

/// "Could not convert: --json = please": only flags convert anything here.
[[noreturn]] void refuse_value(const CLI::ConversionError& problem) {
  const std::string what = problem.what();
  const std::size_t name = what.find('-');
  throw Error(what.substr(name, what.find(" =") - name) + " takes no value");
}

}  // namespace

int perform(const Verb& verb, Command command) {
  const std::unique_ptr<CLI::App> app = fresh(verb);
  CLI::App& words = *app;
  const Action action = verb.declare(words);
  // Wherever it stands: an option before it would take it as its value.
  if (std::ranges::find(command, "--help") != command.end()) {
    print(help(verb, words));
    return kDone;
  }
  try {
    words.parse(std::vector<std::string>(command.rbegin(), command.rend() - 2));
  } catch (const CLI::CallForHelp&) {
    print(help(verb, words));
    return kDone;
  } catch (const CLI::ArgumentMismatch& problem) {
    refuse_count(verb, problem);
  } catch (const CLI::ConversionError& problem) {
    refuse_value(problem);
  } catch (const CLI::ParseError& problem) {
    throw Error(fmt::format("these words are not understood: {}", problem.what()));
  }
  const std::vector<std::string> extras = words.remaining();
  for (const std::string& word : extras)
    if (word.starts_with('-') && word.size() > 1) refuse(verb, words, word);
  if (!extras.empty()) refuse(verb, words, extras.front());
  return action(command);
}

std::string help(const Verb& verb) {
  const std::unique_ptr<CLI::App> words = fresh(verb);
  verb.declare(*words);
  return help(verb, *words);
}

CLI::Option* option(CLI::App& words, const std::string& name, std::string& value,
                    const std::string& value_name, const std::string& does) {
  return words.add_option(name, value, does)->type_name(" " + value_name);
}

CLI::Option* option(CLI::App& words, const std::string& name, std::vector<std::string>& values,
                    const std::string& value_name, const std::string& does) {
  return words.add_option(name, values, does)->type_name(" " + value_name)->allow_extra_args(false);
}

CLI::Option* flag(CLI::App& words, const std::string& name, bool& value, const std::string& does) {
  return words.add_flag(name, value, does)->type_name("");
}

std::vector<std::string> option_names(const CLI::App& words) {
  std::vector<std::string> names;
  for (const CLI::Option* o : words.get_options())
    for (const std::string& name : o->get_lnames()) names.push_back("--" + name);
  return names;
}

}  // namespace gyre::cli
