#!/bin/sh
# Everything a form becomes at the clinic, judged by validators that others wrote:
# the tests of forms write their Bundles, $FOYER_PEER/validate.mjs reads them.
#   validate_forms.sh TEST_PROGRAM...
# Exit 77 (skipped by name) without node or without an installed peer.
set -eu
peer=${FOYER_PEER:-$(dirname "$0")/../../../shared/peer}
command -v node >/dev/null || { echo "skipped: no node"; exit 77; }
[ -d "$peer/node_modules" ] || { echo "skipped: no npm ci in $peer"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for program in "$@"; do
    FOYER_KEEP_BUNDLES=$folder "$program" >"$folder/log.txt" 2>&1 || {
        tail -40 "$folder/log.txt"
        exit 1
    }
done
count=$(find "$folder" -name '*.json' | wc -l)
[ "$count" -ge 30 ] || { echo "only $count Bundles were written"; exit 1; }
node "$peer/validate.mjs" "$folder"/*.json | grep -v '^valid' || true
node "$peer/validate.mjs" "$folder"/*.json >/dev/null
echo "$count Bundles are valid"
