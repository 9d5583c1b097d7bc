#!/usr/bin/env python3
"""analyze_json.py PROGRAM: what `gyre analyze --json` prints fits docs/analyze.schema.json, for
points of every class, lines of points, no points, and rules that say nothing; and the example of
docs/analyze-json.md is what the program prints. With `--update`, the example is written anew. Exit
status 77: there is no jsonschema here."""

import json
import sys

from run_json import ROOT, finish, jsonschema, output

COMMANDS = [
    "analyze xy",
    "analyze forsaken --rule ogda --rule adam --rule 'gda | average' --rule newton",
    "analyze adolphs --rules none",
    "analyze adolphs --box x=1:2,y=1:2",
    "analyze neg-curv-quad --rules all",
    "analyze betty-sue --rule gda --rule proximal",
    "analyze rps --rule mwu --rule eg --rule regret-matching",
    "analyze cournot --rule gda --rule mwu",
    "analyze 'min x max y: x^3 - y^2' --rule eg",
    "analyze forsaken --rules none --no-constants",
    "analyze 'min x max y: exp(x) + y' --rule eg",
    "analyze 'min x[200] max y[200]: dot(x, y)' --rules none",
]


def main():
    program = sys.argv[1]
    schema = json.loads((ROOT / "docs/analyze.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong, classes, lines = [], set(), 0
    ends, fields, gaps, enough = set(), set(), set(), set()
    for words in COMMANDS:
        result = json.loads(output(program, words + " --json --no-save --quiet"))
        wrong += [f"gyre {words}: {error.json_path}: {error.message}"
                  for error in validator.iter_errors(result)]
        classes |= {point["class"] for point in result["points"]}
        fields.add(result["field"] is None)
        for point in result["points"]:
            ends.add(point["eigenvalues_complete"])
            gaps.add(point["gap"] and point["gap"]["exact"])
            enough.add(point["weak_minty"] and point["weak_minty"]["enough"])
        lines += sum(point["continuum"] is not None for point in result["points"])
    for kind in schema["$defs"]["point"]["properties"]["class"]["enum"]:
        if kind is not None and kind not in classes:
            wrong.append(f"no command here finds a point of the class {kind!r}")
    if fields != {True, False} or ends != {True, False}:
        wrong.append("no command here leaves out constants, or the middle of a spectrum")
    if gaps != {None, True, False} or enough != {None, True, False}:
        wrong.append(f"gaps here are {gaps} exact, weak Minty constants {enough} enough")
    if not lines:
        wrong.append("no command here finds a line of points")

    finish("analyze", program, COMMANDS, wrong)


if __name__ == "__main__":
    main()
