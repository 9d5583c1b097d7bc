#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gyre::gan {

/// A training as somebody wants it: what a preset or a file states, and defaults for the rest.
struct Settings {
  std::string name;   ///< of the preset or file
  std::string title;  ///< for people
  std::string about;

  std::string data = "ring8";
  std::string size = "as-is";    ///< of pictures: "32x32" cuts and scales them
  bool conditional = false;      ///< both players are told what each picture shows
  std::int64_t latent = 2;       ///< numbers that the generator starts from
  std::string noise = "normal";  ///< ... and how they are spread: "normal" or "uniform" on [0, 1)
  std::string generator = "linear(128) | relu | linear(128) | relu | linear";
  std::string discriminator = "linear(128) | leaky-relu | linear(128) | leaky-relu | linear";
  std::string start = "uniform";  ///< first weights: "uniform" or "normal"

  std::string loss = "non-saturating";
  double r1 = 0.0, r2 = 0.0;    ///< weights of the penalties on slopes at data and at fakes
  double gp = 0.0;              ///< weight of WGAN-GP's penalty
  double clip = 0.0;            ///< the discriminator's weights stay within this; 0: free
  double instance_noise = 0.0;  ///< deviation of what is added to data and fakes
  /// What the discriminator sees when it looks alone: data and fakes "together", or "apart", in
  /// turns, data first in every step.
  std::string halves = "together";

  std::string rule = "adam(beta1=0.5, beta2=0.999) | alternating(eta=0.001, order=d>g)";
  std::string sampling = "fresh";  ///< samples for each look at the field, or "same" for a step's
  std::int64_t batch = 512;
  std::uint64_t steps = 10000;
  std::uint64_t seed = 1;
  double ema = 0.0;                   ///< decay of a running mean of the generator; 0: none
  std::uint64_t log = 100;            ///< steps between rows of metrics
  std::uint64_t checkpoint = 1000;    ///< steps between checkpoints
  std::int64_t samples = 2500;        ///< for judging
  std::string extractor;              ///< what looks at pictures for metrics; empty: nobody
  std::uint64_t dynamics = 0;         ///< steps between looks at the players' motion; 0: none
  std::int64_t dynamics_batch = 256;  ///< samples that those looks are on, always the same
  std::int64_t eigenvalues = 6;       ///< of the game's Jacobian, in a spectrum; 0: no spectra
  std::uint64_t spectrum_each = 10;   ///< looks from a spectrum to the next
  std::int64_t threads = 1;           ///< for the tensors; small networks are slower with more
  std::string device = "cpu";         ///< ... which are there, or in a GPU: "cuda"
};

/// Names and values of all settings but name, title and about, in order: for records and help.
std::vector<std::pair<std::string, std::string>> listed(const Settings& settings);

struct SettingFacts {
  std::string name, value;
  std::string takes;  ///< words or a range; empty: any text
  std::string about;
};

/// What people are told of all settings, in the same order, with the values of these.
std::vector<SettingFacts> setting_facts(const Settings& settings);

/// Sets one of them from text. Throws Error: unknown name with the nearest, wrong value.
void set(Settings& settings, std::string_view name, std::string_view value);

/// Sets those that somebody typed as NAME=VALUE, in their order. Throws Error.
void set_typed(Settings& settings, std::span<const std::string> typed);

/// Reads TOML over the defaults. Throws Error with the place of what is wrong.
Settings read_settings(std::string_view toml, const std::string& source);

/// As TOML that reads back as the same settings.
std::string to_toml(const Settings& settings);

/// A built-in training: one file of `presets/`, embedded when the library is built.
struct Preset {
  std::string_view name, toml;
};

std::span<const Preset> presets();

/// A preset's name or the path of a TOML file. Throws Error that names the nearest preset.
Settings load_settings(std::string_view what);

}  // namespace gyre::gan
