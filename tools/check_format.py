#!/usr/bin/env python3
"""The look of the tree: C++ as clang-format 14 writes it; in code no line too long and no tab; in
every text file no blank at a line's end, and one end of line at the file's end.

check_format.py            complains; exit 77 (skipped) where there is no clang-format 14
check_format.py --fix      formats the C++ in place
check_format.py --list     names the C++ files"""

import re
import shutil
import subprocess
import sys
import unicodedata

import tree

COLUMNS = 100
CXX = ("*.hpp", "*.cpp", "*.h", "*.cu")
# Held to the width; prose and data are not.
CODE = CXX + ("*.py", "*.sh", "*.hpp.in", "*.ts", "*.svelte", "dev")
# Inputs, byte by byte.
DATA = ("fuzz/corpus/*/*",)
BINARY = (".png", ".jpg", ".gif", ".pdf", ".npy", ".safetensors", ".ico", ".woff2")


def clang_format():
    for name in ("clang-format-14", "clang-format"):
        path = shutil.which(name)
        if path:
            said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
            if re.search(r"version 14\.", said.stdout):
                return path
    return None


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c)
               for c in line)


def check_text(path, wrong):
    data = (tree.ROOT / path).read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        wrong.append(f"{path}: not UTF-8; tools/check_format.py has the list of binary files")
        return
    if text and not text.endswith("\n") or text.endswith("\n\n"):
        wrong.append(f"{path}: the file does not end with one end of line")
    code = any(path.match(pattern) for pattern in CODE)
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.rstrip():
            wrong.append(f"{path}:{number}: blank at the end of the line")
        if code and "\t" in line:
            wrong.append(f"{path}:{number}: tab")
        if code and width(line) > COLUMNS and "://" not in line:
            wrong.append(f"{path}:{number}: {width(line)} columns, more than {COLUMNS}")


def main():
    cxx = [str(p) for p in tree.files(*CXX)]
    if sys.argv[1:] == ["--list"]:
        print("\n".join(cxx))
        return
    tool = clang_format()
    if not tool:
        print("no clang-format 14 (package clang-format-14)")
        sys.exit(77)
    if sys.argv[1:] == ["--fix"]:
        subprocess.run([tool, "-i", *cxx], cwd=tree.ROOT, check=True)
        return
    wrong = []
    texts = [p for p in tree.files() if p.suffix not in BINARY and p.name != "LICENSE"
             and not any(p.match(pattern) for pattern in DATA)]
    for path in texts:
        check_text(path, wrong)
    formatted = subprocess.run([tool, "--dry-run", *cxx], cwd=tree.ROOT, capture_output=True,
                               text=True, check=True)
    places = re.findall(r"^(\S+):(\d+):\d+: warning: code should be clang-formatted",
                        formatted.stderr, re.MULTILINE)
    lines = {}
    for path, line in places:
        lines.setdefault(path, []).append(line)
    wrong += [f"{path}: not as clang-format writes it, from line {numbers[0]} on; `./dev format` "
              "mends it" for path, numbers in lines.items()]
    tree.finish(len(texts) if cxx else 0, f"files, {len(cxx)} of them C++", wrong)


if __name__ == "__main__":
    main()
