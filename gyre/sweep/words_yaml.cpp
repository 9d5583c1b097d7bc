// Sweeps as Weights & Biases writes them.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/sweep/words.hpp"

namespace gyre {

namespace {

constexpr std::size_t kLongest = 1 << 20;
constexpr int kMostDepth = 32;

class Reader {
 public:
  explicit Reader(std::string source) : source_(std::move(source)) {}

  [[noreturn]] void fail(const YAML::Mark& at, const std::string& message) const {
    throw Error(fmt::format("{}:{}:{}: {}", source_, at.line + 1, at.column + 1, message));
  }
  [[noreturn]] void fail(const YAML::Node& at, const std::string& message) const {
    fail(at.Mark(), message);
  }

  void allow(const YAML::Node& map, const std::string& where,
             const std::vector<std::string>& keys) const {
    for (const auto& entry : map) {
      const std::string key = entry.first.Scalar();
      if (std::ranges::find(keys, key) != keys.end()) continue;
      const std::string near = did_you_mean(key, keys);
      fail(entry.first, fmt::format("unknown key {} in {}{}", as_typed(key), where,
                                    near.empty() ? "; known are " + join(keys, ", ") : near));
    }
  }

  const std::string& scalar(const YAML::Node& node, const std::string& what) const {
    if (!node.IsScalar()) fail(node, what + " must be one value");
    return node.Scalar();
  }

  double real(const YAML::Node& node, const std::string& what) const {
    const auto value = to_number(scalar(node, what));
    if (!value || !std::isfinite(*value))
      fail(node, fmt::format("{} must be a number, not {}", what, as_typed(node.Scalar())));
    return *value;
  }

  YAML::Node need(const YAML::Node& map, const std::string& key, const std::string& what) const {
    const YAML::Node node = map[key];
    if (!node) fail(map, fmt::format("{} lacks the key '{}'", what, key));
    return node;
  }

  std::vector<std::string> list(const YAML::Node& node, const std::string& what) const {
    if (!node.IsSequence() || node.size() == 0) fail(node, what + " must be a list of values");
    std::vector<std::string> values;
    for (const YAML::Node& one : node) values.push_back(scalar(one, what));
    return values;
  }

 private:
  std::string source_;
};

/// What W&B calls a distribution, and how --draw says it.
struct Distribution {
  std::string_view name, word;
  const char *first, *second;  ///< keys of its two numbers
  double factor;               ///< W&B's older forms give logarithms
};
constexpr Distribution kDistributions[] = {
    {"uniform", "uniform", "min", "max", 0.0},
    {"q_uniform", "uniform", "min", "max", 0.0},
    {"int_uniform", "whole", "min", "max", 0.0},
    {"log_uniform_values", "log", "min", "max", 0.0},
    {"q_log_uniform_values", "log", "min", "max", 0.0},
    {"log_uniform", "log", "min", "max", 1.0},
    {"normal", "normal", "mu", "sigma", 0.0},
    {"q_normal", "normal", "mu", "sigma", 0.0},
    {"log_normal", "lognormal", "mu", "sigma", 0.0},
};

class Sweep {
 public:
  Sweep(const Reader& reader, const YAML::Node& root) : reader_(reader) {
    reader.allow(root, "a sweep",
                 {"method", "parameters", "run_cap", "name", "description", "program", "command",
                  "project", "entity", "metric", "early_terminate"});
    const YAML::Node method = reader.need(root, "method", "a sweep");
    method_ = reader.scalar(method, "'method'");
    if (method_ != "grid" && method_ != "random")
      reader.fail(method,
                  fmt::format("'method' is grid or random here, not {}", as_typed(method_)));
    if (const YAML::Node cap = root["run_cap"]) words_.runs = reader.scalar(cap, "'run_cap'");
    const YAML::Node parameters = reader.need(root, "parameters", "a sweep");
    if (!parameters.IsMap()) reader.fail(parameters, "'parameters' must be a map");
    for (const auto& entry : parameters) parameter(entry.first.Scalar(), entry.second);
    if (method_ == "grid" && !words_.runs.empty())
      reader.fail(root["run_cap"],
                  "'run_cap' caps a random sweep; a grid has as many runs as it has");
    if (!words_.draws.empty() && words_.runs.empty())
      reader.fail(root, "a random sweep needs 'run_cap', the number of its runs");
  }

  SweepWords words() const { return words_; }

