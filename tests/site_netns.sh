#!/usr/bin/env bash
# Three real devices, each in a network namespace of its own behind one bridge: a front
# desk and two kiosks (`foyer lan`). Arrivals and calls for help over a clean network, over
# one that loses every fourth packet, over a split, a killed desk and the way back; what was
# on the wire is looked through for anything readable.
#   site_netns.sh FOYER_PROGRAM
# Exit 77 (skipped by name) where namespaces, bridges or nft cannot be had.
set -euo pipefail
foyer=$(realpath "$1")
id=$$
outer=fo$id
# device -> namespace, address
names=(desk kiosk1 kiosk2)
address() { case $1 in desk) echo 10.77.0.1 ;; kiosk1) echo 10.77.0.2 ;; kiosk2) echo 10.77.0.3 ;; esac; }

skip() { echo "skipped: $1"; exit 77; }
[ "$(id -u)" = 0 ] || skip "not root"
command -v ip >/dev/null || skip "no iproute2"
command -v nft >/dev/null || skip "no nftables"
ip netns add "$outer" 2>/dev/null || skip "no network namespaces"

folder=$(mktemp -d)
pids=()
clean_up() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    for name in "${names[@]}"; do ip netns del "$outer$name" 2>/dev/null || true; done
    ip netns del "$outer" 2>/dev/null || true
    rm -rf "$folder"
}
trap clean_up EXIT

fail() {
    echo "FAILED: $1"
    for name in "${names[@]}"; do
        echo "--- $name"
        tail -n 15 "$folder/$name.out" "$folder/$name.log" || true
    done
    exit 1
}
in_ns() { ip netns exec "$1" "${@:2}"; }
in_ns "$outer" ip link add bridge0 type bridge 2>/dev/null || skip "no bridges"
in_ns "$outer" ip link set bridge0 up
for name in "${names[@]}"; do
    ip netns add "$outer$name"
    in_ns "$outer" ip link add "to_$name" type veth peer name eth0 netns "$outer$name" ||
        skip "no veth"
    in_ns "$outer" ip link set "to_$name" master bridge0 up
    in_ns "$outer$name" ip address add "$(address "$name")/24" dev eth0
    in_ns "$outer$name" ip link set lo up
    in_ns "$outer$name" ip link set eth0 up
done
in_ns "${outer}desk" nft add table inet loss 2>/dev/null || skip "no nft in this kernel"
in_ns "${outer}desk" nft delete table inet loss

# --- the devices

for name in "${names[@]}"; do
    mkdir -p "$folder/$name/keys"
    chmod 700 "$folder/$name" "$folder/$name/keys"
    printf '%064d' 7 >"$folder/$name/keys/site.key"  # all of a site share it
    chmod 600 "$folder/$name/keys/site.key"
    "$foyer" --data "$folder/$name" lan key >"$folder/$name.key"
done
# A schedule of three visits now, of people whose names would be seen.
{
    printf '{"resourceType":"Bundle","type":"collection","entry":['
    for number in 1 2 3; do
        [ $number = 1 ] || printf ','
        printf '{"resource":{"resourceType":"Patient","id":"person-%d",' $number
        printf '"name":[{"family":"Zyxwvutsky","given":["Quillonia"]}],"birthDate":"1937-04-19"}},'
        printf '{"resource":{"resourceType":"Appointment","id":"visit-%d",' $number
        printf '"status":"booked","start":"%s","end":"%s",' "$(date -u +%FT%TZ)" \
            "$(date -u -d '50 minutes' +%FT%TZ)"
        printf '"participant":[{"actor":{"reference":"Patient/person-%d"},' $number
        printf '"status":"accepted"}]}}'
    done
    printf ']}'
} >"$folder/schedule.json"
index=0
for name in "${names[@]}"; do
    {
        printf '[device]\nindex = %d\nname = "%s"\n' "$index" "$name"
        printf '[lan]\nlisten = "tcp://0.0.0.0:7733"\n'
        for other in "${names[@]}"; do
            [ "$other" = "$name" ] && continue
            role=kiosk
            [ "$other" = desk ] && role=desk
            printf '[[lan.peer]]\nname = "%s"\nrole = "%s"\n' "$other" "$role"
            printf 'address = "tcp://%s:7733"\n' "$(address "$other")"
            printf "public_key = '%s'\n" "$(cat "$folder/$other.key")"
        done
    } >"$folder/$name.toml"
    "$foyer" --data "$folder/$name" --config "$folder/$name.toml" \
        import "$folder/schedule.json" >/dev/null 2>&1 || fail "the schedule is not taken"
    mkfifo "$folder/$name.in"
    index=$((index + 1))
done

declare -A process
start() {
    local name=$1 as=run
    [ "$name" = desk ] && as=desk
    ip netns exec "$outer$name" "$foyer" --data "$folder/$name" \
        --config "$folder/$name.toml" lan "$as" <>"$folder/$name.in" \
        >>"$folder/$name.out" 2>>"$folder/$name.log" &
    process[$name]=$!
    pids+=($!)
}
order() { echo "$2" >"$folder/$1.in"; }

