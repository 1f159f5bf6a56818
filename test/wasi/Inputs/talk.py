"""talk.py WASMRUN FILE: runs FILE with a listening socket, says hello to it, and prints the answer."""

import socket
import subprocess
import sys
import time

# A port that was free a moment ago.
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
with subprocess.Popen([sys.argv[1], "--tcplisten", f"127.0.0.1:{port}", sys.argv[2]]) as server:
    deadline = time.monotonic() + 60
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port))
            break
        except ConnectionRefusedError:
            if time.monotonic() > deadline or server.poll() is not None:
                sys.exit("nobody listens")
            time.sleep(0.05)
    with connection:
        connection.sendall(b"hello")
        print(connection.recv(100).decode())
sys.exit(server.returncode)
