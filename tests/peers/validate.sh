#!/bin/sh
# $FOYER_PEER/validate.mjs on FILES, without the one finding that is the engine's own:
# fhirpath.js 5 refuses R4's expression of dom-3 (as() on a collection) as soon as a
# resource contains another one, whatever it says. push_resources_test.cpp looks at what
# dom-3 asks for.
#   validate.sh PEER FILE...
# Exit 1 and the findings if there are others.
set -eu
peer=$1
shift
list=$(mktemp)
trap 'rm -f "$list"' EXIT
node "$peer/validate.mjs" "$@" >"$list" || [ $? -eq 1 ]
grep -q '^valid' "$list" || { cat "$list"; echo "nothing was valid"; exit 1; }
awk '/^INVALID/ { head = $0; next }
     /^valid/ { next }
     / dom-3: cannot be evaluated/ || seen[$0]++ { next }
     { if (head != "") print head; head = ""; print substr($0, 1, 300); bad = 1 }
     END { exit bad }' "$list"
