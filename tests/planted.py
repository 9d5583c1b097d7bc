#!/usr/bin/env python3
"""Plants mistakes into a copy of the tree, and sees the checks of tools/ find every one of them."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import tree  # noqa: E402

NEW = None  # in place of the text to replace: the file is new


class Planted(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="gyre-planted-")
        self.addCleanup(self.folder.cleanup)
        self.copy = pathlib.Path(self.folder.name)
        for path in tree.files():
            (self.copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, self.copy / path)

    def check(self, name):
        result = subprocess.run([sys.executable, "-B", self.copy / "tools" / f"check_{name}.py"],
                                capture_output=True, text=True, timeout=100, check=False)
        if result.returncode == 77:
            self.skipTest(result.stdout.strip())
        return result.returncode, result.stdout + result.stderr

    def plant(self, name, mistakes):
        """Each mistake: file, what stands there, what to write instead, what the check must say."""
        _, before = self.check(name)
        for file, old, new, _ in mistakes:
            path = self.copy / file
            path.parent.mkdir(parents=True, exist_ok=True)
            text = "" if old is NEW else path.read_text(encoding="utf-8")
            if old is not NEW:
                self.assertIn(old, text, f"{file} has changed; plant another mistake")
            path.write_text(text.replace(old, new, 1) if old else new + text, encoding="utf-8")
        status, after = self.check(name)
        self.assertEqual(status, 1, after)
        for file, _, _, said in mistakes:
            with self.subTest(file=file, said=said):
                self.assertNotIn(said, before)
                self.assertIn(said, after)

    def test_layers(self):
        self.plant("layers", [
            ("gyre/core/text.hpp", "", '#include "gyre/expr/expr.hpp"\n', "core may not use expr"),
            ("gyre/core/text.cpp", "", '#include "cli/main.hpp"\n', "core may not use cli/"),
            ("gyre/core/random.hpp", "", '#include "error.hpp"\n', "not spelled from the root"),
            ("gyre/expr/graph.hpp", "", '#include "gyre/nil/nil.hpp"\n', "there is no module nil"),
            ("gyre/core/lost.cpp", NEW, "\n", "gyre/core/lost.cpp: not in gyre/core/CMakeLists"),
            ("gyre/core/lone.hpp", NEW, "\n", "gyre/core/lone.hpp: nothing includes it"),
            ("gyre/loose/loose.hpp", NEW, "\n", "gyre/loose: no gyre_module(loose"),
            ("gyre/expr/CMakeLists.txt", "graph.cpp", "graph.cpp gone.cpp", "lists gone.cpp"),
            ("gyre/rules/CMakeLists.txt", "DEPENDS core", "DEPENDS core games",
             "depends on games, which does not stand above it"),
            ("ARCHITECTURE.md", "| `gyre/expr` |", "| `gyre/other` |", "lacks gyre/expr"),
            ("ARCHITECTURE.md", "", "", "gyre/rules may use core games by its CMakeLists.txt"),
        ])

    def test_a_cycle(self):
        self.plant("layers", [
            ("gyre/core/CMakeLists.txt", "LIBRARIES", "DEPENDS expr LIBRARIES",
             "depends on expr, which does not stand above it"),
        ])

    def test_documents(self):
        here = "/home" + "/me"  # in two parts, for this file is checked too
        away = "https:" + "//registry.invalid"
        self.plant("documents", [
            ("CONTRIBUTING.md", "", "`./dev bunch`\n", "`./dev bunch`, which is no command"),
            ("CONTRIBUTING.md", "", "`gyre/rules/al.hpp`\n", "names gyre/rules/al.hpp"),
            ("CONTRIBUTING.md", "", "`cmake --preset debug`\n", "names the preset debug"),
            ("README.md", "", "[terms](LICENCE)\n", "README.md: links to LICENCE"),
            ("README.md", "", "```sh\n./dev tour\n```\n", "code blocks, README.zh-CN.md"),
            ("README.md", "", "```sh\n./dev clean\n```\n", "code block 1 differs"),
            ("CHANGELOG.md", "", f"From {here}/tree.\n", "CHANGELOG.md:1: names a place"),
            ("gyre/core/text.hpp", "", f"// {away}/\n", "registry.invalid is not on the list"),
        ])

    def test_format(self):
        self.plant("format", [
            ("gyre/core/error.hpp", "class Error : public", "class Error:public",
             "gyre/core/error.hpp:"),
            ("gyre/core/error.cpp", "", "// " + 98 * "x" + "\n", "error.cpp:1: 101 columns"),
            ("CHANGELOG.md", "\n", " \n", "CHANGELOG.md:1: blank at the end"),
            ("dev", "\n", "\n\t\n", "dev:2: tab"),
            ("docs/new.md", NEW, "no end of line", "docs/new.md: the file does not end"),
        ])

    def test_looking_at_nothing_fails(self):
        for folder in ("gyre", "cli", "tests", "bench", "fuzz", "examples"):
            shutil.rmtree(self.copy / folder, ignore_errors=True)
        for name in ("layers", "format"):
            status, out = self.check(name)
            self.assertEqual(status, 1, out)
            self.assertIn("looks at nothing", out)


if __name__ == "__main__":
    unittest.main()