# sees DEVICE PATTERN COUNT WHAT [FROM]: until the device has said that many such lines, from
# line FROM on, 30 s at most.
sees() {
    grep -q . < <(timeout 30 tail --pid=$id -n "+${5:-1}" -f "$folder/$1.out" |
        grep --line-buffered -m "$3" "$2" | sed -un "$3p") || fail "$4"
    echo "ok: $4"
}
next_line() { echo $(($(wc -l <"$folder/$1.out") + 1)); }
count() { grep -c "$2" "$folder/$1.out" || true; }

# --- what is on the wire
if command -v python3 >/dev/null; then
    ip netns exec "$outer" python3 - "$folder/wire" <<'PY' &
import socket, sys
packets = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.ntohs(3))
with open(sys.argv[1], "wb", buffering=0) as file:
    while True:
        file.write(packets.recv(65535))
PY
    pids+=($!)
fi

for name in "${names[@]}"; do : >"$folder/$name.out"; start "$name"; done
for name in "${names[@]}"; do
    sees "$name" '"event":"peers".*true.*true' 1 "$name sees both others"
done
# --- a clean network
order kiosk1 "check-in visit-1"
sees kiosk1 '"code":"ok".*check-in' 1 "a check-in is acknowledged by the desk"
sees kiosk2 '"act":"check-in".*"event":"heard"' 1 "the other kiosk hears of it"
order kiosk2 help
sees kiosk2 '"code":"ok".*help' 1 "a call for help is before somebody at the desk"
[ "$(count kiosk1 '"reason":"help"')" = 0 ] || fail "a kiosk heard a call for help"

# --- every fourth packet lost, both ways, everywhere
for name in "${names[@]}"; do
    in_ns "$outer$name" nft -f - <<'NFT'
table inet loss {
    chain input { type filter hook input priority 0; numgen random mod 100 < 25 counter drop; }
}
NFT
done
order kiosk1 "check-in visit-2"
for _ in 1 2 3 4 5 6 7 8 9 10; do
    order kiosk1 help
    order kiosk2 help
done
sees desk '"act":"check-in".*"event":"heard"' 2 "an arrival gets through with a quarter of all packets lost"
sees desk '"reason":"help".*"event":"heard"' 21 "and 20 calls for help, each once"
dropped=0
for name in "${names[@]}"; do
    at=$(in_ns "$outer$name" nft list table inet loss | grep -o 'counter packets [0-9]*')
    dropped=$((dropped + ${at##* }))
    in_ns "$outer$name" nft delete table inet loss
done
[ "$dropped" -gt 0 ] || fail "the network lost nothing"
echo "   $dropped packets were lost"
sees kiosk1 '"order":"help"' 10 "the calls are over"

# --- the desk is cut off
from=$(next_line kiosk1)
in_ns "$outer" ip link set to_desk down
sees kiosk1 '"here":{"desk":false' 1 "a kiosk notices that the desk is gone" "$from"
order kiosk1 "check-in visit-3"
sees kiosk1 '"code":"offline".*check-in' 1 "a check-in is stored, and not said to be heard"
from=$(next_line kiosk1)
order kiosk1 help
sees kiosk1 '"code":"offline".*help' 1 "help says at once that nobody is there" "$from"
sees kiosk2 '"act":"check-in".*"event":"heard"' 3 "the other kiosk hears of the arrival all the same"
[ "$(count desk '"act":"check-in".*"event":"heard"')" = 2 ] || fail "the desk heard through a cut cable"
# ... killed, and started again before the cable is back
{ kill -9 "${process[desk]}" && wait "${process[desk]}"; } 2>/dev/null || true
start desk
in_ns "$outer" ip link set to_desk up
sees desk '"act":"check-in".*"event":"heard"' 3 "the desk hears of what it missed"
sees desk '"reason":"help".*"event":"heard"' 22 "and of who called for help"
# In the order of the lanes, and each once.
last=$(grep '"heard"' "$folder/desk.out" | tail -2 | grep -o '"lane":"[a-z]*"' | tr '\n' ' ')
[ "$last" = '"lane":"safety" "lane":"arrivals" ' ] || fail "not in lane order: $last"
from=$(next_line kiosk2)
order kiosk2 help
sees kiosk2 '"code":"ok".*help' 1 "all is as before" "$from"
[ "$(count desk '"act":"check-in".*"event":"heard"')" = 3 ] || fail "an arrival counted twice"
[ "$(count desk '"reason":"help".*"event":"heard"')" = 23 ] || fail "a call counted twice"

if [ -s "$folder/wire" ]; then
    bytes=$(stat -c %s "$folder/wire")
    # What ZMTP says before it encrypts: the capture does see what is said.
    grep -qaF CURVE "$folder/wire" || fail "the capture saw no connection"
    for secret in '"kind"' check-in call_name visit-1 Zyxwvutsky; do
        ! grep -qaF -- "$secret" "$folder/wire" || fail "'$secret' was readable on the wire"
    done
    echo "ok: nothing of $bytes bytes on the wire is readable"
fi
sed -n 's/.*"event":"answer","ms":\([0-9]*\),"order":"\([a-z-]*\).*/   \2: \1 ms/p' \
    "$folder"/kiosk?.out
