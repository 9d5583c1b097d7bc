#pragma once

#include <atomic>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gyre/program/backend.hpp"

namespace gyre::bench {

struct BenchOptions {
  bool quick = false;       ///< short turns, small maps, no curves: shows that all of it runs
  bool peers = true;        ///< ask Python's packages
  std::size_t threads = 0;  ///< of what is measured on several cores; 0 is one for each
  const Backend* compiled = nullptr;  ///< what stands against the peers
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(const std::string& doing)> progress;
};

/// One rule on one game, steps a second on one core in double, all in one race.
struct RoofRow {
  std::string game, rule;
  double by_hand = 0.0;  ///< the best of its interleavings
  int interleave = 0;    ///< which that was
  double compiled = 0.0, interpreted = 0.0;
  double target = 0.0;  ///< for compiled over by_hand
};

/// The same steps as somebody else makes them.
struct PeerRow {
  std::string peer, version, game, rule;
  std::size_t lanes = 0;
  double theirs = 0.0, compiled = 0.0;
  double target = 0.0;    ///< for compiled over theirs; 0: none was set
  std::string missing{};  ///< why there is no number
};

/// Something that is to stay below a limit.
struct LimitRow {
  std::string what, unit;
  double measured = 0.0, limit = 0.0;
  bool at_least = false;  ///< the limit is a floor
  std::string detail{};
};

/// Steps a second along one axis, the others held.
struct CurveRow {
  std::string axis, game, rule;
  double at = 0.0;  ///< lanes, or variables
  double rate = 0.0, compile_seconds = 0.0;
};

struct BenchReport {
  std::string backend, hand;  ///< what ran: the compiled backend, and the hand-written set
  std::vector<RoofRow> roof;
  std::vector<PeerRow> peers;
  std::vector<LimitRow> limits;
  std::vector<CurveRow> curves;
  bool complete = true;  ///< not cancelled
};

/// Measures all of it, a minute or so on a quiet machine.
BenchReport measure(const BenchOptions& options);

nlohmann::ordered_json to_json(const BenchReport& report);

// The parts of measure(), in its order.
std::vector<RoofRow> measure_roof(const BenchOptions& options);
std::vector<PeerRow> measure_peers(const BenchOptions& options);
std::vector<LimitRow> measure_limits(const BenchOptions& options);
std::vector<CurveRow> measure_curves(const BenchOptions& options);

}  // namespace gyre::bench
