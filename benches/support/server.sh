# Sourced by benchmarks with $binary set: a server in the temporary folder $work,
# over SQLite unless JARSHY_DATABASE_URL is set again before `start_server`.
# Gives $url, $server (the process) and $token (an owner's), and stops it at exit.

work=$(mktemp -d)
server=
stop_server() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  cd / && rm -rf "$work"
}
trap stop_server EXIT

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
# The caller's environment is meant for another installation.
for name in $(compgen -e JARSHY_ || true); do unset "$name"; done
export JARSHY_LISTEN=127.0.0.1:$port JARSHY_LOG=error JARSHY_DATABASE_URL=sqlite://$work/jarshy.db
cd "$work"

start_server() { # start_server [ARGUMENTS of serve]: without any, it does not send
  [ $# -gt 0 ] || set -- --no-worker
  if [ -z "${token:-}" ]; then
    "$binary" migrate >/dev/null
    "$binary" user add bench@example.org --role owner >/dev/null
    token=$("$binary" token add bench@example.org --scope all)
  fi
  "$binary" serve "$@" &
  server=$!
  for _ in $(seq 100); do
    if curl -fs "$url/health/ready" >/dev/null; then break; fi
    sleep 0.1
  done
}

post() { # path below /api/v1, JSON
  curl -fsS -o /dev/null -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    "$url/api/v1/$1" -d "$2"
}
