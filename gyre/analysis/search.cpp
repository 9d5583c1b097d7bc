#include "gyre/analysis/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gyre/analysis/roots.hpp"
#include "gyre/analysis/singular.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/random.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/domain.hpp"

namespace gyre {

namespace {

using Vector = Eigen::VectorXd;
using Index = Eigen::Index;
using Numbers = std::vector<double>;

constexpr double kZero = 1e-12;

Vector vector(std::span<const double> a) {
  return Eigen::Map<const Vector>(a.data(), static_cast<Index>(a.size()));
}

double distance(std::span<const double> a, std::span<const double> b) {
  return (vector(a) - vector(b)).norm();
}

/// Points of the unit cube that fill it evenly: the fractional parts of multiples of powers of the
/// number g with g^(d+1) = g + 1; in many dimensions, random ones.
class Even {
 public:
  Even(std::size_t dim, std::uint64_t seed) : seed_(seed), steps_(dim), shift_(dim) {
    double g = 1.5;
    for (int i = 0; i < 64; ++i) g = std::pow(1.0 + g, 1.0 / static_cast<double>(dim + 1));
    Stream stream(seed, "search shift");
    for (std::size_t i = 0; i < dim; ++i) {
      steps_[i] = std::pow(g, -static_cast<double>(i + 1));
      shift_[i] = stream.uniform();
    }
  }

  Numbers operator()(std::uint64_t k) const {
    constexpr std::size_t kMostEven = 8;
    Numbers at(steps_.size());
    Stream stream(seed_, "search", k);
    for (std::size_t i = 0; i < at.size(); ++i) {
      const double place = shift_[i] + static_cast<double>(k) * steps_[i];
      at[i] = at.size() > kMostEven ? stream.uniform() : place - std::floor(place);
    }
    return at;
  }

 private:
  std::uint64_t seed_;
  Numbers steps_, shift_;
};

/// A point of the unit cube, in the box and the domain.
Numbers placed(const Game& game, const Box& box, Numbers at) {
  const Numbers unit = at;
  for (std::size_t i = 0; i < at.size(); ++i) at[i] = box[i][0] + unit[i] * (box[i][1] - box[i][0]);
  for (const Region& r : game.regions) {
    if (r.kind != Region::Kind::kSimplex) continue;
    double sum = 0.0;
    for (std::size_t i = r.first; i < r.first + r.count; ++i)
      sum += at[i] = -std::log1p(-std::min(unit[i], 0.999999));
    for (std::size_t i = r.first; sum > 0.0 && i < r.first + r.count; ++i) at[i] *= r.size / sum;
  }
  project(game, at);
  return at;
}

/// The solver, and what its roots look like close by.
class Searcher {
 public:
  Searcher(const Game& game, const Box& box) : game_(game), box_(box), finder_(game) {
    for (const auto& [low, high] : box) {
      narrowest_ = std::min(narrowest_, high - low);
      middle_.push_back(0.5 * (low + high));
      diagonal_ = std::hypot(diagonal_, high - low);
    }
  }

  std::optional<Root> solve(std::span<const double> guess) {
    std::optional<Root> root = finder_.from(guess);
    if (!root || !(root->residual <= kZero * (1.0 + 0.1 * vector(root->at).norm())) ||
        !is_inside(game_, root->at, kZero))
      return std::nullopt;
    return root;
  }

