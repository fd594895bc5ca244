#!/usr/bin/env bash
# Measures and writes results.md beside this file. Called by `./dev bench`.
#
# run.sh [BUILD] [--quick] [--idle-seconds N] [--units N] [--only-sync]
#
# BUILD is a release build, by default build/release. --quick: small sizes, to see that
# all of it runs; writes to BUILD/bench/results.md only. --units: how many the exchange
# drains. --only-sync: nothing but the exchange; BUILD/bench/results.md only, too. What is made for the measuring
# (clinics, a Bundle; about 300 MB) is kept in BUILD/bench/data for the next time.
set -euo pipefail
cd "$(dirname "$0")/../.."
bench=tests/bench

build=build/release quick='' idle_seconds=60 units=1000 only=''
while (($# > 0)); do
    case $1 in
        --quick) quick=yes ;;
        --idle-seconds) idle_seconds=$2 && shift ;;
        --units) units=$2 && shift ;;
        --only-sync) only=sync ;;
        -*) echo "run.sh: there is no option $1" >&2 && exit 2 ;;
        *) build=$1 ;;
    esac
    shift
done
build=$(realpath "$build")
foyer=$build/foyer config=assets/demo/foyer.toml

# Figures of an earlier run must not be taken for this one's.
out=$build/bench
mkdir -p "$out/data"
rm -f "$out"/*.json "$out/quick" "$out/results.md"
cut -d ' ' -f 1-3 /proc/loadavg >"$out/load"
export PYTHONDONTWRITEBYTECODE=1 FOYER_BENCH_DATA=$out/data
options=()
runs=(--runs 10) sessions=(--sessions 100) import=(--megabytes 50)
sync=(--units "$units") kiosks=1000 rush=(--people 300)
if [[ -n $quick ]]; then
    touch "$out/quick"
    export FOYER_BENCH_QUICK=1
    options=(--benchmark_min_time=0.005)
    runs=(--runs 2) sessions=(--sessions 6) idle_seconds=5 import=(--megabytes 1 --runs 1)
    sync=(--units 100 --visits 300 --taps 3) kiosks=10 rush=(--people 30)
else
    unset FOYER_BENCH_QUICK
fi

failed=()
# measure NAME COMMAND…: what it prints becomes NAME.json; the others go on if it fails.
measure() {
    local name=$1
    shift
    echo "$name…" >&2
    "$@" >"$out/$name.json" || {
        rm -f "$out/$name.json"
        failed+=("$name")
    }
}
if [[ -z $only ]]; then
    measure startup "$bench/startup.py" "$foyer" "$config" "${runs[@]}"
    measure idle "$bench/idle.py" "$foyer" "$config" --seconds "$idle_seconds"
    measure sessions "$bench/sessions.py" "$foyer" "$config" "${sessions[@]}"
    measure rush "$bench/rush.py" "$foyer" "$config" "${rush[@]}"
    measure taking_in "$bench/taking_in.py" "$foyer" "$config" \
        "$build/tests/support/make_clinic" "$out/data" "${import[@]}"
    mkdir -p "$out/data/forms"
    FOYER_BENCH_FORMS=$out/data/forms \
        measure bench "$build/tests/bench/foyer_bench" --benchmark_format=json "${options[@]}"
    [[ -n $quick ]] || measure peers "$bench/peers.sh" "$out/data/forms" "$out/data/peers"
fi
measure sync "$bench/sync/sync.py" "$build/tests/bench/sync/sync_bench" "${sync[@]}"
measure scale "$build/tests/scale/foyer_scale" "$kiosks"
if [[ -z $quick && -s $out/scale.json ]]; then
    tests/scale/figure.py "$out/scale.json" >docs/sync-scale.svg
fi

"$bench/report.py" "$out" "$build" >"$out/results.md"
[[ -n $quick$only ]] || cp "$out/results.md" "$bench/results.md"
sed -n '/^## Goals/,/^## Start/{/^|/p}' "$out/results.md"
echo "All figures: $out/results.md"
((${#failed[@]} == 0)) || {
    echo "Failed: ${failed[*]}" >&2
    exit 1
}
