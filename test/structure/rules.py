#!/usr/bin/env python3
"""Checks what no compiler checks: which folder includes what, what lies where, how long files are.

    rules.py RULE      checks one rule; prints each violation as file:line: message; exit status 1 if there are any
    rules.py --list    prints the rules' names
"""

import os
import re
import sys

# rules_test.py points this at trees of its own.
ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))

# Dependencies go one way: tools -> compiler -> {frontend, lower, codegen} -> abi; tools -> runtime-lib -> abi.
# For each folder (the longest prefix counts) what its includes may begin with. Standard headers have no slash and
# are allowed everywhere but in the ABI; POSIX ones are in POSIX.
POSIX = ("sys/", "linux/", "arpa/", "netinet/", "net/", "asm/")
INCLUDES = {
    "runtime-lib/abi/": ("wasmc/abi/", "cstdint", "cstddef", "initializer_list"),
    "runtime-lib/abi/wasmc/abi/metadata_reader.h": ("wasmc/abi/",),  # code, not layout: any standard header
    "runtime-lib/abi/wasmc/abi/source_map.h": ("wasmc/abi/",),  # so here
    "runtime-lib/": ("wasmc/",) + POSIX,
    "runtime-lib/registry/": ("wasmc/", "nlohmann/"),
    "compiler/include/": ("wasmc/artifact_cache.h", "wasmc/compiler.h"),
    "compiler/include/wasmc/compile_module.h": ("wasmc/",),  # for programs that link both
    "compiler/c-api/": ("wasmc/compiler.h",),
    "compiler/cache/": ("wasmc/artifact_cache.h", "cache/", "sys/"),
    "compiler/support/": ("wasmc/abi/", "support/"),
    "compiler/frontend/": ("wasmc/abi/", "support/", "frontend/", "wabt/", "sys/wait.h"),
    "compiler/header/": ("wasmc/abi/", "support/", "frontend/module.h", "header/"),
    "compiler/debug/": ("wasmc/abi/", "support/", "frontend/module.h", "debug/", "llvm/"),
    "compiler/lower/": ("wasmc/abi/", "support/", "frontend/", "debug/debug_info.h", "lower/", "llvm/"),
    "compiler/codegen/": ("wasmc/abi/", "support/", "codegen/", "llvm/", "llvm-c/", "lld/", "sys/"),
    "compiler/driver/": ("wasmc/", "support/", "frontend/", "header/", "debug/", "lower/", "codegen/", "driver/", "llvm/", "sys/"),
    "tools/": ("wasmc/", "support/", "nlohmann/") + POSIX,
    "tools/wasminspect/": ("wasmc/", "support/", "frontend/", "nlohmann/") + POSIX,
}
# Headers that a folder may not include although a prefix above lets them through.
FORBIDDEN = {
    "runtime-lib/": ("wasmc/compiler.h",),
}
# wabt stays inside the adapter: of the front end's headers only the opcode table includes any of it.
WABT_HEADERS_ALLOWED_IN = ("compiler/frontend/opcode.h", "compiler/frontend/wabt_")

TOP_LEVEL = {
    ".ci", ".clang-format", ".clang-tidy", ".gitignore", "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md",
    "bench", "cmake", "compiler", "docs", "runtime-lib", "test", "tools",
}  # fmt: skip
MAX_LINES = 650
SOURCE_SUFFIXES = (".h", ".cpp", ".c", ".S", ".def", ".py")
TEXT_SUFFIXES = SOURCE_SUFFIXES + (".md", ".txt", ".cmake", ".in", ".json", ".sh", ".test", ".wat")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
# A user's or a build machine's folders. Debian's own (/usr, /etc, /proc, /dev, /tmp, /srv) are the same everywhere.
MACHINE_PATH = re.compile(r"(?<![\w./$}*-])/(?:home|root|work|Users)/\w")


def files(*suffixes, below=""):
    """The project's files, as paths relative to the root; build trees and dot folders are left out."""
    for folder, folders, names in os.walk(os.path.join(ROOT, below)):
        folders[:] = sorted(
            f for f in folders if not f.startswith((".", "build")) and f not in ("install", "__pycache__", "node_modules")
        )
        for name in sorted(names):
            if name.endswith(suffixes) or ("." not in name and "tools" in folder and not suffixes):
                yield os.path.relpath(os.path.join(folder, name), ROOT)


