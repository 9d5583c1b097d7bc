// For tests: computes a pipe from the equations that its stages state, and from nothing else.
#pragma once

#include <cctype>
#include <charconv>
#include <map>
#include <optional>
#include <stdexcept>
#include <variant>

#include "gyre/rules/plain_test.hpp"

namespace gyre::testing {

/// A square matrix, row by row.
struct Matrix {
  std::vector<Numbers> rows;

  Matrix each(auto&& entry) const {
    Matrix m = *this;
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t j = 0; j < rows.size(); ++j) m.rows[i][j] = entry(i, j);
    return m;
  }
};

using Quantity = std::variant<double, PlainPoint, Matrix>;

/// What the words of an equation mean at one stage of one step.
struct Words {
  std::map<std::string, Quantity> names;
  std::function<PlainPoint(const PlainPoint&, int player)> F;
  std::function<PlainPoint(const PlainPoint&)> mean;           ///< F(a, 0)
  std::function<PlainPoint(const PlainPoint&, int size)> few;  ///< B(a, i, size)
  std::function<PlainPoint(const PlainPoint&, int channel)> noise;
  std::function<PlainPoint(const PlainPoint&, const PlainPoint& u, bool transposed)> product;
  std::function<PlainPoint(const PlainPoint&)> P, share, total, corner;
  std::function<PlainPoint(const PlainPoint&, int player)> G;
  std::function<PlainPoint(const PlainPoint&)> rule;
  std::function<void(const PlainPoint&)> restart;
  std::vector<std::pair<PlainPoint, PlainPoint>> met;  ///< by mixture(), in this step
  std::function<double(std::size_t player)> given;     ///< factor[p], times[p]
  std::vector<std::size_t> order;
  std::size_t player = 0;  ///< p
};

/// Of pairs (a, b), the last of which is the current one: the mixture of the b's for which the same
/// mixture of the moves b - a is shortest. Differences of which little is left, once those of newer
/// pairs are taken out of them, beside what they were or the last move, have no say.
inline PlainPoint mixture_of(const std::vector<std::pair<PlainPoint, PlainPoint>>& pairs) {
  auto move = [&](std::size_t i) { return pairs[i].second - pairs[i].first; };
  const std::size_t n = pairs.size() - 1;
  std::vector<PlainPoint> units;
  std::vector<std::size_t> kept;
  std::vector<Numbers> triangle;  // by column: the differences in terms of the units
  for (std::size_t i = n; i-- > 0;) {
    PlainPoint c = move(i) - move(n);
    const double least = 1e-6 * std::sqrt(std::max(dot(move(n), move(n)), dot(c, c)));
    Numbers column;
    for (const PlainPoint& u : units) {
      column.push_back(dot(u, c));
      c = c - column.back() * u;
    }
    column.push_back(std::sqrt(dot(c, c)));
    if (!(least < column.back())) continue;
    units.push_back((1.0 / column.back()) * c);
    triangle.push_back(std::move(column));
    kept.push_back(i);
  }
  PlainPoint left = move(n), all = pairs[n].second;
  Numbers along;
  for (const PlainPoint& u : units) {
    along.push_back(dot(u, left));
    left = left - along.back() * u;
  }
  for (std::size_t k = kept.size(); k-- > 0;) {
    const double weight = along[k] / triangle[k][k];
    for (std::size_t j = 0; j < k; ++j) along[j] -= triangle[k][j] * weight;
    all = all - weight * (pairs[kept[k]].second - pairs[n].second);
  }
  return all;
}

/// One right-hand side, read and computed at once.
class Equation {
 public:
  Equation(std::string text, Words& words) : text_(std::move(text)), words_(words) {}

