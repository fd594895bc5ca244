#!/usr/bin/env python3
"""Starts each real server, measures the exchange against it, prints JSON.

sync.py SYNC_BENCH [--units N] [--visits N] [--taps N] [--only SERVER]

SERVERs are HAPI on PostgreSQL and Medplum's router (tests/peers/README.md). One that
cannot be started here (no Java, Maven, PostgreSQL, Node, npm or ../shared) is named with
the reason, and nothing is measured against it. What fails is named in the results; the
rest is measured all the same.
"""

import argparse
import json
import pathlib
import select
import socket
import subprocess
import sys
import time

PEERS = pathlib.Path(__file__).resolve().parents[2] / "peers"
START_LIMIT_S = 420  # a first build of HAPI's jars included
SERVERS = {
    "hapi": {"start": PEERS / "hapi/start.sh", "name": "HAPI FHIR JPA, PostgreSQL",
             "drain": 1.0, "pull": 1.0,
             "modes": ("drain", "pull", "meanwhile", "arrivals")},
    # Its searches, those before a conditional create too, look at every resource in
    # memory: README.md.
    "medplum": {"start": PEERS / "medplum/start.sh", "name": "Medplum's router, in memory",
                "drain": 0.5, "pull": 0.2, "modes": ("drain", "pull")},
}


def free_ports():
    """A port, and the one after it free, too."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port
    raise RuntimeError("no two free ports")


class Server:
    """Runs while the with block does."""

    def __init__(self, start):
        self.start, self.base, self.why = start, None, ""

    def __enter__(self):
        self.process = subprocess.Popen(
            [self.start, "--port", str(free_ports())], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        end = time.monotonic() + START_LIMIT_S
        while time.monotonic() < end and self.process.poll() is None:
            if select.select([self.process.stdout], [], [], 1)[0]:
                line = self.process.stdout.readline()
                if line.startswith("ready "):
                    self.base = line.split()[1]
                    return self
        self.process.terminate()
        said = self.process.communicate()[1].strip().splitlines()
        self.why = said[-1] if said else "it did not start"
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def measure(program, mode, base, count):
    begun = time.monotonic()
    done = subprocess.run([program, mode, base, str(count)], stdout=subprocess.PIPE,
                          text=True, check=False)
    print("  %s: %.0f s" % (mode, time.monotonic() - begun), file=sys.stderr)
    if done.returncode != 0:
        return {"failed": True}
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--visits", type=int, default=10000)
    parser.add_argument("--taps", type=int, default=20)
    parser.add_argument("--only", choices=SERVERS)
    options = parser.parse_args()

    results = {}
    for key, about in SERVERS.items():
        if options.only not in (None, key):
            continue
        result = results[key] = {"name": about["name"]}
        with Server(about["start"]) as server:
            if server.base is None:
                result["skipped"] = server.why
                print("sync.py: %s is skipped: %s" % (key, server.why), file=sys.stderr)
                continue
            counts = {"drain": int(options.units * about["drain"]),
                      "pull": int(options.visits * about["pull"]),
                      "meanwhile": min(options.units, 1000), "arrivals": options.taps}
            for mode in about["modes"]:
                count = counts[mode]
                result[mode] = measure(options.program, mode, server.base, count)
    print(json.dumps(results, indent=1))


main()
