#!/usr/bin/env python3
"""Writes a module that is made to exhaust a compiler: bomb.py KIND > module.wasm

All are built from bytes, since no assembler would get through them.
"""

import sys


def leb(n):
    out = bytearray()
    while True:
        byte, n = n & 0x7F, n >> 7
        out.append(byte | (0x80 if n else 0))
        if not n:
            return bytes(out)


def sized(contents):
    return leb(len(contents)) + contents


def vec(items):
    return leb(len(items)) + b"".join(items)


def section(number, contents):
    return bytes([number]) + sized(contents)


I32, VOID, END = b"\x7f", b"\x40", b"\x0b"


def type_of(params, results):
    return b"\x60" + leb(params) + I32 * params + leb(results) + I32 * results


def body(code, locals_=b"\x00"):
    return sized(locals_ + code + END)


def module(*sections):
    return b"\0asm\1\0\0\0" + b"".join(sections)


def functions(bodies, types=(type_of(0, 0),)):
    """A module of these bodies, all of type 0."""
    return module(
        section(1, vec(types)),
        section(3, vec([b"\x00"] * len(bodies))),
        section(10, vec(bodies)),
    )


def arguments():
    """A hundred calls in a row that pass a thousand arguments each, twice."""
    call = b"\x20\x00" * 1000 + b"\x10\x00"
    return functions([body(call * 100) for _ in range(2)], [type_of(1000, 0)])


def nested_blocks(count=1_000_000):
    """Blocks inside each other."""
    return functions([body(b"\x02\x40" * count + END * count)])


def nested_at_limit():
    """As deep as is allowed."""
    return nested_blocks(16_000)


def nested_ifs(count=16_000):
    """As deep as is allowed, each with a condition of its own, so that LLVM sees them all."""
    return functions([body(b"\x20\x00\x04\x40" * count + END * count)], [type_of(1, 0)])


def many_results(results=50_000, blocks=20):
    """Blocks with tens of thousands of results: a product of sizes, which no number of blocks makes harmless."""
    block = b"\x02\x01" + b"\x41\x00" * results + END + b"\x1a" * results
    return functions([body(block * blocks)], [type_of(0, 0), type_of(0, results)])


def results_at_limit(results=1_000, blocks=2_000):
    """The product of the largest type and many blocks that pass its values on."""
    first = b"\x41\x00" * results
    code = first + (b"\x02\x01" + END) * blocks + b"\x1a" * results
    return functions([body(code)], [type_of(0, 0), type_of(results, results)])


def many_locals():
    """4 G locals in a few bytes."""
    return functions([body(b"", b"\x01" + leb(0xFFFF_FFFF) + I32)])


def locals_at_limit(count=49_999, sets=2_000):
    """As many locals as are allowed, live over many blocks."""
    code = b"".join(b"\x20\x00\x04\x40\x41\x01\x21" + leb(1 + i * 24) + END for i in range(sets))
    return functions([body(code, b"\x01" + leb(count) + I32)], [type_of(1, 0)])


def br_table(count=3_000_000):
    """A branch with millions of entries."""
    return functions([body(b"\x02\x40\x20\x00\x0e" + leb(count) + b"\x00\x01" * (count // 2) + b"\x00" + END)], [type_of(1, 0)])


def long_function(size=5_000_000):
    """One function of 5 MB."""
    step = b"\x20\x00\x41\x03\x6a\x22\x00\x41\x07\x73\x21\x00"
    return functions([body(step * (size // len(step)))], [type_of(1, 0)])


def long_branches(size=1_000_000):
    """One function of a megabyte in which every few bytes are a branch."""
    step = b"\x20\x00\x04\x40\x41\x01\x21\x00\x0b\x20\x00\x0d\x00"
    return functions([body(step * (size // len(step)))], [type_of(1, 0)])


def tiny_functions(count=100_000):
    """Functions of nothing."""
    return functions([body(b"")] * count)


def long_names(size=9_000_000):
    """Two exports whose name, the same, has 9 MB."""
    export = sized(b"n" * size) + b"\x00\x00"
    return module(section(1, vec([type_of(0, 0)])), section(3, vec([b"\x00"])), section(7, vec([export, export])),
                  section(10, vec([body(b"")])))  # fmt: skip


def long_debug_names(size=9_000_000):
    """A name section of a single name."""
    names = b"\x01" + sized(b"\x01\x00" + sized(b"n" * size))
    custom = section(0, sized(b"name") + names)
    return functions([body(b"")]) + custom


def data_segments(count=1_000_000):
    """Data segments without data."""
    return module(section(5, b"\x01\x00\x01"), section(11, vec([b"\x00\x41\x00\x0b\x00"] * count)))


def data_segments_at_limit():
    """As many as are allowed."""
    return data_segments(100_000)


def constant_expression(count=1_000_000):
    """A global's initial value, a sum of a million numbers."""
    expression = b"\x41\x00" + b"\x41\x01\x6a" * count + END
    return module(section(6, b"\x01\x7f\x00" + expression))


def deep_constant_expression(count=1_000_000):
    """The same with all numbers on the stack first."""
    expression = b"\x41\x00" * count + b"\x6a" * (count - 1) + END
    return module(section(6, b"\x01\x7f\x00" + expression))


def operands(count=900_000):
    """An operand stack nearly as high as is allowed."""
    return functions([body(b"\x20\x00" * count + b"\x6a" * (count - 1) + b"\x1a")], [type_of(1, 0)])


def elements(count=10_000_000):
    """As many elements as are allowed, of one function."""
    return module(
        section(1, vec([type_of(0, 0)])), section(3, b"\x01\x00"), section(4, b"\x01\x70\x00" + leb(count)),
        section(9, b"\x01\x00\x41\x00\x0b" + leb(count) + b"\x00" * count), section(10, vec([body(b"")])),
    )  # fmt: skip


def throws_and_tries(depth=8_000):
    """Tries inside each other, as many as there may be, around one call."""
    code = b"\x06\x40" * depth + b"\x10\x00" + b"\x19\x0b" * depth
    return functions([body(code)])


KINDS = {name: kind for name, kind in globals().items() if callable(kind) and kind.__doc__}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in KINDS:
        sys.exit(__doc__ + "\nKinds: " + ", ".join(KINDS))
    sys.stdout.buffer.write(KINDS[sys.argv[1]]())
