#!/usr/bin/env python3
"""compare_train_json.py GYRE: what `gyre compare --train --json` prints fits its schema, and the
example of docs/compare-train-json.md is what the program prints; a comparison that was interrupted
and killed, and done by two jobs, ends with the same bytes as one that was left alone."""

import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from run_json import EXAMPLE, ROOT, jsonschema, output, same  # noqa: E402

WORDS = ["compare", "--train", "covariance", "--rules",
         "preset, extragradient(eta=0.02),alternating(eta=1e4)", "--seeds", "2", "--steps", "3000",
         "--set", "log=100", "--set", "checkpoint=300", "--set", "samples=200", "--quiet"]
PAGE = ROOT / "docs/compare-train-json.md"


def compare(gyre, place, *more, **options):
    return subprocess.Popen([gyre, *WORDS, *more], cwd=place, stdout=subprocess.PIPE, text=True,
                            stderr=subprocess.DEVNULL, **options)


def interrupted_and_killed(gyre, place):
    """How often it was cut short before it came to its end."""
    cuts = 0
    for stop in [signal.SIGINT, signal.SIGKILL, signal.SIGTERM]:
        process = compare(gyre, place, "--out", "cut", "--jobs", "2")
        before = len(list(place.glob("cut/rule-*/metrics.csv")))
        most = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < most and (
                len(list(place.glob("cut/rule-*/metrics.csv"))) <= before):
            time.sleep(0.02)
        process.send_signal(stop)
        process.communicate()
        if process.returncode == 0:
            break
        if stop != signal.SIGKILL and process.returncode != 128 + stop:
            raise AssertionError(f"{stop} ends it with {process.returncode}")
        cuts += 1
    assert cuts > 0
    return cuts


def check_numbers(place, result, wrong):
    """Means and deviations are those of the tables that the trainings have left."""
    for rule in result["ranking"]:
        ends = []
        for one in rule["trainings"]:
            lines = (place / one["folder"] / "metrics.csv").read_text().split() if (
                one["ending"] == "done") else []
            if lines:
                ends.append(dict(zip(lines[0].split(","), map(float, lines[-1].split(",")))))
        if len(ends) + rule["not_finite"] != 2:
            wrong.append(f"{rule['rule']}: {len(ends)} tables, {rule['not_finite']} not finite")
        for name, spread in rule["end"].items():
            values = [end[name] for end in ends]
            if spread["seeds"] != len(values):
                wrong.append(f"{rule['rule']}: {name} of {spread['seeds']} seeds")
            elif values and not (
                    same(spread["mean"], statistics.mean(values))
                    and same(spread["sd"], statistics.stdev(values))):
                wrong.append(f"{rule['rule']}: {name} is {spread}, of {values}")


def main():
    gyre = os.path.abspath(sys.argv[1])
    schema = json.loads((ROOT / "docs/compare-train.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    wrong = []
    with tempfile.TemporaryDirectory(prefix="gyre-compare-") as top:
        place = pathlib.Path(top)
        printed = compare(gyre, place, "--out", "whole", "--json").communicate()[0]
        result = json.loads(printed)
        wrong += [f"{error.json_path}: {error.message}"
                  for error in jsonschema.Draft202012Validator(schema).iter_errors(result)]
        steps = {rule["calls_a_step"]: rule["steps"] for rule in result["ranking"]}
        if steps != {1.0: 3000, 2.0: 1500}:
            wrong.append(f"not the same field calls for all: {steps}")
        if [rule["not_finite"] for rule in result["ranking"]] != [0, 0, 2]:
            wrong.append("one rule runs away, and stands last")
        check_numbers(place / "whole", result, wrong)
        if json.loads((place / "whole/comparison.json").read_text()) != {
                key: value for key, value in result.items() if key != "folder"}:
            wrong.append("comparison.json is not what is printed")

        cuts = interrupted_and_killed(gyre, place)
        again = compare(gyre, place, "--out", "cut")
        again.communicate()
        if again.returncode != 0:
            wrong.append(f"going on ends with {again.returncode}")
        for path in sorted(place.glob("whole/**/*")):
            if path.name in ["comparison.json", "comparison.csv", "curves.csv", "metrics.csv",
                             "checkpoint.safetensors", "training.toml"]:
                other = place / "cut" / path.relative_to(place / "whole")
                if not other.exists() or other.read_bytes() != path.read_bytes():
                    wrong.append(f"{path.relative_to(place / 'whole')} is another one")

        command, shown = EXAMPLE.search(PAGE.read_text()).groups()
        os.chdir(place)
        printed = output(gyre, command.removeprefix("gyre "))
        if "--update" in sys.argv:
            PAGE.write_text(PAGE.read_text().replace(shown, printed))
        elif list(json.loads(printed)) != list(json.loads(shown)):
            wrong.append(f"{PAGE.name}: {command} prints\n{printed}")  # numbers differ by machine
    print(*wrong, f"cut short {cuts} times, {len(wrong)} wrong", sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
