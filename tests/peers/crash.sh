#!/usr/bin/env bash
# kill -9 in the middle of telling the server, N times; then nothing may be lost or doubled.
#   crash.sh BASE [N=100] [FOYER]
# Until N were killed (one that was done before its time is none of them). Each time a patient signs up for a class (every fifth one gives it up again), nothing of it
# sent; `foyer sync --once` starts and is killed at a random moment of its usual time. What
# the last, unhindered one leaves on the server is counted: an Appointment and a Provenance
# an act, a busy seat a booking, no audit segment twice, nothing waiting, the log whole.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
base=${1:?the base address of a FHIR server on loopback}
times=${2:-100}
foyer=$(realpath "${3:-$here/../../build/dev/foyer}")
most=$((times * 2)) # patients; a kill that comes too late costs one
seats=$((times * 7 / 10))
[[ $base == http://127.0.0.1:* ]] || { echo "loopback only" >&2; exit 2; }

scratch=$(mktemp -d "${TMPDIR:-/tmp}/foyer-crash-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
run=$(date +%s)$$
session=$("$here/classes.py" setup "$base" "$run" "$seats" "$((most + 1))" "$scratch/class.json")
printf '[site]\nid = "crash"\n[device]\nindex = 3\n[server]\nbase = "%s"\nauth = "none"\nschedules = ["Schedule/class-%s"]\n' \
    "$base" "$run" >"$scratch/foyer.toml"
kiosk() { "$foyer" --data "$scratch/data" --config "$scratch/foyer.toml" --log-level error "$@"; }
sync_once() { kiosk sync --once >"$scratch/sync.log" 2>&1 || [[ $? == 3 ]]; }
milliseconds() { echo $(($(date +%s%N) / 1000000)); }
asks() { kiosk sign-up "$session" --patient "p-$run-$1" --wait 0 "${@:2}" >/dev/null; }

kiosk import "$scratch/class.json" >/dev/null
sync_once || { cat "$scratch/sync.log" >&2; exit 1; }
# How long an unhindered one with something to say takes.
asks $((most + 1))
echo "p-$run-$((most + 1)) in" >"$scratch/expected"
from=$(milliseconds)
sync_once || { cat "$scratch/sync.log" >&2; exit 1; }
usual=$(($(milliseconds) - from + 1))

killed=0 n=0
while ((killed < times && n < most)); do
    n=$((n + 1))
    asks "$n"
    wish=in
    if ((n % 5 == 0)); then
        asks "$n" --leave
        wish=out
    fi
    echo "p-$run-$n $wish" >>"$scratch/expected"
    "$foyer" --data "$scratch/data" --config "$scratch/foyer.toml" --log-level error \
        sync --once >/dev/null 2>&1 &
    pid=$!
    moment=$((RANDOM % usual))
    sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
    if kill -9 "$pid" 2>/dev/null; then
        killed=$((killed + 1))
    else
        usual=$((usual * 9 / 10 + 20)) # the machine is faster now
    fi
    wait "$pid" 2>/dev/null || true
done
sync_once || { cat "$scratch/sync.log" >&2; exit 1; }
kiosk audit-log verify
left=$(kiosk --json status | python3 -c 'import json, sys; print(json.load(sys.stdin)["waiting_units"])')
echo "killed $killed of $n, each within the time that one takes, ${usual} ms at the end; $left units left"
((killed == times)) || { echo "WRONG: killed $killed, not $times" >&2; exit 1; }
((left == 0)) || { kiosk sync parked >&2; echo "WRONG: units are left" >&2; exit 1; }
"$here/classes.py" whole "$base" "$run" "$seats" "$((n + 1))" "$scratch/expected"