def lines(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as file:
        yield from enumerate(file, 1)


def includes(path):
    for number, line in lines(path):
        if match := INCLUDE.match(line):
            yield number, match.group(1)


def include_directions():
    """Each folder includes only what it may depend on."""
    for path in files(".h", ".cpp", ".c", ".S", ".def"):
        folder = max((f for f in INCLUDES if path.startswith(f)), key=len, default=None)
        if folder is None:
            continue
        for number, header in includes(path):
            beside = os.path.join(os.path.dirname(path), header)
            if any(header.startswith(h) for f, hs in FORBIDDEN.items() if path.startswith(f) for h in hs):
                yield path, number, f"<{header}> may not be included below {folder}"
            elif os.path.exists(os.path.join(ROOT, beside)) or header.startswith(INCLUDES[folder]):
                continue
            elif "/" in header or folder == "runtime-lib/abi/":
                if not internal(folder, header):
                    yield path, number, f"<{header}> may not be included below {folder}"


def internal(folder, header):
    """A header of the same part, named relative to the part's own source folder."""
    return any(os.path.exists(os.path.join(ROOT, folder, below, header)) for below in ("src", ""))


def wabt_stays_in_the_adapter():
    """No header but the adapter's own mentions wabt, so that another decoder can take its place."""
    for path in files(".h", ".cpp", ".def", below="compiler"):
        if path.endswith(".cpp") and path.startswith("compiler/frontend/"):
            continue
        for number, header in includes(path):
            if header.startswith("wabt/") and not path.startswith(WABT_HEADERS_ALLOWED_IN):
                yield path, number, f"<{header}> outside of the wabt adapter"


def top_level_entries():
    """The top level holds what the documentation says, and nothing else."""
    ignored = {".git", "build", ".cache", "install", "compile_commands.json"}
    for name in sorted(os.listdir(ROOT)):
        if name not in TOP_LEVEL and name not in ignored and not name.startswith("build-"):
            yield name, 0, "not one of the top-level entries; see TOP_LEVEL in test/structure/rules.py"


def file_length():
    """A source file stays short enough to be read at a sitting."""
    for path in files(*SOURCE_SUFFIXES):
        count = sum(1 for _ in lines(path))
        if count > MAX_LINES:
            yield path, count, f"{count} lines; at most {MAX_LINES}: split it by topic"


def no_machine_paths():
    """Nothing names a folder of one particular machine."""
    for path in files(*TEXT_SUFFIXES):
        if path.startswith("test/structure/"):
            continue
        for number, line in lines(path):
            if MACHINE_PATH.search(line):
                yield path, number, "an absolute path of one machine: " + line.strip()[:100]


def todos_have_issues():
    """A TODO names its issue."""
    todo = re.compile(r"\b(?:TODO|FIXME|XXX)\b(?!\(#\d+\))")
    for path in files(*SOURCE_SUFFIXES):
        if path.startswith("test/structure/"):
            continue
        for number, line in lines(path):
            if todo.search(line):
                yield path, number, "write TODO(#issue): " + line.strip()[:100]


def def_files_guard_and_clean_up():
    """A .def file refuses to be included without its macro, and undefines it at its end.

    Where one gathers others, these guard and it cleans up.
    """
    included = {path: [header for _, header in includes(path) if header.endswith(".def")] for path in files(".def")}
    gathered = {header for headers in included.values() for header in headers}
    for path, headers in included.items():
        text = "".join(line for _, line in lines(path))
        if "#error" not in text and not headers:
            yield path, 1, "no #error for a missing macro"
        if "#undef" not in text and not any(path.endswith("/" + header) for header in gathered):
            yield path, 1, "no #undef at the end"


def listed_packages_have_reasons():
    """Each package of tools/packages.txt says what it is for."""
    for number, line in lines("tools/packages.txt"):
        if line.strip() and not line.startswith("#") and not re.match(r"[a-z0-9+.-]+\s+# \S", line):
            yield "tools/packages.txt", number, "expected `package  # reason`"


RULES = {
    rule.__name__: rule
    for rule in (
        include_directions,
        wabt_stays_in_the_adapter,
        top_level_entries,
        file_length,
        no_machine_paths,
        todos_have_issues,
        def_files_guard_and_clean_up,
        listed_packages_have_reasons,
    )
}


def main(arguments):
    if arguments == ["--list"]:
        print("\n".join(RULES))
        return 0
    if len(arguments) != 1 or arguments[0] not in RULES:
        print(__doc__, file=sys.stderr)
        return 2
    violations = list(RULES[arguments[0]]())
    for path, number, message in violations:
        print(f"{path}:{number}: {message}")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
