// gyre rules: the stages of rules and the names of the literature, and all that is known about one.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/output.hpp"
#include "cli/rule_print.hpp"
#include "cli/table.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/rules/pipe.hpp"
#include "gyre/store/json.hpp"

namespace gyre::cli {

namespace {

struct RulesWords {
  std::vector<std::string> what;
  bool json = false;
};

void list() {
  constexpr std::pair<StageKind, const char*> kGroups[] = {
      {StageKind::kField, "field stages: change what the players see"},
      {StageKind::kScheme, "schemes: say where the field is read and how the point moves"},
      {StageKind::kWrapper, "wrappers: act on a whole rule"}};
  for (const auto& [kind, head] : kGroups) {
    print(out().paint(Style::kBold, head) + "\n");
    Table table(
        {{.head = "name"}, {.head = "calls", .right = true}, {.head = "does", .shrinks = true}});
    for (const StageFacts& stage : rule_catalogue())
      if (stage.kind == kind)
        table.row(
            {{stage.facts.id}, {number(stage.facts.calls)}, {stage.facts.does, Style::kFaint}});
    print(table.text(list_screen()) + "\n");
  }
  print(out().paint(Style::kBold, "names of the literature, and the pipes they stand for") + "\n");
  Table table({{.head = "name"}, {.head = "pipe"}, {.head = "", .shrinks = true}});
  for (const Alias& alias : rule_aliases())
    table.row({{alias.name}, {alias.pipe}, {alias.about, Style::kFaint}});
  print(table.text(list_screen()));
  print(
      "\nA rule is a pipe of these, field stages | one scheme | wrappers:\n"
      "  gyre run xy --rule 'adam | extragradient(eta=0.05) | lookahead(k=5)'\n");
}

nlohmann::ordered_json list_json() {
  using Json = nlohmann::ordered_json;
  Json stages = Json::array(), aliases = Json::array();
  for (const StageFacts& stage : rule_catalogue()) stages.push_back(stage_json(stage));
  for (const Alias& alias : rule_aliases())
    aliases.push_back({{"name", alias.name}, {"pipe", alias.pipe}, {"about", alias.about}});
  return {{"stages", std::move(stages)}, {"aliases", std::move(aliases)}};
}

/// A stage, a name of the literature, or a whole pipe with each of its stages.
int show(const std::string& what, bool json) {
  const Pipe pipe = parse_pipe(what);
  std::vector<const StageFacts*> stages;
  for (const StageFacts& stage : rule_catalogue())
    if (stage.facts.id == what) stages.push_back(&stage);
  const bool one = !stages.empty();
  if (!one)
    for (const StageSpec& spec : pipe.stages) stages.push_back(&spec.facts());
  if (json) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const StageFacts* stage : stages) all.push_back(stage_json(*stage));
    print(json_text({{"rule", pipe.text()}, {"stages", std::move(all)}}));
    return kDone;
  }
  if (!one) {
    for (const Alias& alias : rule_aliases())
      if (alias.name == what)
        print(fmt::format("{} is {}\n", out().paint(Style::kBold, alias.name), alias.about));
    print(fmt::format("it stands for the pipe {}\n\n", out().paint(Style::kBold, pipe.text())));
  }
  std::string between;
  for (const StageFacts* stage : stages) {
    print(between + stage_text(*stage, out()));
    between = "\n";
  }
  return kDone;
}

int rules(const RulesWords& words) {
  const std::vector<std::string>& what = words.what;
  if (what.empty()) {
    words.json ? print(json_text(list_json())) : list();
    return kDone;
  }
  const std::string usage = "; to see a rule: gyre rules show NAME";
  if (what[0] != "show")
    throw Error("behind 'gyre rules' stands 'show' or nothing, not " + as_typed(what[0]) + usage);
  if (what.size() == 1) throw Error("which rule? To see one: gyre rules show NAME");
  if (what.size() > 2)
    throw Error("one word too many: " + as_typed(what[2]) + "; put a pipe in quotes");
  return show(what[1], words.json);
}

}  // namespace

Action declare_rules(CLI::App& words) {
  const auto typed = std::make_shared<RulesWords>();
  words.add_option("WHAT", typed->what, "everything about one stage, name or pipe")
      ->type_name("[show RULE]");
  flag(words, "--json", typed->json, "print JSON");
  words.footer(
      "  gyre rules\n"
      "  gyre rules show extragradient\n"
      "  gyre rules show extra-adam\n"
      "  gyre rules show 'conopt(gamma=1) | alternating'");
  return [typed](Command) { return rules(*typed); };
}

}  // namespace gyre::cli
