#include "gyre/sweep/words.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gyre/core/text.hpp"

namespace gyre {

namespace {

using Json = nlohmann::ordered_json;

/// Every word with its key, once.
void each_word(auto& words, auto visit) {
  visit("game", words.game);
  visit("preset", words.preset);
  visit("runs", words.runs);
  visit("keep", words.keep);
  visit("start", words.start);
  visit("steps", words.steps);
  visit("seed", words.seed);
  visit("exit", words.exit);
  visit("engine", words.engine);
}

void each_list(auto& words, auto visit) {
  visit("rules", words.rules);
  visit("axes", words.axes);
  visit("draws", words.draws);
  visit("settings", words.settings);
}

std::string_view name_of(std::string_view text) { return trim(text.substr(0, text.find('='))); }

/// Those of `there` whose name none of `here` has, in front.
void add_missing(std::vector<std::string>& here, const std::vector<std::string>& there) {
  std::vector<std::string> all;
  for (const std::string& text : there)
    if (std::ranges::none_of(here,
                             [&](const std::string& own) { return name_of(own) == name_of(text); }))
      all.push_back(text);
  all.insert(all.end(), here.begin(), here.end());
  here = std::move(all);
}

}  // namespace

void SweepWords::complete(const SweepWords& there) {
  std::vector<const std::string*> others;
  each_word(there, [&](const char*, const std::string& word) { others.push_back(&word); });
  std::size_t k = 0;
  each_word(*this, [&](const char*, std::string& word) {
    if (word.empty()) word = *others[k];
    ++k;
  });
  if (rules.empty()) rules = there.rules;
  add_missing(axes, there.axes);
  add_missing(draws, there.draws);
  add_missing(settings, there.settings);
}

Json words_json(const SweepWords& words) {
  Json document = Json::object();
  const auto put = [&](const char* key, const auto& value) {
    if (!value.empty()) document[key] = value;
  };
  each_word(words, put);
  each_list(words, put);
  return document;
}

SweepWords words_of(const Json& document) {
  SweepWords words;
  const auto take = [&]<class T>(const char* key, T& value) {
    if (document.contains(key)) value = document.at(key).get<T>();
  };
  each_word(words, take);
  each_list(words, take);
  return words;
}

}  // namespace gyre
