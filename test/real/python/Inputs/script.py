import hashlib
import json
import sys


def primes():
    found = []
    candidate = 2
    while True:
        if all(candidate % p for p in found if p * p <= candidate):
            found.append(candidate)
            yield candidate
        candidate += 1


def first(count, iterator):
    return [next(iterator) for _ in range(count)]


print(sum(first(1000, primes())))
text = "WebAssembly, ahead of time".encode()
for name in ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b"):
    print(name, hashlib.new(name, text).hexdigest())

document = json.loads('{"name": "caf\\u00e9", "list": [1, 2.5, -3e10, null, true], "nested": {"b": {"a": []}}}')
print(document["name"], sum(x for x in document["list"] if isinstance(x, (int, float))), document["nested"])
print(json.dumps(document, sort_keys=True, indent=1))
try:
    json.loads("[1, 2,")
except ValueError as error:
    print(type(error).__name__, error)
print(2**200 % 1000000007, round(sum(1 / n for n in range(1, 1000)), 12), sorted({"b": 1, "a": 2}), len(sys.argv))
