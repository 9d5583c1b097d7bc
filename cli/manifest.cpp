#include "cli/manifest.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "gyre/program/kernels.hpp"
#include "gyre/store/machine.hpp"

namespace gyre::cli {

namespace {
using Json = nlohmann::ordered_json;
}  // namespace

Json game_facts(const Game& game) {
  Json parameters = Json::object();
  for (const Parameter& p : game.parameters) parameters[p.name] = p.value;
  return {{"name", game.name}, {"text", game.text}, {"parameters", std::move(parameters)}};
}

Json machine_facts() {
  const Machine machine = this_machine();
  return {{"processor", machine.processor},
          {"cores", machine.cores},
          {"memory_gib", std::round(10.0 * machine.memory) / 10.0},
          {"system", machine.system},
          {"compiler", compiler()},
          {"kernels", kernel_sets().front().name}};
}

Json file_facts(const RunFolder& folder) {
  Json files = Json::object();
  for (const auto& [name, file] : folder.files())
    files[name] = {{"bytes", file.bytes}, {"sha256", file.sha256}};
  return files;
}

}  // namespace gyre::cli
