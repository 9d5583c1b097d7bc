#pragma once

#include <string>
#include <vector>

#include "gyre/rules/facts.hpp"

namespace gyre {

/// What kind of value a parameter takes.
enum class ParamKind { kReal, kCount, kRealPerPlayer, kCountPerPlayer, kOrder };

/// One parameter, as people and pages see it.
struct ParamFacts {
  std::string name, about;
  ParamKind kind = ParamKind::kReal;
  double initial = 0.0;
  Range range;
};

/// One stage of the list.
struct StageFacts {
  RuleFacts facts;
  StageKind kind = StageKind::kScheme;
  std::vector<ParamFacts> params;
  bool needs_products = false;

  const ParamFacts* param(std::string_view name) const;
};

/// Every stage, in the order of the list. Help, documents, the page and the tests read this.
const std::vector<StageFacts>& rule_catalogue();

/// A name of the literature for a pipe.
struct Alias {
  std::string name, pipe, about;
};

const std::vector<Alias>& rule_aliases();

std::string_view to_string(StageKind kind);
std::string_view to_string(Maturity maturity);

}  // namespace gyre