  Quantity value() {
    const Quantity q = sum();
    if (skip(), at_ != text_.size()) fail("something is left over");
    return q;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw std::runtime_error(why + " in '" + text_ + "' at " + std::to_string(at_));
  }
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool accept(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!accept(c)) fail(std::string("'") + c + "' expected");
  }

  static PlainPoint point(const Quantity& q, const PlainPoint& like) {
    if (const double* number = std::get_if<double>(&q)) return fill(like, *number);
    return std::get<PlainPoint>(q);
  }

  Quantity combine(const Quantity& a, const Quantity& b, auto numbers, auto points) const {
    if (const Matrix* m = std::get_if<Matrix>(&a), *n = std::get_if<Matrix>(&b); m && n)
      return m->each(
          [&](std::size_t i, std::size_t j) { return numbers(m->rows[i][j], n->rows[i][j]); });
    const double *x = std::get_if<double>(&a), *y = std::get_if<double>(&b);
    if (x && y) return numbers(*x, *y);
    const PlainPoint& like = x ? std::get<PlainPoint>(b) : std::get<PlainPoint>(a);
    return points(point(a, like), point(b, like));
  }

  Quantity comparison() {
    const Quantity left = sum();
    if (!accept('<')) return left;
    return number(left) < number(sum()) ? 1.0 : 0.0;
  }

  Quantity sum() {
    Quantity left = accept('-') ? times(-1.0, product()) : product();
    for (;;) {
      if (accept('+'))
        left = combine(
            left, product(), [](double x, double y) { return x + y; },
            [](const PlainPoint& x, const PlainPoint& y) { return x + y; });
      else if (accept('-'))
        left = combine(
            left, product(), [](double x, double y) { return x - y; },
            [](const PlainPoint& x, const PlainPoint& y) { return x - y; });
      else
        return left;
    }
  }

  Quantity times(const Quantity& a, const Quantity& b) const {
    const double* x = std::get_if<double>(&a);
    const double* y = std::get_if<double>(&b);
    auto scaled = [](double s, const Matrix& m) {
      return m.each([&](std::size_t i, std::size_t j) { return s * m.rows[i][j]; });
    };
    if (const Matrix* m = std::get_if<Matrix>(&a), *n = std::get_if<Matrix>(&b); m && n)
      return m->each([&](std::size_t i, std::size_t j) {
        double entry = 0.0;
        for (std::size_t k = 0; k < m->rows.size(); ++k) entry += m->rows[i][k] * n->rows[k][j];
        return entry;
      });
    if (const Matrix* m = std::get_if<Matrix>(&b)) return scaled(number(a), *m);
    if (const Matrix* m = std::get_if<Matrix>(&a)) {
      if (y) return scaled(*y, *m);
      const PlainPoint& u = std::get<PlainPoint>(b);
      Numbers sums(u.numbers().size(), 0.0);
      for (std::size_t i = 0; i < sums.size(); ++i)
        for (std::size_t j = 0; j < sums.size(); ++j) sums[i] += m->rows[i][j] * u.numbers()[j];
      return u.holding(std::move(sums));
    }
    if (x && !y) return *x * std::get<PlainPoint>(b);
    return combine(
        a, b, [](double s, double t) { return s * t; },
        [](const PlainPoint& s, const PlainPoint& t) { return mul(s, t); });
  }

  Quantity product() {
    Quantity left = atom();
    for (;;) {
      if (accept('*'))
        left = times(left, atom());
      else if (accept('/'))
        left = combine(
            left, atom(), [](double x, double y) { return x / y; },
            [](const PlainPoint& x, const PlainPoint& y) { return div(x, y); });
      else
        return left;
    }
  }

  std::string word() {
    skip();
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_'))
      ++at_;
    return text_.substr(begin, at_ - begin);
  }

  std::vector<Quantity> arguments() {
    std::vector<Quantity> all;
    expect('(');
    do all.push_back(comparison());
    while (accept(','));
    expect(')');
    return all;
  }

  double number(const Quantity& q) const {
    const double* x = std::get_if<double>(&q);
    if (!x) fail("a number expected");
    return *x;
  }
  PlainPoint a_point(const Quantity& q) const {
    const PlainPoint* x = std::get_if<PlainPoint>(&q);
    if (!x) fail("a point expected");
    return *x;
  }

  std::size_t player_of(const Quantity& q) const { return static_cast<std::size_t>(number(q)) - 1; }

  std::size_t owner(std::size_t i) const {
    const auto& ends = std::get<PlainPoint>(words_.names.at("w")).ends();
    return static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), i) - ends.begin());
  }

  Matrix jacobian(const PlainPoint& at, bool transposed) const {
    const std::size_t n = at.numbers().size();
    Matrix m{std::vector(n, Numbers(n))};
    for (std::size_t j = 0; j < n; ++j) {
      Numbers unit(n, 0.0);
      unit[j] = 1.0;
      const Numbers column = words_.product(at, at.holding(unit), transposed).numbers();
      for (std::size_t i = 0; i < n; ++i) m.rows[i][j] = column[i];
    }
    return m;
  }

  Quantity atom() {
    skip();
    if (accept('(')) {
      Quantity q = comparison();
      expect(')');
      return q;
    }
    double literal = 0.0;
    const auto [end, problem] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), literal);
    if (problem == std::errc{}) {
      at_ = static_cast<std::size_t>(end - text_.data());
      return literal;
    }
    const std::string name = word();
    if (name.empty()) fail("a value expected");
    const bool indexed = accept('[');
    int player = kEverybody;
    if (indexed) {
      player = static_cast<int>(player_of(sum()));
      expect(']');
    }
    if (name == "F") {  // here one sample is like another, but for their mean
      const std::vector<Quantity> args = arguments();
      if (args.size() > 1 && number(args[1]) == 0.0) return words_.mean(a_point(args[0]));
      return words_.F(a_point(args.at(0)), player);
    }
    if (name == "B") {
      const std::vector<Quantity> args = arguments();
      return words_.few(a_point(args.at(0)), static_cast<int>(number(args.at(2))));
    }
    if (name == "normal")
      return words_.noise(std::get<PlainPoint>(words_.names.at("w")),
                          static_cast<int>(number(arguments().at(0))) - 1);
    if (name == "G") return words_.G(a_point(arguments().at(0)), player);
    if (indexed) return words_.given(static_cast<std::size_t>(player));
    if (name == "J" || name == "Jt") return jacobian(a_point(arguments().at(0)), name == "Jt");
    if (name == "P") return words_.P(a_point(arguments().at(0)));
    if (name == "share") return words_.share(a_point(arguments().at(0)));
    if (name == "total") return words_.total(a_point(arguments().at(0)));
    if (name == "corner") return words_.corner(a_point(arguments().at(0)));
    if (name == "exp") {
      const Quantity q = arguments().at(0);
      if (const double* x = std::get_if<double>(&q)) return std::exp(*x);
      return exp(a_point(q));
    }
    if (name == "log") {
      const Quantity q = arguments().at(0);
      if (const double* x = std::get_if<double>(&q)) return std::log(*x);
      return log(a_point(q));
    }
    if (name == "cos") return std::cos(number(arguments().at(0)));
    if (name == "sin") return std::sin(number(arguments().at(0)));
    if (name == "abs") return std::abs(number(arguments().at(0)));
    if (name == "max" || name == "min") {
      const std::vector<Quantity> args = arguments();
      return combine(
          args.at(0), args.at(1),
          [&](double x, double y) { return name == "max" ? std::max(x, y) : std::min(x, y); },
          [&](const PlainPoint& x, const PlainPoint& y) {
            return name == "max" ? max(x, y) : -1.0 * max(-1.0 * x, -1.0 * y);
          });
    }
    if (name == "I") {
      const std::size_t n = std::get<PlainPoint>(words_.names.at("w")).numbers().size();
      return Matrix{std::vector(n, Numbers(n))}.each(
          [](std::size_t i, std::size_t j) { return i == j ? 1.0 : 0.0; });
    }
    if (name == "within" || name == "between") {
      const Matrix m = std::get<Matrix>(arguments().at(0));
      return m.each([&](std::size_t i, std::size_t j) {
        return (owner(i) == owner(j)) == (name == "within") ? m.rows[i][j] : 0.0;
      });
    }
    if (name == "block") {
      const std::vector<Quantity> args = arguments();
      const std::size_t p = player_of(args.at(0)), q = player_of(args.at(1));
      const Matrix& m = std::get<Matrix>(args.at(2));
      return m.each([&](std::size_t i, std::size_t j) {
        return owner(i) == p && owner(j) == q ? m.rows[i][j] : 0.0;
      });
    }
    if (name == "diag") {
      const Numbers a = a_point(arguments().at(0)).numbers();
      return Matrix{std::vector(a.size(), Numbers(a.size()))}.each(
          [&](std::size_t i, std::size_t j) { return i == j ? a[i] : 0.0; });
    }
    if (name == "transpose") {
      const Matrix m = std::get<Matrix>(arguments().at(0));
      return m.each([&](std::size_t i, std::size_t j) { return m.rows[j][i]; });
    }
    if (name == "unit") {
      const PlainPoint a = a_point(arguments().at(0));
      return (1.0 / (std::sqrt(dot(a, a)) + 1e-300)) * a;
    }
    if (name == "solve") {
      const std::vector<Quantity> args = arguments();
      const PlainPoint b = a_point(args.at(1));
      return b.holding(testing::solve(std::get<Matrix>(args.at(0)).rows, b.numbers()));
    }
    if (name == "part") {
      const std::vector<Quantity> args = arguments();
      const PlainPoint a = a_point(args.at(1));
      return on(player_of(args.at(0)), a, fill(a, 0.0));
    }
    if (name == "first" || name == "second") {
      const std::size_t place = name == "second";
      return static_cast<double>(words_.order.empty() ? place : words_.order.at(place)) + 1.0;
    }
    if (name == "mixture") {
      const std::vector<Quantity> args = arguments();
      if (static_cast<double>(words_.met.size()) > number(args.at(2)))
        words_.met.erase(words_.met.begin());
      words_.met.emplace_back(a_point(args.at(0)), a_point(args.at(1)));
      return mixture_of(words_.met);
    }
    if (name == "rule" || name == "anew") {
      const std::vector<Quantity> args = arguments();
      PlainPoint w = a_point(args.at(0));
      if (name == "anew") words_.restart(w);
      for (double i = args.size() > 1 ? number(args[1]) : 1.0; i > 0.0; --i) w = words_.rule(w);
      return w;
    }
    if (name == "sqrt") {
      const Quantity q = arguments().at(0);
      if (const double* x = std::get_if<double>(&q)) return std::sqrt(*x);
      return sqrt(a_point(q));
    }
    if (name == "sign") return sign(number(arguments().at(0)));
    if (name == "dot") {
      const std::vector<Quantity> args = arguments();
      return dot(a_point(args.at(0)), a_point(args.at(1)));
    }
    if (name == "select") {
      const std::vector<Quantity> args = arguments();
      return number(args.at(0)) != 0.0 ? args.at(1) : args.at(2);
    }
    if (name == "on") {  // its first argument is p itself
      const std::vector<Quantity> args = arguments();
      return on(player_of(args.at(0)), a_point(args.at(1)), a_point(args.at(2)));
    }
    if (name == "p") return static_cast<double>(words_.player) + 1.0;
    if (name == "dim") return dim(std::get<PlainPoint>(words_.names.at("w")));
    const auto found = words_.names.find(name);
    if (found == words_.names.end()) fail("unknown name " + name);
    return found->second;
  }

  std::string text_;
  std::size_t at_ = 0;
  Words& words_;
};

