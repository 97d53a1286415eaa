#!/usr/bin/env bash
# Jarshy's send engine against the limit of the wire: Postfix's smtp-source,
# which makes up messages of the same size and hands them to the same
# smtp-sink over as many connections. Both run in turn; medians are compared.
#
#   benches/send_vs_limit.sh [RUNS] [MESSAGES]
#
# Wants a release build (cargo build --profile dist) and Postfix's two programs.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5} messages=${2:-50000} connections=${CONNECTIONS:-20}
jarshy=${JARSHY:-target/dist/jarshy}
PATH=$PATH:/usr/sbin
port=${PORT:-2599}
folder=$(mktemp -d)
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
jarshy_run() { # signature
    local before after line
    before=$(sink_time)
    line=$("$jarshy" bench send --json --to "smtp://127.0.0.1:$port?tls=none" \
        --connections "$connections" --recipients "$messages" --sign "$1")
    after=$(sink_time)
    value messages_per_second <<<"$line" >>"$folder/$1.speed"
    value cpu_microseconds <<<"$line" >>"$folder/$1.cpu"
    value signature_microseconds <<<"$line" >>"$folder/$1.signature"
    echo "$after $before $messages" | awk '{ print ($1 - $2) * 1000 / $3 }' >>"$folder/$1.sink"
    bytes=$(value bytes <<<"$line")
}
source_run() {
    local before after start end
    before=$(sink_time)
    start=$(date +%s.%N)
    smtp-source -d -s "$connections" -l "$bytes" -m "$messages" "127.0.0.1:$port"
    end=$(date +%s.%N)
    after=$(sink_time)
    echo "$messages $end $start" | awk '{ print $1 / ($2 - $3) }' >>"$folder/source.speed"
    echo "$after $before $messages" | awk '{ print ($1 - $2) * 1000 / $3 }' >>"$folder/source.sink"
}

for ((run = 1; run <= runs; run++)); do
    for sign in none ed25519 rsa; do
        jarshy_run "$sign"
    done
    source_run
done

limit=$(median "$folder/source.speed")
printf '%d runs of %d messages of %d bytes over %d connections, medians\n' \
    "$runs" "$messages" "$bytes" "$connections"
printf '%-18s %10s %8s %14s %14s %14s\n' '' 'messages/s' 'ratio' 'CPU µs/message' 'signature µs' 'sink µs'
printf '%-18s %10.0f %8s %14s %14s %14.1f\n' smtp-source "$limit" 1.00 '' '' "$(median "$folder/source.sink")"
for sign in none ed25519 rsa; do
    speed=$(median "$folder/$sign.speed")
    printf '%-18s %10.0f %8.2f %14.1f %14.1f %14.1f\n' "jarshy, $sign" "$speed" \
        "$(echo "$speed $limit" | awk '{ print $1 / $2 }')" \
        "$(median "$folder/$sign.cpu")" "$(median "$folder/$sign.signature")" "$(median "$folder/$sign.sink")"
done
