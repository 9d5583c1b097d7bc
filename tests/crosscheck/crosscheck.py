"""What the cross-checks share: the program asked for its games, comparisons, and a way to plant a
wrong number in each of them.

A script is called as `NAME.py GYRE [--plant]`. It exits with 0 if all comparisons held, 1 if one
did not, and 77 (skipped) with the reason if the other program is not there. With --plant every
number of Gyre's is moved by ten times its tolerance, and the script passes only if every comparison
then fails: a check that cannot fail is none."""

import json
import math
import re
import shutil
import subprocess
import sys

SKIPPED = 77


def require(program, package):
    """The path of a program; ends the script where there is none."""
    path = shutil.which(program)
    if not path:
        print(
            f"skipped: there is no {program} ({package}); "
            "install it with ./dev setup crosscheck"
        )
        sys.exit(SKIPPED)
    return path


class Gyre:
    def __init__(self, program):
        self.program = program

    def json(self, *words):
        run = subprocess.run(
            [self.program, *words, "--json"], capture_output=True, text=True
        )
        if run.returncode != 0:
            sys.exit(f"gyre {' '.join(words)}: {run.stderr}")
        return json.loads(run.stdout)

    def game(self, what):
        return self.json("games", "show", what)

    def catalogue(self):
        return [self.game(game["name"]) for game in self.json("games")]


class Comparisons:
    def __init__(self, planted):
        self.planted = planted
        self.held = self.failed = 0
        self.worst = {}

    def near(self, kind, where, ours, theirs, tolerance):
        """Whether two numbers, real or complex, differ by at most the tolerance."""
        if self.planted:
            ours += 10.0 * tolerance
        off = abs(ours - theirs)
        holds = off <= tolerance
        self.held += holds
        self.failed += not holds
        share = off / tolerance
        if not share <= self.worst.get(kind, (-1.0, ""))[0]:
            self.worst[kind] = (share, where)
        if not holds and not self.planted:
            print(f"{where}: {kind}: ours {ours}, theirs {theirs}, allowed {tolerance:.1e}")

    def end(self, least):
        """Reports; exits. Fewer comparisons than `least` mean that the script lost its way."""
        done = self.held + self.failed
        for kind, (share, where) in sorted(self.worst.items()):
            if not self.planted:
                print(f"{kind}: at most {share:.2g} of what is allowed, at {where}")
        if self.planted:
            print(f"{done} wrong numbers planted, {self.failed} found")
        else:
            print(f"{done} comparisons, {self.failed} failed")
        if done < least:
            print(f"at least {least} were expected")
        bad = self.held if self.planted else self.failed
        sys.exit(1 if bad or done < least else 0)


def begin():
    """The program, and comparisons as the command line asks for them."""
    return Gyre(sys.argv[1]), Comparisons("--plant" in sys.argv[2:])


def respell(formula, names):
    """A formula of Gyre's with coordinates and parameters replaced, as `names` says."""
    return re.sub(
        r"[A-Za-z_]\w*(\[\d+\])?", lambda m: names.get(m.group(), m.group()), formula
    )


def parameters(game):
    return {p["name"]: f"({p['value']!r})" for p in game["parameters"]}


def inside(game, name, value):
    """A number that a coordinate may have: its own limits, or what is near."""
    for d in game["domain"]:
        if name in d["coordinates"] and "low" in d:
            low = -math.inf if d["low"] is None else d["low"]
            high = math.inf if d["high"] is None else d["high"]
            return min(max(value, low), high)
    return value
