#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gyre/gan/tensor_point.hpp"
#include "gyre/rules/pipe.hpp"
#include "gyre/rules/rule.hpp"

namespace gyre::gan {

/// The rule that a pipe describes, on tensors. `players` lists the names each player answers to.
/// Throws Error that names the stage which asks for what tensors do not have: mixed strategies, a
/// number of samples, a zero sum where there is none, two players where there are more.
std::unique_ptr<Rule<TensorPoint>> build_tensor_rule(
    const Pipe& pipe, const std::vector<std::vector<std::string>>& players, bool zero_sum);

}  // namespace gyre::gan
