#!/usr/bin/env bash
# A campaign to 1,000,000 recipients on SQLite, and one to 10,000: memory, the
# freeze, whether cost grows, and how long visitors wait who join meanwhile.
#
#   benches/send_a_million.sh
set -euo pipefail
cd "$(dirname "$0")/.."
jarshy=${JARSHY:-target/dist/jarshy}
PATH=$PATH:/usr/sbin
port=${PORT:-2597}
sink_user=()
[ "$(id -u)" = 0 ] && sink_user=(-u nobody)
smtp-sink "${sink_user[@]}" "127.0.0.1:$port" 200 2>/dev/null &
sink=$!
trap 'kill $sink' EXIT
sleep 0.5
for recipients in 10000 ${RECIPIENTS:-1000000}; do
    "$jarshy" bench send --join --to "smtp://127.0.0.1:$port?tls=none" --recipients "$recipients"
    echo
done
