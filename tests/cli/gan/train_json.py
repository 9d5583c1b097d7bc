#!/usr/bin/env python3
"""train_json.py GYRE: what `gyre train --json`, `gyre resume --json` and `gyre train --list --json`
print fits docs/train.schema.json and docs/train-list.schema.json, for endings of every kind and
trainings with and without labels, running means and looks at the players; the manifest says the
same; docs/train-json.md names every key, and its example has the keys that the program prints;
docs/training.md names all layers and losses. With `--update`, the example is written anew. Exit
status 77: there is no jsonschema here."""

import json
import os
import pathlib
import re
import shlex
import signal
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from run_json import EXAMPLE, ROOT, jsonschema, output  # noqa: E402

DONE, FAILED = 0, 1
TINY = "--batch 8 --set samples=50 --set log=2"
COMMANDS = [
    (f"train ring8 --steps 4 {TINY}", DONE),
    (f"train gauss75 --steps 3 {TINY}", DONE),
    (f"train spirals.toml --steps 4 {TINY} --set ema=0.9", DONE),
    (f"train ring8 --steps 4 {TINY} --set ema=0.9 --rule 'conopt | simultaneous(eta=0.01)'", DONE),
    (f"train ring8 --steps 4 {TINY} --set data=plain.npy", DONE),
    (f"train ring8 --steps 4 {TINY} --set data=mine.npy --set conditional=true", DONE),
    ("train covariance --steps 40 --set dynamics=10 --set spectrum-each=2", DONE),
    ("train covariance --steps 20 --set dynamics=5 --set eigenvalues=0", DONE),
    ("train covariance --steps 20 --set dynamics=1000", DONE),
    ("train covariance --rule 'simultaneous(eta=0.02)' --steps 4000 --set dynamics=20 --set log=20 "
     "--set dynamics-batch=64 --set spectrum-each=40", DONE),
    ("train ring8 --batch 16 --set loss=least-squares --rule 'simultaneous(eta=3)' --steps 500 "
     "--set dynamics=1 --set eigenvalues=0", FAILED),
    ("train ring8 --batch 16 --set loss=least-squares --rule 'simultaneous(eta=3)' --steps 500 "
     "--set checkpoint=1 --set log=1", FAILED),
]
LISTS = ["train --list", "train covariance --list", "train spirals.toml --list --set loss=hinge",
         "train --list --set data=\udcff"]


