#!/usr/bin/env python3
"""From the start of the process to the first picture a patient can use.

startup.py PROGRAM CONFIG [--runs N] > startup.json

Measured from outside: spawn to the arrival of the log's line, so the second start by
which the process hardens itself, loading libraries and opening the records are all in
it. Warm: the files were read before. The display is Xvfb.
"""

import argparse
import json
import statistics
import tempfile

from kiosk_process import Display, Kiosk, run


def start(display, args, data):
    with Kiosk.on(display, args.program, data, args.config) as kiosk:
        shown, on_screen = kiosk.event("display_ready")
        first, first_picture = kiosk.event("first_frame")
        ready, ready_after = kiosk.event("ready")
        running = kiosk.activity()["running_s"]
        memory = kiosk.memory()
        kiosk.end()
    return {"display_ready_s": on_screen, "first_frame_s": first_picture,
            "ready_s": ready_after, "inner_first_frame_ms": int(first["took_ms"]),
            "inner_ready_ms": int(ready["took_ms"]), "renderer": shown["drawn_by"],
            "running_s": running,
            "rss": memory["rss"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("config")
    parser.add_argument("--runs", type=int, default=10)
    args = parser.parse_args()

    with tempfile.TemporaryDirectory() as data, Display() as display:
        run(args.program, ["demo"], data, args.config)
        start(display, args, data)
        runs = [start(display, args, data) for _ in range(args.runs)]
    median = {name: statistics.median(one[name] for one in runs)
              for name in runs[0] if name != "renderer"}
    print(json.dumps({"median": median, "runs": runs,
                      "renderer": runs[0]["renderer"]}, indent=1))


main()
