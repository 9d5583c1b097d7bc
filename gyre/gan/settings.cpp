#include "gyre/gan/settings.hpp"

#include <filesystem>
#include <variant>

#include "gyre/core/error.hpp"
#include "gyre/core/facts.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/toml_reader.hpp"
#include "gyre/gan/layer_words.hpp"
#include "gyre/rules/pipe.hpp"
#include "gyre/store/file.hpp"

namespace gyre::gan {

namespace {

using Member = std::variant<std::string Settings::*, double Settings::*, std::int64_t Settings::*,
                            std::uint64_t Settings::*, bool Settings::*>;

struct Setting {
  const char* name;
  const char* about;
  Member member;
  Range range{};                   ///< of numbers
  std::vector<std::string> words;  ///< that text may be; any if empty
};

const std::vector<Setting>& table() {
  constexpr double kMany = 1e9;
  static const std::vector<Setting> all{
      {"data", "a data set of `gyre data`, or idx, CIFAR-10, NPY, PNG or JPEG files of your own",
       &Settings::data},
      {"size", "of pictures: 32x32 cuts and scales them", &Settings::size},
      {"conditional",
       "both players are told what each picture shows",
       &Settings::conditional,
       {},
       {"false", "true"}},
      {"latent", "numbers that the generator starts from", &Settings::latent, {1, 10000}},
      {"noise",
       "how those are spread: normal, or uniform on [0, 1)",
       &Settings::noise,
       {},
       {"normal", "uniform"}},
      {"generator", "its layers, or dcgan(WIDTH)", &Settings::generator},
      {"discriminator", "its layers, or dcgan(WIDTH)", &Settings::discriminator},
      {"start", "first weights", &Settings::start, {}, {"uniform", "normal"}},
      {"loss",
       "what the players minimise",
       &Settings::loss,
       {},
       {"minimax", "non-saturating", "least-squares", "wasserstein", "hinge", "relativistic"}},
      {"r1",
       "weight of the penalty on the discriminator's slopes at data",
       &Settings::r1,
       {0, 1e6}},
      {"r2", "... and at fakes", &Settings::r2, {0, 1e6}},
      {"gp", "weight of WGAN-GP's penalty", &Settings::gp, {0, 1e6}},
      {"clip", "the discriminator's weights stay within this; 0: free", &Settings::clip, {0, 1e6}},
      {"instance-noise",
       "deviation of what is added to data and fakes",
       &Settings::instance_noise,
       {0, 1e6}},
      {"halves",
       "what the discriminator sees when it looks alone: data and fakes together, or apart, in "
       "turns",
       &Settings::halves,
       {},
       {"together", "apart"}},
      {"rule", "what the players learn by; they are g and d", &Settings::rule},
      {"sampling",
       "fresh samples for each look at the field, or the same for all of a step",
       &Settings::sampling,
       {},
       {"fresh", "same"}},
      {"batch", "samples in a look at the game", &Settings::batch, {1, 65536}},
      {"steps", "of the rule", &Settings::steps, {1, 1e12}},
      {"seed", "of first weights and all samples", &Settings::seed, {0, 9007199254740992.0}},
      {"ema",
       "decay of a running mean of the generator; 0: none",
       &Settings::ema,
       {0, 0.999999999}},
      {"log", "steps between rows of metrics", &Settings::log, {1, kMany}},
      {"checkpoint", "steps between checkpoints", &Settings::checkpoint, {1, kMany}},
      {"samples", "for judging", &Settings::samples, {1, 1e6}},
      {"extractor", "what looks at pictures for metrics; empty: nobody", &Settings::extractor},
      {"dynamics",
       "steps between looks at the players' motion; 0: none",
       &Settings::dynamics,
       {0, kMany}},
      {"dynamics-batch",
       "samples that those looks are on, always the same",
       &Settings::dynamics_batch,
       {1, 65536}},
      {"eigenvalues",
       "of the game's Jacobian, in a spectrum; 0: no spectra",
       &Settings::eigenvalues,
       {0, 64}},
      {"spectrum-each", "looks from a spectrum to the next", &Settings::spectrum_each, {1, kMany}},
      {"threads",
       "for the tensors; small networks are slower with more, and convolutions end in other bits",
       &Settings::threads,
       {1, 256}},
      {"device", "where the tensors are", &Settings::device, {}, {"cpu", "cuda"}},
  };
  return all;
}

const Setting& named(std::string_view name) {
  std::vector<std::string> known;
  for (const Setting& setting : table()) {
    if (name == setting.name) return setting;
    known.emplace_back(setting.name);
  }
  const std::string near = did_you_mean(name, known);
  throw Error("a training has no setting " + as_typed(name) +
              (near.empty() ? "; there are " + join(known, ", ") : near));
}

std::string text_of(const Settings& settings, const Setting& setting) {
  return std::visit(
      [&](auto member) {
        if constexpr (std::is_same_v<decltype(member), std::string Settings::*>)
          return settings.*member;
        else if constexpr (std::is_same_v<decltype(member), double Settings::*>)
          return number(settings.*member);
        else if constexpr (std::is_same_v<decltype(member), bool Settings::*>)
          return std::string(settings.*member ? "true" : "false");
        else
          return std::to_string(settings.*member);
      },
      setting.member);
}

void set_number(Settings& settings, const Setting& setting, double value) {
  const std::string name = setting.name;
  const bool real = std::holds_alternative<double Settings::*>(setting.member);
  if (!(value >= setting.range.low && value <= setting.range.high) ||
      (!real && value != static_cast<double>(static_cast<std::int64_t>(value))))
    throw Error(name + " takes " + (real ? "numbers" : "whole numbers") + " from " +
                number(setting.range.low) + " to " + number(setting.range.high) + ", not " +
                number(value));
  std::visit(
      [&](auto member) {
        using T = std::decay_t<decltype(settings.*member)>;
        if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>)
          settings.*member = static_cast<T>(value);
      },
      setting.member);
}

void set_text(Settings& settings, const Setting& setting, std::string_view value) {
  if (!setting.words.empty() &&
      std::find(setting.words.begin(), setting.words.end(), value) == setting.words.end()) {
    const std::string near = did_you_mean(value, setting.words);
    throw Error(std::string(setting.name) + " is one of " + join(setting.words, ", ") + ", not " +
                as_typed(value) + near);
  }
  if (const auto* is = std::get_if<bool Settings::*>(&setting.member))
    settings.** is = value == "true";
  else
    settings.*std::get<std::string Settings::*>(setting.member) = std::string(trim(value));
}

/// Throws what is wrong with a line of the languages for rules and layers, as far as it tells that
/// by itself.
std::string checked(const Setting& setting, std::string line) {
  const std::string name = setting.name;
  if (name == "rule") parse_pipe(line);
  if ((name == "generator" || name == "discriminator") && !trim(line).starts_with("dcgan"))
    for (const std::string_view layer : split(line, '|')) read_layer(layer, name);
  return line;
}

/// Text, or one of two words.
bool takes_words(const Setting& setting) {
  return std::holds_alternative<std::string Settings::*>(setting.member) || !setting.words.empty();
}

}  // namespace