  /// Counts a root with what it is known as; not where the field jumps.
  bool count(const Root& root) {
    for (FoundPoint& p : alone_)
      if (distance(p.at, root.at) <= reach_[static_cast<std::size_t>(&p - alone_.data())]) {
        ++p.hits;
        if (root.residual < p.residual) p.at = root.at, p.residual = root.residual;
        return true;
      }
    if (finder_.jumps_at(root.at)) return false;
    FoundPoint point{root.at, root.residual, 1, 0, {}, {}};
    const Stretches near = stretches(finder_.jacobian_at(root.at));
    const double least = near.sizes(near.sizes.size() - 1);
    if (least <= kSingular * std::max(1.0, near.sizes(0)) && follow(point, near)) {
      together_.push_back(std::move(point));
      return true;
    }
    // Where the field leaves zero slowly, a residual of zero pins the place down less well.
    reach_.push_back(
        std::max(1e-6, std::min(10.0 * kZero / std::max(least, 1e-300), 0.02 * narrowest_)) *
        (1.0 + vector(root.at).norm()));
    alone_.push_back(std::move(point));
    return true;
  }

  std::size_t groups() const { return alone_.size() + !together_.empty(); }

  std::vector<FoundPoint> points() {
    std::vector<FoundPoint> all = alone_;
    for (FoundPoint& line : lines()) all.push_back(std::move(line));
    std::ranges::stable_sort(all, [](const FoundPoint& a, const FoundPoint& b) {
      for (std::size_t i = 0; i < a.at.size(); ++i)
        if (std::abs(a.at[i] - b.at[i]) > 1e-6) return a.at[i] < b.at[i];
      return false;
    });
    return all;
  }

 private:
  static constexpr double kSingular = 1e-5, kAway = 0.3;

  /// Walks a bit along every direction in which the residual does not change to first order, and
  /// solves from there: on a line of solutions that ends elsewhere, else back at the point.
  bool follow(FoundPoint& point, const Stretches& near) {
    const double least = kSingular * std::max(1.0, near.sizes(0));
    const double walk = 0.05 * narrowest_;
    Eigen::MatrixXd walked(static_cast<Index>(point.at.size()), 0);
    for (Index k = 0; k < near.sizes.size(); ++k) {
      if (near.sizes(k) > least) continue;
      for (const double side : {walk, -walk}) {
        Numbers guess = point.at;
        for (std::size_t i = 0; i < guess.size(); ++i)
          guess[i] += side * near.directions(static_cast<Index>(i), k);
        project(game_, guess);
        const std::optional<Root> root = solve(guess);
        if (!root || distance(root->at, point.at) < kAway * walk ||
            distance(root->at, point.at) > 2.0 * walk)
          continue;
        walked.conservativeResize(Eigen::NoChange, walked.cols() + 1);
        walked.rightCols(1) = (vector(root->at) - vector(point.at)) / walk;
        break;
      }
    }
    if (walked.cols() == 0) return false;
    // The ways that were walked span as many directions as they stretch.
    const Stretches ways = stretches(walked.transpose());
    for (Index k = 0; k < std::min(walked.cols(), ways.sizes.size()); ++k)
      if (ways.sizes(k) > kAway)
        point.along.emplace_back(ways.directions.col(k).begin(), ways.directions.col(k).end());
    point.dimension = point.along.size();
    return point.dimension > 0;
  }

  /// Whether two places lie on one line of solutions: half way there is another one close by.
  bool connected(const FoundPoint& a, const FoundPoint& b) {
    const double apart = distance(a.at, b.at);
    if (apart > 0.5 * diagonal_) return false;
    Numbers middle = a.at;
    for (std::size_t i = 0; i < middle.size(); ++i) middle[i] = 0.5 * (a.at[i] + b.at[i]);
    const std::optional<Root> root = solve(middle);
    return root && distance(root->at, middle) <= kAway * apart;
  }

