#!/usr/bin/env python3
"""Fields, payoffs and eigenvalues of game Jacobians against GNU Octave, which takes the losses as
text, differentiates them itself (a complex step, then differences of that with Richardson's
extrapolation), and asks LAPACK for the eigenvalues."""

import random
import subprocess
import tempfile

from crosscheck import begin, inside, parameters, require, respell

PRELUDE = r"""1;
function y = select(c, a, b)
  if c, y = a; else y = b; end
end
function y = sigmoid(z)
  y = 1/(1 + exp(-z));
end
function y = softplus(z)
  if real(z) > 0, y = z + log(1 + exp(-z)); else y = log(1 + exp(z)); end
end
function y = magnitude(z)
  if real(z) < 0, y = -z; else y = z; end
end
function v = field(losses, owner, w)
  v = zeros(numel(w), 1);
  for i = 1:numel(w)
    z = w;
    z(i) += 1e-30i;
    v(i) = imag(losses{owner(i)}(z))/1e-30;
  end
end
function J = jacobian(losses, owner, w)
  n = numel(w);
  J = zeros(n);
  for j = 1:n
    D = {};
    h = 4e-4*(1 + norm(w(j)));
    for k = 1:3
      e = zeros(n, 1);
      e(j) = h;
      D{k} = (field(losses, owner, w + e) - field(losses, owner, w - e))/(2*h);
      h /= 2;
    end
    D{1} = (4*D{2} - D{1})/3;
    D{2} = (4*D{3} - D{2})/3;
    J(:, j) = (16*D{2} - D{1})/15;
  end
end
function show(x)
  for i = 1:numel(x)
    printf(" %.17g %.17g", real(x(i)), imag(x(i)));
  end
  printf("\n");
end
"""


def owner(game):
    """Which player each coordinate belongs to, counted from 1."""
    base = [name.split("[")[0] for name in game["coordinates"]]
    players = game["players"]
    return [
        next(i for i, p in enumerate(players, 1) if b in p["variables"]) for b in base
    ]


def free_directions(game, at, field):
    """Blocks of coordinates that may move: places, the normal of the plane they must stay in or
    nothing, and what pushes them against a sphere."""
    places = {name: i for i, name in enumerate(game["coordinates"])}
    blocks, seen = [], set()
    for d in game["domain"]:
        own = [places[name] for name in d["coordinates"]]
        seen.update(own)
        if "simplex" in d:
            used = [i for i in own if at[i] > 1e-9]
            price = sum(field[i] for i in used) / len(used)
            blocks.append(
                ([i for i in own if at[i] > 1e-9 or field[i] <= price + 1e-9], "sum", 0.0)
            )
        elif "ball" in d:
            normal = [at[i] - c for i, c in zip(own, d["centre"])]
            squares = sum(n * n for n in normal)
            push = -sum(field[i] * n for i, n in zip(own, normal)) / max(squares, 1e-300)
            on_sphere = squares >= (1.0 - 1e-9) ** 2 * d["ball"] ** 2 and push >= 0.0
            blocks.append((own, normal, push) if on_sphere else (own, None, 0.0))
        else:
            (i,) = own
            low, high = d["low"], d["high"]
            wall = (low is not None and at[i] <= low + 1e-9) or (
                high is not None and at[i] >= high - 1e-9
            )
            if not (wall and abs(field[i]) > 1e-9):
                blocks.append(([i], None, 0.0))
    blocks += [([i], None, 0.0) for i in range(len(at)) if i not in seen]
    return blocks


def basis_text(blocks, dim):
    columns = []
    for places, normal, _ in blocks:
        size = len(places)
        if normal and size < 2:
            continue
        local = f"null({[1.0] * size if normal == 'sum' else normal})" if normal else f"eye({size})"
        rows = ", ".join(str(i + 1) for i in places)
        columns.append(f"expand({dim}, [{rows}], {local})")
    return "[" + ", ".join(columns) + "]" if columns else f"zeros({dim}, 0)"


EXPAND = """function B = expand(n, rows, local)
  B = zeros(n, columns(local));
  B(rows, :) = local;
end
"""


