#!/usr/bin/env python3
"""Each rule of rules.py finds what it is there for, and lets pass what is right."""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import rules

# rule: [(path, contents, number of violations)]
CASES = {
    "include_directions": [
        ("runtime-lib/abi/wasmc/abi/x.h", "#include <string>\n", 1),
        ("runtime-lib/abi/wasmc/abi/x.h", "#include <cstdint>\n#include <wasmc/abi/y.h>\n", 0),
        ("runtime-lib/src/x.cpp", "#include <wabt/feature.h>\n", 1),
        ("runtime-lib/src/x.cpp", "#include <wasmc/compiler.h>\n", 1),
        ("runtime-lib/src/x.cpp", "#include <vector>\n#include <sys/mman.h>\n#include <wasmc/store.h>\n", 0),
        ("compiler/lower/x.cpp", '#include "codegen/codegen.h"\n', 1),
        ("compiler/lower/x.cpp", '#include "frontend/events.h"\n#include <llvm/IR/Module.h>\n', 0),
        ("compiler/frontend/x.cpp", "  #  include <llvm/IR/Module.h>\n", 1),
        ("compiler/codegen/x.cpp", '#include "frontend/frontend.h"\n', 1),
        ("tools/wasmc/main.cpp", '#include "lower/lower.h"\n', 1),
    ],
    "wabt_stays_in_the_adapter": [
        ("compiler/frontend/module.h", "#include <wabt/type.h>\n", 1),
        ("compiler/frontend/opcode.h", "#include <wabt/opcode.def>\n", 0),
    ],
    "top_level_entries": [("stray.txt", "", 1), ("README.md", "", 0)],
    "file_length": [("bench/x.cpp", "\n" * (rules.MAX_LINES + 1), 1), ("bench/x.cpp", "\n" * rules.MAX_LINES, 0)],
    "no_machine_paths": [
        ("docs/x.md", "see /home/someone/wasmc\n", 1),
        ("docs/x.md", "see /usr/lib/llvm-22 and a/home/b\n", 0),
    ],
    "todos_have_issues": [("bench/x.cpp", "// TODO: later\n", 1), ("bench/x.cpp", "// TODO(#12): later\n", 0)],
    "def_files_guard_and_clean_up": [
        ("bench/x.def", "ROW(1)\n", 2),
        ("bench/x.def", "#ifndef ROW\n#error\n#endif\nROW(1)\n#undef ROW\n", 0),
    ],
    "listed_packages_have_reasons": [
        ("tools/packages.txt", "cmake\n", 1),
        ("tools/packages.txt", "# Build\n\ncmake   # configures\n", 0),
    ],
}  # fmt: skip


class Rules(unittest.TestCase):
    def test_every_rule_has_a_violation_and_a_good_case(self):
        self.assertEqual(set(CASES), set(rules.RULES))
        for rule, cases in CASES.items():
            self.assertTrue(any(count for _, _, count in cases) and any(not count for _, _, count in cases), rule)

    def test_cases(self):
        for rule, cases in CASES.items():
            for path, contents, count in cases:
                with self.subTest(rule=rule, path=path, contents=contents[:60]), tempfile.TemporaryDirectory() as root:
                    rules.ROOT = root
                    full = os.path.join(root, path)
                    os.makedirs(os.path.dirname(full), exist_ok=True)
                    with open(full, "w", encoding="utf-8") as file:
                        file.write(contents)
                    self.assertEqual(len(list(rules.RULES[rule]())), count)


if __name__ == "__main__":
    unittest.main()
