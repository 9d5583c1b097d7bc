#!/usr/bin/env python3
"""advise_json.py PROGRAM: what `gyre advise --json` prints fits docs/advise.schema.json, with and
without equilibria, points, slopes and rules that are defined; and the example of
docs/advise-json.md is what the program prints. With `--update`, the example is written anew. Exit
status 77: there is no jsonschema here."""

import json
import sys

from run_json import ROOT, finish, jsonschema, output

COMMANDS = [
    "advise xy --rule gda --rule hgd --rule eg --rule follow-ridge",
    "advise forsaken --starts 4",
    "advise 'min x max y: exp(x) + y'",
    "advise rps --rule mwu --rule omwu --starts 4",
    "advise tandem --rule gda --rule lola",
    "advise xy --rule adam",
]


def main():
    program = sys.argv[1]
    schema = json.loads((ROOT / "docs/advise.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong, seen = [], set()
    for words in COMMANDS:
        result = json.loads(output(program, words + " --json --no-save --quiet"))
        wrong += [f"gyre {words}: {error.json_path}: {error.message}"
                  for error in validator.iter_errors(result)]
        seen |= {key for key in ("recommended", "gradients_only") if result[key]}
        seen |= {warning["objection"] for warning in result["warnings"]}
    for kind in ("recommended", "gradients_only", "repelled", "undefined"):
        if kind not in seen:
            wrong.append(f"no command here leads to {kind}")

    finish("advise", program, COMMANDS, wrong)


if __name__ == "__main__":
    main()
