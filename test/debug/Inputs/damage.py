"""damage.py IN OUT HOW: overwrites parts of the module's .debug_* sections, in place; HOW: zeroes, ones, noise."""

import random
import sys


def leb(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def main(source, target, how):
    data = bytearray(open(source, "rb").read())
    noise = random.Random(1)
    at = 8
    while at < len(data):
        kind = data[at]
        size, begin = leb(data, at + 1)
        at = begin + size
        if kind != 0:
            continue
        length, name = leb(data, begin)
        if not data[name : name + length].startswith(b".debug_"):
            continue
        for i in range(name + length, at):
            if how == "noise" and noise.random() < 0.05:
                data[i] = noise.randrange(256)
            elif how == "zeroes" and (i - begin) % 64 >= 40:
                data[i] = 0
            elif how == "ones" and (i - begin) % 64 >= 40:
                data[i] = 0xFF
    open(target, "wb").write(data)


main(*sys.argv[1:])
