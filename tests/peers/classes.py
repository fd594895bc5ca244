#!/usr/bin/env python3
"""A class on a FHIR server for race.sh and crash.sh, and what became of it.

    classes.py setup BASE RUN SEATS PATIENTS OUT.json   a Schedule, Slots and Patients; the
                                                        same as a Bundle for `foyer import`
    classes.py truth BASE RUN SEATS TOLD...             what processes were told, against the
                                                        server; exit 1 if they differ
    classes.py settled BASE RUN SEATS PATIENTS          every one of them booked or waiting
    classes.py whole BASE RUN SEATS PATIENTS EXPECTED   nothing lost, nothing doubled

Loopback only. RUN makes the ids of one run its own.
"""
import collections
import datetime
import json
import sys
import urllib.request

TAKEN = {"booked", "pending", "arrived", "checked-in", "fulfilled"}


def ask(base, path, method="GET", body=None):
    request = urllib.request.Request(
        f"{base}/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/fhir+json", "Cache-Control": "no-cache"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def found(base, query):
    """Every resource that a search finds, over all pages."""
    page = ask(base, query + "&_count=200")
    while True:
        yield from (entry["resource"] for entry in page.get("entry", []))
        following = [link["url"] for link in page.get("link", []) if link["relation"] == "next"]
        if not following:
            return
        page = ask(base, following[0].split(base, 1)[1].lstrip("/") if base in following[0] else following[0])


def starts():
    day = datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=3)
    return f"{day}T13:30:00.000Z", f"{day}T14:20:00.000Z"


def setup(base, run, seats, patients, out):
    start, end = starts()
    schedule = f"class-{run}"
    resources = [
        {
            "resourceType": "Schedule",
            "id": schedule,
            "active": True,
            "serviceType": [{"text": "Yoga"}],
            "actor": [{"display": "Studio"}],
        }
    ]
    resources += [
        {"resourceType": "Patient", "id": f"p-{run}-{n}", "name": [{"family": f"Race{n}", "given": ["A"]}]}
        for n in range(1, patients + 1)
    ]
    resources += [
        {
            "resourceType": "Slot",
            "id": f"seat-{run}-{n}",
            "schedule": {"reference": f"Schedule/{schedule}"},
            "status": "free",
            "start": start,
            "end": end,
        }
        for n in range(1, seats + 1)
    ]
    for resource in resources:
        ask(base, f"{resource['resourceType']}/{resource['id']}", "PUT", resource)
    with open(out, "w", encoding="utf-8") as file:
        bundle = {"resourceType": "Bundle", "type": "collection"}
        bundle["entry"] = [{"resource": resource} for resource in resources]
        json.dump(bundle, file)
    print(f"{schedule}@{start}")


class Server:
    """What the server has of one run, by patient."""

    def __init__(self, base, run):
        start, _ = starts()
        self.slots = {slot["id"]: slot for slot in found(base, f"Slot?schedule=Schedule/class-{run}")}
        day = start[:10]
        self.appointments = [
            each
            for each in found(base, f"Appointment?date=ge{day}T00:00:00Z&date=le{day}T23:59:59Z")
            if any(p.get("actor", {}).get("reference", "").startswith(f"Patient/p-{run}-") for p in each["participant"])
        ]
        self.by_patient = collections.defaultdict(list)
        for each in self.appointments:
            self.by_patient[each["participant"][0]["actor"]["reference"].split("/")[1]].append(each)
        self.busy = {name for name, slot in self.slots.items() if slot["status"] == "busy"}
        self.booked = [each for each in self.appointments if each["status"] in TAKEN]
        self.waiting = [each for each in self.appointments if each["status"] == "waitlist"]

    def faults(self):
        """What is wrong whatever was asked for."""
        seats = [each["slot"][0]["reference"].split("/")[-1] for each in self.booked]
        for seat, count in collections.Counter(seats).items():
            if count > 1:
                yield f"seat {seat} was sold {count} times"
        for seat in self.busy - set(seats):
            yield f"seat {seat} is busy and nobody's"
        for seat in set(seats) - self.busy:
            yield f"seat {seat} is somebody's and not busy"
        names = [i["value"] for each in self.appointments for i in each.get("identifier", [])]
        for name, count in collections.Counter(names).items():
            if count > 1:
                yield f"{name} is there {count} times"