def fitting(name):
    schema = json.loads((ROOT / f"docs/{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def misfits(validator, what, result):
    return [f"gyre {what}: {error.json_path}: {error.message}"
            for error in validator.iter_errors(result)]


def names_in(schema):
    """Of all properties that a schema has."""
    if isinstance(schema, list):
        return {name for part in schema for name in names_in(part)}
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", {})) | names_in(list(schema.values()))


def undocumented(page, *validators):
    text = page.read_text()
    return [f"{page.name} does not name {name}" for validator in validators
            for name in sorted(names_in(validator.schema)) if f"`{name}`" not in text]


def untold(gyre, losses):
    """Layers and losses that docs/training.md leaves out."""
    said = subprocess.run([gyre, "train", "ring8", "--set", "generator=nonesuch"],
                          stderr=subprocess.PIPE, check=False, text=True, timeout=60).stderr
    layers = said.partition("; there are ")[2].strip().split(", ")
    text = (ROOT / "docs/training.md").read_text()
    return [f"docs/training.md does not name {word}" for word in layers + losses.split(", ")
            if not re.search(f"`{word}[`(]", text)]


def keys_of(value):
    """Keys in their order, for numbers differ by machine."""
    return [(key, keys_of(v)) for key, v in value.items()] if isinstance(value, dict) else None


def check_example(page, gyre, wrong):
    command, shown = EXAMPLE.search(page.read_text()).groups()
    printed = output(gyre, command.removeprefix("gyre "))
    if "--update" in sys.argv:
        page.write_text(page.read_text().replace(shown, printed))
    elif keys_of(json.loads(printed)) != keys_of(json.loads(shown)):
        wrong.append(f"{page.name}: {command} prints\n{printed}")


def result_of(gyre, words, status):
    done = subprocess.run([gyre, *shlex.split(words), "--json", "--quiet"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False, timeout=300)
    if done.returncode != status:
        raise AssertionError(f"gyre {words} ends with {done.returncode}: {done.stderr.decode()}")
    return json.loads(done.stdout)


def stopped(gyre, words, begun):
    """What is printed by one that is told to stop once `begun` says that it has begun."""
    process = subprocess.Popen([gyre, *shlex.split(words), "--json"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    begun(process)
    process.send_signal(signal.SIGTERM)
    printed = process.communicate(timeout=60)[0]
    if process.returncode != 128 + signal.SIGTERM:
        raise AssertionError(f"gyre {words} ends with {process.returncode}")
    return json.loads(printed)


def until_there(path):
    def wait(_):
        while not pathlib.Path(path).exists():
            time.sleep(0.02)
    return wait


def kept(result):
    """What of a result stands in the manifest."""
    manifest = json.loads(pathlib.Path(result["folder"], "manifest.json").read_text())
    return {key: manifest[key] for key in result if key != "folder"}


def write_npy(path, shape, numbers):
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    pathlib.Path(path).write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header))
                                   + header.encode() + bytes(numbers))


def write_pictures(name, labels):
    """40 of 4 x 4, bright above or below."""
    write_npy(f"{name}.npy", (40, 4, 4), [(200 if (k < 8) == (i % 2 == 0) else 20) + i
                                          for i in range(40) for k in range(16)])
    if labels:
        write_npy(f"{name}-labels.npy", (40,), [i % 2 for i in range(40)])


def main():
    gyre = os.path.abspath(sys.argv[1])
    page = ROOT / "docs/train-json.md"
    trained, listed = fitting("train"), fitting("train-list")
    wrong = undocumented(page, trained, listed)
    with tempfile.TemporaryDirectory(prefix="gyre-train-") as place:
        os.chdir(place)
        write_pictures("plain", labels=False)
        write_pictures("mine", labels=True)
        pathlib.Path("spirals.toml").write_text('data = "spirals"\ngenerator = "linear(8) | tanh | '
                                                'linear"\ndiscriminator = "linear(8) | linear"\n')
        results = {words: result_of(gyre, f"{words} --out run{i}", status)
                   for i, (words, status) in enumerate(COMMANDS)}
        results["resume"] = result_of(gyre, "resume run0 --steps 6", DONE)
        forever = f"train ring8 --steps 1000000 {TINY} --set checkpoint=20 --out stopped"
        results[forever] = stopped(gyre, forever, until_there("stopped/checkpoint.safetensors"))
        for words, result in results.items():
            wrong += misfits(trained, words, result)
            if result["ending"] != kept(result)["ending"]:
                wrong.append(f"gyre {words}: the manifest has another ending")
            if words != COMMANDS[0][0] and kept(result) != {
                    key: value for key, value in result.items() if key != "folder"}:
                wrong.append(f"gyre {words}: the manifest says something else")
        endings = {result["ending"] for result in results.values()}
        if endings != set(trained.schema["properties"]["ending"]["enum"]):
            wrong.append(f"only these endings are seen here: {endings}")

        lists = {words: result_of(gyre, words, DONE) for words in LISTS}
        for words, result in lists.items():
            wrong += misfits(listed, words, result)
            if [fact["name"] for fact in result["settings"]] != list(results["resume"]["settings"]):
                wrong.append(f"gyre {words}: other settings than a training has")
            if (result["training"] is None) != bool(result["presets"]):
                wrong.append(f"gyre {words}: either presets or a training")
        wrong += untold(gyre, next(fact["takes"] for fact in lists[LISTS[0]]["settings"]
                                   if fact["name"] == "loss"))
        check_example(page, gyre, wrong)
    print(*wrong, f"{len(results) + len(lists)} commands, {len(wrong)} wrong", sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
