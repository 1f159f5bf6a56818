"""Compiles a module, with the compiler and the arguments given, to assembler text, and prints a line a function, in order:
its wasm name and the names of its instructions, without moves from register to register and without the return."""

import re
import subprocess
import sys

FUNCTION = re.compile(r"wasm\.\d+\.([\w.]+):")
INSTRUCTION = re.compile(r"\t(?:\{vex\}\t)?([a-z]\w*)(?:\t(.*?))?(?:\s*#.*)?$")
# movdqa %xmm1, %xmm0 and mov v0.16b, v1.16b; not those that also change the width or a single lane.
X86_MOVE = re.compile(r"(v?mov(dqa|dqu|aps|apd|ups|upd|q|l)|v?movdqa64) %\w+, %\w+$")
ARM64_MOVE = re.compile(r"mov (v\d+\.16b, v\d+\.16b|[wx]\d+, [wx]\d+)$")


def is_move(instruction):
    # movd %edi, %xmm0 and its like do work.
    of_one_kind = instruction.count("mm") != 1
    return bool(X86_MOVE.match(instruction) and of_one_kind or ARM64_MOVE.match(instruction))


text = subprocess.run(sys.argv[1:] + ["--emit=s", "-o", "-"], check=True, stdout=subprocess.PIPE, text=True).stdout
functions = []
inside = False
for line in text.splitlines():
    if match := FUNCTION.match(line):
        functions.append([match[1] + ":"])
        inside = True
    elif line and line[0] not in "\t.#/":
        inside = False
    elif inside and (match := INSTRUCTION.match(line)):
        name, operands = match[1], match[2] or ""
        if name not in ("ret", "retq") and not is_move(f"{name} {operands}"):
            functions[-1].append(name)
for function in functions:
    print(" ".join(function))
