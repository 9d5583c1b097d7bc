#!/usr/bin/env python3
"""check_examples.py PROGRAM: runs every `gyre ...` and `./dev run ...` line of the README's code
blocks, in order, in one fresh folder: each must end with 0 and write something."""

import os
import re
import subprocess
import sys
import tempfile

import check_documents
import tree

LINE = re.compile(r"^(?:\$ )?(?:gyre|\./dev run) (.*)$", re.MULTILINE)


def main():
    program = os.path.abspath(sys.argv[1])
    # Both READMEs have the same blocks; another check holds them to that.
    text = "".join(check_documents.blocks(tree.read("README.md"))).replace("\\\n", " ")
    words = [re.sub(r"\s+#.*", "", found) for found in LINE.findall(text)]
    wrong = []
    with tempfile.TemporaryDirectory(prefix="gyre-readme-") as folder:
        env = os.environ | {"LC_ALL": "C.UTF-8", "HOME": folder}
        for line in words:
            result = subprocess.run(["sh", "-c", f'"$0" {line}', program], cwd=folder, env=env,
                                    capture_output=True, text=True, timeout=120, check=False)
            if result.returncode or not result.stdout + result.stderr:
                wrong.append(f"README.md: gyre {line}: exit {result.returncode}\n{result.stderr}")
    tree.finish(len(words), "commands of README.md", wrong)


if __name__ == "__main__":
    main()
