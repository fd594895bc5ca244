#!/usr/bin/env python3
"""Writes results.md from what the other scripts measured.

report.py FOLDER BUILD > results.md

FOLDER holds bench.json (Google Benchmark), startup.json, sessions.json, rush.json, idle.json,
taking_in.json, peers.json, sync.json and scale.json; BUILD is the build directory. What is
missing is said to be missing.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys

FOLDER, BUILD = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
MB = 1e6


def read(name):
    file = FOLDER / name
    return json.loads(file.read_text()) if file.exists() and file.stat().st_size else None


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True,
                              check=False).stdout.strip()
    except OSError:
        return ""


def first_match(pattern, path, otherwise="unknown"):
    try:
        found = re.search(pattern, pathlib.Path(path).read_text(), re.M)
    except OSError:
        found = None
    return found.group(1).strip() if found else otherwise


def table(head, rows):
    """Markdown, the first column to the left and the others to the right."""
    lines = ["| " + " | ".join(head) + " |",
             "|---" + "|---:" * (len(head) - 1) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def short(number):
    """Three figures that count."""
    if number == 0:
        return "0"
    digits = max(0, 2 - int(f"{abs(number):e}".split("e")[1]))
    return f"{number:,.{digits}f}"


# --- the machine -------------------------------------------------------------------------


def disk_of(path):
    kind = output("findmnt", "-n", "-o", "FSTYPE,SOURCE", "--target", str(path))
    return " on ".join(kind.split()) or "unknown"


def machine(startup):
    compiler = first_match(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", BUILD / "CMakeCache.txt", "c++")
    build = first_match(r"^CMAKE_BUILD_TYPE:\w+=(.*)$", BUILD / "CMakeCache.txt")
    # The cache has CMake's own flags, which CMakeLists.txt replaces.
    flags = " ".join(re.findall(r"(?:^|(?<=\s))-[Ogm]\S*",
                                first_match(r"^  FLAGS = (.*)$", BUILD / "build.ninja", "")))
    memory = int(first_match(r"^MemTotal:\s+(\d+)", "/proc/meminfo", "0")) * 1024
    renderer = {"cpu": "ours, on the CPU (platform/raster.h)", "gpu": "SDL_Renderer, GL"}
    rows = [
        ("Processor", "%s, %d cores" % (
            first_match(r"^model name\s*:\s*(.*)$", "/proc/cpuinfo"), os.cpu_count())),
        ("Memory", "%.1f GB" % (memory / 1e9)),
        ("Kernel", os.uname().release),
        ("System", first_match(r'^PRETTY_NAME="(.*)"$', "/etc/os-release")),
        ("Disk", disk_of(FOLDER)),
        ("Compiler", "%s; %s %s" % (
            (output(compiler, "--version").splitlines() or ["unknown"])[0], build, flags)),
        ("Display", "Xvfb 1080 x 1920; drawn by: " +
         renderer.get((startup or {}).get("renderer"), "unknown")),
        ("Sources", output("git", "-C", str(pathlib.Path(__file__).parent), "describe",
                           "--always", "--dirty") or "unknown"),
        ("Date", datetime.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %Z")),
        ("Load when it began", first_match(r"^(.*)$", FOLDER / "load")),
    ]
    return table(["Machine", ""], rows).replace("|---:|", "|---|")


# --- goals -------------------------------------------------------------------------------


class Goals:
    """Figures beside what they should be."""

    def __init__(self):
        self.rows = []

    def at_most(self, what, goal, figure, unit, note=""):
        if figure is None:
            verdict, said = "not measured", ""
        else:
            verdict = "met" if figure <= goal else "**missed**"
            said = short(figure) + unit
        self.rows.append([what + (" (%s)" % note if note else ""),
                          "≤ " + short(goal) + unit, said, verdict])

    def at_least(self, what, goal, figure, unit, why=""):
        if figure is None:
            verdict, said = "not measured" + (": " + why if why else ""), ""
        else:
            verdict = "met" if figure >= goal else "**missed**"
            said = short(figure) + unit
        self.rows.append([what, "≥ " + short(goal) + unit, said, verdict])


def benches(bench):
    """Google Benchmark's results by name; those that failed are told apart."""
    results, failed = {}, []
    for one in (bench or {}).get("benchmarks", []):
        if one.get("error_occurred"):
            failed.append("%s: %s" % (one["name"], one.get("error_message")))
        else:
            results[re.sub(r"/(manual_time|iterations:\d+)", "", one["name"])] = one
    return results, failed


