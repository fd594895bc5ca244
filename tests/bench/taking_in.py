#!/usr/bin/env python3
"""How fast a clinic's schedule goes in, and how much memory that takes.

taking_in.py PROGRAM CONFIG MAKE_CLINIC FOLDER [--megabytes N] [--runs N] > taking_in.json

`foyer import` as a process of its own, of a Bundle that has nothing the kiosk does not
use. The Bundle is made once and kept in FOLDER; the records are new at every run and lie
in FOLDER too.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import time

from kiosk_process import NOW, environment

TODAY = NOW[:10]


def bundle(args, folder):
    """A clinic's Bundle of at least that size."""
    file = folder / ("clinic-%dMB.json" % args.megabytes)
    wanted = args.megabytes * 1_000_000
    patients = wanted // 1200
    while not file.exists() or file.stat().st_size < wanted:
        with open(str(file) + ".part", "wb") as out:
            subprocess.run([args.make_clinic, "--today", TODAY, "--patients",
                            str(patients)], env=environment(), stdout=out, check=True)
        os.replace(str(file) + ".part", file)
        patients += patients // 10
    return file


def take_in(args, file, data):
    shutil.rmtree(data, ignore_errors=True)
    begun = time.perf_counter()
    process = subprocess.Popen(
        [args.program, "--data", data, "--config", args.config, "--now", NOW, "--json",
         "import", file], env=environment(), stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL)
    report = json.loads(process.stdout.read())
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode not in (0, 3):
        raise SystemExit("foyer import failed with %d" % process.returncode)
    records = sum(each.stat().st_size for each in pathlib.Path(data).rglob("*.db*"))
    shutil.rmtree(data)
    return {"seconds": took, "mb_per_s": file.stat().st_size / 1e6 / took,
            "cpu_s": used.ru_utime + used.ru_stime, "peak_rss": used.ru_maxrss * 1024,
            "records_bytes": records, "report": report}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("config")
    parser.add_argument("make_clinic")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()

    args.folder.mkdir(parents=True, exist_ok=True)
    file = bundle(args, args.folder)
    runs = [take_in(args, file, args.folder / "taking-in") for _ in range(args.runs)]
    middle = sorted(runs, key=lambda one: one["seconds"])[len(runs) // 2]
    print(json.dumps({"bytes": file.stat().st_size, **middle,
                      "peak_rss": max(one["peak_rss"] for one in runs),
                      "runs": len(runs)}, indent=1))


main()
