#!/usr/bin/env bash
# A front desk calls, the lobby's board shows: two processes over a real socket with CURVE.
#   board_lan.sh FOYER_PROGRAM
set -euo pipefail
foyer=$(realpath "$1")
folder=$(mktemp -d)
pids=()
clean_up() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap clean_up EXIT
fail() {
    echo "FAILED: $1"
    tail -n 20 "$folder"/*.out "$folder"/*.log
    exit 1
}
# until_line FILE TEXT: when the file says it; tail ends with whoever reads it.
until_line() {
    grep -qF -- "$2" < <(timeout 60 tail -n +1 -F "$1" 2>/dev/null) || fail "$1 never said $2"
}

free_port() {
    local port
    while port=$((20000 + RANDOM % 20000)); do
        ss -ltn | grep -q ":$port " || break
    done
    echo "$port"
}
desk_port=$(free_port)
board_port=$((desk_port + 20000))
for name in desk board; do
    mkdir -p "$folder/$name/keys"
    chmod 700 "$folder/$name" "$folder/$name/keys"
    printf '%064d' 7 >"$folder/$name/keys/site.key"
    chmod 600 "$folder/$name/keys/site.key"
    "$foyer" --data "$folder/$name" lan key >"$folder/$name.key"
done
# config NAME INDEX PORT PEER ROLE PEERPORT
config() {
    cat >"$folder/$1.toml" <<END
[site]
name = "Sycamore Outpatient"
[device]
index = $2
[lan]
listen = "tcp://127.0.0.1:$3"
[[lan.peer]]
name = "$4"
role = "$5"
address = "tcp://127.0.0.1:$6"
public_key = '$(cat "$folder/$4.key")'
END
}
config desk 1 "$desk_port" board board "$board_port"
config board 2 "$board_port" desk desk "$desk_port"

mkfifo "$folder/orders"
"$foyer" --data "$folder/desk" --config "$folder/desk.toml" lan desk \
    <"$folder/orders" >"$folder/desk.out" 2>"$folder/desk.log" &
pids+=($!)
exec 3>"$folder/orders"
"$foyer" --data "$folder/board" --config "$folder/board.toml" --json board --silent \
    --picture "$folder/board.png" >"$folder/board.out" 2>"$folder/board.log" &
board=$!
pids+=("$board")
until_line "$folder/board.out" '{"calls":[]'
[[ -s $folder/board.png ]] || fail "no picture"
empty=$(sha256sum <"$folder/board.png")

until_line "$folder/desk.out" '"board":true'
echo 'call Fern 27 | Suite 210' >&3
until_line "$folder/board.out" '{"name":"Fern 27","place":"Suite 210"}'
[[ $(sha256sum <"$folder/board.png") != "$empty" ]] || fail "the picture is the same"
cp "$folder/board.png" "${BOARD_PICTURE:-$folder/kept.png}"

# Power: what was called before is still to be seen.
kill -9 "$board"
wait "$board" 2>/dev/null || true
"$foyer" --data "$folder/board" --config "$folder/board.toml" --json board --silent \
    --picture "$folder/board.png" >"$folder/again.out" 2>"$folder/again.log" &
pids+=($!)
until_line "$folder/again.out" '{"name":"Fern 27","place":"Suite 210"}'
echo 'call Clover 3' >&3
until_line "$folder/again.out" '[{"name":"Clover 3","place":""},{"name":"Fern 27"'
# Nothing but call names and places reached it.
grep -aq 'person-\|Zyxw' "$folder/board/foyer.db" && fail "a name is in the board's records"
echo "the board showed what the desk called, also after a power cut"
