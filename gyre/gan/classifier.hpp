#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gyre/store/safetensors.hpp"

namespace gyre::gan {

/// What a classifier is and what it was trained on.
struct ClassifierFacts {
  std::string network;              ///< its layers; the last one, linear, gives a number a class
  bool binary = false;              ///< each class by its own sigmoid, not all by one softmax
  std::vector<std::int64_t> shape;  ///< of a picture: channels, rows, columns
  std::vector<std::string> classes;
  std::string data;       ///< name or path of what it learned from
  std::string rule;       ///< ... and how
  double accuracy = 0.0;  ///< on pictures that it did not see
};

/// A trained network that tells classes of pictures apart. What its last hidden layer makes of a
/// picture are the features that metrics compare. Pixels lie in [0, 1], 0 is dark.
class Classifier {
 public:
  /// What it makes of pictures, a picture a row.
  struct View {
    std::vector<float> features;       ///< behind the last hidden layer
    std::vector<float> probabilities;  ///< a number a class
  };

  /// `parameters` is the network's flat block. Throws Error for networks that do not end in
  /// `linear`, or do not fit.
  Classifier(ClassifierFacts facts, std::vector<float> parameters);
  ~Classifier();
  Classifier(Classifier&&) noexcept;
  Classifier& operator=(Classifier&&) noexcept;

  /// Throws Error, naming `source`, for a file that holds no classifier.
  static Classifier read(const Safetensors& file, const std::string& source);
  Safetensors file() const;

  const ClassifierFacts& facts() const { return facts_; }
  /// Numbers of one picture, and of its features.
  std::int64_t inputs() const;
  std::int64_t features() const;
  View look(std::span<const float> pictures) const;
  /// The class of each picture that it holds most probable.
  std::vector<std::int32_t> classes(const View& view) const;

 private:
  struct Nets;

  ClassifierFacts facts_;
  std::vector<float> parameters_;
  std::unique_ptr<Nets> nets_;
};

}  // namespace gyre::gan
