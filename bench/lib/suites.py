"""The suites of bench/run: each measures, and returns its results with a Markdown table."""

import json
import os
import re
import subprocess
import tempfile

from lib import programs
from lib.environment import measure
from lib.tables import geometric_mean, markdown, seconds, size

CLANG = ["clang-22"]
GUEST = ["--target=wasm32-wasi", "--no-wasm-opt", "-Wno-deprecated"]


def google_benchmark(environment, name, arguments):
    """Runs a Google Benchmark program; its measurements by benchmark name, each the list of its repetitions."""
    output = environment.results(f"{name}.google.json")
    command = [
        environment.tool(f"wasmc-bench-{name}"),
        f"--benchmark_out={output}",
        "--benchmark_enable_random_interleaving=true",
        # Many short repetitions: on a machine that does other things as well, some are undisturbed.
        f"--benchmark_repetitions={5 * environment.rounds}",
        "--benchmark_min_time=0.01",
        *([f"--benchmark_filter={environment.filter}"] if environment.filter else []),
        *arguments,
    ]
    with open(environment.results(f"{name}.log"), "w+", encoding="utf-8") as log:
        run = measure(command, stdout=log, stderr=log)
        if run.status != 0:
            log.seek(0)
            print(log.read())
            raise subprocess.CalledProcessError(run.status, command)
    with open(output, encoding="utf-8") as file:
        data = json.load(file)
    measured = {}
    for entry in data["benchmarks"]:
        if entry["run_type"] == "iteration":
            if entry.get("error_occurred"):
                raise SystemExit(f"{entry['name']}: {entry['error_message']}")
            measured.setdefault(entry["run_name"], []).append(entry)
    return measured, data["context"], run.memory


def best(entries):
    """The least disturbed repetition, in seconds of processor time."""
    return min(entry["cpu_time"] * {"ns": 1e-9, "us": 1e-6, "ms": 1e-3}[entry["time_unit"]] for entry in entries)


def kernels(environment):
    measured, context, memory = google_benchmark(environment, "kernels", [environment.artifacts])
    times = {}
    for name, entries in measured.items():
        kernel, variant = name.split("/")
        times.setdefault(kernel, {})[variant] = best(entries)
    variants = [v for v in ("scalar", "simd") if any(v in row for row in times.values())]
    rows = []
    for kernel, row in sorted(times.items(), key=lambda item: (context[f"group.{item[0]}"], item[0])):
        ratios = [f"{row[v] / row['native']:.2f}" if v in row else "" for v in ("strict", *variants)]
        rows.append([kernel, context[f"group.{kernel}"], seconds(row["native"]), *ratios])
    columns = ("strict", *variants)
    means = [geometric_mean([row[v] / row["native"] for row in times.values() if v in row]) for v in columns]
    rows.append(["**geometric mean**", "", "", *(f"**{mean:.2f}**" for mean in means)])
    titles = {"strict": "native, no FMA", "scalar": "wasmc", "simd": "wasmc, -msimd128"}
    table = markdown(["kernel", "group", "native", *(titles[v] for v in columns)], rows)
    return {
        "seconds": times,
        "geometric_mean": dict(zip(columns, means)),
        "peak_memory": memory,
        "table": f"{table}\n\nPeak memory of the whole run: {size(memory)}.",
    }


MODES = {"guard": [], "fuel": ["--fuel"], "epochs": ["--epochs"], "explicit": ["--bounds=explicit"]}


def modes(environment):
    """The kernels as they are compiled for bounded execution, against the same without."""
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted(os.listdir(environment.artifacts)):
            if not name.endswith(".scalar.wasm"):
                continue
            for mode, options in MODES.items():
                artifact = os.path.join(folder, name.replace("scalar.wasm", f"{mode}.so"))
                wasm = os.path.join(environment.artifacts, name)
                subprocess.run(
                    [environment.tool("wasmc"), "-O3", "--cpu=native", *options, wasm, "-o", artifact], check=True
                )
        measured, context, _ = google_benchmark(environment, "kernels", [folder])
    times = {}
    for name, entries in measured.items():
        kernel, mode = name.split("/")
        times.setdefault(kernel, {})[mode] = best(entries)
    columns = [mode for mode in MODES if mode != "guard"]
    ratios = {k: {m: row[m] / row["guard"] for m in columns} for k, row in times.items() if "guard" in row}
    order = sorted(ratios, key=lambda kernel: (context[f"group.{kernel}"], kernel))
    rows = [[k, seconds(times[k]["guard"]), *(f"{ratios[k][m]:.2f}" for m in columns)] for k in order]
    means = {m: geometric_mean([row[m] for row in ratios.values()]) for m in columns}
    rows.append(["**geometric mean**", "", *(f"**{means[m]:.2f}**" for m in columns)])
    titles = [f"`{' '.join(MODES[m])}`" for m in columns]
    return {"seconds": times, "geometric_mean": means, "table": markdown(["kernel", "default", *titles], rows)}


