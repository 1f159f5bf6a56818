"""Where things are, how they are built and run, and what was measured on which machine."""

import dataclasses
import json
import os
import platform
import subprocess
import time


@dataclasses.dataclass
class Environment:
    root: str
    tree: str  # the build tree
    rounds: int
    filter: str

    def tool(self, name):
        return os.path.join(self.tree, "bin", name)

    @property
    def artifacts(self):
        return os.path.join(self.tree, "bench", "artifacts")

    def results(self, name):
        folder = os.path.join(self.tree, "bench", "results")
        os.makedirs(folder, exist_ok=True)
        return os.path.join(folder, name)

    def build(self):
        targets = ["wasmc", "wasmrun", "wasmc-bench-kernels", "wasmc-bench-startup", "wasmc-bench-footprint", "bench-artifacts"]
        subprocess.run(["cmake", "--build", self.tree, "--target", *targets], check=True, stdout=subprocess.DEVNULL)

    def save(self, name, result):
        with open(self.results(name + ".json"), "w", encoding="utf-8") as file:
            json.dump({"machine": describe_machine(), **result}, file, indent=1)


@dataclasses.dataclass
class Run:
    """A finished process."""

    wall: float  # seconds
    cpu: float  # seconds, user and system
    memory: int  # peak, in bytes
    status: int


def measure(command, **options):
    """Runs a command to its end; keyword arguments are those of subprocess.Popen."""
    start = time.perf_counter()
    with subprocess.Popen(command, **options) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Run(
        time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, process.returncode
    )


def describe_machine():
    model = platform.processor()
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return f"{model}, {os.cpu_count()} processors, Linux {platform.release()}"