def worst(results, start, counter):
    times = [(one[counter], name) for name, one in results.items()
             if name.startswith(start)]
    return max(times) if times else (None, "")


def us_to_ms(us):
    return None if us is None else us / 1000


def percent(part):
    return None if part is None else 100 * part


def sync_goals(table_of, sync, scale):
    for one in (sync or {"": {"name": "a real server"}}).values():
        broken = [mode for mode in ("drain", "pull", "meanwhile") if "failed" in one.get(mode, {})]
        why = one.get("skipped", "failed: " + ", ".join(broken) if broken else "")
        table_of.at_least("Drain, share of a bare client: " + one["name"], 80,
                          percent(one.get("drain", {}).get("share")), " %", why)
        table_of.at_least("Pull, share of a bare client: " + one["name"], 80,
                          percent(one.get("pull", {}).get("share")), " %", why)
        if "drain" in one and "meanwhile" not in one:
            continue
        meanwhile = one.get("meanwhile", {})
        still, busy = (meanwhile.get(key, {}).get("p99_us")
                       for key in ("other_client", "exchange"))
        # Two runs of one thing differ by this much on a shared machine.
        table_of.at_most("UI build p99 while it drains, beside the same with another client's "
                         "requests instead: " + one["name"], 1.1,
                         busy / still if busy and still else None, "")
    table_of.at_most("1,000 kiosks after an outage of an hour: busiest 10 s over the mean at "
                     "rest", 3, (scale or {}).get("peak_over_steady"), "")


def goals(results, startup, sessions, idle, rush_hour, sync, scale):
    table_of = Goals()
    median = (startup or {}).get("median", {})
    ready = median.get("ready_s")
    table_of.at_most("Start to the first picture a patient can use, median",
                     150, None if ready is None else ready * 1000, " ms")
    p50, screen = worst(results, "build", "p50_us")
    table_of.at_most("UI build, p50 of the slowest screen", 1, us_to_ms(p50), " ms", screen)
    p99, screen = worst(results, "build", "p99_us")
    table_of.at_most("UI build, p99 of the slowest screen", 1, us_to_ms(p99), " ms", screen)
    classes = results.get("build/classes.500", {})
    table_of.at_most("UI build of a day of 500 classes, p99", 1,
                     us_to_ms(classes.get("p99_us")), " ms")
    found = results.get("find_me/100000", {})
    table_of.at_most("Find-me among 100,000, p99", 1, us_to_ms(found.get("p99_us")), " ms")
    table_of.at_most("Check-in beside bare SQLite, ratio of the medians", 1.3,
                     results.get("check_in", {}).get("ratio_p50"), "")
    answered = results.get("form_answer/500_items", {})
    table_of.at_most("An answer and what follows, form of 500 items, p50", 0.2,
                     us_to_ms(answered.get("p50_us")), " ms")
    reckoned = results.get("ledger/visits_to_hours", {})
    table_of.at_most("Ledger of 200 patients over 90 days, p50", 10,
                     us_to_ms(reckoned.get("p50_us")), " ms")
    table_of.at_most("%d people sign in with a slip, one after the other" %
                     (rush_hour or {}).get("people", 300), 600,
                     (rush_hour or {}).get("seconds"), " s")
    table_of.at_most("Of them the slowest, slip to \"You are signed in\"", 5000,
                     (rush_hour or {}).get("person_ms", {}).get("max"), " ms")
    after = list((sessions or {}).get("memory_after", {}).items())
    table_of.at_most("Resident memory after %s sessions" % (after[-1][0] if after else "100"),
                     80, after[-1][1]["rss"] / MB if after else None, " MB")
    table_of.at_most("Frames a minute, idle", 2, (idle or {}).get("frames_a_minute"), "")
    table_of.at_most("Wake-ups a minute, idle (all context switches)", 120,
                     (idle or {}).get("switches_a_minute"), "")
    sync_goals(table_of, sync, scale)
    return table(["Goal", "", "figure", ""], table_of.rows)


