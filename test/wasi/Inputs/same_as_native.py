"""See %same_as_native in lit.local.cfg."""

import difflib
import os
import shlex
import shutil
import subprocess
import sys

clang_wasm, clang, wasmrun, source, temporary, *arguments = sys.argv[1:]
flags = ["-O1", "-Wall", "-I" + os.path.dirname(__file__), source]
subprocess.run(shlex.split(clang_wasm) + flags + ["-o", temporary + ".wasm"], check=True)
subprocess.run(shlex.split(clang) + flags + ["-D_GNU_SOURCE", "-o", temporary + ".native"], check=True)


def run(command, name):
    """What the program says in a new folder. Standard input is a pipe."""
    folder = temporary + name
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    done = subprocess.run(command + arguments, cwd=folder, input=b"one\ntwo\nthree\n", stdout=subprocess.PIPE, timeout=120,
                          check=False)
    return done.stdout.decode(errors="backslashreplace").splitlines() + [f"exit status {done.returncode}"]


native = run([temporary + ".native"], ".native-dir")
guest = run([wasmrun, "--dir", ".", temporary + ".wasm"], ".guest-dir")
for line in difflib.unified_diff(native, guest, "native", "guest", lineterm=""):
    print(line)
if len(native) < 2:
    sys.exit("the native program says nothing, so the test compares nothing")
sys.exit(native != guest)