 private:
  void parameter(const std::string& name, const YAML::Node& node) {
    if (!node.IsMap())
      reader_.fail(node, fmt::format("parameter {} must be a map", as_typed(name)));
    reader_.allow(node, "parameter " + as_typed(name),
                  {"value", "values", "distribution", "min", "max", "mu", "sigma", "q"});
    std::string* const own = word(name);
    if (name == "rule") {
      if (node["values"])
        words_.rules = reader_.list(node["values"], "'values'");
      else
        words_.rules = {reader_.scalar(reader_.need(node, "value", "rule"), "'value'")};
    } else if (own && node["value"]) {
      *own = reader_.scalar(node["value"], "'value'");
    } else if (own && name != "seed") {
      reader_.fail(node, fmt::format("{} has one 'value' for all runs", name));
    } else if (node["value"]) {
      words_.axes.push_back(name + "=" + reader_.scalar(node["value"], "'value'"));
    } else if (node["values"]) {
      const std::string values = join(reader_.list(node["values"], "'values'"), ",");
      (method_ == "grid" ? words_.axes : words_.draws).push_back(name + "=" + values);
    } else {
      drawn(name, node);
    }
  }

  void drawn(const std::string& name, const YAML::Node& node) {
    const std::string what = "parameter " + as_typed(name);
    std::string distribution = "uniform";
    if (const YAML::Node typed = node["distribution"]) {
      distribution = reader_.scalar(typed, "'distribution'");
    } else if (const YAML::Node low = node["min"], high = node["max"]; low && high) {
      const auto whole = [&](const YAML::Node& end) {  // W&B draws whole numbers between such
        return end.IsScalar() &&
               end.Scalar().find_first_not_of("+-0123456789") == std::string::npos;
      };
      if (whole(low) && whole(high)) distribution = "int_uniform";
    }
    const auto found = std::ranges::find(kDistributions, distribution, &Distribution::name);
    if (found == std::end(kDistributions)) {
      std::vector<std::string> known;
      for (const Distribution& d : kDistributions) known.emplace_back(d.name);
      const std::string near = did_you_mean(distribution, known);
      reader_.fail(node["distribution"],
                   fmt::format("there is no distribution {} here{}", as_typed(distribution),
                               near.empty() ? "; known are " + join(known, ", ") : near));
    }
    double first = reader_.real(reader_.need(node, found->first, what), found->first);
    double second = reader_.real(reader_.need(node, found->second, what), found->second);
    if (found->factor > 0.0) first = std::exp(first), second = std::exp(second);
    if (method_ == "grid") {
      if (found->word != "whole")
        reader_.fail(node, what + " has no end in a grid; give 'values', or 'method: random'");
      words_.axes.push_back(fmt::format("{}={}:{}", name, number(first), number(second)));
      return;
    }
    std::string draw = fmt::format("{}={}:{}:{}", name, found->word, number(first), number(second));
    if (distribution.starts_with("q_"))
      draw += ":step=" + (node["q"] ? number(reader_.real(node["q"], "'q'")) : std::string("1"));
    words_.draws.push_back(std::move(draw));
  }

  /// The word of the sweep that a parameter of this name stands for, if it stands for one.
  std::string* word(const std::string& name) {
    if (name == "game") return &words_.game;
    if (name == "steps") return &words_.steps;
    if (name == "start") return &words_.start;
    return name == "seed" ? &words_.seed : nullptr;
  }

  const Reader& reader_;
  std::string method_;
  SweepWords words_;
};

/// The parser nests as deep as the text does.
void refuse_deep(std::string_view text, const std::string& source) {
  int depth = 0, line = 1;
  for (const char c : text) {
    if (c == '\n') ++line;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth > kMostDepth)
      throw Error(
          fmt::format("{}:{}: more than {} brackets inside each other", source, line, kMostDepth));
  }
}

}  // namespace

SweepWords sweep_yaml(std::string_view text, const std::string& source) {
  if (text.size() > kLongest)
    throw Error(
        fmt::format("{} has {} characters; at most {} are taken", source, text.size(), kLongest));
  refuse_deep(text, source);
  const Reader reader(source);
  try {
    const YAML::Node root = YAML::Load(std::string(text));
    if (!root.IsMap()) reader.fail(root, "a sweep is a map with 'method' and 'parameters'");
    return Sweep(reader, root).words();
  } catch (const YAML::Exception& problem) {
    reader.fail(problem.mark, "this is not YAML: " + problem.msg);
  }
}

}  // namespace gyre
