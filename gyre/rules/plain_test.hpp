// For tests: a point type of its own, and games whose fields are written out by hand.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "gyre/core/error.hpp"
#include "gyre/rules/build.hpp"

namespace gyre::testing {

using Numbers = std::vector<double>;

/// A second, plain point: numbers on the heap, how many is known at run time. It shares nothing
/// with gyre::Point, so a rule that works on both asks for no more than it says.
class PlainPoint {
 public:
  using Scalar = double;

  PlainPoint() = default;
  PlainPoint(Numbers numbers, std::vector<std::size_t> ends)
      : numbers_(std::move(numbers)), ends_(std::move(ends)) {}

  const Numbers& numbers() const { return numbers_; }
  const std::vector<std::size_t>& ends() const { return ends_; }
  PlainPoint holding(Numbers numbers) const { return {std::move(numbers), ends_}; }

  friend PlainPoint operator+(PlainPoint a, const PlainPoint& b) {
    for (std::size_t i = 0; i < a.numbers_.size(); ++i) a.numbers_[i] += b.numbers_[i];
    return a;
  }
  friend PlainPoint operator-(PlainPoint a, const PlainPoint& b) {
    for (std::size_t i = 0; i < a.numbers_.size(); ++i) a.numbers_[i] -= b.numbers_[i];
    return a;
  }
  friend PlainPoint operator*(double s, PlainPoint a) {
    for (double& x : a.numbers_) x *= s;
    return a;
  }
  friend PlainPoint mul(PlainPoint a, const PlainPoint& b) {
    for (std::size_t i = 0; i < a.numbers_.size(); ++i) a.numbers_[i] *= b.numbers_[i];
    return a;
  }
  friend PlainPoint div(PlainPoint a, const PlainPoint& b) {
    for (std::size_t i = 0; i < a.numbers_.size(); ++i) a.numbers_[i] /= b.numbers_[i];
    return a;
  }
  friend PlainPoint sqrt(PlainPoint a) {
    for (double& x : a.numbers_) x = std::sqrt(x);
    return a;
  }
  friend PlainPoint exp(PlainPoint a) {
    for (double& x : a.numbers_) x = std::exp(x);
    return a;
  }
  friend PlainPoint log(PlainPoint a) {
    for (double& x : a.numbers_) x = std::log(x);
    return a;
  }
  friend PlainPoint max(PlainPoint a, const PlainPoint& b) {
    for (std::size_t i = 0; i < a.numbers_.size(); ++i)
      a.numbers_[i] = std::max(a.numbers_[i], b.numbers_[i]);
    return a;
  }
  friend PlainPoint fill(PlainPoint like, double value) {
    for (double& x : like.numbers_) x = value;
    return like;
  }
  friend PlainPoint on(std::size_t player, const PlainPoint& a, PlainPoint b) {
    const std::size_t begin = player == 0 ? 0 : a.ends_[player - 1];
    for (std::size_t i = begin; i < a.ends_[player]; ++i) b.numbers_[i] = a.numbers_[i];
    return b;
  }
  friend double dot(const PlainPoint& a, const PlainPoint& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.numbers_.size(); ++i) sum += a.numbers_[i] * b.numbers_[i];
    return sum;
  }
  friend double dim(const PlainPoint& a) { return static_cast<double>(a.numbers_.size()); }

 private:
  Numbers numbers_;
  std::vector<std::size_t> ends_;  // where each player's numbers end
};

/// A game by hand: what parse_game() and derivatives make of `text`, written out by a person.
struct HandGame {
  std::string text;
  std::vector<std::size_t> ends;
  std::vector<std::vector<std::string>> players;  ///< the names each answers to
  std::function<Numbers(const Numbers&)> field;
  std::function<std::vector<Numbers>(const Numbers&)> jacobian;  ///< rows
  Numbers start;
  std::vector<Numbers> critical;  ///< points where the field is zero to the last bit
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  /// A player's loss, differentiated in everybody's coordinates; of a zero-sum game for two it
  /// follows from the field.
  std::function<Numbers(const Numbers&, std::size_t player)> loss_gradient = nullptr;
  bool zero_sum = false;
  bool curved = false;     ///< the second player's curvature of its own loss can be inverted
  bool simplices = false;  ///< every player's block is a mixed strategy
  /// Of a game that is a mean over samples: the field and its Jacobian on the one that is drawn.
  std::function<Numbers(const Numbers&)> sampled = nullptr;
  std::function<std::vector<Numbers>(const Numbers&)> sampled_jacobian = nullptr;

