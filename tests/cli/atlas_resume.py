#!/usr/bin/env python3
"""atlas_resume.py PROGRAM: an atlas that is killed again and again, by any signal and at any time,
and for other numbers of threads, ends with the same files, byte for byte, as one that is left
alone; a sheet or record that was cut short is made again."""

import pathlib
import signal
import subprocess
import sys
import tempfile
import time

WORDS = ["--games", "xy,forsaken,mp,adolphs,cournot,rps,torus,dirac-gan", "--rules",
         "gda,eg,ogda,adam,lola,mwu,proximal", "--steps", "3000"]


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def command(program, folder, threads):
    return [program, "atlas", *WORDS, "--out", str(folder), "--threads", str(threads)]


def compare(wanted, folder, what):
    found = files(folder)
    wrong = [f"{what}: {name} differs" for name in wanted if found.get(name) != wanted[name]]
    return wrong + [f"{what}: {name} is left over" for name in found if name not in wanted]


def main():
    program, wrong = sys.argv[1], []
    with tempfile.TemporaryDirectory() as place:
        alone, killed = pathlib.Path(place, "alone"), pathlib.Path(place, "killed")
        began = time.monotonic()
        subprocess.run(command(program, alone, 1), stdout=subprocess.DEVNULL, check=True)
        whole = time.monotonic() - began
        wanted = files(alone)

        endings = []
        for k in range(60):
            process = subprocess.Popen(command(program, killed, 1 + k % 3),
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(whole * (0.15 + 0.05 * (k % 7)))
            except subprocess.TimeoutExpired:
                process.send_signal((signal.SIGKILL, signal.SIGINT, signal.SIGTERM)[k % 3])
                process.wait(60)
            endings.append(process.returncode)
            if process.returncode == 0:
                break
        if endings.count(0) == 0:
            subprocess.run(command(program, killed, 2), stdout=subprocess.DEVNULL, check=True)
        if 130 not in endings or -signal.SIGKILL not in endings:
            wrong.append("it was not stopped in both ways")
        if not set(endings) <= {0, 130, 143, -signal.SIGKILL, -signal.SIGINT, -signal.SIGTERM}:
            wrong.append(f"endings {endings}")
        wrong += compare(wanted, killed, f"after {len(endings)} runs")

        torn = alone / "games/forsaken.html"
        torn.write_bytes(torn.read_bytes()[:1000])
        (alone / "games/xy.json").write_bytes(b"{")
        (alone / "games/mp.json").unlink()
        (alone / "index.html").unlink()
        said = subprocess.run(command(program, alone, 2), stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True, check=True).stderr
        if "5 of 8 games were there already" not in said:
            wrong.append(f"said {said!r}")
        wrong += compare(wanted, alone, "after damage")
    print(*wrong, f"{len(endings)} runs, {len(wrong)} wrong", sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
