# The lit suites: lower, codegen, debug, driver, guests, wasi, library, …. Run them all with `ninja check-lit`, or some with
#   /usr/lib/llvm-22/bin/lit -sv build/release/test/lower
#
# Substitutions:
#   %wasmc %wasmrun %wasminspect   the tools
#   %clang_wasm %clangxx_wasm      C and C++ to a wasm32-wasi program
#   %clang %clangxx                native code with the same clang
#   %cc %cxx                       the compilers that wasmc itself is built with
#   %runtime_flags                 compiles and links a host program with the runtime library
#   %c_runtime_flags               the same with the C API
#   %gdb                           gdb, asking nothing, that knows the pointers of guests
#   %examples                      docs/examples
#   %libraries                     where the libraries are built
#   %bomb                          a module that is made to exhaust a compiler: bombs/Inputs/bomb.py
#   %instructions                  wasmc, and of the machine code the names of the instructions: codegen/Inputs/instructions.py
# and lit's own: %s %t %S %{...}. FileCheck, not, split-file and the llvm-* tools are on PATH.

import os
import shutil
import subprocess

import lit.formats

config.name = "wasmc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.test_source_root = os.path.dirname(__file__)
config.suffixes = [".test", ".wat", ".c", ".ll"]
# Folders with other runners of their own, and files that tests only include.
config.excludes = ["Inputs", "c-api", "registry", "run", "unit", "spec", "structure", "install", "fuzz", "real"]

config.environment["PATH"] = os.pathsep.join([config.llvm_bin_dir, config.environment["PATH"]])
# Nothing of a user's own settings and cache may change a result.
config.environment["XDG_CACHE_HOME"] = os.path.join(config.test_exec_root, "cache")
for name in [n for n in os.environ if n.startswith("WASMC_")]:
    config.environment.pop(name, None)
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "HOME"):
    if name in os.environ:
        config.environment[name] = os.environ[name]


def tool(name):
    return os.path.join(config.bin_dir, name)


guest = "%s --target=wasm32-wasi --no-wasm-opt -Wno-deprecated" % config.clang
runtime_flags = "-I{0}/runtime-lib/include -I{0}/runtime-lib/abi -L{1} -Wl,-rpath,{1} -lwasmc-runtime".format(
    config.source_dir, config.lib_dir
)
# lit replaces in this order and by plain prefix, so longer names come first.
config.substitutions += [
    ("%bomb", "python3 %s/bombs/Inputs/bomb.py" % config.test_source_root),
    ("%instructions", "python3 %s/codegen/Inputs/instructions.py %s" % (config.test_source_root, tool("wasmc"))),
    ("%wasminspect", tool("wasminspect")),
    ("%wasmrun", tool("wasmrun")),
    ("%wasmc", tool("wasmc")),
    ("%gdb", "gdb -q -nx -batch -iex 'set debuginfod enabled off' -iex 'set breakpoint pending on' -iex 'set width 0' -x %s/../tools/gdb/wasmc.py" % config.test_source_root),
    ("%clangxx_wasm", guest + " --driver-mode=g++"),
    ("%clang_wasm", guest),
    ("%clangxx", config.clang + " --driver-mode=g++"),
    ("%clang", config.clang),
    ("%cxx", config.cxx_compiler),
    ("%cc", config.c_compiler),
    ("%runtime_flags", runtime_flags),
    ("%c_runtime_flags", "-I{0}/runtime-lib/c-api/include {1} -lwasmc-c".format(config.source_dir, runtime_flags)),
    ("%libraries", config.lib_dir),
    ("%examples", os.path.join(config.source_dir, "docs", "examples")),
]

config.available_features.add(config.host_processor)  # x86_64, aarch64
if "full" in lit_config.params:  # tools/check --full: what takes minutes
    config.available_features.add("full")
if os.geteuid() == 0:
    config.available_features.add("root")
if subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/tmp"], capture_output=True).returncode == 0:
    config.available_features.add("mount")
for program in ("gdb", "valgrind"):
    if shutil.which(program):
        config.available_features.add(program)
if os.path.isdir(config.spec_dir):
    config.available_features.add("spec-data")
if config.sanitizers:
    config.available_features.add("sanitizers")
if config.build_type == "Release":
    config.available_features.add("release")
if "clang" in os.path.basename(config.cxx_compiler):
    config.available_features.add("clang")