/// Carries out `a = ...`.
inline void assign(const std::string& statement, Words& words) {
  const std::size_t equals = statement.find('=');
  if (equals == std::string::npos) throw std::runtime_error("no assignment: " + statement);
  std::string name = statement.substr(0, equals);
  std::erase(name, ' ');
  Quantity q = Equation(statement.substr(equals + 1), words).value();
  if (name == "w") q = words.P(std::get<PlainPoint>(q));
  words.names[name] = std::move(q);
}

/// Carries out one statement, or several with "; " between them behind `each p ...:` or
/// `k times:`, in which one may be a repetition of its own.
inline void carry_out(const std::string& text, Words& words) {
  const std::size_t colon = text.find(": ");
  if (colon == std::string::npos) return assign(text, words);
  const std::string head = text.substr(0, colon);
  auto body = [&] {
    for (std::size_t at = colon + 2; at < text.size();) {
      const std::size_t end = std::min(text.find("; ", at), text.size());
      carry_out(text.substr(at, end - at), words);
      at = end + 2;
    }
  };
  if (!head.starts_with("each p")) {
    if (!head.ends_with(" times")) throw std::runtime_error("a head that means nothing: " + head);
    const Quantity count = Equation(head.substr(0, head.size() - 6), words).value();
    for (double i = std::get<double>(count); i > 0.0; --i) body();
    return;
  }
  const bool in_order = head.starts_with("each p in order");
  const bool several = head.ends_with(", times[p] times");
  const std::string read =
      std::string("each p") + (in_order ? " in order" : "") + (several ? ", times[p] times" : "");
  if (head != read) throw std::runtime_error("a head that means nothing: " + head);
  const std::size_t players = std::get<PlainPoint>(words.names.at("w")).ends().size();
  for (std::size_t turn = 0; turn < players; ++turn) {
    words.player = in_order && !words.order.empty() ? words.order[turn] : turn;
    for (double i = several ? words.given(words.player) : 1.0; i > 0.0; --i) body();
  }
}

