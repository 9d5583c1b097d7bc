#!/usr/bin/env python3
"""evaluate_json.py GYRE: what `gyre evaluate --json` prints fits docs/evaluate.schema.json, for a
training and for a file, and the example of docs/evaluate-json.md has the keys that the program
prints. With `--update`, the example is written anew."""

import json
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from run_json import EXAMPLE, ROOT, jsonschema, output  # noqa: E402

PAGE = ROOT / "docs/evaluate-json.md"
COMMANDS = ["evaluate here --samples 50 --json --quiet",
            "evaluate made.npy --data ring8 --json --quiet"]


def shape(result):
    """Names and keys, for numbers differ by machine."""
    return list(result), list(result["of"]), [(s["name"], list(s)) for s in result["scores"]]


def main():
    gyre = os.path.abspath(sys.argv[1])
    schema = json.loads((ROOT / "docs/evaluate.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong = []
    with tempfile.TemporaryDirectory(prefix="gyre-evaluate-") as place:
        os.chdir(place)
        output(gyre, "train ring8 --steps 3 --batch 8 --quiet --out here")
        output(gyre, "sample here --count 50 --out made.npy --quiet")
        for words in COMMANDS:
            result = json.loads(output(gyre, words))
            wrong += [f"gyre {words}: {error.json_path}: {error.message}"
                      for error in validator.iter_errors(result)]
        command, shown = EXAMPLE.search(PAGE.read_text()).groups()
        printed = output(gyre, command.removeprefix("gyre ") + " --force")
        if json.loads(printed) != json.loads(pathlib.Path("here/evaluation.json").read_text()):
            wrong.append("evaluation.json is not what is printed")
        if "--update" in sys.argv:
            PAGE.write_text(PAGE.read_text().replace(shown, printed))
        elif shape(json.loads(printed)) != shape(json.loads(shown)):
            wrong.append(f"{PAGE.name}: {command} prints\n{printed}")
    print(*wrong, f"{len(COMMANDS)} commands, {len(wrong)} wrong", sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
