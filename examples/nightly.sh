#!/usr/bin/env bash
# One night: every scenario of a folder into NIGHTS/<date>, what has not changed taken over from the night before, then the trend.
# Run it from cron, examples/tokenjoule-nightly.timer or examples/nightly.yml.
#   nightly.sh SCENARIOS NIGHTS [DATE]
# Exit status: 0 nothing moved, 3 a result moved or an expectation failed, 2 or 1 something could not be run.
set -euo pipefail
scenarios=$1 nights=$2 night=${3:-$(date -u +%F)}
tokenjoule=${TOKENJOULE:-npx tokenjoule}
mkdir -p "$nights"
previous=$(find "$nights" -mindepth 1 -maxdepth 1 -type d ! -name "$night" ! -name '.*' | sort | tail -n 1)
status=0
# --resume keeps what a night that was killed has finished.
$tokenjoule run "$scenarios"/*.yaml --quiet --resume --no-histogram --out "$nights/$night" ${previous:+--previous "$previous"} || status=$?
$tokenjoule trend "$nights" --quiet || status=$((status > 0 && status < 3 ? status : $?))
exit "$status"
