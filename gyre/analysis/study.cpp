#include "gyre/analysis/study.hpp"

#include <algorithm>
#include <map>

#include "gyre/analysis/predict.hpp"

namespace gyre {

namespace {

/// The predicted factor a step at reference points, each worked out once.
class Predictions {
 public:
  Predictions(const Traced& traced, const std::vector<std::vector<double>>& references)
      : traced_(traced), references_(references) {}

  std::optional<double> at(int reference) {
    if (reference < 0) return std::nullopt;
    const auto [it, fresh] = known_.try_emplace(reference);
    if (fresh)
      if (const auto spectrum = predict(traced_, references_[static_cast<std::size_t>(reference)]))
        it->second = spectrum->radius;
    return it->second;
  }

 private:
  const Traced& traced_;
  const std::vector<std::vector<double>>& references_;
  std::map<int, std::optional<double>> known_;
};

}  // namespace

StudyResult run_study(const Study& study) {
  StudyResult result;
  result.references = study.options.references;
  if (result.references.empty()) result.references = reference_points(study.game, study.starts);

  std::vector<Traced> all;  // first, so that a rule that does not fit is refused before any has run
  for (const Pipe& rule : study.rules) all.push_back(trace(study.game, rule));

  for (std::size_t rule = 0; rule < study.rules.size(); ++rule) {
    const Traced& traced = all[rule];
    RunOptions options = study.options;
    options.references = result.references;
    if (!options.backend)
      options.backend = &backend_for(study.engine, traced, static_cast<double>(study.starts.size()),
                                     static_cast<double>(options.steps));
    options.seed = study.seed;
    if (study.options.progress)
      options.progress = [&](double done) {
        const double before = static_cast<double>(rule);
        study.options.progress((before + done) / static_cast<double>(study.rules.size()));
      };
    Recorder recorder(study.starts.size(), std::max<std::uint64_t>(study.record_every, 1));
    if (study.record_every > 0) options.observers.push_back(&recorder);

    RunResult run = gyre::run(traced, {study.starts, {}}, options);
    result.engines.push_back(engine_name(*options.backend));
    result.seconds += run.seconds;
    result.cancelled = run.cancelled;
    Predictions predictions(traced, result.references);
    for (std::size_t start = 0; start < study.starts.size(); ++start) {
      StudyRun one{rule, start, std::move(run.outcomes[start]), {}, {}};
      one.predicted_rate = predictions.at(one.outcome.reference);
      if (study.record_every > 0) one.recording = recorder.recordings()[start];
      result.runs.push_back(std::move(one));
    }
    if (result.cancelled) break;
  }
  return result;
}

std::uint64_t modest_recording(std::uint64_t steps, std::size_t runs) {
  constexpr std::uint64_t kPointsARun = 10'000, kPointsInAll = 200'000, kFewest = 20;
  if (runs > kPointsInAll / kFewest) return 0;
  const std::uint64_t points = std::min(kPointsInAll / std::max<std::size_t>(runs, 1), kPointsARun);
  const std::uint64_t least = steps / points + (steps % points != 0);
  for (std::uint64_t power = 1;; power *= 10)
    for (const std::uint64_t digit : {1, 2, 5})
      if (digit * power >= least || power > steps) return digit * power;
}

}  // namespace gyre