class Octave:
    """A script that grows by questions, and the answers when it has been run."""

    def __init__(self, program):
        self.program, self.text = program, PRELUDE + EXPAND

    def game(self, game):
        names = {name: f"w({i})" for i, name in enumerate(game["coordinates"], 1)}
        names |= parameters(game) | {"abs": "magnitude"}
        self.text += "losses = {};\n"
        for i, player in enumerate(game["players"], 1):
            self.text += f"losses{{{i}}} = @(w) {respell(player['loss'], names)};\n"
        self.text += f"owner = {owner(game)};\n"

    def at(self, at):
        self.text += f"w = [{'; '.join(repr(x) for x in at)}];\n"

    def ask(self, expression):
        self.text += f"show({expression});\n"

    def answers(self):
        with tempfile.NamedTemporaryFile("w", suffix=".m") as script:
            script.write(self.text)
            script.flush()
            run = subprocess.run(
                [self.program, "--norc", "--silent", "--no-gui", script.name],
                capture_output=True,
                text=True,
            )
        if run.returncode != 0:
            raise SystemExit("octave: " + run.stderr[-2000:])
        for line in run.stdout.splitlines():
            numbers = [float(word) for word in line.split()]
            yield [complex(a, b) for a, b in zip(numbers[::2], numbers[1::2])]


def random_game(size, draw):
    """A quadratic game of two with `size` coordinates each and a matrix without structure."""
    rng = random.Random(draw)
    terms = lambda of: " + ".join(
        f"({rng.gauss(0, 1):.6f})*{a}*{b}"
        for a in of
        for b in [f"{v}[{i}]" for v in "xy" for i in range(1, size + 1)]
    )
    x = terms([f"x[{i}]" for i in range(1, size + 1)])
    y = terms([f"y[{i}]" for i in range(1, size + 1)])
    return f"x[{size}]: {x}; y[{size}]: {y}"


def main():
    gyre, comparisons = begin()
    octave = Octave(require("octave-cli", "octave"))
    rng = random.Random(1)
    games = gyre.catalogue() + [gyre.game(random_game(n, n)) for n in range(2, 8)]
    questions = []
    for game in games:
        octave.game(game)
        name = game["name"] or "a random quadratic game"
        # The field that Gyre prints, as text, beside the slopes of the losses.
        names = {c: f"w({i})" for i, c in enumerate(game["coordinates"], 1)}
        names |= parameters(game) | {"abs": "magnitude"}
        if all(game["field"]):
            printed = "; ".join(respell(f, names) for f in game["field"])
            for _ in range(3):
                start = game["start"] or [0.0] * len(names)
                octave.at(
                    [
                        inside(game, c, x + rng.uniform(-0.4, 0.4))
                        for c, x in zip(game["coordinates"], start)
                    ]
                )
                octave.ask(f"[{printed}]")
                octave.ask("field(losses, owner, w)")
                questions.append(("field", name, None))
        for point in game["points"]:
            octave.at(point["at"])
            field = None
            octave.ask("losses{1}(w)")
            octave.ask("field(losses, owner, w)")
            questions.append(("point", name, (game, point)))
    first = list(octave.answers())

    # Which walls hold a player is known only now, from Octave's field.
    octave.text = PRELUDE + EXPAND
    at, asked, last = 0, [], None
    for kind, name, more in questions:
        if kind == "field":
            printed, own = first[at : at + 2]
            scale = 1.0 + max(abs(v) for v in own)
            for ours, theirs in zip(printed, own):
                comparisons.near("field", name, ours.real, theirs.real, 1e-12 * scale)
            at += 2
            continue
        game, point = more
        (loss,), field = first[at], [v.real for v in first[at + 1]]
        at += 2
        if point["payoff"] is not None:
            payoff = loss.real if game["players"][0]["goal"] == "min" else -loss.real
            comparisons.near(
                "payoff", name, point["payoff"], payoff, 1e-12 * (1.0 + abs(payoff))
            )
        if last is not game:
            octave.game(game)
        last = game
        octave.at(point["at"])
        blocks = free_directions(game, point["at"], field)
        bend = [0.0] * len(field)
        for places, _, push in blocks:
            for i in places:
                bend[i] = push
        octave.text += (
            f"Z = {basis_text(blocks, len(field))};\n"
            f"J = jacobian(losses, owner, w) + diag({bend});\n"
        )
        octave.ask("eig(Z'*J*Z)")
        octave.ask("norm(J)")
        asked.append((name, point))
    answers = octave.answers()
    for name, point in asked:
        theirs, scale = next(answers), 1.0 + next(answers)[0].real
        left = list(theirs)
        ours = [complex(*e) for e in point["eigenvalues"]]
        comparisons.near("number of eigenvalues", name, len(ours), len(theirs), 0.5)
        for e in ours:
            if not left:
                break
            nearest = min(left, key=lambda other: abs(e - other))
            # Where eigenvalues meet, half of the digits are lost; at a triple meeting, two thirds.
            meets = sum(abs(nearest - other) < 1e-3 * scale for other in theirs)
            left.remove(nearest)
            tolerance = scale * (1e-9 if meets == 1 else 3e-5 if meets == 2 else 1e-3)
            comparisons.near("eigenvalue", name, e, nearest, tolerance)
    comparisons.end(least=500)


main()
