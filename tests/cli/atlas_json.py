#!/usr/bin/env python3
"""atlas_json.py PROGRAM: what `gyre atlas --json` prints fits docs/atlas.schema.json. Exit status
77: there is no jsonschema here."""

import json
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RULES = "gda,eg,alt-gda,adam,average,mwu,follow-ridge,newton,simultaneous(eta=50)"
COMMANDS = [
    ["--games", "xy,forsaken,mp,cournot,adolphs", "--rules", RULES],
    ["--games", "xy,dirac-gan", "--rules", "eg,lola,proximal", "--tune", "--steps", "2000"],
    ["--quick", "--games", "xy,torus", "--rules", "gda,ogda"],
]


def reached(value, key):
    """All values of a key, however deep."""
    if isinstance(value, dict):
        for k, v in value.items():
            if k == key and isinstance(v, str):
                yield v
            yield from reached(v, key)
    elif isinstance(value, list):
        for v in value:
            yield from reached(v, key)


def main():
    program = sys.argv[1]
    schema = json.loads((ROOT / "docs/atlas.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong, seen = [], {"predicted": set(), "accord": set()}
    for words in COMMANDS:
        with tempfile.TemporaryDirectory() as folder:
            printed = subprocess.run(
                [program, "atlas", *words, "--no-figures", "--json", "--quiet", "--out",
                 folder + "/atlas"], stdout=subprocess.PIPE, check=True, timeout=300).stdout
            if printed != pathlib.Path(folder, "atlas/atlas.json").read_bytes():
                wrong.append(f"{words}: atlas.json is something else")
        grid = json.loads(printed)
        wrong += [f"{words}: {error.json_path}: {error.message}"
                  for error in validator.iter_errors(grid)]
        for game in grid["games"]:
            if [cell["rule"] for cell in game["cells"]] != [r["name"] for r in grid["rules"]]:
                wrong.append(f"{words}: cells of {game['game']} are not in the order of the rules")
        for key, values in seen.items():
            values.update(reached(grid, key))
    for value in schema["$defs"]["theory"]["enum"]:
        if value not in seen["predicted"]:
            wrong.append(f"no command here predicts {value!r}")
    for value in ("agree", "missed", "open"):
        if value not in seen["accord"]:
            wrong.append(f"no command here has the accord {value!r}")
    print(*wrong, f"{len(COMMANDS)} commands, {len(wrong)} wrong", sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