  PlainPoint point(Numbers numbers) const { return {std::move(numbers), ends}; }
};

/// The article's game.
inline HandGame rotation() {
  return {.text = "min x max y: x*y",
          .ends = {1, 2},
          .players = {{"x", "1"}, {"y", "2"}},
          .field =
              [](const Numbers& w) {
                return Numbers{w[1], -w[0]};
              },
          .jacobian =
              [](const Numbers&) {
                return std::vector<Numbers>{{0, 1}, {-1, 0}};
              },
          .start = {0.6, 0.7},
          .critical = {{0, 0}},
          .zero_sum = true};
}

/// The same between walls.
inline HandGame boxed_rotation() {
  HandGame game = rotation();
  game.text = "min x in [-1, 1] max y in [-1, 1]: x*y";
  game.low = -1, game.high = 1;
  return game;
}

/// Two players with two numbers and one, curved everywhere, and no zero sum.
inline HandGame bent() {
  return {.text =
              "x[2]: x[1]^4/4 - x[1]*x[2] + y*sin(x[2]) + 0.3*y*x[1]*x[2];"
              "y: y^2*(1 + x[1]^2)/2 - y*x[1]*x[2]",
          .ends = {2, 3},
          .players = {{"x", "1"}, {"y", "2"}},
          .field =
              [](const Numbers& w) {
                const double a = w[0], b = w[1], y = w[2];
                return Numbers{a * a * a - b + 0.3 * y * b, -a + y * std::cos(b) + 0.3 * y * a,
                               y * (1 + a * a) - a * b};
              },
          .jacobian =
              [](const Numbers& w) {
                const double a = w[0], b = w[1], y = w[2];
                return std::vector<Numbers>{{3 * a * a, -1 + 0.3 * y, 0.3 * b},
                                            {-1 + 0.3 * y, -y * std::sin(b), std::cos(b) + 0.3 * a},
                                            {2 * a * y - b, -a, 1 + a * a}};
              },
          .start = {0.7, -0.4, 0.5},
          .critical = {{0, 0, 0}},
          .loss_gradient =
              [](const Numbers& w, std::size_t player) {
                const double a = w[0], b = w[1], y = w[2];
                if (player == 0)
                  return Numbers{a * a * a - b + 0.3 * y * b, -a + y * std::cos(b) + 0.3 * y * a,
                                 std::sin(b) + 0.3 * a * b};
                return Numbers{y * y * a - y * b, -y * a, y * (1 + a * a) - a * b};
              },
          .curved = true};
}

/// A rotation about a point that repels: what aligns itself must turn the other way round here.
inline HandGame repelling() {
  return {.text = "x: 3*x*y - 2*x^2; y: -(3*x*y) - 2*y^2",
          .ends = {1, 2},
          .players = {{"x", "1"}, {"y", "2"}},
          .field =
              [](const Numbers& w) {
                return Numbers{3 * w[1] - 4 * w[0], -3 * w[0] - 4 * w[1]};
              },
          .jacobian =
              [](const Numbers&) {
                return std::vector<Numbers>{{-4, 3}, {-3, -4}};
              },
          .start = {0.6, 0.7},
          .critical = {{0, 0}},
          .loss_gradient =
              [](const Numbers& w, std::size_t player) {
                return player == 0 ? Numbers{3 * w[1] - 4 * w[0], 3 * w[0]}
                                   : Numbers{-3 * w[1], -3 * w[0] - 4 * w[1]};
              },
          .curved = true};
}

