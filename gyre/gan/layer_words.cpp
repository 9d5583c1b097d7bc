#include "gyre/gan/layer_words.hpp"

#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre::gan {

namespace {

constexpr double kMissing = LayerWords::kMissing;

struct LayerWord {
  const char* name;
  int least, most;  // arguments
  std::array<double, 3> initial;
  double low, high;  // of every argument
  bool whole, weights;
};

// In the order of LayerKind.
constexpr LayerWord kWords[] = {
    {"linear", 0, 1, {kMissing, 0, 0}, 1, 100000, true, true},
    {"conv", 0, 3, {kMissing, 3, 1}, 1, 4096, true, true},
    {"tconv", 0, 3, {kMissing, 4, 2}, 1, 4096, true, true},
    {"upsample", 0, 1, {2, 0, 0}, 1, 64, true, false},
    {"reshape", 3, 3, {}, 1, 100000, true, false},
    {"outer", 0, 0, {}, 0, 0, false, false},
    {"relu", 0, 0, {}, 0, 0, false, false},
    {"leaky-relu", 0, 1, {0.2, 0, 0}, 0, 1, false, false},
    {"tanh", 0, 0, {}, 0, 0, false, false},
    {"sigmoid", 0, 0, {}, 0, 0, false, false},
    {"layer-norm", 0, 0, {}, 0, 0, false, false},
    {"batch-norm", 0, 0, {}, 0, 0, false, false},
};

constexpr std::string_view kSpectral = "spectral", kDcgan = "dcgan";

/// `name(1, 2)` in its parts.
struct Call {
  std::string all, name;
  std::vector<std::string_view> args;  // of `all`
};

Call call_of(std::string_view text, const std::string& what) {
  Call call{.all = std::string(trim(text))};
  const std::size_t open = call.all.find('(');
  call.name = trim(call.all.substr(0, open));
  if (open == std::string::npos) return call;
  if (call.all.back() != ')') throw Error(what + ": " + as_typed(call.all) + " lacks its ')'");
  call.args = split(std::string_view(call.all).substr(open + 1, call.all.size() - open - 2), ',');
  return call;
}

/// Takes the word `spectral` off the front of a layer.
bool is_spectral(std::string_view& text) {
  text = trim(text);
  if (!text.starts_with(kSpectral) || text.size() == kSpectral.size() ||
      text[kSpectral.size()] != ' ')
    return false;
  text = trim(text.substr(kSpectral.size()));
  return true;
}

}  // namespace

LayerWords read_layer(std::string_view text, const std::string& what) {
  const bool spectral = is_spectral(text);
  const Call call = call_of(text, what);
  std::vector<std::string> known;
  for (const LayerWord& word : kWords) known.emplace_back(word.name);
  std::size_t place = 0;
  while (place < known.size() && known[place] != call.name) ++place;
  if (place == known.size()) {
    if (call.name == kDcgan)
      throw Error(what + ": dcgan is a whole network; nothing stands beside it");
    if (call.name == kSpectral)
      throw Error(what + ": spectral stands before a layer that has weights, as in 'spectral " +
                  "conv(64, 4, 2)'");
    const std::string near = did_you_mean(call.name, known);
    throw Error(what + ": there is no layer " + as_typed(call.name) +
                (near.empty() ? "; there are " + join(known, ", ") : near));
  }
  const LayerWord& word = kWords[place];
  const int count = static_cast<int>(call.args.size());
  if (count < word.least || count > word.most)
    throw Error(what + ": " + word.name + " takes " +
                (word.least == word.most
                     ? std::to_string(word.least)
                     : std::to_string(word.least) + " to " + std::to_string(word.most)) +
                " numbers, not " + std::to_string(count));
  LayerWords layer{static_cast<LayerKind>(place), word.initial, spectral};
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const std::string_view arg = trim(call.args[i]);
    const auto value = to_number(arg);
    if (!value || !(*value >= word.low && *value <= word.high) ||
        (word.whole && *value != std::floor(*value)))
      throw Error(what + ": " + word.name + " takes " + (word.whole ? "whole " : "") +
                  "numbers from " + number(word.low) + " to " + number(word.high) + ", not " +
                  as_typed(arg));
    layer.args[i] = *value;
  }
  if (spectral && !word.weights)
    throw Error(what + ": " + word.name + " has no matrix of weights that could be spectral");
  return layer;
}

const char* name_of(LayerKind kind) { return kWords[static_cast<std::size_t>(kind)].name; }

bool takes_pictures(std::string_view network) {
  for (std::string_view text : split(network, '|')) {
    is_spectral(text);
    const std::string_view name = trim(text.substr(0, text.find('(')));
    if (name == "conv" || name == "tconv" || name == "upsample" || name == kDcgan) return true;
    if (name == "linear" || name == "reshape" || name == "outer") return false;
  }
  return false;
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::vector<std::string> words;
  for (const std::int64_t n : shape) words.push_back(std::to_string(n));
  return join(words, "x");
}

std::string spelled_out(std::string_view network, bool is_generator,
                        const std::vector<std::int64_t>& sample, const std::string& what) {
  constexpr std::int64_t kLeast = 4, kBelow = 8;  // the side where convolutions begin
  constexpr double kWidest = 512;
  const std::string_view all = trim(network);
  if (trim(all.substr(0, all.find('('))) != kDcgan || all.find('|') != std::string_view::npos)
    return std::string(all);
  const Call call = call_of(all, what);
  const double width = call.args.empty() ? 64 : to_number(trim(call.args[0])).value_or(0);
  if (call.args.size() > 1 || !(width >= 1 && width <= kWidest) || width != std::floor(width))
    throw Error(what + ": dcgan takes its width, one whole number from 1 to " + number(kWidest) +
                ", not " + as_typed(all));
  std::int64_t side = sample.back(), doublings = 0;
  while (side >= kBelow && side % 2 == 0) side /= 2, ++doublings;
  if (sample.size() != 3 || sample[1] != sample[2] || side < kLeast || side >= kBelow ||
      doublings == 0)
    throw Error(what +
                ": dcgan makes square pictures of a side of 4 to 7 doubled some times, such "
                "as 28, 32 and 64, and samples are " +
                shape_text(sample) + "; size=32x32 cuts and scales pictures");
  auto channels = [&](std::int64_t k) {  // behind k halvings
    return std::to_string(static_cast<std::int64_t>(width) << (k - 1));
  };
  std::string line;
  if (!is_generator) {
    for (std::int64_t k = 1; k <= doublings; ++k)
      line +=
          "conv(" + channels(k) + ", 4, 2) | " + (k > 1 ? "batch-norm | " : "") + "leaky-relu | ";
    return line + "linear";
  }
  const std::string first = channels(doublings), s = std::to_string(side);
  line = "linear(" + number(to_number(first).value_or(0) * static_cast<double>(side * side)) +
         ") | reshape(" + first + ", " + s + ", " + s + ") | batch-norm | relu";
  for (std::int64_t k = doublings - 1; k >= 1; --k)
    line += " | upsample | conv(" + channels(k) + ") | batch-norm | relu";
  return line + " | upsample | conv | tanh";
}

}  // namespace gyre::gan
