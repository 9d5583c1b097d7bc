#!/usr/bin/env python3
"""classify_json.py GYRE: what `gyre classify --json` prints fits docs/classify.schema.json, for
both losses and endings of every kind; the manifest says the same, and the counts agree;
docs/classify-json.md names every key, and its example has the keys that the program prints. With
`--update`, the example is written anew. Exit status 77: there is no jsonschema here."""

import os
import sys
import tempfile
import time

from train_json import (DONE, FAILED, ROOT, check_example, fitting, kept, misfits, result_of,
                        stopped, undocumented, write_pictures)

COMMANDS = [
    ("classify mine.npy", DONE),
    ("classify mine.npy --network linear --batch 6 --rule 'simultaneous(eta=0.5)'", DONE),
    ("classify mine.npy --network 'linear(8) | linear' --batch 6 --rule 'simultaneous(eta=1e6)'",
     FAILED),
]


def begun(process):
    process.stderr.readline()  # said just before the first step
    time.sleep(0.5)


def main():
    gyre = os.path.abspath(sys.argv[1])
    page = ROOT / "docs/classify-json.md"
    validator = fitting("classify")
    wrong = undocumented(page, validator)
    with tempfile.TemporaryDirectory(prefix="gyre-classify-") as place:
        os.chdir(place)
        write_pictures("mine", labels=True)
        results = {words: result_of(gyre, f"{words} --out run{i}", status)
                   for i, (words, status) in enumerate(COMMANDS)}
        forever = "classify mine.npy --network linear --epochs 100000 --out stopped"
        results[forever] = stopped(gyre, forever, begun)
        for words, result in results.items():
            wrong += misfits(validator, words, result)
            if kept(result) != {key: value for key, value in result.items() if key != "folder"}:
                wrong.append(f"gyre {words}: the manifest says something else")
            train, test = result["pictures"]
            counts = [n for row in result["confusion"] or [] for n in row]
            if (train, test) != (36, 4) or counts and sum(counts) != test:
                wrong.append(f"gyre {words}: {train} and {test} pictures: {counts}")
            if not all(isinstance(n, int) for n in counts):
                wrong.append(f"gyre {words}: counts are whole numbers")
            if result["batch"] > train:
                wrong.append(f"gyre {words}: a batch of more pictures than there are")
        for key in ["ending", "loss"]:
            seen = {result[key] for result in results.values()}
            if seen != set(validator.schema["properties"][key]["enum"]):
                wrong.append(f"{key}: only these are seen here: {seen}")
        check_example(page, gyre, wrong)
    print(*wrong, f"{len(results)} commands, {len(wrong)} wrong", sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
