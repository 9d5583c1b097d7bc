#!/usr/bin/env python3
"""Paths of gradient flows against XPPAUT: `flows_xppaut.py GYRE FLOWS [--plant]`.

XPPAUT gets the formulas of the field as Gyre prints them and integrates with CVODE. It keeps eight
digits of what it computes, so that is how near the ends can be."""

import json
import os
import re
import subprocess
import sys
import tempfile

from crosscheck import begin, parameters, require, respell

FUNCTIONS = """sigmoid(z)=1/(1+exp(-z))
softplus(z)=ln(1+exp(z))
"""


def equations(game):
    """XPPAUT's names have no case and at most nine letters, and a number begins with a digit."""
    names = {c: f"w{i}" for i, c in enumerate(game["coordinates"], 1)}
    names |= parameters(game) | {"log": "ln", "pi": "pi"}
    lines = [
        f"w{i}'=-({respell(f, names)})" for i, f in enumerate(game["field"], 1)
    ]
    # A number with a sign behind another sign needs brackets there.
    signed = re.compile(r"([-+*/^,]) ?-(\d[\d.]*(e[-+]?\d+)?)(?! ?\^)")
    return signed.sub(r"\1(-\2)", "\n".join(lines))


def follow(xppaut, folder, game, path):
    ode, out = os.path.join(folder, "flow.ode"), os.path.join(folder, "flow.dat")
    x, y = path["start"]
    with open(ode, "w") as file:
        file.write(
            f"{FUNCTIONS}{equations(game)}\ninit w1={x!r},w2={y!r}\n"
            f"@ total={path['time']!r},dt={path['time'] / 100!r},meth=cvode\n"
            "@ tol=1e-12,atol=1e-12,bounds=1e9,maxstor=10000\ndone\n"
        )
    if os.path.exists(out):
        os.remove(out)
    run = subprocess.run(
        [xppaut, ode, "-silent", "-outfile", out],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    try:
        with open(out) as file:
            time, *end = (float(word) for word in file.read().splitlines()[-1].split())
    except (OSError, IndexError, ValueError):
        raise SystemExit(f"xppaut on {path['game']}: {run.stdout[-2000:]}{run.stderr}")
    return time, end


def main():
    flows = sys.argv[2]
    gyre, comparisons = begin()
    xppaut = require("xppaut", "xppaut")
    paths = json.loads(subprocess.check_output([flows]))
    games = {name: gyre.game(name) for name in {path["game"] for path in paths}}
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            name = path["game"]
            time, end = follow(xppaut, folder, games[name], path)
            size = 1.0 + max(abs(x) for x in path["end"])
            comparisons.near("time", name, path["time"], time, 1e-6 * (1.0 + time))
            for ours, theirs in zip(path["end"], end):
                tolerance = 2e-7 * size + 1e-8 * path["stretch"]
                comparisons.near("end of a path", name, ours, theirs, tolerance)
    print(f"{len(paths)} paths in {len(games)} games")
    comparisons.end(least=300)


main()
