#!/usr/bin/env python3
"""300 people sign in at one kiosk within ten minutes.

rush.py PROGRAM CONFIG [--people N] > rush.json

Ten groups of thirty. Everybody holds a slip of the morning's group and one of the
afternoon's. In the morning each is asked once whether the phone number is right; in the
afternoon a slip alone signs in, one after the other, as in a rush. Real flow, records and
pictures at 1080 x 1920 over the control socket; no server, so that everything waits.

A person's time is from the slip before the scanner to the frame that says "signed in",
with the frames between; stored for good is what it takes until the sign-in can no longer
be lost. The kiosk's clock stands still meanwhile; what is spread over ten minutes is only
more quiet for the same work.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile
import time

from kiosk_process import NOW, Controlled, environment, run

GROUP = 30


def entries(people):
    yield {"resourceType": "Location", "id": "room-juniper", "name": "Room Juniper"}
    for number in range(people):
        yield {"resourceType": "Patient", "id": "p%d" % number,
               "birthDate": "%04d-%02d-%02d" % (1940 + number % 60, 1 + number % 12,
                                                1 + number % 28),
               "name": [{"family": "Castellano", "given": ["Grace"]}],
               "telecom": [{"system": "phone", "value": "(413) 555-0117"}]}
    for first in range(0, people, GROUP):
        who = ["Patient/p%d" % number
               for number in range(first, min(first + GROUP, people))]
        for name, start, end in (("am", "09:45", "10:45"), ("pm", "13:00", "14:00")):
            yield {"resourceType": "Appointment", "id": "%s%d" % (name, first // GROUP),
                   "status": "booked", "start": "2026-11-23T%s:00-05:00" % start,
                   "end": "2026-11-23T%s:00-05:00" % end,
                   "serviceType": [{"coding": [{"system": "urn:foyer:service",
                                                "code": "group"}]}],
                   "participant": [{"actor": {"reference": reference},
                                    "status": "accepted"}
                                   for reference in who + ["Location/room-juniper"]]}


def slips(kiosk, part, people):
    return [kiosk.ask(do="token", appointment="%s%d" % (part, number // GROUP),
                      patient="p%d" % number)["token"] for number in range(people)]


def spread(values):
    values = sorted(values)
    at = lambda share: values[min(len(values) - 1, int(share * len(values)))]
    return {"median": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": values[-1]}


def waiting(program, data, config):
    said = subprocess.run(
        [program, "--data", data, "--config", config, "--now", NOW, "status", "--json"],
        env=environment(), check=True, capture_output=True, text=True)
    return json.loads(said.stdout)["waiting_units"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("config")
    parser.add_argument("--people", type=int, default=300)
    args = parser.parse_args()
    people = args.people

    with tempfile.TemporaryDirectory() as folder:
        data = folder + "/data"
        bundle = pathlib.Path(folder) / "clinic.json"
        bundle.write_text(json.dumps({
            "resourceType": "Bundle", "type": "collection",
            "entry": [{"resource": resource} for resource in entries(people)]}))
        run(args.program, ["import", str(bundle)], data, args.config)
        with Controlled(args.program, data, args.config) as kiosk:
            tapped, times, frames, stored, out = [], [], [], [], []
            for slip in slips(kiosk, "am", people):
                begun = time.perf_counter()
                kiosk.ask(do="scan", text=slip)
                kiosk.tap("confirm.yes")
                kiosk.tap("visits.check_in")
                kiosk.tap("contact.yes")
                kiosk.expect("Done")
                tapped.append(time.perf_counter() - begun)
                kiosk.tap("common.finish")
            kiosk.ask(do="clock", set="2026-11-23T10:46:00-05:00")
            for slip in slips(kiosk, "am", people):
                begun = time.perf_counter()
                kiosk.ask(do="scan", text=slip)
                kiosk.tap("signed_in.sign_out")
                kiosk.expect("AttendanceSaid")
                out.append(time.perf_counter() - begun)
            kiosk.ask(do="clock", set="2026-11-23T12:50:00-05:00")
            tokens = slips(kiosk, "pm", people)
            whole = time.perf_counter()
            for slip in tokens:
                begun = time.perf_counter()
                kiosk.ask(do="scan", text=slip)
                kiosk.expect("SignedInNow")
                times.append(time.perf_counter() - begun)
                frames += kiosk.shown["drawn_us"]
                stored.append(kiosk.shown["durable_us"])
            whole = time.perf_counter() - whole
            memory = kiosk.memory()
        backlog = waiting(args.program, data, args.config)
    print(json.dumps({
        "people": people, "seconds": whole,
        "person_ms": spread([1000 * one for one in times]),
        "frame_ms": spread([one / 1000 for one in frames]),
        "with_taps_ms": spread([1000 * one for one in tapped]),
        "sign_out_ms": spread([1000 * one for one in out]),
        "stored_ms": spread([one / 1000 for one in stored]), "waiting_units": backlog,
        "rss": memory["rss"]}, indent=1))


main()
