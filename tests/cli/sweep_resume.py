#!/usr/bin/env python3
"""sweep_resume.py PROGRAM FAULTS KILLS: a sweep that is killed KILLS times at random moments, also
by Ctrl-C, and whose disk is full in the middle, each time by another number of threads, ends with
the same files, byte for byte, as one that is left alone. FAULTS is a library to preload that makes
writing fail (tests/cli/faults.c); without one that is a file, the full disk is left out."""

import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

WORDS = ["forsaken", "--rule", "adam | extragradient", "--axis", "x=-1.5:1.5:128", "--axis",
         "eta=log:1e-3:1:64", "--steps", "600", "--keep", "all", "--quiet", "--plot=none",
         "--engine", "interpreter"]
TIMES = "times.json"


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file() and path.name != TIMES}


def compare(wanted, folder, what):
    if not folder.exists():
        return [f"{what}: there is no folder"]
    found = files(folder)
    wrong = [f"{what}: {name} differs" for name in wanted if found.get(name) != wanted[name]]
    return wrong + [f"{what}: {name} is left over" for name in found if name not in wanted]


def main():
    program, faults = (str(pathlib.Path(name).resolve()) for name in sys.argv[1:3])
    kills = int(sys.argv[3])
    dice, wrong, endings = random.Random(1), [], []
    with tempfile.TemporaryDirectory() as place:
        def run(name, threads, limit=None, sign=signal.SIGKILL, **environment):
            words = [program, "sweep", *WORDS, "--out", name, "--threads", str(threads)]
            process = subprocess.Popen(words, cwd=place, env=os.environ | environment,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            try:
                process.wait(limit)
            except subprocess.TimeoutExpired:
                process.send_signal(sign)
                process.wait(60)
            said = process.stderr.read()
            endings.append(process.returncode)
            return process.returncode, said

        place = pathlib.Path(place)
        began = time.monotonic()
        if run("alone", 1)[0] != 0:
            sys.exit("the sweep does not end well by itself")
        whole = time.monotonic() - began
        wanted = files(place / "alone")

        # Every kill leaves something to go on with, so a sweep takes a few of them; then the next.
        done, sweeps = 0, 0
        while done < kills:
            name = f"killed{sweeps}"
            sweeps += 1
            while not (place / name).exists():
                limit = None if done >= kills else dice.uniform(0.02, 0.5) * whole
                sign = signal.SIGINT if dice.random() < 0.2 else signal.SIGKILL
                status, said = run(name, dice.choice([1, 2, 3]), limit, sign)
                done += status != 0
                if status not in (0, 130, -signal.SIGKILL, -signal.SIGINT):
                    wrong.append(f"{name} ended with {status}: {said}")
                    break
            wrong += compare(wanted, place / name, name)

        if pathlib.Path(faults).is_file():
            for writes in (0, 1, 7, 20, 33, 60):
                name = f"full{writes}"
                status, said = run(name, 2, LD_PRELOAD=faults, GYRE_FAULT_WRITES=str(writes))
                if status != 1 or "No space left on device" not in said:
                    wrong.append(f"full disk after {writes} writes: status {status}, {said!r}")
                status, said = run(name, 2)
                wrong += compare(wanted, place / name, f"full disk after {writes} writes")
    if kills >= 30 and -signal.SIGKILL not in endings:
        wrong.append(f"nothing was killed: {set(endings)}")
    print(*wrong, f"{done} interruptions of {sweeps} sweeps, endings {sorted(set(endings))}, "
          f"{len(wrong)} wrong", sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
