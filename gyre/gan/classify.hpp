#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gyre/data/images.hpp"
#include "gyre/gan/classifier.hpp"

namespace gyre::gan {

/// How a classifier is trained.
struct ClassifySettings {
  std::string network;  ///< layers; the last one, linear, gives a number a class
  bool binary = false;  ///< binary cross entropy of a sigmoid a class; else of a softmax
  std::string rule;
  std::int64_t batch = 64;
  std::uint64_t epochs = 3;
  std::uint64_t seed = 1;
  /// Part of what is computed: sums over a picture are cut differently for other numbers.
  std::int64_t threads = 1;
};

/// `book`, `cnn`, or layers in a line: what suits them. Throws Error that names the nearest.
ClassifySettings classify_settings(std::string_view network);

/// Pictures to learn from, and others to be asked about.
struct ClassifyData {
  std::string name;
  Images train, test;
};

/// By name or path, cut and scaled to a size if one is given; where there is no test part, a tenth
/// drawn from seed 0 is held out. Throws Error for pictures without labels, or of one class.
ClassifyData classify_data(const std::string& name_or_path, const ImageSize& size = {});

/// One player, one loss, and a rule that steps on one batch after the other, an epoch of all
/// pictures in an order drawn from the seed. Pictures beyond the last whole batch wait for the next
/// epoch's order.
class ClassifierTraining {
 public:
  /// Throws Error for settings that do not fit together. `data` must live as long.
  ClassifierTraining(const ClassifySettings& settings, const ClassifyData& data);
  ~ClassifierTraining();
  ClassifierTraining(const ClassifierTraining&) = delete;
  ClassifierTraining& operator=(const ClassifierTraining&) = delete;

  /// False if the loss was not finite.
  bool step();
  std::uint64_t steps() const;
  std::uint64_t steps_an_epoch() const;
  /// Of the batch that the rule last looked at, where it looked.
  double loss() const;
  /// At the rule's reported point.
  Classifier classifier(double accuracy = 0.0) const;

  const std::string& rule() const;
  std::int64_t parameters() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What a classifier makes of labelled pictures.
struct Examination {
  double accuracy = 0.0;
  std::vector<std::int32_t> found;             ///< a class a picture
  std::vector<float> sure;                     ///< ... and its probability
  std::vector<std::vector<double>> confusion;  ///< pictures of a class (row) taken for a class
  /// Pictures whose class was missed, those that it was surest of first.
  std::vector<std::size_t> mistakes;
};

Examination examine(const Classifier& classifier, const Images& pictures);

}  // namespace gyre::gan
