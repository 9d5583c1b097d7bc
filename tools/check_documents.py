#!/usr/bin/env python3
"""Holds the documents to the tree: what they name in code is there.

- links and pictures lead to files; paths in `backticks` exist;
- `./dev` words, presets and verbs of `gyre` exist;
- README.md and README.zh-CN.md have the same code blocks, for they are one text in two languages;
- no file names a place on somebody's machine, or a host that is not on the list below."""

import json
import re

import tree

# What URLs in this tree may lead to: papers, standards, the licence, this project's own examples.
HOSTS = {
    "arxiv.org", "doi.org", "proceedings.mlr.press", "proceedings.neurips.cc", "papers.nips.cc",
    "openreview.net", "www.jmlr.org", "jmlr.org", "link.springer.com", "www.mathnet.ru",
    "epubs.siam.org", "en.wikipedia.org", "distill.pub", "www.inference.vc",
    "www.apache.org", "www.w3.org", "json-schema.org", "spdx.org", "keepachangelog.com",
    "semver.org", "creativecommons.org", "127.0.0.1", "localhost", "example.org",
}
PATH = re.compile(r"\.?[\w*<>.-]+(/[\w*<>.-]*)+|[\w-]+\.(md|txt|json|cmake|py|toml)")
SOMEBODYS = re.compile(r"(?<![\w.$}*\])])/(?:home|root|Users|mnt|work|workspace|srv)/\w")


def without_blocks(text):
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def blocks(text):
    return re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


class Facts:
    """What the tree has."""

    def __init__(self):
        self.commands = set(re.search(r"^    ([a-z |]+)\) \"dev_\$command\"", tree.read("dev"),
                                      re.MULTILINE).group(1).split(" | ")) | {"help"}
        presets = json.loads(tree.read("CMakePresets.json"))["configurePresets"]
        self.presets = {p["name"] for p in presets}
        self.verbs = {verb for p in tree.files("cli/verbs.cpp")
                      for verb in re.findall(r'^\s*\{"(\w+)",', tree.read(p), re.MULTILINE)}
        # Parts that the build takes if they are there; unknown until they are.
        build = tree.read("CMakeLists.txt") + tree.read("cmake/gyre_install.cmake")
        modules = re.search(r"foreach\(module ([\w\s]+)\)", build).group(1).split()
        parts = {f"gyre/{m}" for m in modules} | set(re.findall(r"PROJECT_SOURCE_DIR\}/(\w+)/",
                                                                build))
        self.absent = {part for part in parts if not (tree.ROOT / part).exists()}

    def has(self, path):
        """`games/*.toml` and `gyre/<module>/` are patterns; `gyre/plot/canvas` stands for both its
        files; `build/` and `tour/` are made."""
        path = re.sub(r"<[^>]*>|N{3,}|NAME|\.\.\.", "*", path).rstrip("/")
        if any(path == part or path.startswith(part + "/") for part in self.absent):
            return True
        if path.split("/")[0] in ("build", "tour", "runs", "atlas"):
            return True
        # A new file is named as a pattern too: its folder is what must be there.
        folder = path.rpartition("/")[0] or "."
        return (any(tree.ROOT.glob(path)) or any(tree.ROOT.glob(path + ".?pp"))
                or "*" in path and any(tree.ROOT.glob(folder)))


def check_document(path, facts, wrong):
    text = tree.read(path)
    prose = without_blocks(text)
    looked = 0
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose):
        looked += 1
        if "://" not in target and not (tree.ROOT / path.parent / target).exists():
            wrong.append(f"{path}: links to {target}, which is not there")
    for code in re.findall(r"`([^`\n]+)`", prose):
        if PATH.fullmatch(code) and not code.startswith("./"):
            looked += 1
            beside = (tree.ROOT / path.parent / code).exists()
            if not beside and not facts.has(code):
                wrong.append(f"{path}: names {code}, which is not there")
    for word in re.findall(r"(?<!\w)\./dev ([a-z]+)", text):
        looked += 1
        if word not in facts.commands:
            wrong.append(f"{path}: names `./dev {word}`, which is no command of it")
    for word in re.findall(r"(?:cmake|ctest)\b[^\n]*?--preset[ =](\w+)|\./dev build (\w+)", text):
        looked += 1
        if "".join(word) not in facts.presets:
            wrong.append(f"{path}: names the preset {''.join(word)}, which is not there")
    commands = re.findall(r"`gyre ([a-z]+)[^`\n]*`", prose)
    for block in blocks(text):
        commands += re.findall(r"^(?:\$ )?(?:gyre|\./dev run) ([a-z]+)", block, re.MULTILINE)
    for verb in commands:
        looked += 1
        if facts.verbs and verb not in facts.verbs:
            wrong.append(f"{path}: names the verb {verb}, and the program has none such")
    return looked


def check_places(wrong):
    paths = [p for p in tree.files() if p.name != "LICENSE"]
    for path in paths:
        try:
            text = tree.read(path)
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if SOMEBODYS.search(line):
                wrong.append(f"{path}:{number}: names a place on somebody's machine")
            for host in re.findall(r"https?://([\w.-]+)", line):
                if host not in HOSTS:
                    wrong.append(f"{path}:{number}: {host} is not on the list of hosts in "
                                 "tools/check_documents.py")
    return len(paths)


def main():
    wrong = []
    facts = Facts()
    documents = tree.files("*.md")
    looked = [check_document(path, facts, wrong) for path in documents]
    english, chinese = (blocks(tree.read(f"README{tongue}.md")) for tongue in ("", ".zh-CN"))
    for number, (a, b) in enumerate(zip(english, chinese), 1):
        # Comments are prose, and translated.
        if [re.sub(r"\s*#.*", "", line) for line in a.splitlines()] != [
                re.sub(r"\s*#.*", "", line) for line in b.splitlines()]:
            wrong.append(f"README.md and README.zh-CN.md: code block {number} differs")
    if not english or len(english) != len(chinese):
        wrong.append(f"README.md has {len(english)} code blocks, README.zh-CN.md {len(chinese)}")
    check_places(wrong)
    tree.finish(sum(looked), f"facts in {len(documents)} documents", wrong)


if __name__ == "__main__":
    main()
