#!/usr/bin/env python3
"""Text tests of the program: run.py [--gyre PATH] [--only WORDS] [--update] FILE.test ...

A file holds cases, one after the other. Outside a case, blank lines and lines that begin with # are
passed over.

    case a wrong verb names the nearest right one
    $ gyre rnu
    exit 2
    stderr:
      ~ error: .* 'rnu'.*; did you mean 'run'\\?

    case a game from a file
    timeout 20
    file mine.toml:
      formula = "min x max y: x*y"
    $ gyre games mine.toml | head -n 2
    stdout:
      mine
      ...

A case begins with `case` and its name, which no other case of the file has. Then, in any order:

    $ COMMAND       the command, given to sh; further $ lines are further lines of it
    exit CODE       its exit status; 0 if not said; a death by signal N is 128+N
    stdout:         what it writes, indented by two spaces; nothing if not said
    stderr:         the same
    file NAME:      a file to be there before, content indented by two spaces
    timeout SECONDS how long it may take; 60 if not said

A line of expected output is the exact line, or `~ REGEX` (Python's, for the whole line), or `...`
for any number of lines, none included. A line that begins with a backslash is the exact line after
it. An empty line needs no indent. The case's folder is written $DIR in both outputs.

Every case runs in a fresh folder that is also HOME, without input, with LC_ALL=C.UTF-8, with GYRE
set to the program and `gyre` on the PATH. `--update` rewrites the expectations of the cases that
fail; a ~ line that still matches is kept. The exit status is 0 if all cases passed, 1 if one
failed, 2 if a file cannot be read as cases."""

import argparse
import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import tempfile


class FormatError(Exception):
    pass


@dataclasses.dataclass
class Block:
    """Indented lines below `stdout:`, `stderr:` or `file NAME:`: [first, last) of the file."""

    first: int
    last: int
    lines: list[str]


@dataclasses.dataclass
class Case:
    name: str
    first: int  # the line of `case`
    last: int = 0  # after its last line
    command: list[str] = dataclasses.field(default_factory=list)
    after_command: int = 0
    exit: int = 0
    exit_line: int | None = None
    timeout: float = 60.0
    blocks: dict[str, Block] = dataclasses.field(default_factory=dict)
    files: dict[str, Block] = dataclasses.field(default_factory=dict)


def read_block(lines, first):
    last = first
    while last < len(lines) and (not lines[last].strip() or lines[last].startswith("  ")):
        last += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return Block(first, last, [line[2:] for line in lines[first:last]])


def read_cases(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    cases, case, i = [], None, 0

    def wrong(what):
        raise FormatError(f"{path}:{i + 1}: {what}")

    while i < len(lines):
        line = lines[i].rstrip()
        word, _, rest = line.partition(" ")
        if line and not line.startswith("#") and word != "case" and case is None:
            wrong("expected `case NAME`")
        if not line or line.startswith("#"):
            i += 1
            continue
        if word == "case":
            if not rest or any(c.name == rest for c in cases):
                wrong("a case needs a name that no other case of the file has")
            case = Case(rest, i)
            cases.append(case)
        elif word == "$":
            case.command.append(rest)
            case.after_command = i + 1
        elif word == "exit" and rest.isdigit():
            case.exit, case.exit_line = int(rest), i
        elif word == "timeout" and re.fullmatch(r"[0-9.]+", rest):
            case.timeout = float(rest)
        elif line in ("stdout:", "stderr:"):
            if line[:-1] in case.blocks:
                wrong(f"a second `{line}` in one case")
            case.blocks[line[:-1]] = read_block(lines, i + 1)
        elif word == "file" and re.fullmatch(r"[\w.][\w./-]*:", rest):
            case.files[rest[:-1]] = read_block(lines, i + 1)
        else:
            wrong(f"not understood: {line}")
        i += 1
        if line.endswith(":") and word in ("stdout:", "stderr:", "file"):
            i = read_block(lines, i).last
        case.last = i
    if not cases:
        raise FormatError(f"{path}: no case in it")
    for case in cases:
        if not case.command:
            raise FormatError(f"{path}:{case.first + 1}: case without a $ line")
        for name, block in case.blocks.items():
            for n, text in enumerate(block.lines):
                if text.startswith("~ "):
                    try:
                        re.compile(text[2:])
                    except re.error as error:
                        raise FormatError(f"{path}:{block.first + n + 1}: {error}") from None
    return lines, cases


def matches(expected, actual):
    if expected.startswith("~ "):
        return re.fullmatch(expected[2:], actual) is not None
    return actual == (expected[1:] if expected.startswith("\\") else expected)


def align(expected, actual):
    """The cheapest way to lay both side by side: pairs (mark, line), mark ' ', '-', '+' or '.'."""
    # cost[i][j]: unmatched lines among expected[i:] and actual[j:].
    n, m = len(expected), len(actual)
    cost = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n, -1, -1):
        skips = i < n and expected[i] == "..."
        for j in range(m, -1, -1):
            if i == n:
                cost[i][j] = m - j
            elif skips:
                cost[i][j] = min(cost[i + 1][j], cost[i][j + 1] if j < m else n + m)
            elif j == m:
                cost[i][j] = cost[i + 1][j] + 1
            else:
                cost[i][j] = 1 + min(cost[i + 1][j], cost[i][j + 1])
                if matches(expected[i], actual[j]):
                    cost[i][j] = min(cost[i][j], cost[i + 1][j + 1])
    pairs, i, j = [], 0, 0
    while i < n or j < m:
        if i < n and expected[i] == "...":
            if cost[i][j] == cost[i + 1][j]:
                pairs.append((".", "..."))
                i += 1
            else:
                j += 1
        elif i < n and j < m and matches(expected[i], actual[j]) and (
                cost[i][j] == cost[i + 1][j + 1]):
            pairs.append((" ", actual[j]))
            i, j = i + 1, j + 1
        elif i < n and cost[i][j] == cost[i + 1][j] + 1:
            pairs.append(("-", expected[i]))
            i += 1
        else:
            pairs.append(("+", actual[j]))
            j += 1
    return cost[0][0], pairs


