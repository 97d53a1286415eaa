#!/usr/bin/env bash
# What an installation needs on SQLite: disk and memory with so many subscribers, before and
# after one campaign to all of them.
#
#   benches/sizes.sh [BINARY] [SUBSCRIBERS …]
#
# The memory of the service is read from /proc: at rest after a start, and the most that it
# had during the campaign.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$(realpath "${1:-target/dist/jarshy}")
[ -x "$binary" ] || { echo "no $binary: cargo build --profile dist" >&2; exit 1; }
shift || true
[ $# -gt 0 ] || set -- 1000 100000 2000000

measure() ( # measure SUBSCRIBERS, in a subshell: each has a server of its own
  source benches/support/server.sh
  sink_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  "$binary" bench sink --listen "127.0.0.1:$sink_port" >/dev/null 2>&1 &
  sink=$!
  trap 'kill $sink; stop_server' EXIT
  export JARSHY_SMTP_URL="smtp://127.0.0.1:$sink_port?tls=none&connections=20"
  export JARSHY_FROM="Example <news@example.org>"
  start_server --log error
  post lists '{"slug":"news","name":"News","visibility":"public","opt_in":"double"}'
  python3 - "$1" >people.csv <<'PYTHON'
import sys
print("email,name,language,city,tags,state,consented_at,consented_from")
for n in range(int(sys.argv[1])):
    print(f"reader{n}@example{n % 997}.org,Reader Number {n},en,City {n % 500},tag{n % 20},"
          f"subscribed,2024-{n % 12 + 1:02}-{n % 28 + 1:02} 10:00,192.0.2.{n % 250}")
PYTHON
  "$binary" import people.csv --list news >/dev/null 2>&1
  kill "$server" && wait "$server" || true
  start_server --log error
  memory() { awk -v key="$1:" '$1 == key { print $2 / 1000 }' "/proc/$server/status"; }
  disk() { du -k --apparent-size jarshy.db* | awk '{ sum += $1 } END { print sum / 1000 }'; }
  rest=$(memory VmRSS) before=$(disk)
  post posts '{"slug":"p","title":"The votes are in","summary":"What happened.","body_markdown":"Dear {{ name }},\n\nthe votes are in.","language":"en","published":true}'
  id=$(curl -fsS -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    "$url/api/v1/campaigns" -d '{"subject":"The votes are in","post":"p","lists":["news"]}' |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')
  begun=$(date +%s.%N)
  post "campaigns/$id/start" '{}'
  until curl -fsS -H "Authorization: Bearer $token" "$url/api/v1/campaigns/$id" |
    python3 -c 'import json, sys; sys.exit(json.load(sys.stdin)["state"] != "finished")'; do
    sleep 0.5
  done
  ended=$(date +%s.%N)
  awk -v n="$1" -v rest="$rest" -v most="$(memory VmHWM)" -v before="$before" -v after="$(disk)" \
    -v seconds="$(python3 -c "print($ended - $begun)")" 'BEGIN {
    printf "%d subscribers: memory %.0f MB at rest, %.0f MB at most; disk %.0f MB, %.0f MB after a campaign, sent in %.0f s\n",
      n, rest, most, before, after, seconds }'
)

for subscribers in "$@"; do
  measure "$subscribers"
done
