#!/usr/bin/env bash
# Two kiosks, a clinic's server and a cut network (tests/stories/server/two_kiosks.story),
# played against a real server, with pictures; afterwards everything that the kiosks wrote
# there is judged by validators that others wrote.
#   two_kiosks.sh FOYER medplum|hapi [PICTURES]
# Exit 77: something that it needs is not here; it says what.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
checkout=$(realpath "$here/../..")
foyer=$(realpath "$1") manner=$2 pictures=${3:-}
port=${FOYER_PEER_PORT:-18161}
skip() {
    printf 'two_kiosks: skipped: %s\n' "$*" >&2
    exit 77
}
command -v node >/dev/null || skip "no Node"

scratch=$(mktemp -d "${TMPDIR:-/tmp}/foyer-two-kiosks.XXXXXX")
server=
leave() {
    [[ -z $server ]] || kill "$server" 2>/dev/null || true
    [[ -z $server ]] || wait "$server" 2>/dev/null || true
    rm -rf "$scratch"
}
trap leave EXIT
trap 'exit 143' TERM INT

node "$here/seed.mjs" --zone America/New_York --now 2026-11-20T09:41:00-05:00 \
    --print "$checkout/assets/demo/clinic.json" >"$scratch/clinic.json"
mkfifo "$scratch/ready"
"$here/$manner/start.sh" --port "$port" --seed "$scratch/clinic.json" \
    >"$scratch/ready" 2>"$scratch/server.log" &
server=$!
# Its end is the end of what there is to read.
base=$(timeout 240 sed -n '/^ready /{s///p;q}' "$scratch/ready") || true
[[ -n $base ]] || {
    cat "$scratch/server.log" >&2
    skip "the $manner server does not start"
}

sed "s|{SERVER}|$base|" "$checkout/tests/stories/server/two_kiosks.story" >"$scratch/two_kiosks.story"
[[ -z $pictures ]] || mkdir -p "$pictures"
"$foyer" play ${pictures:+--shots "$pictures"} "$scratch/two_kiosks.story"

# What the kiosks wrote: whatever carries our identifier or tag, and what they changed.
node "$here/written.mjs" "$base" "$scratch/written"
peer=$("$here/fetch_medplum.sh") || skip "the validators are not here"
count=$(find "$scratch/written" -name '*.json' | wc -l)
((count > 20)) || {
    echo "two_kiosks: only $count resources were written" >&2
    exit 1
}
find "$scratch/written" -name '*.json' -print0 | sort -z | xargs -0 node "$peer/validate.mjs" >"$scratch/verdict" || {
    cat "$scratch/verdict" >&2
    echo "two_kiosks: a resource is not valid R4" >&2
    exit 1
}
echo "two_kiosks: $manner: $count resources written, all of them valid R4"