/// A pipe as its equations have it.
class Stated {
 public:
  Stated(const Pipe& pipe, HandGame game)
      : pipe_(pipe), field_(std::move(game)), memory_(pipe.stages.size()) {
    w_ = field_.game().point(field_.game().start);
    begin(pipe_.stages.size(), w_);
  }

  void step() { w_ = step_of(pipe_.stages.size() - 1, w_); }
  const Numbers& at() const { return w_.numbers(); }
  Numbers output() const { return out_ ? out_->numbers() : w_.numbers(); }
  const PlainPoint& slot(std::size_t stage, const std::string& name) const {
    return memory_[stage].at(name);
  }

 private:
  /// Fills the memory of the first `stages` stages for a run that begins at `w`.
  void begin(std::size_t stages, const PlainPoint& w) {
    for (std::size_t i = 0; i < stages; ++i) {
      // A look at the field to begin with leaves no trace in the stages looked through.
      const auto before = memory_;
      std::map<std::string, PlainPoint> started;
      Words words = words_of(i, w);
      for (const Slot& slot : pipe_.stages[i].facts().facts.memory) {
        const Quantity q = Equation(slot.start, words).value();
        const double* number = std::get_if<double>(&q);
        started[slot.name] = number ? fill(w, *number) : std::get<PlainPoint>(q);
      }
      memory_ = before;
      memory_[i] = started;
    }
  }

