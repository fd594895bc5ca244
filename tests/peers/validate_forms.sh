#!/bin/sh
# Everything a form becomes at the clinic, judged by validators that others wrote:
# the tests of forms write what they export, $FOYER_PEER/validate.mjs reads it.
# `./dev test` fetches the peer into build/peer, where there are Node and npm.
#   validate_forms.sh TEST_PROGRAM...
# Exit 77 (skipped by name) without node or without an installed peer.
set -eu
peer=${FOYER_PEER:-$(dirname "$0")/../../build/peer}
command -v node >/dev/null || { echo "skipped: no node"; exit 77; }
[ -d "$peer/node_modules" ] || { echo "skipped: no npm ci in $peer"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for program in "$@"; do
    FOYER_KEEP_BUNDLES=$folder FOYER_EXPORTS=$folder "$program" \
        --gtest_filter='-FormReading.*:Samples.*' >"$folder/log.txt" 2>&1 || {
        tail -40 "$folder/log.txt"
        exit 1
    }
done
count=$(find "$folder" -name '*.json' | wc -l)
[ "$count" -ge 100 ] || { echo "only $count resources were written"; exit 1; }
node "$peer/validate.mjs" "$folder"/*.json | grep -v '^valid' || true
node "$peer/validate.mjs" "$folder"/*.json >/dev/null
echo "$count resources and Bundles are valid"
