# answer.py PROGRAM [ARG...]: waits for a line of the program's, then gives it "x" as input. Prints what it writes.
import subprocess
import sys

program = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
line = program.stdout.readline()
print(line + program.communicate("x")[0], end="")
sys.exit(program.returncode)
