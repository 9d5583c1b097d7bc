#!/usr/bin/env python3
"""run_json.py PROGRAM: what `gyre run --json` prints fits docs/run.schema.json, for games, rules
and outcomes of every kind, and the example of docs/run-json.md is what the program prints. With
`--update`, the example is written anew. Exit status 77: there is no jsonschema here."""

import json
import math
import pathlib
import re
import shlex
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
COMMANDS = [
    "run xy --rule gda --rule alt-gda --rule eg",
    "run xy --rule adam --rule average --rule 'extragradient | lookahead'",
    "run 'min x max y: x*y' --rule 'simultaneous(eta=1000)' --steps 1000",
    "run 'x: exp(x)*y; y: exp(y)*x' --rule 'simultaneous(eta=10)'",
    "run forsaken --rule ogda --start random:50 --seed 18446744073709551615",
    "run cournot --rule eg --calls 20",
    "run 'dirac-r1(gamma=1)' --rule 'conopt | alternating' --steps 3",
    "run sga-4player --rule gda --time 1s",
]
EXAMPLE = re.compile(r"```sh\n(gyre [^\n]*)\n```\n\n```json\n(.*?)```", re.DOTALL)


def output(program, words):
    return subprocess.run([program, *shlex.split(words)], stdout=subprocess.PIPE, text=True,
                          check=True, timeout=120).stdout


def same(a, b):
    """Equal but for the last digits, which may differ between compilers."""
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-9)
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


def finish(verb, program, commands, wrong, keep=lambda result: result):
    """Holds the example of docs/VERB-json.md to what the program prints, or with --update writes it
    anew; then reports, and ends. `keep` leaves out of a result what differs from run to run."""
    page = ROOT / f"docs/{verb}-json.md"
    text = page.read_text()
    command, shown = EXAMPLE.search(text).groups()
    printed = output(program, command.removeprefix("gyre "))
    if "--update" in sys.argv:
        page.write_text(text.replace(shown, printed))
    elif not same(*(keep(json.loads(t)) for t in (shown, printed))):
        wrong.append(f"docs/{verb}-json.md: {command} prints\n{printed}")
    print(*wrong, f"{len(commands)} commands, {len(wrong)} wrong", sep="\n")
    sys.exit(bool(wrong))


def main():
    program = sys.argv[1]
    schema = json.loads((ROOT / "docs/run.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong, outcomes = [], set()
    for words in COMMANDS:
        result = json.loads(output(program, words + " --json --no-save --quiet"))
        wrong += [f"gyre {words}: {error.json_path}: {error.message}"
                  for error in validator.iter_errors(result)]
        outcomes |= {run["outcome"] for run in result["runs"]}
    for outcome in schema["$defs"]["run"]["properties"]["outcome"]["enum"]:
        if outcome not in outcomes:
            wrong.append(f"no command here ends as {outcome!r}")

    finish("run", program, COMMANDS, wrong)


if __name__ == "__main__":
    main()
