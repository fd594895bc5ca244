#!/bin/sh
# The ledger as it is exported, judged by validators that others wrote.
#   validate_ledger.sh TEST_PROGRAM
# Exit 77 (skipped by name) without node or without an installed peer.
set -eu
here=$(dirname "$0")
peer=${FOYER_PEER:-$here/../../build/peer}
command -v node >/dev/null || { echo "skipped: no node"; exit 77; }
[ -d "$peer/node_modules" ] || { echo "skipped: no npm ci in $peer"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
FOYER_KEEP_BUNDLES=$folder "$1" --gtest_filter='LedgerBundle.*' >"$folder/log.txt" 2>&1 || {
    tail -40 "$folder/log.txt"
    exit 1
}
count=$(find "$folder" -name 'ledger-*.json' | wc -l)
[ "$count" -ge 7 ] || { echo "only $count Bundles were written"; exit 1; }
"$here/validate.sh" "$peer" "$folder"/ledger-*.json
echo "$count Bundles and what they hold are valid"
