#!/usr/bin/env bash
# An authorization server for SMART Backend Services on loopback, and a door before a FHIR
# server that asks for its tokens; gone when this ends.
#   start.sh --port N --jwks PUBLIC.json [--dir D] [OPTION of server.mjs…]
# Prints "ready ORIGIN[/fhir]" once it answers: with --protect the base of the protected
# FHIR server. server.mjs lists the options, ../README.md tells the rest.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/../foreground.sh"

port='' logs='' path='' scheme=http options=()
while (($#)); do
    case $1 in
        --port) port=$2 && options+=("$1" "$2") && shift ;;
        --dir) logs=$2 && shift ;;
        --jwks | --client-ca) options+=("$1" "$(realpath "$2")") && shift ;;
        --tls)
            scheme=https
            options+=("$1" "$(realpath "$2")" "$(realpath "$3")") && shift 2
            ;;
        --protect)
            path=/${2#*://*/}
            path=${path%/}
            options+=("$1" "$2") && shift
            ;;
        *) options+=("$1") ;;
    esac
    shift
done
[[ $port =~ ^[0-9]+$ ]] || die "--port N is needed"
require_free "$port"
require node nodejs

built=$checkout/build/peers/oidc
mkdir -p "$built"
exec {lock}>"$built.lock"
flock "$lock" # two starts at once install once
if [[ ! -d $built/node_modules ]] || ! cmp -s "$here/package-lock.json" "$built/package-lock.json"; then
    require npm npm
    cp "$here/package.json" "$here/package-lock.json" "$built/"
    (cd "$built" && npm ci --no-audit --no-fund) >"$built.log" 2>&1 || {
        rm -rf "$built/node_modules"
        tail -n 10 "$built.log" >&2
        die "npm could not fetch oidc-provider; see above"
    }
fi
cp "$here/server.mjs" "$built/"
exec {lock}>&-

make_scratch
if [[ -n $logs ]]; then
    mkdir -p "$logs"
else
    logs=$scratch
fi
start KILL "$logs/server.log" node "$built/server.mjs" "${options[@]}"
# It may ask us for a certificate; its own line says as much as an answer would.
await 30 "$logs/server.log" grep -q '^listening' "$logs/server.log"
serve "$scheme://127.0.0.1:$port$path" "$logs/server.log"
