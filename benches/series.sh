#!/usr/bin/env bash
# Twenty series with a million readers inside: how long it takes to look for what is due, to take
# a thousand steps, to let a thousand people in, and to show the pages of the admin.
#
#   benches/series.sh [BINARY] [READERS]
#
# On SQLite; on PostgreSQL too with BENCH_POSTGRES_URL=postgres://user@host:port/postgres, whose
# user must be allowed to make databases. Prints JSON, and the median of ten requests of each page
# in milliseconds.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$(realpath "${1:-target/dist/jarshy}")
[ -x "$binary" ] || { echo "no $binary: cargo build --profile dist" >&2; exit 1; }
readers=${2:-1000000}
postgres=${BENCH_POSTGRES_URL:-}

page() { # page PATH
  for _ in $(seq 10); do
    # Not the way to the sign-in page, which answers at once.
    curl -fsS -o /dev/null -w '%{http_code} %{time_total}\n' -b "$cookie" "$url$1" |
      sed -n 's/^200 //p'
  done | sort -g | awk '{ v[NR] = $1 } END { printf "%.1f ms\n", 1000 * v[6] }'
}

measure() ( # measure NAME [DATABASE URL], in a subshell: each has a server of its own
  source benches/support/server.sh
  [ -z "${2:-}" ] || export JARSHY_DATABASE_URL=$2
  JARSHY_SECRET_KEY=$(python3 -c 'import secrets; print(secrets.token_hex(32))')
  export JARSHY_SECRET_KEY JARSHY_FROM="Example <news@example.org>"
  export JARSHY_SMTP_URL="smtp://127.0.0.1:1?tls=none" JARSHY_LOG=error
  start_server
  post lists '{"slug":"news","name":"News","visibility":"public","opt_in":"double"}'
  email='{"kind":"send","texts":[{"language":"en","subject":"Welcome","body":"Dear {{ name }}, welcome."}]}'
  wait='{"kind":"wait","days":3}'
  for n in $(seq 20); do
    post series "{\"name\":\"Series $n\",\"list\":\"news\",\"start\":{\"kind\":\"confirmed\"},\"steps\":[$email,$wait,$email,$wait,{\"kind\":\"set_tag\",\"tag\":\"read\"},$email]}"
    post "series/$n/start" '{}'
  done
  kill "$server" && wait "$server" || true
  printf '%s: ' "$1"
  "$binary" bench series --readers "$readers"
  start_server
  link=$("$binary" user add pages@example.org --role owner | grep -o 'http[^ ]*' | head -1)
  cookie=$(curl -fsS -o /dev/null -D - -X POST "$link" | grep -io 'jarshy_session=[^;]*')
  printf '%s: list of series %s, a series %s\n' "$1" "$(page /admin/series)" \
    "$(page /admin/series/1)"
)

measure SQLite
if [ -n "$postgres" ]; then
  database=jarshy_bench_$$
  psql -q "$postgres" -c "CREATE DATABASE $database"
  measure PostgreSQL "${postgres%/*}/$database"
  psql -q "$postgres" -c "DROP DATABASE $database"
fi