  /// Puts solutions that are not alone together, a line each.
  std::vector<FoundPoint> lines() {
    constexpr std::size_t kCompared = 48;
    const std::size_t compared = std::min(kCompared, together_.size());
    std::vector<std::size_t> line(compared);
    std::iota(line.begin(), line.end(), std::size_t{0});
    for (std::size_t i = 0; i < compared; ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (line[i] != line[k] && connected(together_[i], together_[k])) {
          const std::size_t from = line[i], to = line[k];
          std::ranges::replace(line, from, to);
        }
    std::vector<FoundPoint> all;
    std::vector<std::size_t> of;
    for (std::size_t i = 0; i < together_.size(); ++i) {
      std::size_t mine = 0;
      if (i < compared) {
        mine = line[i];
      } else {
        double least = HUGE_VAL;
        for (std::size_t k = 0; k < compared; ++k)
          if (const double d = distance(together_[i].at, together_[k].at); d < least)
            least = d, mine = line[k];
      }
      const auto known = std::ranges::find(of, mine);
      if (known == of.end()) {
        of.push_back(mine);
        all.push_back(together_[i]);
        for (const double x : together_[i].at) all.back().reach.push_back({x, x});
        continue;
      }
      FoundPoint& whole = all[static_cast<std::size_t>(known - of.begin())];
      ++whole.hits;
      const FoundPoint& one = together_[i];
      for (std::size_t c = 0; c < one.at.size(); ++c) {
        whole.reach[c][0] = std::min(whole.reach[c][0], one.at[c]);
        whole.reach[c][1] = std::max(whole.reach[c][1], one.at[c]);
      }
      if (distance(one.at, middle_) < distance(whole.at, middle_)) {
        whole.at = one.at, whole.residual = one.residual;
        whole.along = one.along, whole.dimension = one.dimension;
      }
    }
    for (FoundPoint& whole : all) centre(whole);
    return all;
  }

  /// From the middle of the box, the solver goes to the nearest place of a line.
  void centre(FoundPoint& whole) {
    const std::optional<Root> root = solve(middle_);
    if (!root || !in_box(box_, root->at) ||
        distance(root->at, middle_) > distance(whole.at, middle_) * (1.0 + 1e-9))
      return;
    FoundPoint nearer{root->at, root->residual, whole.hits, 0, {}, whole.reach};
    if (follow(nearer, stretches(finder_.jacobian_at(root->at)))) whole = std::move(nearer);
  }

  const Game& game_;
  const Box& box_;
  RootFinder finder_;
  double narrowest_ = HUGE_VAL, diagonal_ = 0.0;
  Numbers middle_;
  std::vector<FoundPoint> alone_, together_;
  Numbers reach_;  // of alone_: how close a root is the same one
};

std::uint64_t most_starts(std::size_t dim) {
  const double cost = static_cast<double>(dim * dim);
  return static_cast<std::uint64_t>(std::clamp(8192.0 * 16.0 / cost, 64.0, 8192.0));
}

}  // namespace

void check_box(const Game& game, const Box& box) {
  if (box.size() != game.dim())
    throw Error("the box has " + std::to_string(box.size()) + " sides, and this game has " +
                std::to_string(game.dim()) + " variables");
  for (std::size_t i = 0; i < box.size(); ++i)
    if (!std::isfinite(box[i][0]) || !std::isfinite(box[i][1]) || !(box[i][0] < box[i][1]))
      throw Error("the box goes from " + number(box[i][0]) + " to " + number(box[i][1]) + " in " +
                  game.coordinates[i].name + "; it needs two finite ends, the lower one first");
}

bool in_box(const Box& box, std::span<const double> at) {
  for (std::size_t i = 0; i < box.size(); ++i) {
    const double room = 1e-9 * (1.0 + box[i][1] - box[i][0]);
    if (at[i] < box[i][0] - room || at[i] > box[i][1] + room) return false;
  }
  return true;
}

double all_found(std::size_t found, std::uint64_t arrived) {
  double probability = 1.0;
  const double n = static_cast<double>(arrived) - 1.0;
  for (std::size_t i = 1; i <= found; ++i) {
    const double k = static_cast<double>(i);
    probability *= std::max(0.0, n - k) / (n + k);
  }
  return probability;
}

namespace {

/// A box that takes in these points, too, with a margin.
Box widened(Box box, std::span<const std::vector<double>> points) {
  constexpr double kMargin = 0.1;
  for (std::size_t i = 0; i < box.size(); ++i)
    for (const std::vector<double>& p : points) {
      const double margin = kMargin * std::max(std::abs(p[i]), box[i][1] - box[i][0]);
      if (p[i] < box[i][0]) box[i][0] = p[i] - margin;
      if (p[i] > box[i][1]) box[i][1] = p[i] + margin;
    }
  return box;
}

SearchResult search_in(const Game& game, const Box& box, const SearchOptions& options) {
  constexpr std::uint64_t kRound = 64, kFewest = 256;
  constexpr std::size_t kOutside = 8;
  SearchResult result;
  result.box = box;
  Searcher searcher(game, result.box);
  const Even even(game.dim(), options.seed);
  const std::uint64_t most = most_starts(game.dim());
  while (result.starts < most && !result.cancelled) {
    for (std::uint64_t i = 0; i < kRound; ++i) {
      const auto root = searcher.solve(placed(game, result.box, even(result.starts++)));
      if (!root) continue;
      if (in_box(result.box, root->at)) {
        result.arrived += searcher.count(*root);
      } else if (result.outside.size() < kOutside &&
                 std::ranges::none_of(result.outside, [&](const Numbers& p) {
                   return distance(p, root->at) < 1e-5 * (1.0 + vector(p).norm());
                 })) {
        result.outside.push_back(root->at);
      }
    }
    result.cancelled = options.cancel && options.cancel->load(std::memory_order_relaxed);
    result.confidence = searcher.groups() > 0
                            ? all_found(searcher.groups(), result.arrived)
                            : 1.0 - std::pow(0.99, static_cast<double>(result.starts));
    if (result.starts >= std::min(kFewest, most) && result.confidence >= options.confidence) break;
  }
  result.points = searcher.points();
  return result;
}

}  // namespace

SearchResult search_points(const Game& game, const SearchOptions& options) {
  constexpr double kFar = 1e3;
  if (game.dim() > kLargestSolved)
    throw Error("critical points are searched for in up to " + std::to_string(kLargestSolved) +
                " variables; this game has " + std::to_string(game.dim()));
  if (!options.box.empty()) {
    check_box(game, options.box);
    return search_in(game, options.box, options);
  }
  std::vector<std::vector<double>> stated;
  for (const KnownPoint& p : game.points) stated.push_back(p.at);
  const Box box = widened(default_box(game), stated);
  SearchResult result = search_in(game, box, options);
  std::erase_if(result.outside, [&](const Numbers& p) { return vector(p).norm() > kFar; });
  if (!result.points.empty() || result.outside.empty() || result.cancelled) return result;
  return search_in(game, widened(box, result.outside), options);
}

std::string confidence_words(const SearchResult& result) {
  const double missed = std::pow(0.99, static_cast<double>(result.starts));
  if (result.points.empty())
    return fmt::format(
        "None of {} evenly spread starts came to a critical point in this box. One that draws 1 % "
        "of it would have been missed with a probability of {}.",
        result.starts, rounded(missed, 2));
  std::uint64_t rarest = result.arrived;
  for (const FoundPoint& p : result.points) rarest = std::min(rarest, p.hits);
  const bool one = result.points.size() == 1;
  return fmt::format(
      "{} of {} evenly spread starts came to {} in this box{}. That no other was missed is {} % "
      "sure, if every number of points and every division of the box among them were as likely "
      "beforehand; one that draws 1 % of it would have been missed with a probability of {}.",
      result.arrived, result.starts,
      one ? (result.points[0].dimension > 0 ? "one whole line or surface of critical points"
                                            : "the one critical point")
          : fmt::format("one of the {} critical points", result.points.size()),
      one ? "" : fmt::format(", to the rarest of them {}", rarest),
      rounded(100.0 * result.confidence, 3), rounded(missed, 2));
}

}  // namespace gyre
