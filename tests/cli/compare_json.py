#!/usr/bin/env python3
"""compare_json.py PROGRAM: what `gyre compare --json` prints fits docs/compare.schema.json, for
games, endings and ways of tuning of every kind, and the example of docs/compare-json.md is what the
program prints, but for the seconds. With `--update`, the example is written anew. Exit status 77:
there is no jsonschema here."""

import json
import sys

from run_json import ROOT, finish, jsonschema, output

COMMANDS = [
    "compare xy",
    "compare forsaken --starts 3 --calls 500",
    "compare rps --tune --rules gda,adam,mwu,regret-matching --starts 3 --calls 2000",
    "compare mazumdar --rules newton,gda,eg --seed 18446744073709551615 --calls 3000",
    "compare cournot --rule eg --starts 1",
    "compare 'x: (x+y)^2-2*x; y: (x+y)^2-2*y' --rules gda,cross-curl",
    "compare 'dirac-r1(gamma=1)' --rules all --starts 2 --calls 1",
    "compare xy --tune --rules eg,mwu,adam --starts 2 --calls 4000",
]


def without_seconds(result):
    for contender in result["ranking"]:
        del contender["seconds"]
    return result


def check(words, result, validator):
    wrong = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(result)]
    for place, contender in enumerate(result["ranking"], 1):
        if contender["rank"] != place:
            wrong.append(f"{contender['rule']} is {contender['rank']}, and stands at {place}")
        if sum(contender["endings"].values()) != result["starts"]:
            wrong.append(f"{contender['rule']}: not every start has an ending")
    return [f"gyre {words}: {problem}" for problem in wrong]


def main():
    program = sys.argv[1]
    schema = json.loads((ROOT / "docs/compare.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong, seen = [], set()
    for words in COMMANDS:
        result = json.loads(output(program, words + " --json --no-save --quiet"))
        wrong += check(words, result, validator)
        seen.add(result["measured_by"])
        for contender in result["ranking"]:
            seen |= {ending for ending, count in contender["endings"].items() if count}
            seen.add((contender["tuning"] or {"by": "untuned"})["by"])
    for what in ["distance", "residual", "solved", "elsewhere", "cycling", "diverged", "spent",
                 "nothing", "spectrum", "outcome", "untuned"]:
        if what not in seen:
            wrong.append(f"no command here shows {what!r}")

    finish("compare", program, COMMANDS, wrong, without_seconds)


if __name__ == "__main__":
    main()
