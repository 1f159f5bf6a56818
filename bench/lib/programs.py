"""Programs that nobody here wrote, fetched and built by the scripts of test/real, for speed: clang -O3 -march=native
against wasm -O3 through wasmc -O3 --cpu=native.
"""

import dataclasses
import filecmp
import os
import shutil
import subprocess

from lib.environment import measure
from lib.tables import geometric_mean, markdown, seconds, size

NATIVE_FLAGS = "-O3 -march=native"
GUEST_FLAGS = "-O3"
WASMC_FLAGS = "-O3 --cpu=native"


@dataclasses.dataclass
class Workload:
    name: str
    program: str  # folder of test/real
    module: str
    arguments: list
    data: int = 0  # bytes of generated input, as the file `data`
    script: str = ""  # a file of bench/programs


WORKLOADS = [
    Workload("SQLite speedtest1", "sqlite", "speedtest1", ["--size", "30"]),
    Workload("Lua", "lua", "lua-noerror", ["work.lua"], script="work.lua"),
    Workload("bzip2", "bzip2", "bzip2", ["-kf9", "data"], data=10_000_000),
    Workload("bunzip2", "bzip2", "bzip2", ["-kfd", "data.bz2"], data=10_000_000),
    Workload("zstd -3", "zstd", "zstd", ["-qf", "--single-thread", "-3", "data"], data=40_000_000),
    Workload("zstd -12", "zstd", "zstd", ["-qf", "--single-thread", "-12", "data"], data=10_000_000),
    Workload("unzstd", "zstd", "zstd", ["-qfd", "data.zst"], data=40_000_000),
]


def shell(environment, script):
    """Runs bash with the functions of test/real/lib.sh, on a folder of programs of our own. Standard output, or none if
    the script ended as skipped."""
    settings = {
        **os.environ,
        "REAL_BIN": os.path.join(environment.tree, "bin"),
        "REAL_OUT": os.path.join(environment.tree, "test", "real", "out"),
        "REAL_PROGRAMS": os.path.join(environment.tree, "bench", "programs"),
        "REAL_NATIVE_FLAGS": NATIVE_FLAGS,
        "REAL_GUEST_FLAGS": GUEST_FLAGS,
        "REAL_WASMC_FLAGS": WASMC_FLAGS,
    }
    library = os.path.join(environment.root, "test", "real", "lib.sh")
    command = ["bash", "-c", f"source {library}\n{script}"]
    run = subprocess.run(command, env=settings, stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode == 77:
        print(run.stdout.strip())
        return None
    run.check_returncode()
    return run.stdout


def build(environment, program, *names):
    """The folder with native/ and so/ of a program of test/real, or none if it can not be had."""
    output = shell(environment, f'program {program} {" ".join(names)} && echo "$programs"')
    return output and output.strip().splitlines()[-1]


def modules(environment):
    """Names and files of real modules, for compile times."""
    found = {}
    for program, name in (("bzip2", "bzip2"), ("lua", "lua-noerror"), ("sqlite", "speedtest1")):
        folder = build(environment, program, name)
        if folder:
            found[name] = os.path.join(folder, "guest", f"{name}.wasm")
    python = shell(environment, 'source "$real_dir/python/build.sh"; fetch; echo "$source"')
    if python:
        found["CPython 3.11"] = os.path.join(python.strip(), "dist", "langs", "python-3.11.3.wasm")
    return found


def available_artifacts(environment):
    """Large artifacts that exist already: the tests compile CPython."""
    python = os.path.join(environment.tree, "test", "real", "out", "python", "so", "python.so")
    return [python] if os.path.exists(python) else []


def prepare(environment, folder, workload):
    """Two folders with the workload's inputs."""
    for side in ("native", "wasm"):
        path = os.path.join(folder, side)
        shutil.rmtree(path, ignore_errors=True)
        os.makedirs(path)
        if workload.script:
            shutil.copy(os.path.join(environment.root, "bench", "programs", workload.script), path)
        if workload.data:
            shell(environment, f"make_data {workload.data} {path}/data")


def run_side(environment, folder, work, workload, side, arguments):
    command = [os.path.join(folder, "native", workload.module)]
    if side == "wasm":
        artifact = os.path.join(folder, "so", workload.module + ".so")
        command = [environment.tool("wasmrun"), "--dir", ".", artifact]
    with open(os.path.join(work, side + ".out"), "wb") as output:
        run = measure([*command, *arguments], cwd=os.path.join(work, side), stdout=output)
    if run.status != 0:
        raise SystemExit(f"{workload.name} ({side}) ended with status {run.status}, see {work}")
    return run


def same_files(work):
    compared = filecmp.dircmp(os.path.join(work, "native"), os.path.join(work, "wasm"))
    _, different, errors = filecmp.cmpfiles(compared.left, compared.right, compared.common_files, shallow=False)
    if compared.left_only or compared.right_only or different or errors:
        raise SystemExit(f"{work}: native and wasm left different files")


def measure_workload(environment, workload):
    folder = build(environment, workload.program, workload.module)
    if folder is None:
        return None
    work = os.path.join(environment.tree, "bench", "work", workload.name.replace(" ", "-"))
    prepare(environment, work, workload)
    if workload.arguments[-1].startswith("data."):  # Unpacking needs the archive.
        for side in ("native", "wasm"):
            run_side(environment, folder, work, workload, side, ["-kf", "data"])
    runs = {"native": [], "wasm": []}
    for _ in range(environment.rounds):
        for side, found in runs.items():
            found.append(run_side(environment, folder, work, workload, side, workload.arguments))
    same_files(work)
    times = {side: min(run.cpu for run in found) for side, found in runs.items()}
    memory = {side: max(run.memory for run in found) for side, found in runs.items()}
    return {**times, "memory": memory}


def compare(environment):
    results = {}
    for workload in WORKLOADS:
        if environment.filter and environment.filter not in workload.name:
            continue
        result = measure_workload(environment, workload)
        if result:
            results[workload.name] = result
    if not results:
        return {"table": "No program could be built."}
    rows = [
        [name, seconds(r["native"]), seconds(r["wasm"]), f"{r['wasm'] / r['native']:.2f}", size(r["memory"]["native"]),
         size(r["memory"]["wasm"])]
        for name, r in results.items()
    ]
    mean = geometric_mean([r["wasm"] / r["native"] for r in results.values()])
    rows.append(["**geometric mean**", "", "", f"**{mean:.2f}**", "", ""])
    table = markdown(["program", "native", "wasmc", "ratio", "memory, native", "memory, wasmc"], rows)
    return {"results": results, "geometric_mean": mean, "table": table}