# --- raw tables --------------------------------------------------------------------------


def forms(results, peers):
    """Ours in µs, and how many times that the peers take for the same, in the same run."""
    rows = []
    for name in ("phq9", "500_items", "5000_items_500_expressions"):
        for kind, said in (("form_load", "read"), ("form_first_item", "to the first screen"),
                           ("form_answer", "an answer and what follows")):
            one = results.get("%s/%s" % (kind, name))
            if not one:
                continue
            ours = one.get("p50_us", one["real_time"])
            theirs = [(peers or {}).get("%s/%s" % (who, name), {}).get("p50_us")
                      for who in (("lforms/form_load", "-") if kind == "form_load" else
                                  ("lforms/form_answer", "fhirpath.js/expression")
                                  if kind == "form_answer" else ("-", "-"))]
            rows.append([name.replace("_", " ") + ": " + said, short(ours)] +
                        ["%s (%s ×)" % (short(us), short(us / ours)) if us else ""
                         for us in theirs])
    versions = (peers or {}).get("versions", {})
    heads = ["Forms (µs, median)", "Foyer", "LHC-Forms " + versions.get("lforms", ""),
             "fhirpath.js %s, the expression alone" % versions.get("fhirpath", "")]
    return table(heads, rows) + ("" if peers else "\n\nThe peers were not measured.")


def fhirpath(results):
    rows = [[name.split("/", 1)[1], short(one["real_time"]),
             short(one["items_per_second"]) if "items_per_second" in one else ""]
            for name, one in results.items() if name.startswith("fhirpath/")]
    return table(["FHIRPath", "µs", "evaluations a second"], rows)


def screens(results):
    columns = [("build", "build p50", "build p99"),
               ("build_es_largest", "es, largest: p50", "p99"),
               ("draw", "drawn p50", "drawn p99")]
    names = [name.split("/", 1)[1] for name in results if name.startswith("build/")]
    rows = []
    for name in names:
        row = [name]
        for kind, *_ in columns:
            one = results.get(kind + "/" + name, {})
            row += [short(one[key] / 1000) if key in one else ""
                    for key in ("p50_us", "p99_us")]
        rows.append(row)
    return table(["Screen (ms)"] + [head for _, *both in columns for head in both], rows)


def taps(results):
    said = [("button_pressed_", "finger down on a button: its pressed look"),
            ("next_screen_", "finger up: the next screen, laid out for the first time"),
            ("key_pressed_", "finger down on a key of the keyboard"),
            ("letter_", "finger up: the letter in its field"),
            ("wiped_and_back_", "finger up on Back: session wiped, Welcome again")]
    one = results.get("tap", {})
    rows = [[what, short(one[key + "p50_us"] / 1000), short(one[key + "p99_us"] / 1000),
             "%d" % one[key + "times"]] for key, what in said if key + "p50_us" in one]
    return table(["Tap to shown (ms)", "p50", "p99", "times"], rows)


def finding(results):
    rows = [["%s patients" % f"{int(name.split('/')[1]):,}", short(one["p50_us"]),
             short(one["p99_us"]), "%d" % one["times"]]
            for name, one in results.items() if name.startswith("find_me/")]
    return table(["Find-me (µs)", "p50", "p99", "times"], rows)


def ledger(results):
    said = [("events_to_visits", "which events stand, and the stays they make"),
            ("visits_to_hours", "hours, services, weeks and dates from those")]
    rows = [[what, short(one["p50_us"] / 1000), short(one["p99_us"] / 1000),
             "%d" % one["times"]]
            for name, what in said if (one := results.get("ledger/" + name))]
    return table(["Ledger of 200 patients, 90 days (ms)", "p50", "p99", "times"], rows)


def check_in(results):
    one = results.get("check_in")
    rows = [[what, short(one[key + "p50_us"]), short(one[key + "p99_us"]),
             "%d" % one[key + "times"]]
            for key, what in (("", "Store::check_in()"), ("bare_", "the same rows, bare"))
            ] if one else []
    return table(["Check-in, commit included (µs)", "p50", "p99", "times"], rows)


