#!/usr/bin/env bash
# Measures an import of many rows on SQLite, from the file to the last subscriber:
#
#   benches/import.sh [ROWS] [BINARY]
#
# Prints the seconds of reading and checking, those of the whole import, rows per second, and
# the peak memory. A second import of the same file changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

rows=${1:-1000000}
binary=$(realpath "${2:-target/dist/jarshy}")
[ -x "$binary" ] || { echo "no $binary: cargo build --profile dist" >&2; exit 1; }
source benches/support/server.sh
start_server
post lists '{"slug":"news","name":"News","visibility":"public","opt_in":"double"}'

python3 - "$rows" >"$work/people.csv" <<'PYTHON'
import sys
print("Email,First name,Last name,Language,City,Tags,Opt-in date,IP address,Status")
states = ["subscribed"] * 90 + ["unsubscribed"] * 8 + ["bounced"] * 2
for n in range(int(sys.argv[1])):
    print(f"reader{n}@example{n % 997}.org,Reader,Number {n},en,City {n % 500},tag{n % 20},"
          f"2024-{n % 12 + 1:02}-{n % 28 + 1:02} 10:00,192.0.2.{n % 250},{states[n % 100]}")
PYTHON

ls -l "$work/people.csv" | awk '{print "file:", $5 / 1000000, "MB"}'
measure() { # measure NAME ARGUMENTS…
  local name=$1
  shift
  /usr/bin/time -f "%e %M" -o "$work/time" "$binary" import "$work/people.csv" --list news "$@" \
    >"$work/out" 2>/dev/null
  awk -v name="$name" -v rows="$rows" '{
    printf "%s: %.1f s, %.0f rows/s, peak memory %.0f MB\n", name, $1, rows / $1, $2 / 1000
  }' "$work/time"
  sed 's/^/  /' "$work/out"
}
measure "read and check" --dry-run
measure "read, check and import"
measure "again"
