#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "gyre/gan/dynamics.hpp"
#include "gyre/gan/dynamics_verdict.hpp"
#include "gyre/gan/training.hpp"
#include "gyre/plot/figure.hpp"

namespace gyre::cli {

/// What a training did, and what it cost to see it.
struct DynamicsReport {
  std::vector<gan::Look> looks;
  gan::DynamicsVerdict verdict;
  gan::PathAngle angle;
  double calls = 0.0;
  int products = 0;
  double seconds = 0.0;  ///< of this session
  std::string problem;   ///< why there are no spectra
};

/// Looks at a training as often as its settings say, on a clock.
class DynamicsWatch {
 public:
  DynamicsWatch(const gan::Settings& settings, std::shared_ptr<const Data> data,
                std::vector<gan::Look> looks);

  /// To be called after every step, and before the first.
  void look(const gan::Trainer& trainer);
  const std::vector<gan::Look>& looks() const { return looker_.looks(); }
  DynamicsReport report(const gan::Trainer& trainer, const gan::TrainingResult& result);

 private:
  gan::DynamicsLooker looker_;
  bool wanted_;
  double seconds_ = 0.0;
};

/// For the manifest and --json.
nlohmann::ordered_json dynamics_json(const DynamicsReport& report, double training_seconds);

/// A few lines, the last one the verdict.
std::string dynamics_text(const DynamicsReport& report, double training_seconds);

/// Losses, gradients, the orbit, eigenvalues, the period and the path angle; no panels if nothing
/// was logged.
plot::Figure dynamics_figure(const gan::Settings& settings, const DynamicsReport& report,
                             const std::vector<gan::Row>& rows);

}  // namespace gyre::cli