def verdict(faults):
    for fault in faults[:20]:
        print("WRONG:", fault)
    sys.exit(1 if faults else 0)


def truth(base, run, seats, files):
    server = Server(base, run)
    faults = list(server.faults())
    states = collections.Counter()
    times = []
    for name in files:
        with open(name, encoding="utf-8") as file:
            text = file.read()
        try:
            told = json.loads(text)
        except json.JSONDecodeError:
            faults.append(f"{name} says nothing: {text[:100]!r}")
            continue
        states[told["state"]] += 1
        times.append(told["milliseconds"])
        real = server.by_patient[told["patient"]]
        if told["state"] == "asked":
            continue  # it promised nothing
        if len(real) != 1:
            faults.append(f"{told['patient']} has {len(real)} Appointments")
            continue
        seat = real[0].get("slot", [{"reference": "Slot/"}])[0]["reference"].split("/")[1]
        said = (told["state"], told["slot"])
        is_so = ("confirmed" if real[0]["status"] in TAKEN else "waiting", seat)
        if said != is_so:
            faults.append(f"{told['patient']} was told {said}, and it is {is_so}")
        if told["state"] == "waiting" and told["place"] < 1:
            faults.append(f"{told['patient']} was told no place")
    if len(server.booked) != min(seats, len(files)) and states["asked"] == 0:
        faults.append(f"{len(server.booked)} of {seats} seats were sold")
    times.sort()
    print(
        f"{len(server.booked)} booked, {len(server.waiting)} waiting, {len(server.busy)} busy Slots; "
        f"{len(files)} processes told: " + ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    )
    if times:
        print(f"told after {times[len(times) // 2]} ms (half), {times[-1]} ms (the last)")
    verdict(faults)


def settled(base, run, seats, patients):
    server = Server(base, run)
    faults = list(server.faults())
    print(f"then: {len(server.booked)} booked, {len(server.waiting)} waiting, {len(server.busy)} busy Slots")
    if len(server.booked) != min(seats, patients) or len(server.booked) + len(server.waiting) != patients:
        faults.append(f"not {min(seats, patients)} booked and {max(0, patients - seats)} waiting")
    verdict(faults)


def whole(base, run, seats, patients, expected):
    """`expected`: a line each, "p-RUN-1 in" or "p-RUN-1 out"."""
    server = Server(base, run)
    faults = list(server.faults())
    for line in open(expected, encoding="utf-8"):
        patient, wish = line.split()
        real = [each for each in server.by_patient[patient] if each["status"] != "cancelled"]
        if wish == "in" and len(real) != 1:
            faults.append(f"{patient} wants a seat and has {len(real)} Appointments")
        if wish == "out" and real:
            faults.append(f"{patient} gave it up and has {len(real)} Appointments")
        if len(server.by_patient[patient]) != 1:
            faults.append(f"{patient} has {len(server.by_patient[patient])} Appointments in all")
    acts = collections.Counter()
    for each in server.appointments:
        unit = each["identifier"][0]["value"].split("/")[0]
        tag = f"urn:foyer:op%7C{unit}/provenance"
        acts[unit] = len(list(found(base, f"Provenance?_tag={tag}")))
    for unit, count in acts.items():
        if count != 1:
            faults.append(f"act {unit} has {count} Provenances")
    events = [
        tag["code"]
        for event in found(base, "AuditEvent?_lastUpdated=ge2020-01-01")
        for tag in event.get("meta", {}).get("tag", [])
    ]
    for tag, count in collections.Counter(events).items():
        if count > 1:
            faults.append(f"{tag} is there {count} times")
    print(
        f"{len(server.appointments)} Appointments of {patients} patients ({len(server.booked)} booked, "
        f"{len(server.waiting)} waiting), {len(server.busy)} of {seats} seats busy, "
        f"{sum(acts.values())} Provenances, {len(set(events))} audit segments"
    )
    verdict(faults)


if __name__ == "__main__":
    what, base, run, *rest = sys.argv[1:]
    if what == "setup":
        setup(base, run, int(rest[0]), int(rest[1]), rest[2])
    elif what == "truth":
        truth(base, run, int(rest[0]), rest[1:])
    elif what == "settled":
        settled(base, run, int(rest[0]), int(rest[1]))
    else:
        whole(base, run, int(rest[0]), int(rest[1]), rest[2])
