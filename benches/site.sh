#!/usr/bin/env bash
# How many requests a second the site answers on this machine, and how soon;
# then how soon at half of what it must: 2,500 pages and 1,000 joins a second.
# Starts the release binary over SQLite in a temporary folder, fills it with
# posts and events, and asks for `/` and joins with wrk (apt-get install wrk).
#
#   cargo build --profile dist && benches/site.sh
#
# SECONDS_EACH, CONNECTIONS and THREADS change the load.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$PWD/target/dist/jarshy
command -v wrk >/dev/null || { echo "wrk is missing: apt-get install wrk" >&2; exit 1; }
[ -x "$binary" ] || { echo "no $binary: cargo build --profile dist" >&2; exit 1; }

seconds=${SECONDS_EACH:-10}
connections=${CONNECTIONS:-64}
threads=${THREADS:-2}
source benches/support/server.sh
# Everybody comes from one network here.
export JARSHY_JOIN_LIMIT_PER_NETWORK=100000000
start_server

post lists '{"slug":"news","name":"News","visibility":"public","opt_in":"double"}'
for n in $(seq 20); do
  post posts "{\"slug\":\"post-$n\",\"title\":\"What happened on day $n\",\"summary\":\"In a few words, for those in a hurry.\",\"body_markdown\":\"A paragraph of **text**.\",\"language\":\"en\",\"published\":true}"
  post events "{\"slug\":\"event-$n\",\"title\":\"An evening of music\",\"place\":\"Great hall\",\"starts_at\":\"2099-01-0$((n % 9 + 1))T18:00:00Z\",\"ends_at\":\"2099-01-0$((n % 9 + 1))T20:00:00Z\",\"language\":\"en\"}"
done

cat > join.lua <<'LUA'
-- Every request joins another address.
local thread = 0
function setup(t) t:set("id", thread); thread = thread + 1 end
function init() n = 0; run = os.time() end
function request()
  n = n + 1
  local body = string.format('{"email":"reader-%d-%d-%d@example.kz"}', run, id, n)
  return wrk.format("POST", "/api/v1/join", { ["Content-Type"] = "application/json" }, body)
end
LUA

# Each connection waits before its next request, so that all of them together ask
# as often as RATE says.
slowly() {
  cat <<LUA
function delay() return math.random(0, math.floor(2 * 1000 * $connections / $1)) end
LUA
}
slowly 2500 > half.lua
{ cat join.lua; slowly 1000; } > half_join.lua

measure() {
  echo "== $1"
  shift
  wrk -t "$threads" -c "$connections" -d "${seconds}s" --latency "$@" |
    grep -E '50%|99%|Requests/sec|Non-2xx|Socket errors' || true
}
measure "GET /" "$url/"
measure "GET /en/posts/post-1" "$url/en/posts/post-1"
measure "POST /api/v1/join" -s join.lua "$url"
measure "GET / at half the load" -s half.lua "$url/"
measure "POST /api/v1/join at half the load" -s half_join.lua "$url"
grep -E 'VmHWM' "/proc/$server/status" | sed 's/VmHWM/Peak memory/'