  std::size_t player_named(const std::string& name) const {
    const auto& players = field_.game().players;
    for (std::size_t p = 0; p < players.size(); ++p)
      for (const std::string& n : players[p])
        if (n == name) return p;
    throw std::runtime_error("no player " + name);
  }

  Words words_of(std::size_t i, const PlainPoint& w) {
    const StageSpec& spec = pipe_.stages[i];
    const std::size_t seen = std::min(i, pipe_.scheme);  // field stages that it looks through
    Words words;
    for (const auto& [name, value] : spec.reals) words.names[name] = value;
    for (const auto& [name, point] : memory_[i]) words.names[name] = point;
    words.names["w"] = w;
    words.F = [this, seen](const PlainPoint& a, int player) { return field(seen, a, player); };
    words.mean = [this, seen](const PlainPoint& a) {
      const Held<PlainPoint> all(field_, kMeanSample);
      return field(seen, a, kEverybody);
    };
    words.few = [this, seen](const PlainPoint& a, int size) {
      const Batch<PlainPoint> few(field_, size);
      return field(seen, a, kEverybody);
    };
    words.noise = [this, seen](const PlainPoint& a, int channel) {
      return field_.normal(a, 2 * static_cast<int>(seen) + channel);
    };
    words.product = [this, seen](const PlainPoint& a, const PlainPoint& u, bool transposed) {
      return product(seen, a, u, transposed);
    };
    words.P = [this](const PlainPoint& a) { return field_.project(a); };
    words.share = [this](const PlainPoint& a) { return field_.share(a); };
    words.total = [this](const PlainPoint& a) { return field_.total(a); };
    words.corner = [this](const PlainPoint& a) { return field_.corner(a); };
    words.G = [this](const PlainPoint& a, int p) { return field_.loss_gradient(a, p); };
    if (i > pipe_.scheme) {
      words.rule = [this, i](const PlainPoint& a) { return step_of(i - 1, a); };
      words.restart = [this, i](const PlainPoint& a) { begin(i, a); };
    }
    words.given = [this, &spec](std::size_t player) {
      double given = 1.0;
      for (const bool by_name : {false, true})
        for (const auto& [name, value] : spec.per_player)
          if (is_number_of_player(name) != by_name && player_named(name) == player) given = value;
      return given;
    };
    for (const std::string& name : spec.order) words.order.push_back(player_named(name));
    return words;
  }

