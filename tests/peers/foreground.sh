#!/usr/bin/env bash
# Sourced by the start.sh of each server: it starts in the foreground, says when it is ready,
# and leaves nothing behind, whichever of them dies first.
set -euo pipefail

# The process that started us is gone: so are we. Once more through exec, since the kernel
# tells only a process that asked.
if [[ -z ${FOYER_PEER_BOUND:-} ]]; then
    command -v setpriv >/dev/null || {
        echo "$0: setpriv of util-linux is missing" >&2
        exit 1
    }
    FOYER_PEER_BOUND=1 exec setpriv --pdeathsig TERM "$BASH" "$0" "$@"
fi
unset FOYER_PEER_BOUND

name=$(basename "$(dirname "$(realpath "$0")")")
here=$(dirname "$(realpath "$0")")
# shellcheck disable=SC2034  # for those who source this
checkout=$(realpath "$here/../../..")

die() {
    printf '%s: %s\n' "$name" "$*" >&2
    exit 1
}
# require PROGRAM PACKAGE…: says what is missing and where Debian has it.
require() {
    command -v "$1" >/dev/null || die "$1 is missing; Debian has it in ${*:2}"
}

# require_free PORT…: another server's answer must not pass for ours.
require_free() {
    local wanted
    for wanted in "$@"; do
        if (exec 3<>"/dev/tcp/127.0.0.1/$wanted") 2>/dev/null; then
            die "port $wanted is in use; another --port N is needed"
        fi
    done
}

# What this run started, and the signal that ends each; where this run keeps things.
started=() signals=()
scratch=
leave() {
    trap - EXIT INT TERM HUP
    local index
    for ((index = ${#started[@]} - 1; index >= 0; index--)); do
        kill "-${signals[index]}" "${started[index]}" 2>/dev/null || true
        wait "${started[index]}" 2>/dev/null || true
    done
    [[ -z $scratch ]] || rm -rf "$scratch"
}
trap leave EXIT
trap 'exit 143' TERM
trap 'exit 130' INT HUP

# make_scratch: a folder of this run alone, that `leave` removes.
make_scratch() {
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/foyer-$name.XXXXXX")
}

# start SIGNAL LOG COMMAND…: in the background; that signal ends it, and comes even if we
# are killed with -9.
start() {
    local signal=$1 log=$2
    shift 2
    setpriv --pdeathsig "$signal" "$@" </dev/null >"$log" 2>&1 &
    started+=($!)
    signals+=("$signal")
}

# await SECONDS LOG COMMAND…: until it succeeds; ends with the log if the process last
# started ends first.
await() {
    local left=$(($1 * 5)) log=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        kill -0 "${started[-1]}" 2>/dev/null || {
            tail -n 30 "$log" >&2
            die "it ended before it was ready; see above"
        }
        ((left-- > 0)) || {
            tail -n 30 "$log" >&2
            die "it was not ready in time; see above"
        }
        sleep 0.2
    done
}

# serve ADDRESS LOG: says so, and stays until the server or we are told to end.
serve() {
    printf 'ready %s\n' "$1"
    # `wait` lets a signal through at once, a foreground command would not.
    wait "${started[-1]}" || true
    tail -n 30 "$2" >&2
    die "the server ended by itself; see above"
}
