#!/usr/bin/env bash
# Copies the Medplum peer and its validators (Node programs that lie beside the project) to
# build/peer and installs what they need. Says where they are; exit 77 without Node, npm, or
# the folder.
#   fetch_medplum.sh
set -euo pipefail
checkout=$(realpath "$(dirname "$0")/../..")
from=${FOYER_SHARED:-$checkout/../shared}/peer
peer=$checkout/build/peer

missing() {
    echo "the Medplum peer cannot be had: $*" >&2
    exit 77
}
[[ -f $from/package-lock.json || -d $peer/node_modules ]] || missing "there is no $from"
command -v node >/dev/null || missing "no node (Debian: nodejs)"

mkdir -p "$peer"
exec {lock}>"$peer.lock"
flock "$lock" # two at once fetch once
if [[ -f $from/package-lock.json ]]; then
    same=
    if cmp -s "$from/package-lock.json" "$peer/package-lock.json"; then same=yes; fi
    cp -r "$from/." "$peer/"
    if [[ -z $same || ! -d $peer/node_modules ]]; then
        command -v npm >/dev/null || missing "no npm (Debian: npm)"
        echo "Fetching the Medplum peer and the validators (build/peer.log)" >&2
        (cd "$peer" && npm ci --no-audit --no-fund) >"$peer.log" 2>&1 || {
            rm -rf "$peer/node_modules"
            tail -n 5 "$peer.log" >&2
            missing "npm could not fetch it"
        }
    fi
fi
echo "$peer"