  void run(std::size_t i, Words& words) {
    for (const std::string& equation : pipe_.stages[i].facts().facts.equations)
      carry_out(equation, words);
  }

  /// What stands behind the first `stages` field stages.
  PlainPoint field(std::size_t stages, const PlainPoint& w, int player) {
    if (stages == 0) return field_.at(w, player);
    const std::size_t i = stages - 1;
    Words words = words_of(i, w);
    words.names["v"] = field(i, w, player);
    run(i, words);
    auto mine = [&](const PlainPoint& now, const PlainPoint& else_) {
      return player == kEverybody ? now : on(static_cast<std::size_t>(player), now, else_);
    };
    for (auto& [name, point] : memory_[i])
      point = mine(std::get<PlainPoint>(words.names.at(name)), point);
    return mine(std::get<PlainPoint>(words.names.at("d")), fill(w, 0.0));
  }

  /// Stages that offer products are linear in v, but for what they add to it, so their equations
  /// say the products, too.
  PlainPoint product(std::size_t stages, const PlainPoint& w, const PlainPoint& u,
                     bool transposed) {
    if (stages == 0) return transposed ? field_.vjp(w, u) : field_.jvp(w, u);
    std::vector<Numbers> columns;
    const auto made_of = [&](const PlainPoint& v) {
      Words words = words_of(stages - 1, w);
      words.names["v"] = v;
      run(stages - 1, words);
      return std::get<PlainPoint>(words.names.at("d"));
    };
    const PlainPoint added = made_of(fill(w, 0.0));
    for (std::size_t c = 0; c < u.numbers().size(); ++c) {
      Numbers unit(u.numbers().size(), 0.0);
      unit[c] = 1.0;
      columns.push_back(
          (made_of(product(stages - 1, w, w.holding(unit), false)) - added).numbers());
    }
    Numbers all(columns.size(), 0.0);
    for (std::size_t r = 0; r < all.size(); ++r)
      for (std::size_t c = 0; c < all.size(); ++c)
        all[r] += (transposed ? columns[r][c] : columns[c][r]) * u.numbers()[c];
    return w.holding(std::move(all));
  }

  PlainPoint step_of(std::size_t i, const PlainPoint& w) {
    Words words = words_of(i, w);
    run(i, words);
    for (auto& [name, point] : memory_[i]) point = std::get<PlainPoint>(words.names.at(name));
    if (const auto out = words.names.find("out"); out != words.names.end())
      out_ = std::get<PlainPoint>(out->second);
    return std::get<PlainPoint>(words.names.at("w"));
  }

  Pipe pipe_;
  HandField field_;
  PlainPoint w_;
  std::vector<std::map<std::string, PlainPoint>> memory_;  // by stage and slot
  std::optional<PlainPoint> out_;
};

}  // namespace gyre::testing
