#!/usr/bin/env bash
# A HAPI FHIR JPA server (R4) on loopback with a database of its own, gone when this ends.
#   start.sh --port N [--dir D] [--seed BUNDLE.json] [--zone ZONE] [--h2]
# PostgreSQL listens on N+1. D is where logs stay; without it they go with the rest.
# Prints "ready http://127.0.0.1:N/fhir" once it answers. ../README.md tells the rest.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/../foreground.sh"

port='' logs='' seed='' zone='' database=postgresql
while (($#)); do
    case $1 in
        --port) port=$2 && shift ;;
        --dir) logs=$2 && shift ;;
        --seed) seed=$2 && shift ;;
        --zone) zone=$2 && shift ;;
        --h2) database=h2 ;;
        *) die "no option $1; there are --port --dir --seed --zone --h2" ;;
    esac
    shift
done
[[ $port =~ ^[0-9]+$ ]] || die "--port N is needed"
require_free "$port" $((port + 1))
require java openjdk-17-jre-headless
require curl curl
[[ -z $seed ]] || require node nodejs

# --- The program: built once, and again when its sources change --------------------------

built=$checkout/build/peers/hapi
build() {
    if [[ -f $built/server.jar ]] &&
        [[ -z $(find "$here/pom.xml" "$here/src" -newer "$built/server.jar" -print -quit) ]]; then
        return
    fi
    require mvn maven
    require javac openjdk-17-jdk-headless
    local maven=(nice mvn -B -f "$here/pom.xml" "-Dout=$built" package)
    echo "$name: building (build/peers/hapi.log)" >&2
    # Jars of another version must not stay beside the new ones; and none is written into
    # while a server of another run reads it.
    [[ $built/server.jar -nt $here/pom.xml ]] || rm -rf "${built:?}/lib"
    rm -f "$built/server.jar"
    # What Maven has fetched before is enough; only a first build asks the network.
    "${maven[@]}" --offline >"$built.log" 2>&1 || "${maven[@]}" >"$built.log" 2>&1 || {
        tail -n 30 "$built.log" >&2
        die "Maven could not build it; see above"
    }
}
mkdir -p "$built"
exec {lock}>"$built.lock"
flock "$lock" # two starts at once build once
build
exec {lock}>&-

# --- The database: a cluster that lives as long as this run ------------------------------

make_scratch
if [[ -n $logs ]]; then
    mkdir -p "$logs"
else
    logs=$scratch
fi

# PostgreSQL refuses to run as root; and a process that changes its user forgets whose death
# it follows, so that is asked for again.
as_owner=(env)
if ((EUID == 0)); then
    id postgres >/dev/null 2>&1 || die "root needs the user postgres; Debian makes it with postgresql"
    as_owner=(setpriv --reuid postgres --regid postgres --init-groups --pdeathsig QUIT)
fi
start_postgresql() {
    local bin
    bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    [[ -x $bin/initdb ]] || die "PostgreSQL is missing; Debian has it in postgresql"
    local cluster=$scratch/cluster
    mkdir "$cluster"
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    echo "$password" >"$scratch/password"
    if ((EUID == 0)); then chown -R postgres: "$scratch"; fi
    (cd "$scratch" && "${as_owner[@]}" "$bin/initdb" -D "$cluster" -U fhir -E UTF8 --locale=C.UTF-8 \
        --auth=scram-sha-256 --pwfile="$scratch/password" --no-sync) >"$logs/initdb.log" 2>&1 || {
        tail -n 10 "$logs/initdb.log" >&2
        die "initdb failed; see above"
    }
    # Nothing outlives the run, so nothing waits for the disk.
    start QUIT "$logs/postgresql.log" "${as_owner[@]}" "$bin/postgres" -D "$cluster" -p $((port + 1)) -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= -c fsync=off -c synchronous_commit=off \
        -c full_page_writes=off -c max_connections=60
    await 30 "$logs/postgresql.log" "$bin/pg_isready" -q -h 127.0.0.1 -p $((port + 1)) -U fhir -d postgres
}

if [[ $database == h2 ]]; then
    export SPRING_DATASOURCE_URL='jdbc:h2:mem:peer;DB_CLOSE_DELAY=-1'
else
    start_postgresql
    # By environment: command lines are for everyone to read.
    export SPRING_DATASOURCE_URL=jdbc:postgresql://127.0.0.1:$((port + 1))/postgres
    export SPRING_DATASOURCE_USERNAME=fhir SPRING_DATASOURCE_PASSWORD=$password
fi

# --- The server --------------------------------------------------------------------------

base=http://127.0.0.1:$port/fhir
start KILL "$logs/server.log" env SERVER_PORT="$port" java -Xmx900m -XX:+UseSerialGC \
    -Djava.io.tmpdir="$scratch" -cp "$built/server.jar:$built/lib/*" \
    foyer.peer.Server
await 180 "$logs/server.log" curl -sf "$base/metadata"
if [[ -n $seed ]]; then
    node "$here/../seed.mjs" ${zone:+--zone "$zone"} --to "$base" "$seed" >&2 || die "it could not be seeded"
fi
serve "$base" "$logs/server.log"