def starts(startup):
    if not startup:
        return "Not measured."
    keys = [("display_ready_s", "window open", 1000), ("first_frame_s", "first picture", 1000),
            ("ready_s", "usable", 1000), ("inner_ready_ms", "usable, by its own clock", 1),
            ("running_s", "CPU", 1000),
            ("rss", "resident MB", 1 / MB)]
    rows = [[str(number)] + [short(one[key] * factor) for key, _, factor in keys]
            for number, one in enumerate(startup["runs"], 1)]
    rows.append(["median"] + [short(startup["median"][key] * factor)
                              for key, _, factor in keys])
    return table(["Start (ms)"] + [head for _, head, _ in keys], rows)


def memory(sessions):
    if not sessions:
        return "Not measured."
    rows = [[number, short(one["rss"] / MB), short(one["anonymous"] / MB),
             short(one["peak"] / MB)] for number, one in sessions["memory_after"].items()]
    return table(["Sessions", "resident MB", "of it not of files", "peak"], rows)


def rush(measured):
    if not measured:
        return "Not measured."
    figures = ["median", "p95", "p99", "max"]
    rows = [[what] + [short(measured[key][figure]) + " ms" for figure in figures]
            for what, key in (("a person, by a slip alone", "person_ms"),
                              ("of it until it is stored for good", "stored_ms"),
                              ("a picture, built and drawn", "frame_ms"),
                              ("a person with three taps", "with_taps_ms"),
                              ("signing out, slip and tap", "sign_out_ms"))]
    return (table(["%d sign-ins" % measured["people"]] + figures, rows) +
            "\n\nAll of them: %s s of the ten minutes. %d units wait for the server "
            "afterwards (each person: two sign-ins, one sign-out, the audit log)." %
            (short(measured["seconds"]), measured["waiting_units"]))


def stillness(idle):
    if not idle:
        return "Not measured."
    rows = [["measured for", short(idle["seconds"]) + " s"],
            ["CPU time", "%s s (%s %%)" % (short(idle["cpu_s"]), short(idle["cpu_percent"]))],
            ["frames a minute", short(idle["frames_a_minute"])],
            ["times the loop woke, a minute", short(idle["wake_ups_a_minute"])],
            ["voluntary context switches a minute, all threads",
             short(idle["sleeps_a_minute"])],
            ["all context switches a minute", short(idle["switches_a_minute"])],
            ["resident memory", short(idle["rss"] / MB) + " MB"]]
    return table(["Idle", ""], rows)


def import_(taking_in):
    if not taking_in:
        return "Not measured."
    taken = sum(counts["added"] for counts in taking_in["report"]["types"].values())
    rows = [["Bundle", short(taking_in["bytes"] / MB) + " MB"],
            ["resources taken", f"{taken:,}"],
            ["time", short(taking_in["seconds"]) + " s"],
            ["CPU time", short(taking_in["cpu_s"]) + " s"],
            ["speed", short(taking_in["mb_per_s"]) + " MB/s"],
            ["peak resident memory", short(taking_in["peak_rss"] / MB) + " MB"],
            ["records on disk", short(taking_in["records_bytes"] / MB) + " MB"]]
    return table(["Import (median of %d)" % taking_in["runs"], ""], rows)


def beside_bare(one, things):
    """A row: how many, a second each way, shares."""
    if "share" not in one:
        return ["failed"] * 6
    count = one["bundles"] if things == "units" else one["visits"]
    return [f"{count:,}", short(count / one["engine_s"]), short(count / one["bare_s"]),
            short(100 * one["share"]), short(100 * one["share_median"]),
            "%d" % one["turns"]]


