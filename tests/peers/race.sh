#!/usr/bin/env bash
# 50 kiosk processes want 20 seats of one class at one moment.
#   race.sh BASE [FOYER]      BASE: http://127.0.0.1:N/fhir; FOYER: the program
# KIOSKS, SEATS and WAIT (seconds that each waits for the server) can be set. Without a WAIT
# each stays until it has an answer; with the 3 s of a kiosk, slow ones say "asked for": with
# SYNC=1 these tell the server afterwards, and all must be booked or waiting then.
# Exit 1 when a seat was sold twice or left over, or somebody was told what is not so.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
base=${1:?the base address of a FHIR server on loopback}
foyer=$(realpath "${2:-$here/../../build/dev/foyer}")
kiosks=${KIOSKS:-50} seats=${SEATS:-20} wait=${WAIT:-120}
[[ $base == http://127.0.0.1:* ]] || { echo "loopback only" >&2; exit 2; }

scratch=$(mktemp -d "${TMPDIR:-/tmp}/foyer-race-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
run=$(date +%s)$$
session=$("$here/classes.py" setup "$base" "$run" "$seats" "$kiosks" "$scratch/class.json")

config() { # index
    printf '[site]\nid = "race"\n[device]\nindex = %d\n[server]\nbase = "%s"\nauth = "none"\nschedules = ["Schedule/class-%s"]\n' \
        $(($1 % 16)) "$base" "$run"
}
# One kiosk learns the class, the patients and what the server can do; the others are copies.
config 0 >"$scratch/first.toml"
"$foyer" --data "$scratch/first" --config "$scratch/first.toml" --log-level error \
    import "$scratch/class.json" >/dev/null
"$foyer" --data "$scratch/first" --config "$scratch/first.toml" --log-level error \
    sync --once >"$scratch/first.log" || [[ $? == 3 ]] || { cat "$scratch/first.log" >&2; exit 1; }
for n in $(seq "$kiosks"); do
    cp -r "$scratch/first" "$scratch/k$n"
    config "$n" >"$scratch/k$n.toml"
done

pids=()
for n in $(seq "$kiosks"); do
    (
        while [[ ! -e $scratch/go ]]; do sleep 0.02; done
        exec "$foyer" --data "$scratch/k$n" --config "$scratch/k$n.toml" --log-level error --json \
            sign-up "$session" --patient "p-$run-$n" --wait "$wait"
    ) >"$scratch/told$n.json" 2>"$scratch/error$n" &
    pids+=($!)
done
sleep 1
touch "$scratch/go"
for pid in "${pids[@]}"; do wait "$pid" || true; done
cat "$scratch"/error* >&2
"$here/classes.py" truth "$base" "$run" "$seats" "$scratch"/told*.json
[[ -n ${SYNC:-} ]] || exit 0
for n in $(seq "$kiosks"); do
    grep -q '"state":"asked"' "$scratch/told$n.json" || continue
    "$foyer" --data "$scratch/k$n" --config "$scratch/k$n.toml" --log-level error \
        sync --once >"$scratch/sync.log" 2>&1 || [[ $? == 3 ]] || { cat "$scratch/sync.log" >&2; exit 1; }
done
"$here/classes.py" settled "$base" "$run" "$seats" "$kiosks"
