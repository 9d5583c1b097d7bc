#!/usr/bin/env python3
"""Holds the tree to its arrows, which stand in gyre/*/CMakeLists.txt as DEPENDS:

- every #include "gyre/<module>/..." is in reach of the DEPENDS of the module it stands in;
- the arrows form no cycle and follow the order in which the top CMakeLists.txt adds the modules;
- every gyre/<module> has a build file, every source is in it, and every header is included;
- ARCHITECTURE.md shows the same arrows."""

import posixpath
import re

import tree

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def module_calls():
    """{module: {keyword: [word, ...]}} of the gyre_module() calls."""
    calls = {}
    for path in tree.files("gyre/*/CMakeLists.txt"):
        text = re.sub(r"#.*", "", tree.read(path))
        for body in re.findall(r"\bgyre_module\s*\(([^)]*)\)", text):
            name, *words = body.split()
            call = {key: [] for key in ("SOURCES", "DEPENDS", "LIBRARIES", "TESTS")}
            call["named"] = set(text.replace("(", " ").replace(")", " ").split())
            key = None
            for word in words:
                if word in ("SOURCES", "DEPENDS", "LIBRARIES", "TESTS"):
                    key = word
                elif key:
                    call[key].append(word)
            if name != path.parent.name or name in calls:
                call["wrong"] = [f"{path}: declares {name}"]
            calls[name] = call
    return calls


def module_order():
    found = re.search(r"foreach\(module ([\w\s]+)\)", tree.read("CMakeLists.txt"))
    return found.group(1).split() if found else []


def arrows(calls, order, wrong):
    """{module: all that it may include}; complains about arrows that go up, which all cycles do."""
    reach = {}
    for name, call in sorted(calls.items(), key=lambda item: order.index(item[0])
                             if item[0] in order else len(order)):
        if name not in order:
            wrong.append(f"CMakeLists.txt: the list of modules lacks {name}")
        reach[name] = {name}
        for used in call["DEPENDS"]:
            if used not in calls:
                wrong.append(f"gyre/{name}/CMakeLists.txt: depends on {used}, which is no module")
            elif used not in reach:
                wrong.append(f"gyre/{name}/CMakeLists.txt: depends on {used}, which does not stand "
                             "above it in the top CMakeLists.txt")
            elif used == name:
                wrong.append(f"gyre/{name}/CMakeLists.txt: depends on itself")
            reach[name] |= reach.get(used, set())
    return reach


def check_files(sources, calls, included, wrong):
    folders = {path.parts[1] for path in sources if path.parts[0] == "gyre"}
    for name in sorted(folders - set(calls)):
        wrong.append(f"gyre/{name}: no gyre_module({name} ...) in a CMakeLists.txt of its own")
    for name, call in calls.items():
        wrong += call.get("wrong", [])
        here = {posixpath.relpath(p, f"gyre/{name}"): p for p in sources
                if p.parts[:2] == ("gyre", name)}
        listed = {word for word in call["SOURCES"] + call["TESTS"] if "$" not in word}
        for file in sorted(set(here) - listed):
            if file.endswith(".cpp") and file not in call["named"]:
                wrong.append(f"{here[file]}: not in gyre/{name}/CMakeLists.txt")
            elif file.endswith(".hpp") and str(here[file]) not in included:
                wrong.append(f"{here[file]}: nothing includes it")
        for file in sorted(listed - set(here)):
            wrong.append(f"gyre/{name}/CMakeLists.txt: lists {file}, which is not there")
        for file in call["SOURCES"]:
            if file.endswith("_test.cpp"):
                wrong.append(f"gyre/{name}/CMakeLists.txt: {file} is a test and stands in SOURCES")


def check_includes(path, reach, calls, wrong):
    module = path.parts[1] if path.parts[0] == "gyre" else None
    for number, line in enumerate(tree.read(path).splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        top, *rest = found.group(1).split("/")
        where = f"{path}:{number}"
        if not rest or top not in ("gyre", "cli", "tests", "bench", "fuzz", "examples"):
            wrong.append(f"{where}: {found.group(1)} is not spelled from the root")
        elif top == "gyre" and rest[0] not in calls:
            wrong.append(f"{where}: there is no module {rest[0]}")
        elif module and not path.stem.endswith("_test"):  # tests stand above everything
            if top != "gyre":
                wrong.append(f"{where}: {module} may not use {top}/")
            elif rest[0] not in reach.get(module, {module}):
                wrong.append(f"{where}: {module} may not use {rest[0]} (DEPENDS in "
                             f"gyre/{module}/CMakeLists.txt)")


def check_architecture(calls, wrong):
    """Rows `| `gyre/name` | duty | what it may use |` of the table."""
    rows = dict(re.findall(r"^\| `gyre/(\w+)` \|[^|]*\|([^|]*)\|", tree.read("ARCHITECTURE.md"),
                           re.MULTILINE))
    for name, call in calls.items():
        shown = re.findall(r"\w+", rows.get(name, ""))
        if name not in rows:
            wrong.append(f"ARCHITECTURE.md: the table lacks gyre/{name}")
        elif sorted(shown) != sorted(call["DEPENDS"]):
            wrong.append(f"ARCHITECTURE.md: gyre/{name} may use {' '.join(call['DEPENDS']) or '-'}"
                         f" by its CMakeLists.txt, {' '.join(shown) or '-'} by the table")


def main():
    wrong = []
    calls, order = module_calls(), module_order()
    sources = [p for p in tree.files("*.hpp", "*.cpp", "*.hpp.in")
               if p.parts[0] in ("gyre", "cli", "tests", "bench", "fuzz", "examples")]
    included = {name for p in sources for name in INCLUDE.findall(tree.read(p))}
    reach = arrows(calls, order, wrong)
    check_files(sources, calls, included, wrong)
    for path in sources:
        check_includes(path, reach, calls, wrong)
    check_architecture(calls, wrong)
    tree.finish(len(sources) if calls else 0, f"sources in {len(calls)} modules", wrong)


if __name__ == "__main__":
    main()
