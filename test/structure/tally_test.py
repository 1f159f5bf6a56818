#!/usr/bin/env python3
"""tools/lib/tally.py adds up what the runners report, and never calls a broken report a success."""

import os
import subprocess
import sys
import tempfile
import unittest

TALLY = sys.argv.pop(1)

CTEST = """<testsuite><testcase name="a" status="run"/><testcase name="b" status="fail"><failure message="x"/></testcase>
<testcase name="c" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/>
<system-out>t.cpp:3: Skipped\nneeds root\n</system-out></testcase></testsuite>"""
LIT = """<testsuites><testsuite><testcase name="a"/><testcase name="b"><skipped message="Unsupported"/></testcase>
</testsuite></testsuites>"""


def tally(**files):
    with tempfile.TemporaryDirectory() as folder:
        for name, contents in files.items():
            with open(os.path.join(folder, name.replace("_", ".")), "w", encoding="utf-8") as file:
                file.write(contents)
        done = subprocess.run([sys.executable, TALLY, folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()


class Tally(unittest.TestCase):
    def test_sums_over_all_runners(self):
        status, lines = tally(ctest_xml=CTEST, lit_xml=LIT,
                              spec_json='{"suite": "s", "passed": 5, "failures": [], "skipped": {"gc": 7}}')
        self.assertEqual(lines[-1], "7 passed, 1 failed, 9 skipped")
        self.assertEqual(status, 1)

    def test_names_failures_and_reasons(self):
        _, lines = tally(ctest_xml=CTEST)
        self.assertIn("  FAILED b", lines)
        self.assertIn("  skipped 1: needs root", lines)

    def test_success_is_status_0(self):
        self.assertEqual(tally(lit_xml=LIT)[0], 0)

    def test_a_damaged_result_is_a_failure(self):
        for contents in ("", "{", "{}"):
            self.assertEqual(tally(lit_xml=LIT, x_json=contents)[0], 1)
        self.assertEqual(tally(x_xml="<testsuite>")[0], 1)

    def test_no_results_are_a_failure(self):
        self.assertEqual(tally()[0], 1)


if __name__ == "__main__":
    unittest.main()
