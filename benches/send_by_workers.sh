#!/usr/bin/env bash
# One to many workers on one PostgreSQL database against a relay that takes 20 ms for each answer:
# speed, and what it costs PostgreSQL.
#
#   BENCH_POSTGRES_URL=postgres://user@host:port/postgres benches/send_by_workers.sh [RUNS]
#
# The URL's user must be allowed to make databases; each run gets a fresh one. WORKERS names other
# numbers of workers, DELAY another delay. PostgreSQL's CPU time is there where it runs on this
# machine.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-3} delay=${DELAY:-20} connections=${CONNECTIONS:-8} per_worker=${PER_WORKER:-4000}
read -ra numbers <<<"${WORKERS:-1 2 8 32}"
jarshy=${JARSHY:-target/dist/jarshy}
url=${BENCH_POSTGRES_URL:?names a PostgreSQL server}
port=${PORT:-2598}

# Each worker, and the command that starts them, opens up to 16 connections to the database.
most=$(printf '%s\n' "${numbers[@]}" | sort -n | tail -1)
needed=$((16 * (most + 1) + 10))
allowed=$(psql -AtXc 'SHOW max_connections' "$url")
if ((allowed < needed)); then
    echo "$most workers need max_connections = $needed in PostgreSQL; it has $allowed" >&2
    exit 1
fi

folder=$(mktemp -d)
database=
"$jarshy" bench sink --listen "127.0.0.1:$port" --delay "$delay" &
sink=$!
clean_up() {
    kill "$sink"
    [ -z "$database" ] || psql -qX "$url" -c "DROP DATABASE IF EXISTS $database WITH (FORCE)" || true
    rm -rf "$folder"
}
trap clean_up EXIT
sleep 0.5

for ((run = 1; run <= runs; run++)); do
    for workers in "${numbers[@]}"; do
        database=jarshy_bench_$$_${run}_$workers
        psql -qX "$url" -c "CREATE DATABASE $database"
        # One in the middle of a run would make the log larger by whole pages. Not every user may.
        psql -qX "$url" -c CHECKPOINT || true
        "$jarshy" bench send --json --freeze-first --to "smtp://127.0.0.1:$port?tls=none" \
            --database-url "${url%/*}/$database" --connections "$connections" \
            --workers "$workers" --recipients $((per_worker * workers)) >>"$folder/$workers"
        psql -qX "$url" -c "DROP DATABASE $database WITH (FORCE)"
    done
done

printf 'relay with %d ms, %d connections a worker, medians of %d runs\n' "$delay" "$connections" "$runs"
python3 - "$folder" "${numbers[@]}" <<'PYTHON'
import json, statistics, sys

folder, numbers = sys.argv[1], sys.argv[2:]
columns = [
    ("messages/s", lambda run: run["messages_per_second"], "{:.0f}"),
    ("commits/s", lambda run: run["postgres"]["commits_per_second"], "{:.0f}"),
    ("messages a commit",
     lambda run: run["messages_per_second"] / run["postgres"]["commits_per_second"], "{:.1f}"),
    ("WAL bytes a message", lambda run: run["postgres"]["wal_bytes_per_message"], "{:.0f}"),
    ("µs of PostgreSQL a message", lambda run: run["postgres"]["cpu_microseconds"], "{:.0f}"),
    ("µs of workers a message", lambda run: run["cpu_microseconds"], "{:.0f}"),
]
print("workers", "times the first", *(name for name, _, _ in columns), sep=" | ")
first = None
for workers in numbers:
    with open(f"{folder}/{workers}") as file:
        runs = [json.loads(line) for line in file]
    cells = []
    for _, value, form in columns:
        values = [value(run) for run in runs]
        known = None not in values
        cells.append(form.format(statistics.median(values)) if known else "–")
    speed = statistics.median(run["messages_per_second"] for run in runs)
    first = first or speed
    print(workers, f"{speed / first:.2f}", *cells, sep=" | ")
PYTHON
