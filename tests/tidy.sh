#!/usr/bin/env bash
# tidy.sh FILE.cpp: clang-tidy over one file; silent when it finds nothing. `./dev lint`
# runs it for each.
#
# A file that was clean stays clean until it, a header of ours that it includes, its
# compiler flags or .clang-tidy change: build/tidy/FILE.ok holds their checksums.
set -euo pipefail
cd "$(dirname "$0")/.."
file=$1

# Benchmarks are built by the release preset alone.
flags='' build=''
for build in build/dev build/release; do
    flags=$(awk -v file="  \"file\": \"$PWD/$file\"" '
        /"command":/ {command = $0}
        index($0, file) == 1 {print command; exit}' "$build/compile_commands.json")
    [[ -n $flags ]] && break
done
if [[ -z $flags ]]; then
    echo "$file: no CMakeLists.txt builds it"
    exit 1
fi

ok=build/tidy/$file.ok
if [[ -f $ok && $(head -n 1 "$ok") == "# $flags" ]] && sha256sum --check --status "$ok" 2>&-; then
    exit 0
fi

# clang-tidy's count of what it does not show is no finding.
if ! report=$(clang-tidy -p "$build" --quiet "$file" 2>&1); then
    grep -vE '^[0-9]+ warnings?.* generated\.$' <<<"$report"
    exit 1
fi

# The headers of ours that it includes, as the compiler tells.
compiler=$(sed -E 's/^ *"command": "(.*)",$/\1/; s/\\(.)/\1/g; s/ -o .*//' <<<"$flags")
sources=$(eval "$compiler -MM '$file'" | tr ' ' '\n' |
    sed -nE "s|^$PWD/||; /^(kiosk|sync|platform|tests)\//p")
mkdir -p "$(dirname "$ok")"
# shellcheck disable=SC2086  # a list
{
    echo "# $flags"
    sha256sum .clang-tidy $sources
} >"$ok"