/// Three players with three, two and two numbers: every number meets every other player's.
inline HandGame crowd() {
  const std::vector<std::size_t> ends{3, 5, 7};
  const std::vector<std::string> names{"a[1]", "a[2]", "a[3]", "b[1]", "b[2]", "c[1]", "c[2]"};
  auto owner = [](std::size_t i) { return i < 3 ? 0 : i < 5 ? 1 : 2; };
  std::vector<Numbers> m(7, Numbers(7, 0.0));
  for (std::size_t i = 0; i < 7; ++i)
    for (std::size_t j = 0; j < 7; ++j)
      if (i == j || owner(i) != owner(j))
        m[i][j] = static_cast<double>((3 * i + 5 * j) % 7) / 8.0 - 0.375;
  std::string text;
  for (std::size_t p = 0; p < 3; ++p) {
    text += (p ? "; " : "") + std::string(p == 0 ? "a[3]: " : p == 1 ? "b[2]: " : "c[2]: ");
    for (std::size_t i = p ? ends[p - 1] : 0; i < ends[p]; ++i) {
      for (std::size_t j = 0; j < 7; ++j)
        if (m[i][j] != 0.0)
          text += (i == j ? std::to_string(m[i][j] / 2) : std::to_string(m[i][j])) + "*" +
                  names[i] + "*" + names[j] + " + ";
      text += names[i] + "^4/64 + ";
    }
    text += "0";
  }
  return {.text = text,
          .ends = ends,
          .players = {{"a", "1"}, {"b", "2"}, {"c", "3"}},
          .field =
              [m](const Numbers& w) {
                Numbers v(7, 0.0);
                for (std::size_t i = 0; i < 7; ++i) {
                  for (std::size_t j = 0; j < 7; ++j) v[i] += m[i][j] * w[j];
                  v[i] += w[i] * w[i] * w[i] / 16;
                }
                return v;
              },
          .jacobian =
              [m](const Numbers& w) {
                std::vector<Numbers> j = m;
                for (std::size_t i = 0; i < 7; ++i) j[i][i] += 3 * w[i] * w[i] / 16;
                return j;
              },
          .start = {0.5, -0.3, 0.8, -0.6, 0.2, 0.9, -0.7},
          .critical = {Numbers(7, 0.0)},
          .loss_gradient =
              [m, owner](const Numbers& w, std::size_t player) {
                Numbers g(7, 0.0);
                for (std::size_t i = 0; i < 7; ++i) {
                  if (owner(i) != static_cast<int>(player)) continue;
                  for (std::size_t j = 0; j < 7; ++j) {
                    g[i] += m[i][j] * w[j];
                    if (owner(j) != owner(i)) g[j] += m[i][j] * w[i];
                  }
                  g[i] += w[i] * w[i] * w[i] / 16;
                }
                return g;
              }};
}

/// Minimax without being Nash.
inline HandGame ridge() {
  return {.text =
              "min x max y[2]: -0.3*x^2 + 0.9*x*y[1] - 0.3*y[1]^2 - 0.3*x*y[2] - 0.6*y[2]^2 "
              "+ 0.1*cos(y[1])",
          .ends = {1, 3},
          .players = {{"x", "1"}, {"y", "2"}},
          .field =
              [](const Numbers& w) {
                const double x = w[0], a = w[1], b = w[2];
                return Numbers{-0.6 * x + 0.9 * a - 0.3 * b, -0.9 * x + 0.6 * a + 0.1 * std::sin(a),
                               0.3 * x + 1.2 * b};
              },
          .jacobian =
              [](const Numbers& w) {
                return std::vector<Numbers>{
                    {-0.6, 0.9, -0.3}, {-0.9, 0.6 + 0.1 * std::cos(w[1]), 0}, {0.3, 0, 1.2}};
              },
          .start = {0.4, -0.3, 0.6},
          .critical = {{0, 0, 0}},
          .zero_sum = true,
          .curved = true};
}

/// Matching pennies with weights, on mixed strategies: min x max y: x'By.
inline HandGame pennies() {
  return {.text =
              "min x[2] in simplex max y[2] in simplex: "
              "2*x[1]*y[1] - x[1]*y[2] - x[2]*y[1] + 0.5*x[2]*y[2]",
          .ends = {2, 4},
          .players = {{"x", "1"}, {"y", "2"}},
          .field =
              [](const Numbers& w) {
                return Numbers{2 * w[2] - w[3], -w[2] + 0.5 * w[3], -2 * w[0] + w[1],
                               w[0] - 0.5 * w[1]};
              },
          .jacobian =
              [](const Numbers&) {
                return std::vector<Numbers>{
                    {0, 0, 2, -1}, {0, 0, -1, 0.5}, {-2, 1, 0, 0}, {1, -0.5, 0, 0}};
              },
          .start = {0.625, 0.375, 0.25, 0.75},
          .critical = {},
          .zero_sum = true,
          .simplices = true};
}

