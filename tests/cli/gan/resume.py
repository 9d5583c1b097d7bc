#!/usr/bin/env python3
"""resume.py GYRE: a training that is killed again and again, at random moments, and resumed after
each, ends with the same bytes as one that was left alone; what it wrote is safetensors by that
format's own description."""

import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import time

import events

SETTINGS = ["train", "ring8", "--batch", "64", "--steps", "1500", "--quiet", "--set", "log=50",
            "--set", "checkpoint=100", "--set", "samples=200", "--set", "ema=0.99",
            "--rule", "adam | extragradient(eta=0.001)"]


def tensors(path):
    """What the format says: a length, a header, and rows of bytes."""
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    body = data[8 + length:]
    sizes = {"F32": 4, "F64": 8}
    found = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        count = 1
        for n in entry["shape"]:
            count *= n
        assert end - begin == count * sizes[entry["dtype"]], name
        assert end <= len(body), name
        found[name] = body[begin:end]
    return found, header["__metadata__"]


def ended(folder):
    """Whether the manifest says that all is made."""
    manifest = folder / "manifest.json"
    return manifest.exists() and json.loads(manifest.read_text())["ending"] == "done"


def main():
    gyre = os.path.abspath(sys.argv[1])
    chance = random.Random(7)
    with tempfile.TemporaryDirectory(prefix="gyre-resume-") as folder:
        place = pathlib.Path(folder)

        def run(*words, **more):
            return subprocess.Popen([gyre, *words], cwd=place, stdout=subprocess.DEVNULL, **more)

        assert run(*SETTINGS, "--out", "whole").wait() == 0
        process = run(*SETTINGS, "--out", "cut")
        while not (place / "cut" / "training.toml").exists():
            time.sleep(0.02)
        kills = 0
        while kills < 6:
            time.sleep(0.8 + 1.2 * chance.random())
            if process.poll() is not None:
                break
            process.kill()
            process.wait()
            kills += 1
            if ended(place / "cut"):
                break  # killed between its last file and its exit
            process = run("resume", "cut", "--quiet")
        assert process.wait() == 0 or ended(place / "cut"), process.returncode
        again = run("resume", "cut", "--quiet", stderr=subprocess.DEVNULL)
        assert again.wait() == 1, again.returncode
        for name in ["checkpoint.safetensors", "metrics.csv", "training.toml",
                     "moments.safetensors", "samples.png"]:
            whole, cut = (place / which / name for which in ["whole", "cut"])
            assert whole.read_bytes() == cut.read_bytes(), name
        found, facts = tensors(place / "cut" / "checkpoint.safetensors")
        assert facts["step"] == "1500", facts
        assert len(found["generator.0.weight"]) == 128 * 2 * 4
        assert "mean.generator.0.weight" in found
        assert "memory.adam.m.discriminator.4.bias" in found, sorted(found)
        assert len(events.check(place / "cut")) == 30
        assert kills >= 1
    print(f"killed {kills} times, and the same bytes")


if __name__ == "__main__":
    main()
