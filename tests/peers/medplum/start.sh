#!/usr/bin/env bash
# Medplum's FHIR router as a server on loopback, in memory, gone when this ends.
#   start.sh --port N [--dir D] [--seed BUNDLE.json] [--zone ZONE] [OPTION of server.mjs…]
# Its control port (cut, faults, log, dump) is N+1. Further options are the server's own:
# --token --log --latency-ms --fail-rate --drop-rate --rng --big-transactions.
# Prints "ready http://127.0.0.1:N/fhir/R4" once it answers. ../README.md tells the rest.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/../foreground.sh"

port='' logs='' seed='' zone='' passed_on=()
while (($#)); do
    case $1 in
        --port) port=$2 && shift ;;
        --dir) logs=$2 && shift ;;
        --seed) seed=$(realpath "$2") && shift ;;
        --zone) zone=$2 && shift ;;
        *) passed_on+=("$1") ;;
    esac
    shift
done
[[ $port =~ ^[0-9]+$ ]] || die "--port N is needed"
require_free "$port" $((port + 1))
require node nodejs
require curl curl
peer=$("$here/../fetch_medplum.sh") || exit $?

make_scratch
if [[ -n $logs ]]; then
    mkdir -p "$logs"
else
    logs=$scratch
fi
if [[ -n $seed ]]; then
    node "$here/../seed.mjs" ${zone:+--zone "$zone"} --print "$seed" >"$scratch/seed.json" ||
        die "$seed cannot be read"
    passed_on+=(--seed "$scratch/seed.json")
fi

base=http://127.0.0.1:$port/fhir/R4
start KILL "$logs/server.log" node "$peer/server.mjs" --port "$port" "${passed_on[@]}"
# Its control port answers even while faults are asked for.
await 30 "$logs/server.log" curl -sf "http://127.0.0.1:$((port + 1))/status"
serve "$base" "$logs/server.log"