/// The mean of two games.
inline HandGame pair_of_games() {
  const auto field = [](double a, double b) {
    return [a, b](const Numbers& w) { return Numbers{a * w[1] + b, -a * w[0] + 2 * w[1]}; };
  };
  const auto jacobian = [](double a) {
    return [a](const Numbers&) { return std::vector<Numbers>{{0, a}, {-a, 2}}; };
  };
  return {.text = "min x max y: a*x*y + b*x - y^2; a ~ [0.5, 1.5]; b ~ [0.25, -0.25]",
          .ends = {1, 2},
          .players = {{"x", "1"}, {"y", "2"}},
          .field = field(1, 0),
          .jacobian = jacobian(1),
          .start = {0.6, 0.7},
          .critical = {{0, 0}},
          .zero_sum = true,
          .sampled = field(0.5, 0.25),
          .sampled_jacobian = jacobian(0.5)};
}

inline std::vector<HandGame> hand_games() {
  return {rotation(), boxed_rotation(), bent(), repelling(), crowd(), ridge()};
}

/// The same and the one on mixed strategies.
inline std::vector<HandGame> games_by_hand() {
  std::vector<HandGame> all = hand_games();
  all.push_back(pennies());
  all.push_back(pair_of_games());
  return all;
}

/// Whether a rule is defined on a game.
inline bool fits(const Pipe& pipe, const HandGame& game) {
  try {
    check_needs(pipe, {game.ends.size(), game.zero_sum, game.simplices, game.sampled != nullptr});
  } catch (const Error&) {
    return false;
  }
  for (const StageSpec& s : pipe.stages)
    if (s.facts().facts.needs.curved && !game.curved) return false;
  return true;
}

/// Mixtures lose digits, and more with each step: differences that are nearly parallel leave few of
/// the weights.
inline bool mixes(const Pipe& pipe) {
  return std::ranges::any_of(pipe.stages, [](const StageSpec& s) {
    return std::ranges::any_of(s.facts().facts.equations, [](const std::string& e) {
      return e.find("mixture(") != std::string::npos;
    });
  });
}

/// The article's game, or another where a rule is not defined on that one.
inline HandGame a_game_for(const Pipe& pipe) {
  for (const HandGame& game : {rotation(), ridge(), pennies(), pair_of_games()})
    if (fits(pipe, game)) return game;
  throw Error("no game by hand fits " + pipe.text());
}

