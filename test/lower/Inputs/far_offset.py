#!/usr/bin/env python3
"""Writes a module with one i64 memory whose function f (i64) -> (i64) loads at the offset given: the text
format of wabt has offsets of 32 bits only.

usage: far_offset.py OFFSET > module.wasm
"""

import sys


def leb(number):
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(encoded) + bytes([number])


def section(code, contents):
    return bytes([code]) + leb(len(contents)) + contents


I64 = b"\x7e"
I64_MEMORY = b"\x04\x01"
body = b"\x00\x20\x00\x29\x00" + leb(int(sys.argv[1], 0)) + b"\x0b"
module = b"\0asm\x01\0\0\0"
module += section(1, b"\x01\x60\x01" + I64 + b"\x01" + I64)
module += section(3, b"\x01\x00")
module += section(5, b"\x01" + I64_MEMORY)
module += section(7, b"\x01\x01f\x00\x00")
module += section(10, b"\x01" + leb(len(body)) + body)
sys.stdout.buffer.write(module)
