#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gyre/data/shelf.hpp"
#include "gyre/gan/classifier.hpp"
#include "gyre/gan/metrics/features.hpp"

namespace gyre::gan {

/// Turns pictures into the numbers that metrics compare. Scores are comparable only between runs
/// that were looked at by the same one, so its name says exactly which it is.
class Extractor {
 public:
  struct Seen {
    Features features;
    std::vector<std::int32_t> modes;  ///< what each picture shows; empty if it cannot tell
  };

  virtual ~Extractor() = default;

  /// "mnist classifier 3fa2c81b, accuracy 99.10 %".
  virtual const std::string& name() const = 0;
  /// The data whose labels its modes are; empty if it tells none.
  virtual std::string tells() const { return {}; }
  /// `pictures` are pixels in [0, 1], of `shape` each. Throws Error if it does not take such.
  virtual Seen look(std::span<const float> pictures,
                    const std::vector<std::int64_t>& shape) const = 0;
};

/// By the name of data whose classifier was kept, the file of a classifier (.safetensors), or a
/// TorchScript file (.pt): a module that takes a batch of pictures, pixels in [0, 1], and returns a
/// row of numbers for each. A classifier of grey pictures looks at the channels of others one by
/// one: its features stand side by side, its modes are the digits of one number. Throws Error; for
/// a classifier that is not there yet, FileError that names the command which makes it.
std::unique_ptr<Extractor> make_extractor(std::string_view what,
                                          const DataPlaces& places = standard_places());

/// A classifier's file in a run folder.
inline constexpr const char* kClassifierFile = "classifier.safetensors";

/// Where the classifier of named data is kept for metrics; empty without a cache.
std::filesystem::path classifier_place(std::string_view data, const DataPlaces& places);

/// Keeps it there, unless a better one is there already; says in a line what was done.
std::string keep_classifier(const Classifier& classifier, const std::string& data,
                            const DataPlaces& places = standard_places());

}  // namespace gyre::gan