def startup(environment):
    modules = programs.available_artifacts(environment)
    measured, _, _ = google_benchmark(environment, "startup", modules)
    times = {}
    for name, entries in sorted(measured.items()):
        name, calls = re.fullmatch(r"(.*?)(?:/(\d+))?", name).groups()
        times[name] = best(entries) / int(calls or 1)
    processes = hello_world(environment)
    rows = [[name, seconds(value)] for name, value in {**times, **processes}.items()]
    return {"seconds": {**times, **processes}, "table": markdown(["what", "time"], rows)}


def hello_world(environment):
    """Whole processes that print a line: native, and an artifact under wasmrun."""
    source = os.path.join(environment.root, "docs", "examples", "hello", "hello.c")
    with tempfile.TemporaryDirectory() as folder:
        native, wasm, artifact = (os.path.join(folder, name) for name in ("hello", "hello.wasm", "hello.so"))
        subprocess.run([*CLANG, "-O2", source, "-o", native], check=True)
        subprocess.run([*CLANG, *GUEST, "-O2", source, "-o", wasm], check=True)
        subprocess.run([environment.tool("wasmc"), wasm, "-o", artifact], check=True)
        commands = {
            "process/hello, native": [native],
            "process/hello, wasmrun hello.so": [environment.tool("wasmrun"), artifact],
        }
        walls = {name: [] for name in commands}
        for _ in range(20 * environment.rounds):
            for name, command in commands.items():
                walls[name].append(measure(command, stdout=subprocess.DEVNULL).wall)
    return {name: sorted(values)[len(values) // 2] for name, values in walls.items()}


def system_calls(environment):
    """bench/wasi/io.c natively, natively with the system calls of wasmrun, and under wasmrun: in turns, each in a new folder in memory."""
    source = os.path.join(environment.root, "bench", "wasi", "io.c")
    best_of = {"native": {}, "beneath": {}, "wasi": {}}
    with tempfile.TemporaryDirectory() as folder:
        native, beneath, wasm, artifact = (os.path.join(folder, name) for name in ("io", "io-beneath", "io.wasm", "io.so"))
        subprocess.run([*CLANG, "-O2", "-D_GNU_SOURCE", source, "-o", native], check=True)
        subprocess.run([*CLANG, "-O2", "-D_GNU_SOURCE", "-DBENEATH", source, "-o", beneath], check=True)
        subprocess.run([*CLANG, *GUEST, "-O2", source, "-o", wasm], check=True)
        subprocess.run([environment.tool("wasmc"), "-O2", wasm, "-o", artifact], check=True)
        commands = {"native": [native], "beneath": [beneath], "wasi": [environment.tool("wasmrun"), "--dir", ".", artifact]}
        for _ in range(environment.rounds):
            for variant, command in commands.items():
                with tempfile.TemporaryDirectory(dir="/dev/shm") as work:
                    output = subprocess.run(command, cwd=work, check=True, capture_output=True, text=True).stdout
                for name, nanoseconds in map(str.split, output.splitlines()):
                    taken = float(nanoseconds) * 1e-9
                    best_of[variant][name] = min(taken, best_of[variant].get(name, taken))
    names = [name for name in best_of["native"] if re.search(environment.filter, name)]
    ratios = {name: best_of["wasi"][name] / best_of["native"][name] for name in names}
    least = {name: best_of["beneath"][name] / best_of["native"][name] for name in names}
    rows = [
        [name, seconds(best_of["native"][name]), f"{least[name]:.2f}", seconds(best_of["wasi"][name]), f"{ratios[name]:.2f}"]
        for name in names
    ]
    table = markdown(["call", "native", "same system calls", "wasmc", "ratio"], rows)
    return {"seconds": best_of, "ratios": ratios, "table": table}


def compile_times(environment):
    rows, results = [], {}
    for name, wasm in programs.modules(environment).items():
        large = os.path.getsize(wasm) > 10_000_000
        for level in ("-O1", "-O2") if large else ("-O0", "-O1", "-O2", "-O3"):
            result = compile_once(environment, wasm, level)
            results[f"{name} {level}"] = result
            rows.append(
                [f"{name} {level}", size(os.path.getsize(wasm)), seconds(result["wall"]), seconds(result["cpu"]),
                 size(result["memory"]), size(result["artifact"]), size(result["text"])]
            )
    table = markdown(["module", "wasm", "time", "processor time", "peak memory", "artifact", ".text"], rows)
    return {"results": results, "table": table}


def compile_once(environment, wasm, level):
    with tempfile.TemporaryDirectory() as folder:
        artifact = os.path.join(folder, "out.so")
        command = [environment.tool("wasmc"), level, wasm, "-o", artifact]
        run = measure(command)
        if run.status != 0:
            raise subprocess.CalledProcessError(run.status, command)
        sections = subprocess.run(
            ["/usr/lib/llvm-22/bin/llvm-size", "-A", artifact], check=True, capture_output=True, text=True
        ).stdout
        text = int(re.search(r"^\.text\s+(\d+)", sections, re.MULTILINE)[1])
        return {"wall": run.wall, "cpu": run.cpu, "memory": run.memory, "artifact": os.path.getsize(artifact), "text": text}


def real_programs(environment):
    return programs.compare(environment)


ALL = {
    "kernels": kernels,
    "modes": modes,
    "startup": startup,
    "wasi": system_calls,
    "compile": compile_times,
    "programs": real_programs,
}