def run_case(case, gyre):
    """Exit status, stdout lines, stderr lines; the status is None when the time was up."""
    with tempfile.TemporaryDirectory(prefix="gyre-cli-") as top:
        home, bin_dir = pathlib.Path(top, "case"), pathlib.Path(top, "bin")
        home.mkdir()
        bin_dir.mkdir()
        os.symlink(gyre, bin_dir / "gyre")
        for name, block in case.files.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            text = "".join(line + "\n" for line in block.lines)
            (home / name).write_text(text, encoding="utf-8")
        keep = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
        env = keep | {"PATH": f"{bin_dir}:{os.environ['PATH']}", "HOME": str(home), "GYRE": gyre,
                      "LC_ALL": "C.UTF-8", "TERM": "dumb", "TMPDIR": top}
        with subprocess.Popen(["sh", "-c", "\n".join(case.command)], cwd=home, env=env,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, start_new_session=True) as process:
            try:
                out, err = process.communicate(timeout=case.timeout)
                status = process.returncode
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                out, err = process.communicate()
                status = None

        def lines(data):
            text = data.decode("utf-8", "backslashreplace").replace(str(home), "$DIR")
            if not text:
                return []
            end = "" if text.endswith("\n") else "  (no end of line)"
            return (text[:-1] if text.endswith("\n") else text + end).split("\n")

        if status is not None and status < 0:
            status = 128 - status
        return status, lines(out), lines(err)


def judge(case, result):
    """What is wrong, as text; empty if nothing is."""
    status, out, err = result
    wrong = []
    if status is None:
        wrong.append(f"still running after {case.timeout:g} s")
    elif status != case.exit:
        wrong.append(f"exit {status}, expected {case.exit}")
    for name, actual in (("stdout", out), ("stderr", err)):
        expected = case.blocks[name].lines if name in case.blocks else []
        cost, pairs = align(expected, actual)
        if cost:
            wrong.append(f"{name} (- expected, + written):")
            wrong += [f"  {mark} {text}" for mark, text in pairs]
    return "\n".join(wrong)


def expectation(old, actual):
    """The lines to expect from now on."""
    if align(old, actual)[0] == 0:
        return old
    patterns = [line for line in old if line.startswith("~ ")]

    def exact(line):
        kept = next((p for p in patterns if matches(p, line)), None)
        if kept:
            return kept
        if line != line.rstrip():  # nobody sees blanks at the end, and editors remove them
            blanks = len(line) - len(line.rstrip())
            return "~ " + re.escape(line.rstrip()) + rf"\s{{{blanks}}}"
        return "\\" + line if line == "..." or line.startswith(("~ ", "\\")) else line

    return [exact(line) for line in actual]


def rewrite(lines, cases, results):
    """The file's lines, with the cases of `results` (by name) expecting what happened."""
    new = list(lines)
    for case in reversed(cases):
        if case.name not in results:
            continue
        status, out, err = results[case.name]
        kept, blocks = [], {}
        for i in range(case.first, case.last):
            inside = any(b.first - 1 <= i < b.last for b in case.blocks.values())
            if not inside and i != case.exit_line:
                kept.append(lines[i])
        for name, actual in (("stdout", out), ("stderr", err)):
            old = case.blocks[name].lines if name in case.blocks else []
            blocks[name] = expectation(old, actual)
        while not kept[-1].strip():
            kept.pop()
        if status:
            kept.append(f"exit {status}")
        for name, block in blocks.items():
            if block:
                kept += [f"{name}:"] + ["  " + line if line else "" for line in block]
        new[case.first:case.last] = kept
    return new


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gyre", default=os.environ.get("GYRE"), help="the program; else $GYRE")
    parser.add_argument("--only", help="run the cases whose name has these words")
    parser.add_argument("--update", action="store_true", help="expect what happens")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    args = parser.parse_args()
    if not args.gyre or not os.access(args.gyre, os.X_OK):
        parser.error(f"no program at {args.gyre!r}: say --gyre PATH or set GYRE")
    gyre = os.path.abspath(args.gyre)

    ran = failed = 0
    for path in args.files:
        try:
            lines, cases = read_cases(path)
        except (FormatError, OSError) as error:
            print(error)
            sys.exit(2)
        to_update = {}
        for case in cases:
            if args.only and args.only not in case.name:
                continue
            ran += 1
            result = run_case(case, gyre)
            wrong = judge(case, result)
            if not wrong:
                continue
            if args.update and result[0] is not None:
                to_update[case.name] = result
                print(f"{path}:{case.first + 1}: updated: {case.name}")
            else:
                failed += 1
                command = "\n$ ".join(case.command)
                print(f"{path}:{case.first + 1}: FAILED: {case.name}\n$ {command}\n{wrong}\n")
        if to_update:
            path.write_text("\n".join(rewrite(lines, cases, to_update)), encoding="utf-8")
    if not ran:
        print("no case was run")
        sys.exit(1)
    print(f"{ran} cases, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
