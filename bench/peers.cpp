#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "bench/flow_peer.hpp"
#include "bench/peers_script.hpp"
#include "bench/report.hpp"
#include "bench/steps.hpp"

namespace gyre::bench {

namespace {

/// The script in a file of its own while it is needed.
class Script {
 public:
  Script() {
    std::string name = (std::filesystem::temp_directory_path() / "gyre-peers-XXXXXX").string();
    const int file = mkstemp(name.data());
    if (file < 0) return;
    close(file);
    path_ = name;
    std::ofstream(path_) << kPeersScript;
  }
  ~Script() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
  }
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// What a peer says of itself; the first Python that has the peer's package is asked.
nlohmann::json ask(const Script& script, const std::string& peer, double seconds) {
  nlohmann::json answer{{"peer", peer}, {"missing", "python3"}};
  for (const char* python : {"python3", "/usr/bin/python3"}) {
    const std::string command =
        fmt::format("{} {} {} {} 2>/dev/null", python, script.path(), peer, seconds);
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::string text;
    std::array<char, 512> part{};
    while (pipe && fgets(part.data(), part.size(), pipe.get())) text += part.data();
    const nlohmann::json said = nlohmann::json::parse(text, nullptr, false);
    if (!said.is_object()) continue;
    answer = said;
    if (!said.contains("missing")) break;
  }
  return answer;
}

double compiled_rate(const BenchOptions& options, const std::string& rule) {
  Stepping compiled("xy", rule, *options.compiled, 512);
  const std::array<Work, 1> work{[&] { return compiled.run(options.quick ? 100 : 2'000); }};
  return race(work, options.quick ? 0.02 : 0.3).front();
}

PeerRow odeint(const BenchOptions& options) {
  PeerRow row{"Boost.odeint", "", "xy", "rk4", 1'000};
  if (!has_odeint()) {
    row.missing = "Boost.odeint was not there when this program was built";
    return row;
  }
  row.version = "runge_kutta4, point after point";
  Stepping compiled("xy", "rk4", *options.compiled, 512);
  double sink = 0.0;
  const std::array<Work, 2> work{[&] { return compiled.run(500); },
                                 [&] {
                                   sink += odeint_flow(row.lanes, 500);
                                   return static_cast<double>(row.lanes) * 500.0;
                                 }};
  const std::vector<double> rates = race(work, options.quick ? 0.02 : 0.3);
  row.compiled = rates[0];
  row.theirs = sink == 0.0 ? 0.0 : rates[1];
  return row;
}

}  // namespace

std::vector<PeerRow> measure_peers(const BenchOptions& options) {
  struct Peer {
    const char *id, *name;
    double target;
  };
  constexpr std::array kPeers{Peer{"numpy", "NumPy, arrays", 40.0},
                              Peer{"numpy-in-place", "NumPy, arrays in place", 0.0},
                              Peer{"torch-batch", "PyTorch, tensors in place", 0.0},
                              Peer{"torch-scalar", "PyTorch, the usual loop", 1e5},
                              Peer{"python", "Python, two numbers", 0.0}};
  std::vector<PeerRow> rows;
  const Script script;
  for (const Peer& peer : kPeers) {
    if (options.cancel && *options.cancel) return rows;
    if (options.progress) options.progress(peer.name);
    PeerRow row{peer.name, "", "xy", "simultaneous"};
    row.target = peer.target;
    // Before and after, and the better one: the peer runs alone, not in turns with us.
    const double before = compiled_rate(options, row.rule);
    const nlohmann::json said = ask(script, peer.id, options.quick ? 0.1 : 1.5);
    if (said.contains("missing")) {
      row.missing = fmt::format("no {} for python3", said["missing"].get<std::string>());
    } else {
      row.version = said.value("version", "");
      row.lanes = said.value("lanes", std::size_t{1});
      row.theirs = said.value("steps_a_second", 0.0);
      row.compiled = std::max(before, compiled_rate(options, row.rule));
    }
    rows.push_back(std::move(row));
  }
  if (options.progress) options.progress("Boost.odeint");
  rows.push_back(odeint(options));
  return rows;
}

}  // namespace gyre::bench
