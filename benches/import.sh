#!/usr/bin/env bash
# Measures an import of many rows, from the file to the last subscriber, on SQLite and, with
# BENCH_POSTGRES_URL, on a fresh database of PostgreSQL:
#
#   [BENCH_POSTGRES_URL=postgres://user@host:port/postgres] benches/import.sh [ROWS] [BINARY]
#
# Prints a table: reading and checking alone; reading, checking and importing new people; the
# same file again, which changes nothing. What the import itself takes is the difference of the
# first two. CPU time is that of Jarshy; SQLite's is part of it, PostgreSQL's processes are not.
set -euo pipefail
cd "$(dirname "$0")/.."

rows=${1:-1000000}
binary=$(realpath "${2:-target/dist/jarshy}")
[ -x "$binary" ] || { echo "no $binary: cargo build --profile dist" >&2; exit 1; }
postgres=${BENCH_POSTGRES_URL:-}
source benches/support/server.sh
database=
if [ -n "$postgres" ]; then
  database=jarshy_import_$$
  psql -q "$postgres" -c "CREATE DATABASE $database"
  trap 'stop_server; psql -q "$postgres" -c "DROP DATABASE $database WITH (FORCE)"' EXIT
fi

python3 - "$rows" >"$work/people.csv" <<'PYTHON'
import sys
print("Email,First name,Last name,Language,City,Tags,Opt-in date,IP address,Status")
states = ["subscribed"] * 90 + ["unsubscribed"] * 8 + ["bounced"] * 2
for n in range(int(sys.argv[1])):
    print(f"reader{n}@example{n % 997}.org,Reader,Number {n},en,City {n % 500},tag{n % 20},"
          f"2024-{n % 12 + 1:02}-{n % 28 + 1:02} 10:00,192.0.2.{n % 250},{states[n % 100]}")
PYTHON

ls -l "$work/people.csv" | awk -v rows="$rows" '{print rows, "rows,", $5 / 1000000, "MB"}'
echo
echo "| | seconds | rows/s | CPU a row | peak memory |"
echo "| --- | --- | --- | --- | --- |"
measure() { # measure NAME ARGUMENTS…
  local name=$1
  shift
  /usr/bin/time -f "%e %U %S %M" -o "$work/time" "$binary" import "$work/people.csv" --list news \
    "$@" >"$work/out" 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }
  line "$name" "$work/time"
}
line() { # line NAME FILE
  awk -v name="$1" -v rows="$rows" '{
    printf "| %s | %.1f | %.0f | %.1f µs | %.0f MB |\n",
      name, $1, rows / $1, ($2 + $3) / rows * 1000000, $4 / 1000
  }' "$2"
}
both() { # both NAME OF DATABASE
  start_server
  post lists '{"slug":"news","name":"News","visibility":"public","opt_in":"double"}'
  kill "$server"
  wait "$server" || true
  server=
  measure "$1: read and check" --dry-run
  cp "$work/time" "$work/check"
  measure "$1: read, check and import"
  paste -d ' ' "$work/check" "$work/time" |
    awk '{ print $5 - $1, $6 - $2, $7 - $3, $8 }' >"$work/import"
  line "$1: of it the import" "$work/import"
  measure "$1: read, check and import again"
}
both SQLite
if [ -n "$database" ]; then
  token=
  export JARSHY_DATABASE_URL=${postgres%/*}/$database
  JARSHY_SECRET_KEY=$(openssl rand -hex 32)
  export JARSHY_SECRET_KEY
  both PostgreSQL
fi
