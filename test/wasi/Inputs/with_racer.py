"""with_racer.py A B -- COMMAND...: runs COMMAND while A and B are exchanged, again and again."""

import ctypes
import os
import subprocess
import sys

split = sys.argv.index("--")
first, second = (os.fsencode(path) for path in sys.argv[1:split])
libc = ctypes.CDLL(None, use_errno=True)
AT_FDCWD, RENAME_EXCHANGE = -100, 2

with subprocess.Popen(sys.argv[split + 1 :]) as process:
    exchanged = 0
    while process.poll() is None:
        for _ in range(1000):
            exchanged += libc.renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE) == 0
if exchanged == 0:
    sys.exit("nothing was exchanged, so the test has tested nothing")
sys.exit(process.returncode)
