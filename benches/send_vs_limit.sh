#!/usr/bin/env bash
# Jarshy's send engine against the limit of the wire: Postfix's smtp-source,
# which makes up messages of the same size and hands them to the same
# smtp-sink over as many connections. All run in turn; medians are compared.
# The disk's part is told by the time of a flush of 4 KiB.
#
#   benches/send_vs_limit.sh [RUNS] [MESSAGES]
#
#   CONNECTIONS  at which to measure ["8 20 80"]
#   AHEAD        how far connections run ahead ["0 2"]
#   SIGN         signatures ["none ed25519 rsa"]
#   FOLDER       where the database is [the system's temporary folder]
#
# Wants a release build (cargo build --profile dist) and Postfix's two programs.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5} messages=${2:-50000}
read -ra all_connections <<<"${CONNECTIONS:-8 20 80}"
read -ra all_ahead <<<"${AHEAD:-0 2}"
read -ra all_signs <<<"${SIGN:-none ed25519 rsa}"
jarshy=${JARSHY:-target/dist/jarshy}
PATH=$PATH:/usr/sbin
port=${PORT:-2599}
folder=$(mktemp -d ${FOLDER:+-p "$FOLDER"})
sink_user=()
[ "$(id -u)" = 0 ] && sink_user=(-u nobody)
smtp-sink "${sink_user[@]}" "127.0.0.1:$port" 200 2>/dev/null &
sink=$!
trap 'kill $sink; rm -rf "$folder"' EXIT
sleep 0.5

value() { # the number under a key of one line of JSON
    sed -E "s/.*\"$1\":(-?[0-9.]+).*/\1/"
}
median() {
    sort -g "$1" | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
sink_time() { # CPU time of the sink in ms
    awk '{ print ($14 + $15) * 10 }' "/proc/$sink/stat"
}
flush_time() { # ms of a write of 4 KiB that is flushed
    local start end
    start=$(date +%s.%N)
    dd if=/dev/zero of="$folder/flush" bs=4096 count=500 oflag=dsync status=none
    end=$(date +%s.%N)
    echo "$end $start" | awk '{ print ($1 - $2) * 1000 / 500 }' >>"$folder/flush.time"
}
jarshy_run() { # connections, ahead, signature
    local name=$1.$2.$3 before after line
    before=$(sink_time)
    line=$("$jarshy" bench send --json --to "smtp://127.0.0.1:$port?tls=none&ahead=$2" \
        --connections "$1" --recipients "$messages" --sign "$3" --folder "$folder")
    after=$(sink_time)
    value messages_per_second <<<"$line" >>"$folder/$name.speed"
    value cpu_microseconds <<<"$line" >>"$folder/$name.cpu"
    value signature_microseconds <<<"$line" >>"$folder/$name.signature"
    echo "$after $before $messages" | awk '{ print ($1 - $2) * 1000 / $3 }' >>"$folder/$name.sink"
    bytes=$(value bytes <<<"$line")
}
source_run() { # connections
    local before after start end
    before=$(sink_time)
    start=$(date +%s.%N)
    smtp-source -d -s "$1" -l "$bytes" -m "$messages" "127.0.0.1:$port"
    end=$(date +%s.%N)
    after=$(sink_time)
    echo "$messages $end $start" | awk '{ print $1 / ($2 - $3) }' >>"$folder/$1.source.speed"
    echo "$after $before $messages" | awk '{ print ($1 - $2) * 1000 / $3 }' >>"$folder/$1.source.sink"
}

for ((run = 1; run <= runs; run++)); do
    for connections in "${all_connections[@]}"; do
        flush_time
        for sign in "${all_signs[@]}"; do
            for ahead in "${all_ahead[@]}"; do
                jarshy_run "$connections" "$ahead" "$sign"
            done
        done
        source_run "$connections"
    done
done

printf '%d runs of %d messages of %d bytes, medians; a flush of the disk takes %.2f ms\n' \
    "$runs" "$messages" "$bytes" "$(median "$folder/flush.time")"
for connections in "${all_connections[@]}"; do
    limit=$(median "$folder/$connections.source.speed")
    printf '\n%-26s %10s %8s %14s %14s %14s\n' "$connections connections" \
        'messages/s' 'ratio' 'CPU µs/message' 'signature µs' 'sink µs'
    printf '%-26s %10.0f %8s %14s %14s %14.1f\n' smtp-source "$limit" 1.00 '' '' \
        "$(median "$folder/$connections.source.sink")"
    for sign in "${all_signs[@]}"; do
        for ahead in "${all_ahead[@]}"; do
            name=$connections.$ahead.$sign
            speed=$(median "$folder/$name.speed")
            printf '%-26s %10.0f %8.2f %14.1f %14.1f %14.1f\n' "jarshy, $sign, ahead=$ahead" "$speed" \
                "$(echo "$speed $limit" | awk '{ print $1 / $2 }')" \
                "$(median "$folder/$name.cpu")" "$(median "$folder/$name.signature")" \
                "$(median "$folder/$name.sink")"
        done
    done
done
