#!/usr/bin/env python3
"""What a kiosk does while nobody touches it.

idle.py PROGRAM CONFIG [--seconds N] > idle.json

CPU time and context switches are the kernel's, over all threads, from some seconds after
the first picture on. Frames and wake-ups are the program's own count: those of a kiosk
left alone for the whole time less those of one ended where the count begins.
"""

import argparse
import json
import tempfile
import time

from kiosk_process import Display, Kiosk, run

# What a start leaves to be done is done by then.
SETTLED = 8


def left_alone(display, args, data, seconds):
    """Answers what it did in that time, and all frames and wake-ups since its start."""
    with Kiosk.on(display, args.program, data, args.config) as kiosk:
        kiosk.event("ready")
        time.sleep(SETTLED)
        before, begun = kiosk.activity(), time.monotonic()
        time.sleep(seconds)
        after, took = kiosk.activity(), time.monotonic() - begun
        memory = kiosk.memory()
        counted = kiosk.end()
    done = {name: after[name] - before[name] for name in before}
    return {**done, "seconds": took, "rss": memory["rss"]}, counted


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("config")
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()

    with tempfile.TemporaryDirectory() as data, Display() as display:
        run(args.program, ["demo"], data, args.config)
        _, at_start = left_alone(display, args, data, 0)
        idle, in_all = left_alone(display, args, data, args.seconds)
    a_minute = 60 / idle["seconds"]
    print(json.dumps({
        **idle,
        "frames_a_minute": (in_all["frames"] - at_start["frames"]) * a_minute,
        "wake_ups_a_minute": (in_all["wake_ups"] - at_start["wake_ups"]) * a_minute,
        "switches_a_minute": (idle["voluntary"] + idle["involuntary"]) * a_minute,
        "sleeps_a_minute": idle["voluntary"] * a_minute,
        "cpu_percent": 100 * idle["cpu_s"] / idle["seconds"],
    }, indent=1))


main()
