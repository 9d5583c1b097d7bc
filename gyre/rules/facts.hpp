#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "gyre/core/facts.hpp"

namespace gyre {

/// Where a stage stands in a pipe: field stages, then one scheme, then wrappers.
enum class StageKind { kField, kScheme, kWrapper };

/// How far a rule's text has been checked: against published results, against its equations and
/// closed forms, or not yet.
enum class Maturity { kReproduced, kChecked, kDraft };

/// A vector that a stage remembers, and what it holds before the first step.
struct Slot {
  std::string name, start;
};

/// A place where a rule stands still although the field is not zero there.
struct Halt {
  std::string rule, game;
  std::vector<double> at;
};

/// What a stage asks of a game, besides its field.
struct Needs {
  bool losses = false;  ///< every player's loss, not only its own gradient
  bool two_players = false;
  bool zero_sum = false;   ///< ... of two players
  bool curved = false;     ///< the second mover's curvature of its own loss can be inverted
  bool simplices = false;  ///< all coordinates are mixed strategies
  bool samples = false;    ///< the losses are means over samples
};

/// What a stage states about itself, once: help, documents, the page and the tests read it here.
///
/// `equations` are assignments, one a string, in this small language: `w` is the point, `v` what
/// came through the pipe (F(w) for a field stage), `F(a)` the field at a, `F[p](a)` player p's
/// block of it with zeros elsewhere, `J(a)*u` and `Jt(a)*u` products with its Jacobian, `P(a)` the
/// nearest point of the game's domain; `rule(a)` one step of the wrapped rule from a, `rule(a, k)`
/// k of them, `anew(a, k)` the same after its memory has begun anew at a; slots and parameters go
/// by their names, and `factor[p]` or `times[p]` is what the text gives player p, or 1; `on(p, a,
/// b)` is a for player p and b for everybody else; `*`, `/` and `sqrt` between points work
/// coordinate by coordinate, `dot(a, b)` and `dim`, the number of coordinates, do not; `select(c,
/// a, b)` is b where c is zero. A field stage assigns `d`, the direction it hands on; a scheme or
/// wrapper assigns `w`, which then stays inside the domain without saying so; slots are assigned
/// their next value; any other name is a help variable. `each p: ...` repeats a statement for each
/// player in turn, `each p in order` in the order that the text gives, and behind that `times[p]
/// times` repeats it for one player. `k times: ...; ...` repeats statements, of which one may be a
/// repetition of its own. A wrapper may assign `out`, what it reports instead of w.
///
/// `J(a)` and `Jt(a)` are matrices; so is `I`. `block(p, q, M)` keeps p's rows and q's columns of
/// one and has zeros elsewhere, `within(M)` and `between(M)` keep what stands within the players'
/// own blocks, and outside; `transpose(M)` is M', `diag(a)` has a on its diagonal, and `solve(M,
/// b)` is M^-1 b. `part(p, a)` is p's block of a point and zeros elsewhere, `unit(a)` is a made one
/// long, or zero. Players are named by `p`, by their number from 1, or as `first` and `second`
/// mover: in the order of the text or of the parameter that gives one. `G[p](a)` is the gradient of
/// p's loss with respect to everybody. `share(a)`, `total(a)` and `corner(a)` are what Field says
/// of mixed strategies, `exp(a)`, `log(a)` and `max(a, b)` go coordinate by coordinate, and `sqrt`,
/// `exp`, `abs`, `sign`, `max`, `min` and `a < b`, which is 1 or 0, take numbers, too; `cos` and
/// `sin` take only those. `mixture(a, b, n)` is the mixture of this b and the last n that it met
/// before in the same step, with weights that sum to one and make the same mixture of all b - a
/// shortest.
///
/// Of chance: `F(a)` is answered on a sample of its own, `F(a, i)` and likewise `J(a, i)` and
/// `Jt(a, i)` on the i-th sample that the stage draws for this, and `F(a, 0)` on the mean of all;
/// `B(a, i, n)` is the field on n samples of the game, drawn with the i-th. `normal(1)` and
/// `normal(2)` are points of standard normal numbers, independent ones for each sample. The uniform
/// test computes all this and compares with the code.
struct RuleFacts {
  std::string id, name;
  std::string does;  ///< one or two sentences
  Paper paper;
  std::vector<std::string> equations;
  std::vector<Slot> memory;
  double calls = 1.0;  ///< whole-field calls a step; for a field stage, for each call of its own;
                       ///< for a wrapper, steps of the wrapped rule (at the default parameters)
  double products = 0.0;  ///< products with J or J', likewise, outside of solves
  double solves = 0.0;    ///< linear systems, likewise; each takes several products
  double starts = 0.0;    ///< for a wrapper, how often a step begins the wrapped rule anew
  Needs needs;
  bool offers_products = false;  ///< a field stage after which products are still known
  std::string bilinear;          ///< radius factor a step on f = x*y as a formula of the parameters
                                 ///< (and of `eta` of `simultaneous` for field stages and
                                 ///< wrappers), of a step of this rule, memory included
  std::string no_bilinear;       ///< why there is no such formula, where there is none
  bool keeps_field = false;      ///< as the step size vanishes, the first step divided by it tends
                                 ///< to minus the field
  bool keeps_points = true;      ///< stands still wherever the field is zero
  bool keeps_walls = true;       ///< ... or only a wall holds a player back
  bool looks_outside = false;    ///< reads the field outside the domain, too
  bool draws = false;            ///< has chance in it; its other facts are those of its mean map
  bool leaps = false;            ///< may move far however small the field is, unless it is zero
  std::vector<Halt> halts;       ///< examples, if it may stand still elsewhere
  std::string fails;             ///< known failure modes
  Maturity maturity = Maturity::kChecked;
};

/// One number for each player, for those that have one: `scale(y=5)`.
template <class T>
struct PerPlayer {
  std::map<std::size_t, T> given;

  T of(std::size_t player, T otherwise) const {
    const auto it = given.find(player);
    return it == given.end() ? otherwise : it->second;
  }
};

/// The order in which players move; empty means the order of the game's text.
struct Order {
  std::vector<std::size_t> players;
};

/// One parameter of a stage. Its default is the member's own initialiser and stands nowhere else.
template <class Owner, class T>
struct Param {
  std::string name;
  T Owner::*member;
  Range range;
  std::string about;
};

template <class Owner, class T>
Param<Owner, T> param(std::string name, T Owner::*member, Range range, std::string about) {
  return {std::move(name), member, range, std::move(about)};
}

inline constexpr Range kStepSizes{0.0, 1e6, true};
inline constexpr Range kShares{0.0, 1.0};
inline constexpr Range kDecays{0.0, 0.999999999};

}  // namespace gyre
