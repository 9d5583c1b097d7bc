#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gyre/gan/dynamics_log.hpp"
#include "gyre/gan/trainer.hpp"

namespace gyre::gan {

/// A moment of a training that was looked at.
struct Row {
  std::uint64_t step = 0;
  Metrics metrics;
  double time = 0.0;  ///< in seconds since 1970: for TensorBoard, and for nothing else
};

/// The files of a training, in a folder that is there from its beginning: whatever ends the
/// program, the last checkpoint stands. Every file appears complete or not at all.
class TrainingFolder {
 public:
  static constexpr const char* kSettings = "training.toml";
  static constexpr const char* kMetrics = "metrics.csv";
  static constexpr const char* kEvents =
      "events.out.tfevents.1.gyre";  ///< the same for TensorBoard
  static constexpr const char* kCheckpoint = "checkpoint.safetensors";
  static constexpr const char* kDynamics = "dynamics.csv";
  static constexpr const char* kPlaces = "dynamics-places.csv";
  static constexpr const char* kPrevious = "checkpoint-previous.safetensors";

  /// A new folder that holds the settings. Throws FileError if it is there already, unless
  /// `replace` says that a training in it may go.
  static TrainingFolder make(std::filesystem::path place, const Settings& settings, bool replace);
  /// The first free one of `place`, `place`-2, ...
  static TrainingFolder make_numbered(const std::filesystem::path& place, const Settings& settings);
  /// One that is there. Throws Error if it holds no training.
  static TrainingFolder open(std::filesystem::path place);

  const std::filesystem::path& place() const { return place_; }
  Settings settings() const;
  void add(const std::string& name, const std::string& bytes) const;

  /// The new checkpoint, the one before it being kept; and all rows so far.
  void save(const Safetensors& checkpoint, const std::vector<Row>& rows) const;
  /// The last checkpoint that is whole; nothing if there is none yet. `problem` says what is wrong
  /// with a newer one.
  std::optional<Safetensors> last(std::string& problem) const;
  /// The rows up to a step.
  std::vector<Row> rows(std::uint64_t step) const;
  /// The looks at the players' motion up to a step.
  std::vector<Look> looks(std::uint64_t step) const;
  void save(const std::vector<Look>& looks) const;

 private:
  explicit TrainingFolder(std::filesystem::path place) : place_(std::move(place)) {}

  std::filesystem::path place_;
};

/// How a training ended.
enum class Ending { kDone, kInterrupted, kNotFinite };

struct TrainingResult {
  Ending ending = Ending::kDone;
  std::vector<Row> rows;
  std::uint64_t steps = 0;  ///< made, the last one included
  std::uint64_t saved = 0;  ///< the step of the last checkpoint
  std::string broken;       ///< the first tensor that is not finite
};

struct TrainingOptions {
  const std::atomic<bool>* cancel = nullptr;
  /// Told after every step: whoever shows something decides how often.
  std::function<void(std::uint64_t step, const std::vector<Row>& rows)> progress;
  /// Told after every step with finite losses, before anything of it is saved.
  std::function<void(std::uint64_t step)> look;
  /// Told before every checkpoint: rows beyond it can be passed over, missing ones cannot be made.
  std::function<void()> saving;
  /// Seconds since 1970, for the times of rows; 0 without it.
  std::function<double()> now;
};

/// Trains up to the number of steps that the settings say, from wherever the trainer stands, with
/// `rows` as what was seen before. Checkpoints hold finite numbers only.
TrainingResult train(Trainer& trainer, const Settings& settings, const TrainingFolder& folder,
                     std::vector<Row> rows, const TrainingOptions& options);

}  // namespace gyre::gan
