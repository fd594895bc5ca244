#!/usr/bin/env bash
# Plays real_patients.story on a clinic made of the patients under $FOYER_SHARED; ctest
# takes 77 for "skipped".
#
# real_patients.sh FOYER MAKE_CLINIC STORY
set -euo pipefail
samples=${FOYER_SHARED:-}/fhir/samples
if [[ ! -e $samples/synthea-Patient.ndjson ]]; then
    echo "skipped: FOYER_SHARED/fhir/samples has no patients"
    exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export FOYER_SYNTHEA_CLINIC=$folder/clinic.json
"$2" --today 2026-11-23 --patients 100 --synthea "$samples" >"$FOYER_SYNTHEA_CLINIC"
"$1" play "$3"