std::vector<std::pair<std::string, std::string>> listed(const Settings& settings) {
  std::vector<std::pair<std::string, std::string>> all;
  for (const Setting& setting : table()) all.emplace_back(setting.name, text_of(settings, setting));
  return all;
}

std::vector<SettingFacts> setting_facts(const Settings& settings) {
  std::vector<SettingFacts> all;
  for (const Setting& setting : table()) {
    std::string takes = join(setting.words, ", ");
    if (!takes_words(setting))
      takes = number(setting.range.low) + " to " + number(setting.range.high);
    all.push_back({setting.name, text_of(settings, setting), std::move(takes), setting.about});
  }
  return all;
}

void set(Settings& settings, std::string_view name, std::string_view value) {
  const Setting& setting = named(name);
  if (takes_words(setting)) {
    set_text(settings, setting, trim(value));
    return;
  }
  const auto number_given = to_number(trim(value));
  if (!number_given) throw Error(std::string(name) + " takes a number, not " + as_typed(value));
  set_number(settings, setting, *number_given);
}

void set_typed(Settings& settings, std::span<const std::string> typed) {
  for (const std::string& one : typed) {
    const std::size_t equal = one.find('=');
    if (equal == one.npos) throw Error("--set takes NAME=VALUE, not " + as_typed(one));
    set(settings, trim(std::string_view(one).substr(0, equal)), one.substr(equal + 1));
  }
}

Settings read_settings(std::string_view toml, const std::string& source) {
  const TomlReader reader(toml, source);
  Settings settings;
  settings.name = std::filesystem::path(source).stem().string();
  std::vector<std::string> keys{"name", "title", "about"};
  for (const Setting& setting : table()) keys.emplace_back(setting.name);
  reader.allow(reader.root(), "a training", keys);
  if (reader.root().get("name")) settings.name = reader.text(reader.root(), "name");
  settings.title = reader.text(reader.root(), "title");
  settings.about = reader.text(reader.root(), "about");
  for (const Setting& setting : table()) {
    const toml::node* node = reader.root().get(setting.name);
    if (!node) continue;
    reader.placed(*node, setting.name, [&] {
      if (node->is_boolean() && std::holds_alternative<bool Settings::*>(setting.member))
        set_text(settings, setting, *node->value<bool>() ? "true" : "false");
      else if (std::holds_alternative<bool Settings::*>(setting.member))
        throw Error("true or false is needed");
      else if (takes_words(setting))
        set_text(settings, setting, checked(setting, reader.text(reader.root(), setting.name)));
      else if (node->is_number())
        set_number(settings, setting, *node->value<double>());
      else
        throw Error("a number is needed");
    });
  }
  return settings;
}

std::string to_toml(const Settings& settings) {
  auto quoted = [](const std::string& text) {
    std::string all = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') all += '\\';
      all += c == '\n' ? ' ' : c;
    }
    return all + "\"";
  };
  std::string text = "name = " + quoted(settings.name) + "\n";
  text += "title = " + quoted(settings.title) + "\n";
  for (const Setting& setting : table()) {
    const bool is_text = std::holds_alternative<std::string Settings::*>(setting.member);
    const std::string value = text_of(settings, setting);
    text += std::string(setting.name) + " = " + (is_text ? quoted(value) : value) + "\n";
  }
  return text;
}

Settings load_settings(std::string_view what) {
  std::vector<std::string> known;
  for (const Preset& preset : presets()) {
    if (what == preset.name) return read_settings(preset.toml, std::string(preset.name) + ".toml");
    known.emplace_back(preset.name);
  }
  if (what.ends_with(".toml") || what.find('/') != std::string_view::npos)
    return read_settings(read_file(std::string(what), 1'048'576), std::string(what));
  const std::string near = did_you_mean(what, known);
  throw Error(
      "there is no preset " + as_typed(what) +
      (near.empty() ? "; there are " + join(known, ", ") + "; or name a .toml file" : near));
}

}  // namespace gyre::gan
