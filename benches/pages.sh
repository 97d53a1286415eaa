#!/usr/bin/env bash
# How long the pages of the admin take, by the size of the audience: a site with that many
# subscribers on 20 lists and 50 sent campaigns to half of them each.
#
#   benches/pages.sh [BINARY] [SIZE...]
#
# Sizes are 10000 and 2000000 unless others are given. On SQLite; on PostgreSQL too with
# BENCH_POSTGRES_URL=postgres://user@host:port/postgres, whose user must be allowed to make
# databases. Prints a table in Markdown: median and 99th of 100 requests of each page, in
# milliseconds. REQUESTS=20 makes fewer.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$(realpath "${1:-target/dist/jarshy}")
[ -x "$binary" ] || { echo "no $binary: cargo build --profile dist" >&2; exit 1; }
shift || true
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(10000 2000000)
requests=${REQUESTS:-100}
postgres=${BENCH_POSTGRES_URL:-}
figures=$(mktemp -d)
trap 'rm -rf "$figures"' EXIT

# The name of each page and its path; CAMPAIGN is the last that was sent, DRAFT one to everybody.
pages() {
  cat <<'PAGES'
dashboard	/admin
campaigns	/admin/campaigns
campaign draft	/admin/campaigns/DRAFT
… its readers, counted behind it	/admin/campaigns/DRAFT?count=now
start dialog	POST /admin/campaigns/DRAFT/start
… its question, counted behind it	POST /admin/campaigns/DRAFT/start?count=now
sent campaign	/admin/campaigns/CAMPAIGN
report	/admin/campaigns/CAMPAIGN/report
deliveries	/admin/campaigns/CAMPAIGN/deliveries
deliveries, sent	/admin/campaigns/CAMPAIGN/deliveries?state=sent
deliveries, queued	/admin/campaigns/CAMPAIGN/deliveries?state=queued
deliveries, sending	/admin/campaigns/CAMPAIGN/deliveries?state=sending
deliveries, bounced	/admin/campaigns/CAMPAIGN/deliveries?state=bounced
segments	/admin/segments
segment	/admin/segments/SEGMENT
… its subscribers, counted behind it	/admin/segments/SEGMENT?show=count
lists	/admin/lists
list	/admin/lists/list-1
list, searched	/admin/lists/list-1?q=reader4711
subscribers	/admin/subscribers
subscribers of a list and language	/admin/subscribers?list=list-1&language=kk
subscribers, searched	/admin/subscribers?q=reader4711
search	/admin/search?q=reader4711
suppressions	/admin/suppressions
growth	/admin/growth
PAGES
}

time_page() { # time_page [POST ]PATH[?FORM]: median and 99th; what is posted is a form
  local arguments=() path=$1
  if [[ $path == POST\ * ]]; then
    path=${path#POST }
    if [[ $path == *\?* ]]; then arguments=(-d "${path#*\?}"); else arguments=(-X POST); fi
    path=${path%%\?*}
  fi
  for _ in $(seq "$requests"); do
    curl -fsS -o /dev/null -w '%{http_code} %{time_total}\n' -H "Origin: $url" -b "$cookie" \
      "${arguments[@]}" "$url$path"
  done | sort -g -k 2 | awk '
    # Not the way to another page, which is answered at once.
    $1 != 200 { exit failed = 1 }
    { v[NR] = $2 }
    END {
      if (failed) { printf "answered with " $1; exit }
      printf "%.0f / %.0f", 1000 * v[int((NR + 1) / 2)], 1000 * v[int(NR * 0.99 + 0.999)]
    }'
}

measure() ( # measure NAME SIZE [DATABASE URL], in a subshell: each has a server of its own
  source benches/support/server.sh
  [ -z "${3:-}" ] || export JARSHY_DATABASE_URL=$3
  JARSHY_SECRET_KEY=$(python3 -c 'import secrets; print(secrets.token_hex(32))')
  export JARSHY_SECRET_KEY JARSHY_FROM="Example <news@example.org>"
  export JARSHY_SMTP_URL="smtp://127.0.0.1:1?tls=none" JARSHY_LOG=error
  "$binary" migrate >/dev/null
  "$binary" bench pages --subscribers "$2" | sed "s/^/$1: /" >&2
  start_server
  post segments '{"name":"Kazakh readers","rule":{"match":"all","conditions":[{"about":"language","value":"kk"},{"about":"on_list","value":"list-2"}]}}'
  post campaigns '{"subject":"News","lists":["list-1"],"markdown":[{"language":"en","title":"News","body":"Dear {{ name }}, here is the news."}]}'
  link=$("$binary" user add pages@example.org --role owner | grep -o 'http[^ ]*' | head -1)
  cookie=$(curl -fsS -o /dev/null -D - -X POST "$link" | grep -io 'jarshy_session=[^;]*')
  draft=$(curl -fsS -H "Authorization: Bearer $token" "$url/api/v1/campaigns?limit=1" |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["items"][0]["id"])')
  while IFS=$'\t' read -r name path; do
    path=${path//DRAFT/$draft}
    path=${path//CAMPAIGN/$((draft - 1))}
    path=${path//SEGMENT/1}
    printf '%s\n' "$(time_page "$path")"
  done < <(pages) >"$figures/$1 $2"
)

columns=()
for size in "${sizes[@]}"; do
  measure SQLite "$size"
  columns+=("SQLite $size")
  if [ -n "$postgres" ]; then
    database=jarshy_bench_$$_$size
    psql -q "$postgres" -c "CREATE DATABASE $database"
    measure PostgreSQL "$size" "${postgres%/*}/$database"
    psql -q "$postgres" -c "DROP DATABASE $database"
    columns+=("PostgreSQL $size")
  fi
done

printf '| page |'
printf ' %s |' "${columns[@]}"
printf '\n| --- |'
for _ in "${columns[@]}"; do printf ' --- |'; done
printf '\n'
files=()
for column in "${columns[@]}"; do files+=("$figures/$column"); done
paste -d '\t' <(pages | cut -f 1) "${files[@]}" | sed -e 's/\t/ | /g' -e 's/^/| /' -e 's/$/ |/'
