#!/usr/bin/env python3
"""runs_json.py PROGRAM: what `gyre runs` prints with --json fits docs/runs.schema.json, and the
example of docs/runs-json.md is what the program prints; its SQLite file says the same. With
`--update`, the example is written anew. Exit status 77: there is no jsonschema here."""

import json
import os
import sqlite3
import sys
import tempfile

from run_json import ROOT, finish, jsonschema, output

COMMANDS = [
    "runs --json",
    "runs --kind run --sort settled --json",
    "runs show mine --json",
    "runs show sweep-xy --json",
    "runs compare mine other --json",
    "runs compare mine compared sweep-xy --json",
    "runs rm other --dry-run --json",
    "runs rm other compared --json",
    "runs --json",
]


def timeless(result):
    """Without what differs from run to run."""
    for run in result["runs"]:
        run["began"] = run["ended"] = run["gyre"] = None
    return result


def main():
    program = os.path.abspath(sys.argv[1])
    schema = json.loads((ROOT / "docs/runs.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong = []
    with tempfile.TemporaryDirectory(prefix="gyre-runs-") as place:
        os.chdir(place)
        for words in ["run xy --rule eg --out runs/other", "run xy --rule eg --out runs/mine",
                      "compare xy --rules gda,eg --starts 2 --out runs/compared",
                      "sweep xy --axis x=0:1:3 --steps 10 --out runs/sweep-xy"]:
            output(program, words + " --quiet")
        for words in COMMANDS:
            result = json.loads(output(program, words + " --quiet"))
            wrong += [f"gyre {words}: {error.json_path}: {error.message}"
                      for error in validator.iter_errors(result)]
        if [run["folder"] for run in result["runs"]] not in (
                ["runs/sweep-xy", "runs/mine"], ["runs/mine", "runs/sweep-xy"]):
            wrong.append(f"what is left is {result}")
        with sqlite3.connect("runs/catalogue.sqlite") as database:
            kept = database.execute("SELECT name, kind FROM runs ORDER BY name").fetchall()
            numbers = dict(database.execute("SELECT name, value FROM metrics WHERE run = 'mine'"))
        if kept != [("mine", "run"), ("sweep-xy", "sweep")]:
            wrong.append(f"the file holds {kept}")
        if [run["metrics"] for run in result["runs"] if run["kind"] == "run"] != [numbers]:
            wrong.append(f"the file's metrics are {numbers}")
        output(program, "runs rm sweep-xy --quiet")
        finish("runs", program, COMMANDS, wrong, timeless)


if __name__ == "__main__":
    main()
