// gyre completion: scripts for shells, written from the verbs and catalogues themselves.
#include <fmt/format.h>

#include "cli/output.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/data/catalogue.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/rules/catalogue.hpp"
#include "gyre/sweep/quantity.hpp"

namespace gyre::cli {

namespace {

std::string game_names() {
  std::vector<std::string> names;
  for (const CatalogueEntry& entry : catalogue()) names.emplace_back(entry.name);
  return join(names, " ");
}

std::string rule_names() {
  std::vector<std::string> names;
  for (const StageFacts& stage : rule_catalogue()) names.push_back(stage.facts.id);
  for (const Alias& alias : rule_aliases()) names.push_back(alias.name);
  return join(names, " ");
}

std::string data_names(bool fetched) {
  std::vector<std::string> names;
  for (const DataFacts& facts : data_catalogue())
    if (!fetched || facts.kind == DataFacts::Kind::kFetched) names.emplace_back(facts.name);
  return join(names, " ");
}

std::string verb_names() {
  std::vector<std::string> names;
  for (const Verb& verb : verbs()) names.emplace_back(verb.name);
  return join(names, " ");
}

std::string quantity_names() {
  std::vector<std::string> names{"all"};
  for (const QuantityFacts& f : quantities()) names.emplace_back(f.name);
  return join(names, " ");
}

/// What may stand behind a verb as its first word.
std::string first_words(const Verb& verb) {
  CLI::App words;
  verb.declare(words);
  std::string takes;
  for (const CLI::Option* o : words.get_options())
    if (o->get_positional()) takes = o->get_type_name();
  if (takes == "GAME" || takes == "GAME|FILE") return game_names();
  if (takes.starts_with("[list|fetch")) return "list fetch show";
  if (takes.starts_with("[list|show")) return "list show compare rm";
  if (takes == "SHELL") return "bash zsh fish";
  return takes.starts_with("[show") ? "show" : "";
}

std::string options_of(const Verb& verb) {
  CLI::App words;
  verb.declare(words);
  return join(option_names(words), " ");
}

/// `verb) choices='...' ;;` lines of a shell's case statement.
std::string cases(auto&& words_of) {
  std::string lines;
  for (const Verb& verb : verbs()) {
    const std::string words = words_of(verb);
    if (!words.empty()) lines += fmt::format("      {}) choices='{}' ;;\n", verb.name, words);
  }
  return lines;
}

/// Sets `choices` from `verb`, `before` and `word`: the same lines serve bash and zsh.
std::string choice() {
  std::string text =
      "  case $before in\n"
      "    --rule) choices='{rules}' ;;\n"
      "    --rules) choices='usual all none {rules}' ;;\n"
      "    --games) choices='{games}' ;;\n"
      "    --format) choices='csv npy' ;;\n"
      "    --preset) choices='basin stability robustness' ;;\n"
      "    --engine) choices='auto interpreter jit jit-f32' ;;\n"
      "    --keep) choices='{quantities}' ;;\n"
      "    --lang) choices='en zh' ;;\n"
      "    --record) choices='none every:' ;;\n"
      "    --start) choices='random:' ;;\n"
      "    show) case $verb in\n"
      "      games) choices='{games}' ;;\n"
      "      rules) choices='{rules}' ;;\n"
      "      data) choices='{data}' ;;\n"
      "    esac ;;\n"
      "    fetch) choices='{fetched}' ;;\n"
      "    --part) choices='train test' ;;\n"
      "    gyre|help) choices='{verbs}' ;;\n"
      "    *) case $word in -*) case $verb in\n"
      "{options}"
      "    esac ;; *) case $verb in\n"
      "{firsts}"
      "    esac ;; esac ;;\n"
      "  esac\n";
  return fmt::format(fmt::runtime(text), fmt::arg("rules", rule_names()),
                     fmt::arg("quantities", quantity_names()), fmt::arg("games", game_names()),
                     fmt::arg("verbs", verb_names()), fmt::arg("data", data_names(false)),
                     fmt::arg("fetched", data_names(true)), fmt::arg("options", cases(options_of)),
                     fmt::arg("firsts", cases(first_words)));
}

std::string bash() {
  return "# source <(gyre completion bash)\n"
         "_gyre() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  local verb=${COMP_WORDS[1]} choices=\n"
         "  [[ $COMP_CWORD == 1 ]] && before=gyre\n" +
         choice() +
         "  COMPREPLY=($(compgen -W \"$choices\" -- \"$word\"))\n"
         "}\n"
         "complete -o default -F _gyre gyre\n";
}

std::string zsh() {
  return "#compdef gyre\n"
         "_gyre() {\n"
         "  local word=${words[CURRENT]} before=${words[CURRENT-1]} verb=${words[2]}\n"
         "  (( CURRENT == 2 )) && before=gyre\n"
         "  local choices=\n" +
         choice() +
         "  if [[ -n $choices ]]; then compadd -- ${=choices}; else _files; fi\n"
         "}\n"
         "if [[ ${funcstack[1]} == _gyre ]]; then _gyre; else compdef _gyre gyre; fi\n";
}

std::string fish() {
  std::string text = "# gyre completion fish | source\n";
  for (const Verb& verb : verbs()) {
    text += fmt::format("complete -c gyre -n __fish_use_subcommand -f -a {} -d '{}'\n", verb.name,
                        verb.does);
    const std::string here = fmt::format("-n '__fish_seen_subcommand_from {}'", verb.name);
    const std::string options = options_of(verb);
    for (const std::string_view name : split(options, ' '))
      text +=
          fmt::format("complete -c gyre {} -l {}{}\n", here, name.substr(2),
                      name.starts_with("--rule") ? fmt::format(" -x -a '{}'", rule_names()) : "");
    if (const std::string words = first_words(verb); !words.empty())
      text += fmt::format("complete -c gyre {} -a '{}'\n", here, words);
  }
  for (const auto& [verb, names] : {std::pair{"games", game_names()}, {"rules", rule_names()}})
    text += fmt::format(
        "complete -c gyre -n '__fish_seen_subcommand_from {}; and __fish_seen_subcommand_from "
        "show' -f -a '{}'\n",
        verb, names);
  return text;
}

int completion(const std::string& shell) {
  if (shell.empty()) throw Error("which shell? For example: source <(gyre completion bash)");
  const std::string known = one_of("gyre completion", shell, {"bash", "zsh", "fish"});
  print(known == "bash" ? bash() : known == "zsh" ? zsh() : fish());
  return kDone;
}

}  // namespace

Action declare_completion(CLI::App& words) {
  const auto shell = std::make_shared<std::string>();
  words.add_option("SHELL", *shell, "bash, zsh or fish")->type_name("SHELL");
  words.footer(
      "  source <(gyre completion bash)\n"
      "  gyre completion zsh > ~/.zfunc/_gyre\n"
      "  gyre completion fish > ~/.config/fish/completions/gyre.fish");
  return [shell](Command) { return completion(*shell); };
}

}  // namespace gyre::cli
