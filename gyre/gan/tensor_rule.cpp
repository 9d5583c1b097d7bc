#include "gyre/gan/tensor_rule.hpp"

#include "gyre/core/error.hpp"
#include "gyre/rules/build.hpp"

namespace gyre::gan {

std::unique_ptr<Rule<TensorPoint>> build_tensor_rule(
    const Pipe& pipe, const std::vector<std::vector<std::string>>& players, bool zero_sum) {
  for (const StageSpec& stage : pipe.stages) {
    const RuleFacts& facts = stage.facts().facts;
    if (facts.needs.simplices)
      throw Error("'" + facts.id +
                  "' plays mixed strategies, and the parameters of networks are none");
    if (facts.needs.samples)
      throw Error("'" + facts.id +
                  "' draws among a given number of samples, and of a training's there is no end; "
                  "its batch is a setting");
  }
  check_needs(pipe, {players.size(), zero_sum, false});
  return build_rule<TensorPoint>(pipe, players,
                                 [](const std::string&, double value) { return value; });
}

}  // namespace gyre::gan
