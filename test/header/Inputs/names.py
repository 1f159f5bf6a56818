"""Writes a module whose imports and exports have names made of everything that means something in C and C++."""

import random
import sys

PIECES = [chr(c) for c in range(0x80)] + ["é", "\u2028", "\ufeff", "*/", "/*", "//", "??/", "??'", "\\\n", "\\u0022", '")', "#include", "R\"("]
PIECES += ["class", "int", "std", "wasmc", "imports", "instance", "host", "errno", "__", "_A", "0", "a", "env", "_2"]


def number(n):
    out = b""
    while True:
        n, byte = n >> 7, n & 0x7F
        out += bytes([byte | (0x80 if n else 0)])
        if not n:
            return out


def name(text):
    data = text.encode()
    return number(len(data)) + data


def section(kind, rows):
    body = number(len(rows)) + b"".join(rows)
    return bytes([kind]) + number(len(body)) + body


random.seed(1)
names = PIECES + ["".join(random.choices(PIECES, k=random.randint(2, 4))) for _ in range(300)]
names = list(dict.fromkeys(names))
imports = [name(random.choice(names[:140])) + name(n) + b"\x00\x00" for n in names]
exports = [name(n) + b"\x00" + number(i) for i, n in enumerate(names)]
module = b"\0asm\1\0\0\0" + section(1, [b"\x60\x01\x7f\x01\x7f"]) + section(2, imports) + section(7, exports)
with open(sys.argv[1], "wb") as file:
    file.write(module)
