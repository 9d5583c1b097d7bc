#include "gyre/gan/dynamics_verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

#include "gyre/core/text.hpp"
#include "gyre/rules/adam.hpp"

namespace gyre::gan {

namespace {

constexpr std::size_t kFewestLooks = 2 * Oscillation::kFewest;
constexpr double kSame = 0.2;     // periods that differ by less are one
constexpr double kAlone = 0.5;    // strength of a period that nothing else confirms
constexpr double kGrown = 100.0;  // times: divergence
constexpr double kRest = 0.03;    // of the whole way: what still moves when a training has settled
// Of the width of circles, from the first turn to the last; and how many pairs of turns agree.
constexpr double kShrinks = 0.9, kWidens = 1.1, kAgree = 0.8;
constexpr double kWalks = 0.5;  // exponent of distance squared over time: 1 in a random walk

using Places = std::span<const std::vector<float>>;

double distance2(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double off = static_cast<double>(a[i]) - static_cast<double>(b[i]);
    sum += off * off;
  }
  return sum;
}

/// Root of the mean square distance from their middle.
double spread(Places places) {
  std::vector<float> middle(places[0].size());
  for (std::size_t k = 0; k < middle.size(); ++k) {
    double sum = 0.0;
    for (const std::vector<float>& place : places) sum += static_cast<double>(place[k]);
    middle[k] = static_cast<float>(sum / static_cast<double>(places.size()));
  }
  double sum = 0.0;
  for (const std::vector<float>& place : places) sum += distance2(place, middle);
  return std::sqrt(sum / static_cast<double>(places.size()));
}

/// How the width of circles changes, if it does so from turn to turn: a factor a turn.
struct Widths {
  double factor = 1.0;
  double whole = 1.0;  ///< factor from the first turn to the last
  double agree = 0.0;  ///< share of the pairs of turns that say the same
};

Widths widths_of(const Plane& plane, double period) {
  std::vector<double> logs;
  const auto turns = static_cast<std::size_t>(static_cast<double>(plane.x.size()) / period);
  for (std::size_t turn = 0; turn < turns; ++turn) {
    const auto first = static_cast<std::size_t>(static_cast<double>(turn) * period);
    const auto end = static_cast<std::size_t>(static_cast<double>(turn + 1) * period);
    std::vector<std::vector<float>> places;
    for (std::size_t i = first; i < end; ++i)
      places.push_back({static_cast<float>(plane.x[i]), static_cast<float>(plane.y[i])});
    if (!places.empty()) logs.push_back(std::log(std::max(spread(places), 1e-300)));
  }
  Widths widths;
  if (logs.size() < 3) return widths;
  const double middle = 0.5 * (static_cast<double>(logs.size()) - 1.0);
  double product = 0.0, squares = 0.0, narrower = 0.0, pairs = 0.0;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const double at = static_cast<double>(i) - middle;
    product += at * logs[i], squares += at * at;
    for (std::size_t k = i + 1; k < logs.size(); ++k)
      narrower += logs[k] < logs[i] ? 1.0 : 0.0, pairs += 1.0;
  }
  widths.factor = std::exp(product / squares);
  widths.whole = std::exp(product / squares * 2.0 * middle);
  widths.agree = (widths.factor < 1.0 ? narrower : pairs - narrower) / pairs;
  return widths;
}

/// How the mean square distance grows with the time between: 0 about a place, 1 in a random walk, 2
/// on a straight way.
double wandering(Places places) {
  auto between = [&](std::size_t lag) {
    double sum = 0.0;
    for (std::size_t i = lag; i < places.size(); ++i) sum += distance2(places[i], places[i - lag]);
    return sum / static_cast<double>(places.size() - lag);
  };
  const std::size_t longest = places.size() / 3, shortest = std::max<std::size_t>(longest / 4, 1);
  const double near = between(shortest), far = between(longest);
  if (!(near > 0.0)) return 0.0;
  return std::log(far / near) /
         std::log(static_cast<double>(longest) / static_cast<double>(shortest));
}

