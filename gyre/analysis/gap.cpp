#include "gyre/analysis/gap.hpp"

#include <cmath>

#include "gyre/analysis/best_reply.hpp"
#include "gyre/core/assert.hpp"

namespace gyre {

GapMeter::GapMeter(const Game& game) : game_(game) {
  for (const Player& player : game.players)
    replies_.push_back(std::make_unique<BestReply>(game, player));
}

GapMeter::~GapMeter() = default;

Gap GapMeter::at(std::span<const double> at) {
  GYRE_ASSERT(at.size() == game_.dim());
  Gap gap;
  std::string unbounded;
  for (std::size_t i = 0; i < replies_.size(); ++i) {
    gap.gains.push_back(replies_[i]->gain(at));
    gap.value += gap.gains.back();
    gap.exact = gap.exact && replies_[i]->is_exact();
    if (std::isinf(gap.gains.back()) && unbounded.empty()) unbounded = game_.players[i].name;
  }
  if (!unbounded.empty())
    gap.about = "infinite: nothing bounds what " + unbounded + " could gain alone";
  else if (gap.exact)
    gap.about = "exact: best replies are known in closed form";
  else
    gap.about = "best replies by search: at least this much, if no deeper valley was missed";
  return gap;
}

Gap duality_gap(const Game& game, std::span<const double> at) { return GapMeter(game).at(at); }

}  // namespace gyre
