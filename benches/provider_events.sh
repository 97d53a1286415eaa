#!/usr/bin/env bash
# How long the server takes to accept one batch of SendGrid's event webhook:
# EVENTS hard bounces of as many subscribers, signed as SendGrid signs them.
# Starts the binary in a temporary folder over SQLite, or over a fresh database
# of BENCH_POSTGRES_URL. Needs openssl and python3.
#
#   cargo build --profile dist && benches/provider_events.sh [RUNS]
#
# EVENTS is 1000; JARSHY names another binary.
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${1:-5} events=${EVENTS:-1000}
binary=$(realpath "${JARSHY:-target/dist/jarshy}")
source benches/support/server.sh
openssl ecparam -name prime256v1 -genkey -noout -out key.pem
export JARSHY_SENDGRID_KEY=$(openssl ec -in key.pem -pubout -outform DER 2>/dev/null | base64 -w0)
if [ -n "${BENCH_POSTGRES_URL:-}" ]; then
  database=jarshy_bench_$$
  psql -q "$BENCH_POSTGRES_URL" -c "CREATE DATABASE $database"
  trap 'stop_server; psql -q "$BENCH_POSTGRES_URL" -c "DROP DATABASE $database"' EXIT
  export JARSHY_DATABASE_URL=${BENCH_POSTGRES_URL%/*}/$database
fi
start_server
post lists '{"slug":"news","name":"News","visibility":"public","opt_in":"double"}'

python3 - "$runs" "$events" <<'PY'
import json, sys
runs, events = map(int, sys.argv[1:])
with open("people.csv", "w") as people:
    people.write("email\n")
    for run in range(runs):
        batch = []
        for n in range(events):
            email = f"reader-{run}-{n}@d{n % 50}.example.org"
            people.write(email + "\n")
            batch.append({
                "email": email, "timestamp": 1513299569, "smtp-id": f"<{run}.{n}@ismtpd-555>",
                "event": "bounce", "category": ["newsletter"], "sg_event_id": f"6g4ZI7SA-xmRDv57GoPIP{run:04}{n:06}",
                "sg_message_id": "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
                "reason": "550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address",
                "status": "5.1.1", "type": "bounce", "ip": "192.0.2.7", "tls": 1,
            })
        with open(f"batch-{run}.json", "w") as body:
            json.dump(batch, body)
PY
"$binary" import people.csv --list news >/dev/null

: >times
for ((run = 0; run < runs; run++)); do
  signature=$(cat <(printf 1187427600) "batch-$run.json" | openssl dgst -sha256 -sign key.pem | base64 -w0)
  curl -fsS -o /dev/null -w '%{time_total}\n' "$url/inbound/sendgrid" -H 'Content-Type: application/json' \
    -H "X-Twilio-Email-Event-Webhook-Signature: $signature" \
    -H 'X-Twilio-Email-Event-Webhook-Timestamp: 1187427600' --data-binary "@batch-$run.json" >>times
done
suppressed=$("$binary" suppressions export | grep -c hard_bounce)
[ "$suppressed" -eq $((runs * events)) ] || { echo "only $suppressed are suppressed" >&2; exit 1; }
sort -g times | awk -v n="$events" -v size="$(stat -c %s batch-0.json)" -v db="${JARSHY_DATABASE_URL%%:*}" '
  { t[NR] = $1 }
  END { printf "%d events (%d KiB) on %s: median %.0f ms, slowest %.0f ms of %d\n", n, size / 1024, db, t[int((NR + 1) / 2)] * 1000, t[NR] * 1000, NR }'
