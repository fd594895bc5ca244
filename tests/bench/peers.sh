#!/usr/bin/env bash
# Measures LHC-Forms and fhirpath.js on the forms that foyer_bench left.
#
# peers.sh FORMS PACKAGES: the results go to stdout as JSON, nothing if there is no Node or
# the packages cannot be had. They are fetched once into PACKAGES (60 MB), at fixed versions;
# the program itself uses none of this.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
forms=$(realpath "$1")
mkdir -p "$2"
cd "$2"
command -v node npm >/dev/null || {
    echo "peers.sh: no Node here; the peers are not measured" >&2
    exit 0
}
if [[ ! -d node_modules/fhirpath || ! -d package ]]; then
    {
        echo '{"private":true}' >package.json
        npm install --no-audit --no-fund fhirpath@5.2.2 jsdom@26 &&
            npm pack lforms@40.1.3 && tar xzf lforms-40.1.3.tgz
    } >npm.log 2>&1 || {
        echo "peers.sh: npm could not fetch the peers ($2/npm.log); they are not measured" >&2
        exit 0
    }
fi
node "$here/forms_peer.mjs" "$forms" .
