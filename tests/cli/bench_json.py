#!/usr/bin/env python3
"""bench_json.py PROGRAM: what `gyre bench --json` prints fits docs/bench.schema.json, and holds
every part. Its numbers are nobody's business here: a timing is never a test. Exit status 77: there
is no jsonschema here."""

import json
import pathlib
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def main():
    schema = json.loads((ROOT / "docs/bench.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    printed = subprocess.run([sys.argv[1], "bench", "--quick", "--json", "--quiet"],
                             stdout=subprocess.PIPE, check=True, timeout=300).stdout
    result = json.loads(printed)
    wrong = [f"{error.json_path}: {error.message}"
             for error in jsonschema.Draft202012Validator(schema).iter_errors(result)]
    for part, least in (("roof", 8), ("peers", 6), ("limits", 5), ("curves", 5)):
        if len(result[part]) < least:
            wrong.append(f"{part} holds {len(result[part])} rows, not {least}")
    print(*wrong, f"{len(wrong)} wrong", sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
