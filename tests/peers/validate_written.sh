#!/bin/sh
# What tests write for the clinic, judged by validators that others wrote: the programs are
# run with FOYER_KEEP_BUNDLES and FOYER_EXPORTS, and validate.sh reads what lies there then.
# `./dev test` fetches the peer into build/peer, where there are Node and npm.
#   validate_written.sh FILTER LEAST PROGRAM...
# FILTER is gtest's; fewer than LEAST resources are a failure.
# Exit 77 (skipped by name) without node or without an installed peer.
set -eu
here=$(dirname "$0")
peer=${FOYER_PEER:-$here/../../build/peer}
command -v node >/dev/null || { echo "skipped: no node"; exit 77; }
[ -d "$peer/node_modules" ] || { echo "skipped: no npm ci in $peer"; exit 77; }
filter=$1 least=$2
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for program in "$@"; do
    FOYER_KEEP_BUNDLES=$folder FOYER_EXPORTS=$folder "$program" \
        --gtest_filter="$filter" >"$folder/log.txt" 2>&1 || {
        tail -40 "$folder/log.txt"
        exit 1
    }
done
count=$(find "$folder" -name '*.json' | wc -l)
[ "$count" -ge "$least" ] || { echo "only $count resources were written"; exit 1; }
"$here/validate.sh" "$peer" "$folder"/*.json
echo "$count resources and Bundles are valid"