/// A linear system by elimination with pivots, on numbers.
inline Numbers solve(std::vector<Numbers> m, Numbers b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t best = k;
    for (std::size_t i = k; i < n; ++i)
      if (std::abs(m[i][k]) > std::abs(m[best][k])) best = i;
    std::swap(m[k], m[best]), std::swap(b[k], b[best]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const double factor = m[i][k] / m[k][k];
      for (std::size_t j = k; j < n; ++j) m[i][j] -= factor * m[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = 0; k < n; ++k) b[k] /= m[k][k];
  return b;
}

/// A hand-written game as rules see it, which counts what it is asked.
class HandField final : public Field<PlainPoint> {
 public:
  explicit HandField(HandGame game) : game_(std::move(game)) {}

  const HandGame& game() const { return game_; }
  std::size_t players() const override { return game_.ends.size(); }

  PlainPoint at(const PlainPoint& w, int player = kEverybody) override {
    gradients += player == kEverybody ? players() : 1;
    ++looks;
    const PlainPoint v = w.holding((few() ? game_.sampled : game_.field)(w.numbers()));
    return player == kEverybody ? v : on(static_cast<std::size_t>(player), v, fill(w, 0.0));
  }
  PlainPoint jvp(const PlainPoint& w, const PlainPoint& u) override {
    return product(w, u, [](const auto& j, std::size_t r, std::size_t c) { return j[r][c]; });
  }
  PlainPoint vjp(const PlainPoint& w, const PlainPoint& u) override {
    return product(w, u, [](const auto& j, std::size_t r, std::size_t c) { return j[c][r]; });
  }
  PlainPoint jvp_between(const PlainPoint& w, const PlainPoint& u) override {
    return product(w, u, [&](const auto& j, std::size_t r, std::size_t c) {
      return owner(r) == owner(c) ? 0.0 : j[r][c];
    });
  }
  PlainPoint vjp_between(const PlainPoint& w, const PlainPoint& u) override {
    return product(w, u, [&](const auto& j, std::size_t r, std::size_t c) {
      return owner(r) == owner(c) ? 0.0 : j[c][r];
    });
  }
  PlainPoint loss_gradient(const PlainPoint& w, int player) override {
    ++gradients, ++looks;
    const auto p = static_cast<std::size_t>(player);
    if (game_.loss_gradient) return w.holding(game_.loss_gradient(w.numbers(), p));
    const PlainPoint v = w.holding(game_.field(w.numbers()));
    return on(p, v, -1.0 * v);
  }
  PlainPoint solve(const std::function<PlainPoint(const PlainPoint&)>& A,
                   const PlainPoint& b) override {
    ++solves;
    const int before = products;
    const std::size_t n = b.numbers().size();
    std::vector<Numbers> rows(n, Numbers(n));
    for (std::size_t j = 0; j < n; ++j) {
      Numbers unit(n, 0.0);
      unit[j] = 1.0;
      const Numbers column = A(b.holding(unit)).numbers();
      for (std::size_t i = 0; i < n; ++i) rows[i][j] = column[i];
    }
    products = before;
    return b.holding(testing::solve(std::move(rows), b.numbers()));
  }
  PlainPoint share(const PlainPoint& weights) const override {
    const Numbers sums = total(weights).numbers();
    Numbers shares = weights.numbers();
    for_each_number(weights, [&](std::size_t i, std::size_t begin, std::size_t end) {
      shares[i] = sums[i] > 0.0 ? shares[i] / sums[i] : 1.0 / static_cast<double>(end - begin);
    });
    return weights.holding(std::move(shares));
  }
  PlainPoint total(const PlainPoint& a) const override {
    Numbers sums(a.numbers().size());
    for_each_number(a, [&](std::size_t i, std::size_t begin, std::size_t end) {
      for (std::size_t j = begin; j < end; ++j) sums[i] += a.numbers()[j];
    });
    return a.holding(std::move(sums));
  }
  PlainPoint corner(const PlainPoint& costs) const override {
    Numbers corners(costs.numbers().size());
    for_each_number(costs, [&](std::size_t i, std::size_t begin, std::size_t end) {
      const auto first = costs.numbers().begin();
      corners[i] =
          i == static_cast<std::size_t>(std::min_element(first + begin, first + end) - first);
    });
    return costs.holding(std::move(corners));
  }
  PlainPoint project(const PlainPoint& w) const override {
    Numbers inside = w.numbers();
    if (game_.simplices) {
      // The threshold by bisection: slow, and as plain as can be.
      for_each_number(w, [&](std::size_t i, std::size_t begin, std::size_t end) {
        const auto first = w.numbers().begin();
        double high = *std::max_element(first + begin, first + end), low = high - 1.0;
        for (int k = 0; k < 200; ++k) {
          const double middle = 0.5 * (low + high);
          double sum = 0.0;
          for (std::size_t j = begin; j < end; ++j) sum += std::max(w.numbers()[j] - middle, 0.0);
          (sum > 1.0 ? low : high) = middle;
        }
        inside[i] = std::max(w.numbers()[i] - high, 0.0);
      });
      return w.holding(std::move(inside));
    }
    for (double& x : inside) x = std::min(std::max(x, game_.low), game_.high);
    return w.holding(std::move(inside));
  }

  // Chance that two ways of computing can agree on: noise is a wave over the points, and of a
  // game's samples always the same one is drawn.
  Sample draw() override { return held_ == kMeanSample ? held_ : 1; }
  void hold(Sample sample) override { held_ = sample; }
  Sample held() const override { return held_; }
  PlainPoint normal(const PlainPoint& w, int channel) override {
    Numbers waves = w.numbers();
    for (std::size_t i = 0; i < waves.size(); ++i)
      waves[i] = held_ == kMeanSample
                     ? 0.0
                     : 1.5 * std::sin(3.0 * waves[i] + static_cast<double>(i) + 1.0 + channel);
    return w.holding(std::move(waves));
  }
  void batch(int size) override { batch_ = size; }
  int batch() const override { return batch_; }

  double calls() const { return static_cast<double>(gradients) / static_cast<double>(players()); }
  void reset_counts() { gradients = looks = 0, products = solves = 0; }

  std::size_t gradients = 0, looks = 0;  ///< a look is one question, for one player or for all
  int products = 0, solves = 0;

 private:
  /// Calls `visit` on every number with where its player's numbers begin and end.
  static void for_each_number(const PlainPoint& a, auto&& visit) {
    std::size_t begin = 0;
    for (const std::size_t end : a.ends()) {
      for (std::size_t i = begin; i < end; ++i) visit(i, begin, end);
      begin = end;
    }
  }

  bool few() const { return batch_ > 0 && held_ != kMeanSample && game_.sampled; }

  std::size_t owner(std::size_t i) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(game_.ends, i) - game_.ends.begin());
  }

  PlainPoint product(const PlainPoint& w, const PlainPoint& u, auto entry) {
    ++products;
    const std::vector<Numbers> j = (few() ? game_.sampled_jacobian : game_.jacobian)(w.numbers());
    Numbers all(u.numbers().size(), 0.0);
    for (std::size_t r = 0; r < all.size(); ++r)
      for (std::size_t c = 0; c < all.size(); ++c) all[r] += entry(j, r, c) * u.numbers()[c];
    return w.holding(std::move(all));
  }

  HandGame game_;
  Sample held_ = kOwnSample;
  int batch_ = 0;
};

