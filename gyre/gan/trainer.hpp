#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gyre/data/data.hpp"
#include "gyre/gan/settings.hpp"
#include "gyre/store/safetensors.hpp"

namespace gyre::gan {

/// Names and numbers of one moment of a training, always the same names in the same order.
using Metrics = std::vector<std::pair<std::string, double>>;

/// A rule that trains a GAN: all that changes from step to step, and nothing that is written or
/// shown. The same settings give the same numbers, bit by bit on one machine.
class Trainer {
 public:
  /// At the beginning. Throws Error for settings that make no sense together, for a device that is
  /// not there and, as all that follows does, where memory does not suffice.
  Trainer(const Settings& settings, std::shared_ptr<const Data> data);
  ~Trainer();
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  /// One step of the rule; false if a loss was not finite in it.
  bool step();
  std::uint64_t steps() const;
  /// The first tensor that is not finite, as "discriminator 0.weight"; empty if all are.
  std::string not_finite() const;

  /// Losses where the rule last looked, work done, and what can be said of the generator's samples.
  Metrics metrics();
  /// Of the rule's reported point; with `running_mean`, of the running mean of the generator. In a
  /// conditional training they show `label`, or all classes in turn.
  std::vector<float> samples(std::int64_t count, std::uint64_t number, bool running_mean = false,
                             std::optional<std::int64_t> label = {});

  /// Everything that a later step depends on.
  Safetensors checkpoint() const;
  /// Goes on from there. Throws Error, naming `source`, if it is of other networks or another rule.
  void restore(const Safetensors& checkpoint, const std::string& source);

  /// The rule in its canonical spelling, with all defaults that matter.
  const std::string& rule() const;
  /// What samples are imitations of.
  const Data& data() const;
  /// The classes that the players are told of; 0 if the training is not conditional.
  std::int64_t classes() const;
  /// Parameters of generator and discriminator.
  std::pair<std::int64_t, std::int64_t> sizes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Prepares the process for tensors of this many threads: memory is kept and not handed back to the
/// system between steps. To be called once, before anything else.
void prepare_process(std::int64_t threads);

}  // namespace gyre::gan