/// Whether one is the other's mirror image or copy, as losses of a game of zero sum are: they
/// confirm nothing of each other.
bool are_one(const std::vector<double>& a, const std::vector<double>& b) {
  constexpr double kOne = 0.99;  // of the correlation
  double mean_a = 0.0, mean_b = 0.0, product = 0.0, square_a = 0.0, square_b = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    mean_a += a[i] / static_cast<double>(a.size()), mean_b += b[i] / static_cast<double>(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double off_a = a[i] - mean_a, off_b = b[i] - mean_b;
    product += off_a * off_b, square_a += off_a * off_a, square_b += off_b * off_b;
  }
  return std::abs(product) >= kOne * std::sqrt(square_a * square_b);
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

bool is_finite(const Look& look) {
  return std::isfinite(look.norms[0] + look.norms[1] + look.losses[0] + look.losses[1]) &&
         std::all_of(look.place.begin(), look.place.end(),
                     [](float x) { return std::isfinite(x); });
}

std::string text(double value) { return rounded(value, 3); }

/// Of a rule in its canonical spelling; 0 if it has no Adam.
double momentum_of_adam(std::string_view rule) {
  constexpr std::string_view kName = "beta1=";
  const std::size_t begin = rule.find("adam");
  if (begin == rule.npos) return 0.0;
  const std::string_view adam = rule.substr(begin, rule.find('|', begin) - begin);
  const std::size_t at = adam.find(kName);
  if (at == adam.npos) return Adam<double>{}.beta1;
  const std::string_view value = adam.substr(at + kName.size());
  return to_number(value.substr(0, value.find_first_of(",)"))).value_or(0.0);
}

class Judge {
 public:
  explicit Judge(const Evidence& evidence) : given_(evidence) {
    for (const Look& look : evidence.looks) {
      if (!is_finite(look)) break;
      looks_.push_back(&look);
    }
    for (const Quality& quality : evidence.qualities)
      if (const auto trend = trend_of(quality)) trends_.push_back(*trend);
  }

  DynamicsVerdict verdict() {
    for (const QualityTrend& trend : trends_) {
      fact("quality_before." + trend.name, trend.before);
      fact("quality_now." + trend.name, trend.now);
      fact("quality_noise." + trend.name, trend.noise);
    }
    if (diverges()) return result_;
    if (looks_.size() < kFewestLooks) return by_quality_alone();
    for (const Look* look : looks_) all_.push_back(look->place);
    // What began late is told from the end alone, as long as that holds enough looks.
    for (std::size_t part = looks_.size() / 2; part >= Oscillation::kFewest; part /= 2) {
      window(looks_.size() - part);
      if (orbits()) return with_facts();
    }
    window(looks_.size() - looks_.size() / 2);  // the first of them again, to the look
    orbits();
    if (settles() || collapsed() || improves()) return with_facts();
    wanders();
    return with_facts();
  }

 private:
  void fact(const std::string& name, double value) { result_.facts.emplace_back(name, value); }
  /// Of a window, and gone with it.
  void late_fact(const std::string& name, double value) { late_facts_.emplace_back(name, value); }
  bool say(Motion motion, std::string words) {
    result_.motion = motion;
    result_.words = std::move(words);
    return true;
  }

  bool diverges() {
    if (!given_.finite)
      return say(Motion::kDiverges, fmt::format("diverges: not finite at step {}", given_.steps));
    if (looks_.size() < 8) return false;
    // Both ends hold a few looks, so that one spike is not taken for a trend.
    const std::size_t few = looks_.size() / 8;
    for (const std::size_t p : {0, 1}) {
      std::vector<double> early, late;
      for (std::size_t i = 0; i < looks_.size(); ++i) {
        const double size = std::abs(looks_[i]->losses[p]);
        if (i < looks_.size() / 2) early.push_back(size);
        if (i + few >= looks_.size()) late.push_back(size);
      }
      const double before = *std::max_element(early.begin(), early.end());
      if (!(median(late) > kGrown * std::max(before, 1e-2))) continue;
      fact("loss_early", before), fact("loss_late", median(late));
      return say(Motion::kDiverges, fmt::format("diverges: the {}'s loss has grown from {} to {}",
                                                name_of(p), text(before), text(median(late))));
    }
    return false;
  }

  DynamicsVerdict by_quality_alone() {
    fact("looks", static_cast<double>(looks_.size()));
    const std::string why =
        looks_.empty()
            ? "the players' motion was not looked at (dynamics=N looks every N steps)"
            : fmt::format("{} looks are too few to tell the players' motion ({} would do)",
                          looks_.size(), kFewestLooks);
    if (!collapsed() && !improves()) say(Motion::kUntold, "too little logged to tell");
    result_.words += "; " + why;
    return result_;
  }

  void window(std::size_t first) {
    late_facts_.clear();
    result_.first = first;
    places_ = Places(all_).subspan(first);
    result_.plane = principal_plane(places_);
    const std::size_t last = looks_.size() - 1;
    between_ = static_cast<double>(looks_[last]->step - looks_[first]->step) /
               static_cast<double>(last - first);
    whole_ = spread(all_);
    late_ = spread(Places(all_).last(all_.size() / 4));
    wandering_ = wandering(places_);
    late_fact("looks", static_cast<double>(looks_.size()));
    late_fact("first_step_judged", static_cast<double>(looks_[first]->step));
    late_fact("spread_late_share", whole_ > 0.0 ? late_ / whole_ : 0.0);
    late_fact("wandering", wandering_);
    for (const Look* look : looks_)
      if (look->spectrum && !look->spectrum->eigenvalues.empty()) last_spectrum_ = &*look->spectrum;
    if (last_spectrum_) late_fact("rotation", last_spectrum_->rotation());
  }

  DynamicsVerdict with_facts() {
    for (auto& f : late_facts_) result_.facts.push_back(std::move(f));
    return result_;
  }

  bool orbits() {
    struct Found {
      std::string series;
      Oscillation oscillation;
      bool of_players;
    };
    std::vector<Found> all;
    std::array<std::vector<double>, 2> losses;
    for (const std::size_t p : {0, 1}) {
      for (std::size_t i = result_.first; i < looks_.size(); ++i)
        losses[p].push_back(looks_[i]->losses[p]);
      if (p == 1 && are_one(losses[0], losses[1])) continue;
      all.push_back({fmt::format("loss of the {}", name_of(p)), find_period(losses[p]), false});
    }
    all.push_back({"first principal direction", find_period(result_.plane.x), true});
    all.push_back({"second principal direction", find_period(result_.plane.y), true});
    const Found* best = nullptr;
    for (const Found& found : all) {
      const bool stronger = !best || found.oscillation.strength > best->oscillation.strength;
      const bool beats = best && found.oscillation.found != best->oscillation.found
                             ? found.oscillation.found
                             : stronger;
      if (beats) best = &found;
    }
    result_.oscillation = best->oscillation;
    result_.series = best->series;
    late_fact("period_strength", best->oscillation.strength);
    late_fact("period_chance", best->oscillation.chance);
    if (!best->oscillation.found) return false;
    const double period = best->oscillation.period;
    int confirmed = 0;
    bool players = false;
    for (const Found& found : all) {
      const double ratio = found.oscillation.period / period;
      if (!found.oscillation.found || std::abs(ratio - 1.0) > kSame) continue;
      ++confirmed;
      players = players || found.of_players;
    }
    if (confirmed < 2 && best->oscillation.strength < kAlone) return false;
    result_.period = period * between_;
    const double turns = turns_about_middle(result_.plane);
    const double expected = static_cast<double>(places_.size()) / period;
    const bool circles = players && std::abs(turns) > 0.5 * expected;
    late_fact("period", result_.period);
    late_fact("period_confirmed_by", confirmed);
    late_fact("turns", turns);
    const std::string period_words = fmt::format("period ≈ {} steps", in_steps(result_.period));
    const Widths widths = widths_of(result_.plane, period);
    late_fact("width_factor_a_turn", widths.factor);
    late_fact("width_turns_agree", widths.agree);
    const bool steady = players && widths.agree >= kAgree;
    if (steady && widths.whole < kShrinks)
      return say(
          Motion::kSettles,
          fmt::format("settles in shrinking circles, {}: each is {} times as wide as the one "
                      "before{}",
                      period_words, text(widths.factor), quality_words()));
    std::string what = circles   ? "the players circle"
                       : players ? "the players swing to and fro"
                                 : "the losses swing";
    if (steady && widths.whole > kWidens) what += ", wider and wider";
    return say(Motion::kOrbits,
               fmt::format("orbits with {}: {} ({:.0f} % of the variance of the {})"
                           "{}{}",
                           period_words, what, 100.0 * best->oscillation.strength, best->series,
                           quality_words(), advice()));
  }

  bool settles() {
    const bool rests = late_ <= kRest * whole_ || whole_ == 0.0;
    if (!rests) return false;
    return say(
        Motion::kSettles,
        fmt::format("settles: in the last quarter the players move by {} of their whole way{}",
                    text(whole_ > 0.0 ? late_ / whole_ : 0.0), quality_words()));
  }

  bool collapsed() {
    for (const QualityTrend& trend : trends_)
      if (trend.collapsed)
        return say(Motion::kCollapsed, fmt::format("collapsed: {} is {}, and has been {}",
                                                   trend.name, text(trend.now), text(trend.best)));
    return false;
  }

  bool improves() {
    if (trends_.empty() || !trends_[0].improves) return false;
    return say(Motion::kImproves,
               fmt::format("improves still: median {} {}, before {}", trends_[0].name,
                           text(trends_[0].now), text(trends_[0].before)));
  }

  void wanders() {
    if (wandering_ > kWalks)
      say(Motion::kDrifts,
          fmt::format("drifts: the players go on ({}){}",
                      wandering_ > 1.5 ? "on a straight way" : "as in a random walk, or faster",
                      quality_words()));
    else
      say(Motion::kHovers,
          "hovers: the players stay about one place, without a period" + quality_words());
  }

  std::string quality_words() const {
    if (trends_.empty()) return "";
    const QualityTrend& trend = trends_[0];
    return fmt::format(", quality {} (median {} {}, before {})",
                       trend.collapsed  ? "is gone"
                       : trend.improves ? "still improves"
                       : trend.worsens  ? "gets worse"
                       : trend.unclear  ? "improves slowly at most"
                                        : "has stopped improving",
                       trend.name, text(trend.now), text(trend.before));
  }

  std::string advice() const {
    auto uses = [&](const char* stage) { return given_.rule.find(stage) != std::string::npos; };
    const bool momentum = uses("momentum") || momentum_of_adam(given_.rule) > 0.0;
    if (uses("extragradient") || uses("optimistic") || uses("conopt") || uses("average") ||
        uses("ema") || uses("lookahead"))
      return momentum ? "; less momentum or smaller steps may damp this"
                      : "; smaller steps may damp this";
    return momentum ? "; less momentum, or an averaging or extragradient scheme, may damp this"
                    : "; an averaging or extragradient scheme damps this";
  }

  static std::string name_of(std::size_t player) {
    return player == 0 ? "generator" : "discriminator";
  }

  const Evidence& given_;
  std::vector<const Look*> looks_;
  std::vector<QualityTrend> trends_;
  std::vector<std::vector<float>> all_;
  Places places_;
  double between_ = 1.0, whole_ = 0.0, late_ = 0.0, wandering_ = 0.0;
  std::vector<std::pair<std::string, double>> late_facts_;
  const SpectrumLook* last_spectrum_ = nullptr;
  DynamicsVerdict result_;
};

}  // namespace

std::string_view to_string(Motion motion) {
  constexpr std::string_view names[] = {"too little logged", "diverges", "orbits", "settles",
                                        "collapsed",         "improves", "drifts", "hovers"};
  return names[static_cast<int>(motion)];
}

std::string in_steps(double steps) {
  const double unit =
      std::pow(10.0, std::max(std::floor(std::log10(std::max(steps, 1.0))) - 2.0, 0.0));
  return rounded(std::round(steps / unit) * unit, 15);
}

DynamicsVerdict judge(const Evidence& evidence) { return Judge(evidence).verdict(); }

}  // namespace gyre::gan
