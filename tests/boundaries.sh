#!/usr/bin/env bash
# Who may include whom. Prints every line that breaks a rule; run by ctest.
#
# boundaries.sh [ROOT]: the tree to look at, by default the one this file stands in.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

found=0
# forbid RULE REGEX FOLDERS [ALLOWED]: no file in FOLDERS has a line of REGEX, except
# those whose path matches ALLOWED.
forbid() {
    local rule=$1 regex=$2 folders=$3 allowed=${4:-^$}
    local hits
    # shellcheck disable=SC2086  # FOLDERS is a list
    hits=$(grep -rnE --include='*.h' --include='*.cpp' "$regex" $folders |
        grep -vE "^($allowed):" || true)
    [[ -z $hits ]] && return
    found=1
    printf '%s\n%s\n\n' "$rule" "$hits"
}
include() { printf '^ *# *include *[<"](%s)' "$1"; }

# kiosk -> sync -> platform.
forbid 'platform knows neither sync nor kiosk' "$(include '(sync|kiosk|tests)/')" platform
forbid 'sync does not know kiosk' "$(include '(kiosk|tests)/')" sync
forbid 'the program does not know its tests' "$(include 'tests/')" kiosk
forbid 'includes are written from the root' "$(include '\.')" 'platform sync kiosk tests'

# A library behind one door can be changed at one place.
product='platform sync kiosk'
forbid 'only kiosk sees ImGui' "$(include 'imgui')" 'platform sync'
forbid 'only sync/records sees SQLite' "$(include 'sqlite3|SQLiteCpp')" "$product" \
    'sync/records/[^:]*\.cpp'
forbid "only a device's own file sees its vendor header" "$(include 'cups/|linux/|libudev')" \
    "$product" 'platform/(printer_ipp|pwg_raster|scanner_[a-z]+|key_map|input_[a-z]+)\.cpp'
forbid 'only platform/http_curl sees curl' "$(include 'curl/')" "$product tests" \
    'platform/http_curl\.cpp'
forbid 'only what signs and checks keys sees OpenSSL' "$(include 'openssl/')" "$product" \
    '(platform/tls_files|sync/server/smart_assertion)\.cpp'
forbid 'only sync/server/smart_assertion sees libjwt' "$(include 'jwt')" "$product tests" \
    'sync/server/smart_assertion\.cpp'
forbid 'only platform sees SDL' "$(include 'SDL')" 'sync kiosk'
forbid 'tl::expected is seen through platform/result.h' "$(include 'tl/expected')" \
    "$product tests" 'platform/result\.h'
forbid 'only sync/site sees ZeroMQ' "$(include 'zmq')" "$product" 'sync/site/[^:]*\.cpp'

# Build time: what is slow to read is read by the one file that needs it.
forbid 'heavy headers stay out of ours' \
    "$(include 'nlohmann/json\.hpp|spdlog|SQLiteCpp|sqlite3|toml|date/|pango|cairo|unicode/|SDL|imgui|CLI')" \
    "$product" '[^:]*\.cpp'

# What lies on one developer's machine lies on no other.
forbid 'no path of one machine' '"/([h]ome|[r]oot|[w]ork|[U]sers)/' 'platform sync kiosk tests'

exit "$found"
