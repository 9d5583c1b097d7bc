#!/usr/bin/env python3
"""sweep_ranks.py PROGRAM MPIRUN: a sweep by 1, 2 and 3 MPI ranks of 1 and 2 threads has the same
bytes as by one process; a rank that is killed loses only its unfinished tiles, whoever goes on;
several processes without MPI are refused. Exit status 77: there is no mpirun or no plugin."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

WORDS = ["forsaken", "--rule", "extragradient", "--axis", "x=-1.5:1.5:100", "--axis",
         "eta=log:1e-3:1:100", "--keep", "all", "--plot=none", "--engine", "interpreter"]
ROOT = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
        "OMPI_MCA_btl_vader_single_copy_mechanism": "none"}


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "times.json"}


def children(pid):
    """Processes below this one that run the program."""
    listing = subprocess.run(["ps", "-eo", "pid,ppid,comm"], capture_output=True, text=True,
                             check=True).stdout.split("\n")[1:]
    rows = [line.split(None, 2) for line in listing if line.strip()]
    below, found = {str(pid)}, []
    for _ in range(4):
        below |= {row[0] for row in rows if row[1] in below}
    for row in rows:
        if row[0] in below and row[2].strip() == "gyre":
            found.append(int(row[0]))
    return sorted(found)


def main():
    program, mpirun = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    if not pathlib.Path(mpirun).is_file():
        sys.exit(77)
    wrong = []
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        environment = os.environ | ROOT | {"NO_COLOR": "1"}  # mpirun's output is a terminal's

        def command(ranks, name, threads, steps):
            launch = [mpirun, "--oversubscribe", "-n", str(ranks)] if ranks else []
            return [*launch, program, "sweep", *WORDS, "--steps", str(steps), "--threads",
                    str(threads), "--out", name]

        def run(ranks, name, threads, steps=400, **more):
            return subprocess.run(command(ranks, name, threads, steps), cwd=place,
                                  env=environment | more, capture_output=True, text=True,
                                  timeout=300, check=False)

        def check(result, name, wanted):
            if result.returncode != 0:
                wrong.append(f"{name}: status {result.returncode}: {result.stderr}")
            elif files(place / name) != wanted:
                wrong.append(f"{name} differs")

        alone = run(0, "alone", 2)
        wanted = files(place / "alone")
        for ranks in (1, 2, 3):
            for threads in (1, 2):
                name = f"by{ranks}x{threads}"
                result = run(ranks, name, threads)
                check(result, name, wanted)
                if result.stdout.split() != alone.stdout.split():
                    wrong.append(f"{name} prints {result.stdout!r}")
        single = [*command(0, "single", 1, 400), "--mpi"]  # MPI without a launcher is one rank
        check(subprocess.run(single, cwd=place, env=environment, capture_output=True, text=True,
                             timeout=300, check=False), "single", wanted)

        # A longer one, of which one rank is killed as soon as tiles are there.
        run(0, "long", 2, 60_000)
        wanted = files(place / "long")
        with subprocess.Popen(command(3, "killed", 1, 60_000), cwd=place, env=environment,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True) as process:
            folder, deadline = place / "killed.unfinished", time.monotonic() + 60
            while time.monotonic() < deadline and process.poll() is None:
                lines = sum(len(f.read_text().split("\n")) - 1
                            for f in folder.glob("tiles-*.txt"))
                if lines >= 3:
                    break
                time.sleep(0.01)
            ranks = children(process.pid)
            if len(ranks) != 3:
                wrong.append(f"there are {len(ranks)} ranks to kill one of")
            else:
                os.kill(ranks[-1], signal.SIGKILL)
            process.communicate(timeout=120)
        if process.returncode == 0:
            wrong.append("a sweep that lost a rank says that all is well")
        result = run(2, "killed", 1, 60_000)
        check(result, "killed", wanted)
        if "going on: " not in result.stderr:
            wrong.append(f"nothing was kept: {result.stderr!r}")

        # Wrong words are told once, whatever the number of ranks.
        result = subprocess.run([mpirun, "--oversubscribe", "-n", "3", program, "sweep", "xy",
                                 "--axis", "q=0:1:3"], cwd=place, env=environment,
                                capture_output=True, text=True, timeout=60, check=False)
        if result.returncode == 0 or result.stderr.count("gyre: there is nothing called") != 1:
            wrong.append(f"wrong words: {result.returncode}, {result.stderr!r}")

        # Without the plugin, no process does anything.
        result = run(2, "refused", 1, GYRE_MPI_PLUGIN="/nowhere.so")
        if result.returncode == 0 or result.stderr.count("gyre: this is one of 2 processes") != 1:
            wrong.append(f"without MPI: {result.returncode}, {result.stderr!r}")
        if list(place.glob("refused*")):
            wrong.append("without MPI there is something nevertheless")
    print(*wrong, f"{len(wrong)} wrong", sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
