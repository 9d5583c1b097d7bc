#!/usr/bin/env python3
"""sweep_json.py PROGRAM: what `gyre sweep --json` prints fits docs/sweep.schema.json, and the
example of docs/sweep-json.md is what the program prints; arrays are what NumPy reads, with the
shape and the numbers that the JSON states. With `--update`, the example is written anew. Exit
status 77: there is no jsonschema here."""

import ast
import json
import pathlib
import shlex
import struct
import subprocess
import sys
import tempfile

from run_json import ROOT, finish, jsonschema, output

COMMANDS = [
    "sweep forsaken --axis x=-1.5:1.5:30 --axis y=-1.5:1.5:20 --steps 2000 --keep all",
    "sweep xy --rule gda --rule 'eg | lookahead' --axis eta=0.1,5 --axis x=0:1e3:3",
    "sweep xy --rule 'eg | lookahead' --axis lookahead.k=2:4 --axis x=0:1:3",
    "sweep almost-bilinear --preset robustness --axis eta=0.1,0.2 --axis epsilon=0.05:0.4:5",
    "sweep 'min x max y: x*y' --draw eta=log:1e-3:2 --runs 50 --axis seed=0:3 --start random",
    "sweep rps --rule mwu --axis 'x[1]=0:1:5' --axis 'y[1]=0:1:5'",
    "sweep 'x: exp(x)*y; y: exp(y)*x' --axis eta=1,10 --axis x=0:5:4",
]
KINDS = {"|u1": "B", "<i2": "h", "<u4": "I", "<f4": "f", "<f8": "d"}


def read_npy(path):
    """Shape and numbers, without NumPy."""
    bytes_ = path.read_bytes()
    assert bytes_[:8] == b"\x93NUMPY\x01\x00"
    length = struct.unpack("<H", bytes_[8:10])[0]
    header = ast.literal_eval(bytes_[10:10 + length].decode())
    kind = KINDS[header["descr"]]
    data = bytes_[10 + length:]
    numbers = struct.unpack(f"<{len(data) // struct.calcsize(kind)}{kind}", data)
    return list(header["shape"]), numbers


def check_folder(program, words, wrong):
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place, "out")
        result = json.loads(subprocess.run(
            [program, *shlex.split(words), "--json", "--quiet", "--plot=none", "--out",
             str(folder)], stdout=subprocess.PIPE, text=True, check=True, timeout=120).stdout)
        names = ["settled", "cycling", "diverged", "not finite", "budget spent"]
        counts = {}
        for name in result["plan"]["keep"]:
            shape, numbers = read_npy(folder / f"{name}.npy")
            full = result["shape"] + ([len(result["plan"]["start"])] if name == "point" else [])
            size = 1
            for n in full:
                size *= n
            if shape != full or len(numbers) != size:
                wrong.append(f"{name}.npy has the shape {shape} and {len(numbers)} numbers")
            if name == "outcome":
                for number in numbers:
                    counts[names[number]] = counts.get(names[number], 0) + 1
        told = {}
        for group in result["groups"]:
            told[group["outcome"]] = told.get(group["outcome"], 0) + group["runs"]
        if told != counts:
            wrong.append(f"groups tell {told}, the array {counts}")
        manifest = json.loads((folder / "manifest.json").read_text())
        there = {p.name for p in folder.iterdir()} - {"manifest.json", "times.json"}
        if set(manifest["files"]) != there:
            wrong.append(f"the manifest names {set(manifest['files'])}, there are {there}")
        if json.loads((folder / "results.json").read_text()) != result:
            wrong.append("results.json is not what is printed")


def main():
    program = sys.argv[1]
    schema = json.loads((ROOT / "docs/sweep.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong, outcomes, kinds = [], set(), set()
    for words in COMMANDS:
        result = json.loads(output(program, words + " --json --no-save --quiet"))
        wrong += [f"gyre {words}: {error.json_path}: {error.message}"
                  for error in validator.iter_errors(result)]
        if sum(group["runs"] for group in result["groups"]) != result["runs"]:
            wrong.append(f"gyre {words}: groups do not add up")
        outcomes |= {group["outcome"] for group in result["groups"]}
        kinds |= {one["kind"] for one in result["attractors"]}
    for outcome in schema["$defs"]["group"]["properties"]["outcome"]["enum"]:
        if outcome not in outcomes:
            wrong.append(f"no command here ends as {outcome!r}")
    if kinds != {"point", "cycle"}:
        wrong.append(f"attractors here are {kinds}")
    check_folder(program, COMMANDS[0], wrong)
    finish("sweep", program, COMMANDS, wrong)


if __name__ == "__main__":
    main()