/// A rule that runs on a hand-written game.
class PlainRun {
 public:
  PlainRun(const Pipe& pipe, HandGame game) : PlainRun(pipe, std::move(game), {}) {}
  PlainRun(const Pipe& pipe, HandGame game, Numbers start)
      : field(std::move(game)),
        rule(build_rule<PlainPoint>(pipe, field.game().players,
                                    [](const std::string&, double v) { return v; })),
        memory(rule->slots()),
        point(field.game().point(start.empty() ? field.game().start : std::move(start))) {
    rule->start(point, field, memory);
  }

  void step(int times = 1) {
    for (int i = 0; i < times; ++i) point = rule->step(point, field, memory);
  }
  const Numbers& at() const { return point.numbers(); }
  Numbers output() const { return rule->output(point, memory).numbers(); }

  HandField field;
  std::unique_ptr<Rule<PlainPoint>> rule;
  std::vector<PlainPoint> memory;
  PlainPoint point;
};

inline double length(const Numbers& w) {
  double sum = 0.0;
  for (const double x : w) sum += x * x;
  return std::sqrt(sum);
}

inline Numbers difference(Numbers a, const Numbers& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return a;
}

/// Pipes that between them use stage `place` of the list: alone with the plain scheme, and where
/// its kind goes with others also with these. `stage` is its text with or without arguments.
inline std::vector<std::string> pipes_with(const StageFacts& s, const std::string& stage) {
  switch (s.kind) {
    case StageKind::kField:
      return {stage + " | simultaneous", stage + " | alternating", stage + " | extragradient",
              stage + " | optimistic"};
    case StageKind::kScheme:
      return {stage};
    case StageKind::kWrapper:
      return {"simultaneous | " + stage, "optimistic | " + stage, "adam | alternating | " + stage};
  }
  return {};
}

/// The same over the whole list, with default parameters.
inline std::vector<std::string> every_pipe() {
  std::vector<std::string> all;
  for (const StageFacts& s : rule_catalogue())
    for (std::string& pipe : pipes_with(s, s.facts.id)) all.push_back(std::move(pipe));
  return all;
}

}  // namespace gyre::testing
