#!/usr/bin/env python3
"""Memory after a day of patients.

sessions.py PROGRAM CONFIG [--sessions N] > sessions.json

Real sessions at full speed over the control socket, on 1080 x 1920 pixels: everybody
finds their visit by name and birth date and checks in, every second one in Spanish,
every third prints a slip, every fourth walks away and is wiped, every fifth asks for
help first.
"""

import argparse
import json
import pathlib
import tempfile

from kiosk_process import Controlled, run


def letters(number):
    """A number as a name: there are no digits in one."""
    return "".join(chr(ord("a") + int(digit)) for digit in "%03d" % number)


def clinic(patients):
    """A Bundle of that many people, each with a visit today at 10:00."""
    entries = [{"resourceType": "Practitioner", "id": "dana",
                "name": [{"family": "Reyes", "given": ["Dana"]}]},
               {"resourceType": "Location", "id": "suite-210", "name": "Suite 210"}]
    for number in range(patients):
        who = "p%d" % number
        entries.append({
            "resourceType": "Patient", "id": who, "birthDate": born(number),
            "name": [{"family": family(number), "given": ["Grace"]}],
            "telecom": [{"system": "phone", "value": "(413) 555-0117"}]})
        entries.append({
            "resourceType": "Appointment", "id": "a%d" % number, "status": "booked",
            "start": "2026-11-23T10:00:00-05:00", "end": "2026-11-23T20:00:00-05:00",
            "serviceType": [{"coding": [{"system": "urn:foyer:service",
                                         "code": "individual"}]}],
            "participant": [{"actor": {"reference": reference}, "status": "accepted"}
                            for reference in ("Patient/" + who, "Practitioner/dana",
                                              "Location/suite-210")]})
    return {"resourceType": "Bundle", "type": "collection",
            "entry": [{"resource": resource} for resource in entries]}


def family(number):
    return "Castellano" + letters(number)


def born(number):
    return "%04d-%02d-%02d" % (1940 + number % 60, 1 + number % 12, 1 + number % 28)


def typed_birthday(number, spanish):
    year, month, day = born(number).split("-")
    return (day + month if spanish else month + day) + year


def session(kiosk, number):
    spanish = number % 2 == 1
    kiosk.expect("Welcome")
    if spanish:
        kiosk.tap("footer.language.es")
    if number % 5 == 4:
        kiosk.tap("footer.help")
        kiosk.expect("Help")
        kiosk.tap("help.back")
    kiosk.tap("welcome.check_in")
    kiosk.ask(do="type", text=family(number))
    kiosk.ask(do="key", name="enter")
    kiosk.ask(do="type", text=typed_birthday(number, spanish))
    kiosk.tap("key.next")
    kiosk.expect("ConfirmIdentity")
    kiosk.tap("confirm.yes")
    kiosk.expect("TodaysVisits")
    kiosk.tap("visits.check_in")
    if kiosk.shown["screen"] == "ConfirmContact":
        kiosk.tap("contact.yes")
    # The demo clinic asks for forms: put off, or begun and left for later.
    if kiosk.shown["screen"] == "FormsOffered":
        if number % 2 == 0:
            kiosk.tap("forms.not_now")
        else:
            kiosk.tap("forms.start")
            kiosk.expect("FormQuestions")
            kiosk.tap("form.leave")
            kiosk.tap("form_leave.later")
    kiosk.expect("Done")
    if number % 3 == 2:
        kiosk.tap("done.print")
    if number % 4 == 3:
        # Longer than any screen waits: the cover comes, and the session is wiped.
        kiosk.ask(do="wait", ms=180_000)
    else:
        kiosk.tap("common.finish")
    kiosk.expect("Welcome")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("config")
    parser.add_argument("--sessions", type=int, default=100)
    args = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        data = folder + "/data"
        bundle = pathlib.Path(folder) / "clinic.json"
        bundle.write_text(json.dumps(clinic(args.sessions)))
        run(args.program, ["import", str(bundle)], data, args.config)
        with Controlled(args.program, data, args.config) as kiosk:
            memory = {0: kiosk.memory()}
            for number in range(args.sessions):
                session(kiosk, number)
                if number + 1 in (1, 10, 50, args.sessions):
                    memory[number + 1] = kiosk.memory()
            printed = kiosk.shown["printed"]
    print(json.dumps({"sessions": args.sessions, "slips_printed": printed,
                      "memory_after": memory}, indent=1))


main()
