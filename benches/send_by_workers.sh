#!/usr/bin/env bash
# One, two and eight workers on one PostgreSQL database against a relay that
# takes 20 ms for each answer.
#
#   BENCH_POSTGRES_URL=postgres://user@host:port/postgres benches/send_by_workers.sh [RUNS]
#
# The URL's user must be allowed to make databases; each run gets a fresh one.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-3} delay=${DELAY:-20} connections=${CONNECTIONS:-8} per_worker=${PER_WORKER:-4000}
jarshy=${JARSHY:-target/dist/jarshy}
url=${BENCH_POSTGRES_URL:?names a PostgreSQL server}
port=${PORT:-2598}
folder=$(mktemp -d)
"$jarshy" bench sink --listen "127.0.0.1:$port" --delay "$delay" &
sink=$!
trap 'kill $sink; rm -rf "$folder"' EXIT
sleep 0.5

median() {
    sort -g "$1" | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
for ((run = 1; run <= runs; run++)); do
    for workers in 1 2 8; do
        database=jarshy_bench_$$_${run}_$workers
        psql -q "$url" -c "CREATE DATABASE $database"
        "$jarshy" bench send --json --freeze-first --to "smtp://127.0.0.1:$port?tls=none" \
            --database-url "${url%/*}/$database" --connections "$connections" \
            --workers "$workers" --recipients $((per_worker * workers)) |
            sed -E 's/.*"messages_per_second":([0-9.]+).*/\1/' >>"$folder/$workers"
        psql -q "$url" -c "DROP DATABASE $database"
    done
done
one=$(median "$folder/1")
printf 'relay with %d ms, %d connections a worker, medians of %d runs\n' "$delay" "$connections" "$runs"
for workers in 1 2 8; do
    speed=$(median "$folder/$workers")
    printf '%d workers %8.0f messages/s %6.2f times one\n' "$workers" "$speed" \
        "$(echo "$speed $one" | awk '{ print $1 / $2 }')"
done
