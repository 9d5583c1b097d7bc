#!/usr/bin/env python3
"""Values and equilibria of matrix games against GLPK's simplex method.

A game belongs here if its losses add up to zero, each is linear in its player's own coordinates and
in those of every other, and all coordinates are on simplices or in boxes: matrix games, sequence
forms and polymatrix games alike. The linear program then minimises the sum of what all players
could gain against each other's strategies: it is zero at the equilibria and nowhere else (Cai,
Candogan, Daskalakis, Papadimitriou 2016). Its coefficients are taken from the losses' text."""

import math
import os
import random
import subprocess
import tempfile

from crosscheck import begin, parameters, require, respell


class Linear:
    """A number and coefficients of the joint point: an affine function."""

    def __init__(self, constant, slopes):
        self.constant, self.slopes = constant, slopes

    def at(self, w):
        return self.constant + sum(s * x for s, x in zip(self.slopes, w))

    def text(self, times=1.0):
        terms = [f"{times * self.constant:.17g}"]
        terms += [
            f"({times * s:.17g})*w[{i}]" for i, s in enumerate(self.slopes, 1) if s
        ]
        return " + ".join(terms)


class MatrixGame:
    """Player i gains rest[i] + the sum of own coordinates times price, all affine in the others."""

    def __init__(self, game):
        names = {name: f"w[{i}]" for i, name in enumerate(game["coordinates"])}
        names |= parameters(game)
        losses = [
            respell(p["loss"], names).replace("^", "**") for p in game["players"]
        ]
        self.gains = [eval(f"lambda w: -({loss})", vars(math)) for loss in losses]
        self.dim = len(names) - len(game["parameters"])
        places = {name: i for i, name in enumerate(game["coordinates"])}
        self.owner = [
            next(
                i
                for i, p in enumerate(game["players"])
                if name.split("[")[0] in p["variables"]
            )
            for name in game["coordinates"]
        ]
        self.simplices, self.boxes = [], []
        for d in game["domain"]:
            own = [places[name] for name in d["coordinates"]]
            if "simplex" in d:
                self.simplices.append((own, d["simplex"]))
            elif d.get("low") is not None and d.get("high") is not None:
                self.boxes.append((own[0], d["low"], d["high"]))
        count = sum(len(own) for own, _ in self.simplices) + len(self.boxes)
        self.fits = count == self.dim
        if self.fits:
            self.expand()

    def expand(self):
        unit = lambda *on: [1.0 if i in on else 0.0 for i in range(self.dim)]
        self.rest, self.price = [], {}
        for i, gain in enumerate(self.gains):
            others = [k for k in range(self.dim) if self.owner[k] != i]
            none = gain(unit())
            alone = [gain(unit(k)) - none for k in range(self.dim)]
            self.rest.append(
                Linear(none, [a if k in others else 0.0 for k, a in enumerate(alone)])
            )
            for j in range(self.dim):
                if self.owner[j] != i:
                    continue
                both = [
                    gain(unit(j, k)) - none - alone[j] - alone[k]
                    if k in others
                    else 0.0
                    for k in range(self.dim)
                ]
                self.price[j] = Linear(alone[j], both)
        rng = random.Random(1)
        for _ in range(3):
            w = [rng.uniform(-1, 1) for _ in range(self.dim)]
            gains = [gain(w) for gain in self.gains]
            linear = [
                self.rest[i].at(w)
                + sum(w[j] * p.at(w) for j, p in self.price.items() if self.owner[j] == i)
                for i in range(len(self.gains))
            ]
            scale = 1e-9 * (1.0 + max(abs(g) for g in gains))
            self.fits &= abs(sum(gains)) <= scale
            self.fits &= all(abs(a - b) <= scale for a, b in zip(gains, linear))

    def best(self, i, w):
        """What player i can gain at most while the others stay where they are."""
        gain = self.rest[i].at(w)
        for own, size in self.simplices:
            if self.owner[own[0]] == i:
                gain += size * max(self.price[j].at(w) for j in own)
        for j, low, high in self.boxes:
            if self.owner[j] == i:
                gain += max(low * self.price[j].at(w), high * self.price[j].at(w))
        return gain

    def program(self):
        """In MathProg. Player i's best gain is best[i]."""
        text = f"var w{{1..{self.dim}}};\nvar best{{1..{len(self.gains)}}};\n"
        sums = [[r.text()] for r in self.rest]
        for k, (own, size) in enumerate(self.simplices):
            whole = " + ".join(f"w[{j + 1}]" for j in own)
            text += f"var top{k};\ns.t. sum{k}: {whole} = {size!r};\n"
            sums[self.owner[own[0]]].append(f"{size!r}*top{k}")
            for j in own:
                text += f"s.t. low{j}: w[{j + 1}] >= 0;\n"
                text += f"s.t. top{k}_{j}: top{k} >= {self.price[j].text()};\n"
        for j, low, high in self.boxes:
            text += f"var side{j};\ns.t. box{j}: {low!r} <= w[{j + 1}] <= {high!r};\n"
            sums[self.owner[j]].append(f"side{j}")
            for end in (low, high):
                text += f"s.t. side{j}_{int(end == high)}: side{j} >= {self.price[j].text(end)};\n"
        for i, parts in enumerate(sums, 1):
            text += f"s.t. best{i}: best[{i}] = {' + '.join(parts)};\n"
        text += f"minimize total: sum{{i in 1..{len(self.gains)}}} best[i];\nsolve;\n"
        text += f'printf{{i in 1..{len(self.gains)}}} "BEST %.17g\\n", best[i];\nend;\n'
        return text


