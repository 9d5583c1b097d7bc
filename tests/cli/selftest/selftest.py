#!/usr/bin/env python3
"""Tests of run.py itself: that it passes what it must, and above all that it fails what it must."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
RUN = HERE.parent / "run.py"


def run(text, *options):
    """Exit status, output, and the file's text afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "a.test")
        path.write_text(text, encoding="utf-8")
        result = subprocess.run([sys.executable, RUN, "--gyre", "/bin/echo", *options, path],
                                capture_output=True, text=True, timeout=60, check=False)
        return result.returncode, result.stdout, path.read_text(encoding="utf-8")


class Passes(unittest.TestCase):
    def test_what_must_pass(self):
        result = subprocess.run([sys.executable, RUN, "--gyre", "/bin/echo", HERE / "passes.test"],
                                capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertRegex(result.stdout, r"^[1-9]\d* cases, 0 failed")


class Fails(unittest.TestCase):
    def assert_fails(self, body, *fragments):
        status, out, _ = run("case c\n" + body)
        self.assertEqual(status, 1, out)
        for fragment in fragments:
            self.assertIn(fragment, out)

    def test_another_line(self):
        self.assert_fails("$ gyre a\nstdout:\n  b\n", "- b", "+ a")

    def test_a_line_too_many(self):
        self.assert_fails("$ gyre a; gyre b\nstdout:\n  a\n", "  a", "+ b")

    def test_a_line_too_few(self):
        self.assert_fails("$ gyre a\nstdout:\n  a\n  b\n", "- b")

    def test_silence_is_expected_where_nothing_is_said(self):
        self.assert_fails("$ gyre a\n", "+ a")
        self.assert_fails("$ gyre a >&2\n", "stderr", "+ a")

    def test_exit_status(self):
        self.assert_fails("$ exit 2\n", "exit 2, expected 0")
        self.assert_fails("$ true\nexit 2\n", "exit 0, expected 2")

    def test_a_pattern_that_fits_a_part_only(self):
        self.assert_fails("$ gyre ab\nstdout:\n  ~ a\n", "- ~ a", "+ ab")

    def test_a_pattern_is_not_exact_text(self):
        self.assert_fails("$ gyre '~ a'\nstdout:\n  ~ a\n")

    def test_dots_do_not_swallow_what_must_follow(self):
        self.assert_fails("$ seq 3\nstdout:\n  ...\n  4\n", "- 4")

    def test_time(self):
        self.assert_fails("timeout 0.2\n$ sleep 30\n", "still running after 0.2 s")

    def test_one_of_two(self):
        status, out, _ = run("case a\n$ true\n\ncase b\n$ false\n")
        self.assertEqual(status, 1)
        self.assertIn("2 cases, 1 failed", out)


class Refuses(unittest.TestCase):
    def assert_refused(self, text, fragment):
        status, out, _ = run(text)
        self.assertEqual(status, 2, out)
        self.assertIn(fragment, out)

    def test_no_case(self):
        self.assert_refused("# nothing\n", "no case")

    def test_no_command(self):
        self.assert_refused("case a\nexit 1\n", "without a $ line")

    def test_same_name(self):
        self.assert_refused("case a\n$ true\ncase a\n$ true\n", "a.test:3")

    def test_unknown_line(self):
        self.assert_refused("case a\n$ true\nstdot:\n", "not understood")

    def test_line_before_a_case(self):
        self.assert_refused("$ true\n", "expected `case NAME`")

    def test_bad_pattern(self):
        self.assert_refused("case a\n$ true\nstdout:\n  ~ (\n", "a.test:4")

    def test_no_case_is_selected(self):
        status, out, _ = run("case a\n$ true\n", "--only", "zzz")
        self.assertEqual(status, 1)
        self.assertIn("no case was run", out)


class Updates(unittest.TestCase):
    def test_rewrites_what_failed_and_keeps_the_rest(self):
        before = ("# head\ncase a\n$ gyre t=5; gyre new; gyre ...\nstdout:\n  ~ t=\\d\n  old\n\n"
                  "# between\ncase b\nexit 1\n$ gyre b >&2; exit 4\n\ncase c\n$ gyre c\nstdout:\n"
                  "  ...\n")
        after = ("# head\ncase a\n$ gyre t=5; gyre new; gyre ...\nstdout:\n  ~ t=\\d\n  new\n"
                 "  \\...\n\n"
                 "# between\ncase b\n$ gyre b >&2; exit 4\nexit 4\nstderr:\n  b\n\ncase c\n"
                 "$ gyre c\nstdout:\n  ...\n")
        status, out, text = run(before, "--update")
        self.assertEqual(status, 0, out)
        self.assertEqual(text, after)
        self.assertEqual(run(text)[0], 0)

    def test_blanks_at_the_end_become_a_pattern(self):
        _, _, text = run("case a\n$ printf '%s\\n' 'a.b  ' ' '\n", "--update")
        self.assertIn("\n  ~ a\\.b\\s{2}\n  ~ \\s{1}", text)
        self.assertEqual(run(text)[0], 0)

    def test_leaves_a_passing_file_alone(self):
        text = (HERE / "passes.test").read_text(encoding="utf-8")
        self.assertEqual(run(text, "--update")[2], text)


if __name__ == "__main__":
    unittest.main()
