#!/usr/bin/env bash
# Everything that is asked of real servers: the interop suite, signing in, the two kiosks,
# the race for seats and the crash loop. `./dev test peers` builds and calls this.
#   run.sh BUILD [hapi|medplum ...]
# BUILD is a build directory with foyer, tests/interop_test and tests/peers_smart_test.
# CRASHES (100) is how often a kiosk is killed on each server. Closes with
# "N passed, N failed, N skipped"; exit 1 when something failed.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
checkout=$(realpath "$here/../..")
build=$(realpath "$1")
shift
manners=("$@")
((${#manners[@]})) || manners=(medplum hapi)
export FOYER_ASSETS=$build/share/foyer
port=${FOYER_PEER_PORT:-18201}
logs=$checkout/build/peers/logs
mkdir -p "$logs"

passed=0 failed=0 skipped=0
server=
stop_server() {
    [[ -z $server ]] && return
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}
trap stop_server EXIT
trap 'exit 143' TERM INT

# one NAME COMMAND…: runs it, tells what came of it, and the line it closes with.
one() {
    local name=$1 log=$logs/${1// /-}.log code=0
    shift
    "$@" >"$log" 2>&1 || code=$?
    case $code in
        0) passed=$((passed + 1)) && printf 'well     %s: %s\n' "$name" "$(tail -n 1 "$log")" ;;
        77) skipped=$((skipped + 1)) && printf 'skipped  %s: %s\n' "$name" "$(tail -n 1 "$log")" ;;
        *)
            failed=$((failed + 1))
            printf 'FAILED   %s (%s)\n' "$name" "$log"
            tail -n 15 "$log"
            ;;
    esac
}

# start_server MANNER: sets base; false where it cannot be had.
start_server() {
    local ready=$logs/$1.ready log=$logs/$1.server.log
    rm -f "$ready"
    mkfifo "$ready"
    "$here/$1/start.sh" --port "$port" --zone America/New_York \
        --seed "$checkout/assets/demo/clinic.json" >"$ready" 2>"$log" &
    server=$!
    # Its end is the end of what there is to read.
    base=$(timeout 300 sed -n '/^ready /{s///p;q}' "$ready") || true
    [[ -n $base ]] && return 0
    stop_server
    skipped=$((skipped + 1))
    printf 'skipped  %s: %s\n' "$1" "$(tail -n 1 "$log")"
    return 1
}

for manner in "${manners[@]}"; do
    start_server "$manner" || continue
    one "$manner interop" env FOYER_PEER_BASE="$base" FOYER_PEER_MANNER="$manner" \
        "$build/tests/peers/interop_test" --gtest_brief=1
    one "$manner race" "$here/race.sh" "$base" "$build/foyer"
    one "$manner crash loop" "$here/crash.sh" "$base" "${CRASHES:-100}" "$build/foyer"
    stop_server
    one "$manner two kiosks" env FOYER_PEER_PORT="$port" \
        "$here/two_kiosks.sh" "$build/foyer" "$manner" "$checkout/build/peers/pictures-$manner"
done
one "signing in" "$build/tests/peers/peers_smart_test" --gtest_brief=1

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0))