def solve(glpsol, program):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "game.mod")
        with open(path, "w") as file:
            file.write(program)
        run = subprocess.run([glpsol, "--math", path], capture_output=True, text=True)
    best = [float(l.split()[1]) for l in run.stdout.splitlines() if l.startswith("BEST")]
    if not best or "OPTIMAL LP SOLUTION FOUND" not in run.stdout:
        raise SystemExit("glpsol: " + run.stdout[-2000:] + run.stderr)
    return best


def random_tables(folder):
    """Payoff files of many shapes: of real numbers, and of small whole ones, which make ties."""
    rng = random.Random(1)
    for rows, columns in [(2, 2), (2, 9), (9, 2), (3, 3), (5, 7), (8, 8), (20, 12), (30, 40)]:
        for whole in (False, True):
            path = os.path.join(folder, f"{rows}x{columns}{'-whole' * whole}.csv")
            with open(path, "w") as file:
                for _ in range(rows):
                    row = [rng.uniform(-5, 5) for _ in range(columns)]
                    file.write(",".join(repr(round(x) if whole else x) for x in row) + "\n")
            yield path


def main():
    gyre, comparisons = begin()
    glpsol = require("glpsol", "glpk-utils")
    with tempfile.TemporaryDirectory() as folder:
        games = [(g["name"], g) for g in gyre.catalogue()]
        games += [(os.path.basename(p), gyre.game(p)) for p in random_tables(folder)]
    names = []
    for name, game in games:
        matrix = MatrixGame(game)
        if not matrix.fits:
            continue
        names.append(name)
        best = solve(glpsol, matrix.program())
        scale = 1.0 + max(abs(b) for b in best)
        comparisons.near("sum of best gains", name, sum(best), 0.0, 1e-10 * scale)
        comparisons.near("points", name, min(len(game["points"]), 1), 1, 0.5)
        for point in game["points"]:
            if game["zero_sum"]:
                value = -best[0] if game["players"][0]["goal"] == "min" else best[0]
                comparisons.near("value", name, point["payoff"], value, 1e-10 * scale)
            # At an equilibrium nobody can do better than what the program says.
            for i, most in enumerate(best):
                if len(best) == 2:
                    gain = matrix.best(i, point["at"])
                    comparisons.near("best answer", name, gain, most, 1e-10 * scale)
            total = sum(matrix.best(i, point["at"]) for i in range(len(best)))
            comparisons.near("gap", name, total, 0.0, 1e-10 * scale)
    print(f"{len(names)} games: {', '.join(names)}")
    comparisons.end(least=100)


main()
