#!/usr/bin/env python3
"""Adds up the results of several test runners.

    tally.py RESULTS_DIR

reads every *.xml (JUnit: ctest, lit, GoogleTest) and *.json of the folder, prints a line a file, the failures, how many
were skipped for which reason, and last `N passed, N failed, N skipped`. Exit status 1 if anything failed or there is
no result at all.

A JSON result: {"suite": name, "passed": n, "failures": [text...], "skipped": {reason: n}}.
"""

import collections
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree


class Tally:
    def __init__(self, suite):
        self.suite = suite
        self.passed = 0
        self.failures = []
        self.skipped = collections.Counter()

    def skipped_count(self):
        return sum(self.skipped.values())


def skip_reason(case, skipped):
    """ctest knows only that GoogleTest said SKIPPED; the reason stands in the output."""
    output = case.findtext("system-out") or ""
    if match := re.search(r": Skipped\n(.+)", output):
        return match.group(1).strip()
    if match := re.search(r"^skipped: (.+)", output, re.MULTILINE):
        return match.group(1).strip()
    return skipped.get("message") or (skipped.text or "").strip() or "no reason given"


def read_junit(path, suite):
    tally = Tally(suite)
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        failure = case.find("failure")
        if failure is None:
            failure = case.find("error")
        skipped = case.find("skipped")
        if failure is not None or case.get("status") == "fail":
            tally.failures.append(case.get("name"))
        elif skipped is not None or case.get("status") in ("notrun", "disabled"):
            tally.skipped[skip_reason(case, skipped if skipped is not None else {})] += 1
        else:
            tally.passed += 1
    return tally


def read_json(path, suite):
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    tally = Tally(data.get("suite", suite))
    tally.passed = data["passed"]
    tally.failures = data["failures"]
    tally.skipped.update(data["skipped"])
    return tally


def read(path):
    suite, kind = os.path.splitext(os.path.basename(path))
    try:
        return read_junit(path, suite) if kind == ".xml" else read_json(path, suite)
    except (ElementTree.ParseError, ValueError, KeyError, TypeError) as problem:
        tally = Tally(suite)
        tally.failures.append(f"{os.path.basename(path)} is not a result file: {problem}")
        return tally


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    names = sorted(n for n in os.listdir(arguments[0]) if n.endswith((".xml", ".json")))
    tallies = [read(os.path.join(arguments[0], name)) for name in names]
    for tally in tallies:
        print(f"{tally.suite}: {tally.passed} passed, {len(tally.failures)} failed, {tally.skipped_count()} skipped")
        for failure in tally.failures:
            print(f"  FAILED {failure}")
        for reason, count in tally.skipped.most_common():
            print(f"  skipped {count}: {reason}")
    passed = sum(t.passed for t in tallies)
    failed = sum(len(t.failures) for t in tallies)
    if passed + failed == 0:
        print("no test ran")
        failed = 1
    print(f"{passed} passed, {failed} failed, {sum(t.skipped_count() for t in tallies)} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
