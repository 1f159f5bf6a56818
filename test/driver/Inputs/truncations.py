"""truncations.py TOOL FILE SCRATCH: runs TOOL on FILE cut short at many lengths; each has to be a plain error."""

import subprocess
import sys

tool, file, scratch = sys.argv[1:]
with open(file, "rb") as f:
    whole = f.read()
assert subprocess.run([tool, file], stdout=subprocess.DEVNULL).returncode == 0
for size in [*range(0, 200, 3), *range(200, len(whole), 97), len(whole) - 1]:
    with open(scratch, "wb") as f:
        f.write(whole[:size])
    run = subprocess.run([tool, scratch], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if run.returncode != 1 or run.stdout or run.stderr.count("\n") != 1 or ": error: " not in run.stderr:
        sys.exit(f"cut at {size}: exit status {run.returncode}: {run.stderr}")
print("every truncation: exit status 1, one line of error")