def exchange(sync):
    if not sync:
        return "Not measured."
    parts, drained, pulled, during, arrived = [], [], [], [], []
    for one in sync.values():
        name = one["name"]
        if "skipped" in one:
            parts.append("%s: not measured: %s" % (name, one["skipped"]))
            continue
        drain, pull = one["drain"], one["pull"]
        drained.append(["**" + name + "**"] + beside_bare(drain, "units"))
        for kind, of in drain.get("kinds", {}).items():
            drained.append(["turns mostly of: " + kind] + beside_bare(of, "units"))
        if drain.get("left") or drain.get("parked"):
            parts.append("%s: %d units were left, %d parked" %
                         (name, drain["left"], drain["parked"]))
        pulled.append([name] + beside_bare(pull, "visits"))
        if pull.get("right") != pull.get("visits"):
            parts.append("%s: **%s of %s visits are right after the pull**" %
                         (name, pull.get("right"), pull.get("visits")))
        meanwhile = one.get("meanwhile", {})
        for key, said in (("still", "nothing else"), ("other_client", "another client sends"),
                          ("exchange", "the exchange drains")):
            if key in meanwhile:
                of = meanwhile[key]
                memory = meanwhile.get("memory_" + key)
                during.append([name + ": " + said, short(of["p50_us"] / 1000),
                               short(of["p99_us"] / 1000), f"{of['frames']:,}",
                               short(memory / MB) if memory else ""])
        arrivals = one.get("arrivals", {})
        for key, said in (("server", "its server"), ("second_kiosk", "a second kiosk, by pull"),
                          ("second_kiosk_lan", "a second kiosk, by the site's own network")):
            if key in arrivals:
                of = arrivals[key]
                arrived.append([name + ": " + said, short(of["p50_ms"]), short(of["p99_ms"]),
                                "%d" % of["times"]])
    heads = ["units a second", "bare client", "share %", "median of turns %", "turns"]
    return "\n\n".join(parts + [
        table(["Drain", "Bundles"] + heads, drained),
        table(["Pull of changed Appointments", "visits"] + ["visits a second"] + heads[1:],
              pulled),
        table(["UI build (ms) meanwhile", "p50", "p99", "frames", "resident MB"], during),
        table(["From a check-in stored at a kiosk to (ms)", "p50", "p99", "times"], arrived),
    ])


def many_kiosks(scale):
    if not scale:
        return "Not measured."
    rest, after = scale["steady"], scale["after"]
    rows = [["requests a second, mean"] + [short(one["requests_a_second"])
                                           for one in (rest, after)],
            ["busiest 10 s"] + [short(one["busiest_10_seconds"]) for one in (rest, after)],
            ["busiest second"] + [short(one["busiest_second"]) for one in (rest, after)],
            ["MB a second, unpacked"] + [short(one["bytes_a_second"] / MB)
                                         for one in (rest, after)]]
    rows += [["of the mean: " + name] + [short(one["by_purpose_a_second"][name])
                                         for one in (rest, after)]
             for name in scale["series_of"] if name != "in vain"]
    return table(["%s kiosks (simulated)" % f"{scale['kiosks']:,}", "at rest",
                  "%d min after an outage of %d min" % (scale["minutes"]["after"],
                                                        scale["minutes"]["outage"])],
                 rows) + (
        "\n\nA check-in with its paperwork: %s requests, %s kB. %d check-ins, %d units; "
        "%d still wait at the end. More: sync/README.md." %
        (short(scale["requests_a_check_in"]), short(scale["bytes_a_check_in"] / 1000),
         scale["check_ins"], scale["units"], scale["left_waiting"]))


def main():
    bench, startup = read("bench.json"), read("startup.json")
    sessions, idle, taking_in = read("sessions.json"), read("idle.json"), read("taking_in.json")
    sync, scale = read("sync.json"), read("scale.json")
    rush_hour = read("rush.json")
    results, failed = benches(bench)
    quick = (FOLDER / "quick").exists()
    parts = [
        "# Results",
        "Written by `./dev bench`; what each figure means and leaves out: README.md. MB are "
        "10^6 bytes.",
        "**A quick run, to see that all of it runs: sizes are small and figures mean "
        "nothing.**" if quick else "",
        machine(startup), "## Goals",
        goals(results, startup, sessions, idle, rush_hour, sync, scale),
        "\n".join("Failed: " + each for each in failed),
        "## Start", starts(startup), "## Idle", stillness(idle), "## Memory",
        memory(sessions), "## Rush", rush(rush_hour), "## Tap to shown", taps(results),
        "## Finding a patient", finding(results), "## Ledger", ledger(results), "## Check-in", check_in(results),
        "## Import", import_(taking_in),
        "## Exchange with a server", exchange(sync), "## Many kiosks", many_kiosks(scale),
        "## Forms", forms(results, read("peers.json")), fhirpath(results),
        "## Screens", screens(results),
    ]
    print("\n\n".join(part for part in parts if part))


main()
