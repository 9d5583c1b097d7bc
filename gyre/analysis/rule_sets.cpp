#include "gyre/analysis/rule_sets.hpp"

#include <algorithm>

#include "gyre/core/text.hpp"

namespace gyre {

std::vector<Pipe> all_rules() {
  std::vector<Pipe> all;
  std::vector<std::string> known;
  const auto add = [&](const std::string& text) {
    Pipe rule = parse_pipe(text);
    if (rule.draws() || std::ranges::count(known, rule.text()) > 0) return;
    known.push_back(rule.text());
    all.push_back(std::move(rule));
  };
  for (const StageFacts& stage : rule_catalogue())
    if (stage.kind == StageKind::kScheme) add(stage.facts.id);
  for (const StageFacts& stage : rule_catalogue())
    if (stage.kind != StageKind::kScheme) add(stage.facts.id);
  for (const Alias& alias : rule_aliases()) add(alias.pipe);
  return all;
}

std::vector<Pipe> usual_rules(const Game& game) {
  std::vector<const char*> names{
      "gda", "alt-gda", "negative-momentum", "eg", "ogda", "lookahead-gda", "conopt", "hgd",
      "sga", "cgd",     "proximal"};
  std::size_t mixed = 0;
  for (const Region& r : game.regions)
    if (r.kind == Region::Kind::kSimplex) mixed += r.count;
  if (mixed == game.dim()) names = {"gda", "alt-gda", "eg", "ogda", "mwu", "omwu", "mirror-prox"};
  std::vector<Pipe> rules;
  for (const char* name : names) rules.push_back(parse_pipe(name));
  return rules;
}

std::string brief(const Pipe& rule) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < rule.stages.size(); ++i) {
    Pipe alone{{rule.stages[i]}, 0};
    std::string word = alone.text();
    const auto& params = rule.stages[i].facts().params;
    const bool plain = std::ranges::all_of(params, [&](const ParamFacts& p) {
      const auto value = rule.stages[i].reals.find(p.name);
      return value == rule.stages[i].reals.end() || value->second == p.initial;
    });
    if (plain && rule.stages[i].per_player.empty() && rule.stages[i].order.empty())
      word = rule.stages[i].facts().facts.id;
    words.push_back(std::move(word));
  }
  if (words.size() > 1) {  // the scheme that is taken when none is said
    std::vector<std::string> others = words;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(rule.scheme));
    const std::string text = join(others, " | ");
    if (parse_pipe(text).text() == rule.text()) return text;
  }
  return join(words, " | ");
}

}  // namespace gyre
