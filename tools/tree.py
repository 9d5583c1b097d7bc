"""What the checks share: the files of the tree and a way to report."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def files(*patterns):
    """The tree's own files (known to git, or new and not ignored), as paths relative to ROOT, that
    match one of the patterns by name or by whole path; all of them if no pattern is given."""
    # The tree may belong to another user, as in a container.
    git = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z", "--cached",
           "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(git, capture_output=True, check=True).stdout.decode()
        names = set(filter(None, listed.split("\0")))
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive
        names = set()
        for folder, folders, inside in os.walk(ROOT):
            at_top = pathlib.Path(folder) == ROOT
            folders[:] = [f for f in folders if f not in (".git", "__pycache__")
                          and not (at_top and f in (
                              "build", "tour", "runs", "atlas", "atlas-quick", ".cache"))]
            names |= {str((pathlib.Path(folder) / f).relative_to(ROOT)) for f in inside}
    paths = [pathlib.PurePosixPath(name) for name in sorted(names) if (ROOT / name).is_file()]
    return [p for p in paths if not patterns or any(p.match(pattern) for pattern in patterns)]


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def finish(looked_at, what, wrong):
    """Prints what is wrong and ends the program: 0 if nothing is, and something was looked at."""
    for line in wrong:
        print(line)
    print(f"{looked_at} {what}, {len(wrong)} wrong")
    if not looked_at:
        print("a check that looks at nothing proves nothing")
    sys.exit(bool(wrong) or not looked_at)
