#!/usr/bin/env bash
# smoke.sh - drives the demo as its users would and says what works, step by step.
#
#   samples/smoke.sh --quickstart     starts samples/Quickstart on free ports, drives it, stops it
#   samples/smoke.sh --compose        brings docker-compose.yml up as a project of its own, drives it, takes it down
#   samples/smoke.sh --scale          three gateways behind one port, with Redis and Consul: drives them, kills one, stops Redis
#   samples/smoke.sh --gateway URL --identity URL [--management URL] [--spa URL]
#                                     drives a demo that runs already; what needs more than these addresses is skipped
#
#   --keep   leaves the compose project up
#
# Needs bash 5 and curl, and docker for --compose and --scale. The configuration that it edits is a copy. Exit code: 0 when nothing failed.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
config=$work/config
project='gateway-smoke'
kind=running keep='' gateway='' identity='' management='' spa_origin=http://localhost:8083
passed=0 failed=0 skipped=0

usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; }
die() { printf 'smoke: %s\n' "$*" >&2; exit 2; }

while [ $# -gt 0 ]; do
  case $1 in
    --quickstart) kind=quickstart ;;
    --compose) kind=compose ;;
    --scale) kind=scale project=gateway-smoke-scale ;;
    --keep) keep=1 ;;
    --gateway) gateway=${2:?--gateway needs a URL}; shift ;;
    --identity) identity=${2:?--identity needs a URL}; shift ;;
    --spa) spa_origin=${2:?--spa needs a URL}; shift ;;
    --management) management=${2:?--management needs a URL}; shift ;;
    -h|--help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

# ---- telling ---------------------------------------------------------------------------------------------------------------

pass() { passed=$((passed + 1)); printf 'PASS  %s\n' "$1"; }
skip() { skipped=$((skipped + 1)); printf 'SKIP  %s (%s)\n' "$1" "$2"; }
fail() { # WHAT [WHY]
  failed=$((failed + 1))
  printf 'FAIL  %s\n' "$1"
  [ -z "${2-}" ] || printf '      %s\n' "$2"
}

finish() {
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" = 0 ]
  exit
}

# verify WHAT CONDITION...: the condition is a command; the last answer explains a failure.
verify() {
  local what=$1; shift
  if "$@"; then pass "$what"; else fail "$what" "$(last_answer)"; fi
}

now_ms() { local t=${EPOCHREALTIME/[.,]/}; printf '%s' "${t%???}"; }

# eventually MILLISECONDS CONDITION...: asks until the condition holds; sets $took.
eventually() {
  local limit=$1 begin; shift
  begin=$(now_ms)
  while :; do
    if "$@"; then took=$(($(now_ms) - begin)); return 0; fi
    took=$(($(now_ms) - begin))
    [ "$took" -lt "$limit" ] || return 1
    sleep 0.05
  done
}

# ---- asking ----------------------------------------------------------------------------------------------------------------

# ask URL [CURL-ARGUMENT...]: sets $status; the answer's head and body lie in files.
ask() {
  asked=$*
  : >"$work/head"; : >"$work/body"
  status=$(curl -s --max-time 20 -D "$work/head" -o "$work/body" -w '%{http_code}' "$@") || true
}
ask_as() { local token=$1; shift; ask "$@" -H "Authorization: Bearer $token"; }

header() { sed -n "s/^$1: *//Ip" "$work/head" | tr -d '\r' | tail -n 1; }
answered() { [ "$status" = "$1" ]; }
has_header() { [[ "$(header "$1")" == *"$2"* ]]; }
body_has() { grep -qF -- "$1" "$work/body"; }
body_lacks() { ! body_has "$1"; }
all() { # CONDITION [and CONDITION]...: every one holds
  local words=()
  for word in "$@" and; do
    if [ "$word" = and ]; then "${words[@]}" || return 1; words=(); else words+=("$word"); fi
  done
}
refused() { all answered "$1" and has_header content-type application/problem+json and body_has '"code"'; }
last_answer() {
  printf '%s\n      answered %s %s' "${asked//Bearer [A-Za-z0-9._-]*/Bearer …}" "${status:-nothing}" \
    "$(head -c 400 "$work/body" | tr '\n' ' ')"
}

# token CLIENT SCOPE: an access token by client credentials
token() {
  curl -s --max-time 20 "$identity/connect/token" -d grant_type=client_credentials -d "client_id=$1" -d "client_secret=$1-secret" \
    --data-urlencode "scope=$2" | sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p'
}
status_is() { local wanted=$1; shift; ask "$@"; answered "$wanted"; }

# Traffic in the background: GETs of $path one after another, the status of each in a file.
path=/carts/alice
traffic_starts() {
  : >"$work/traffic"; rm -f "$work/enough"
  (while [ ! -e "$work/enough" ]; do
    curl -s --max-time 20 -o /dev/null -w '%{http_code}\n' "$gateway$path" -H "Authorization: Bearer $jwt" >>"$work/traffic"
  done) &
  traffic=$!
}
traffic_goes_on() { # N: until that many more calls have been answered
  local goal=$(($(wc -l <"$work/traffic") + $1))
  enough_calls() { [ "$(wc -l <"$work/traffic")" -ge "$goal" ]; }
  eventually 60000 enough_calls
}
traffic_ends() { # WHAT: every call must have been answered with 200
  local all bad
  touch "$work/enough"; wait "$traffic"
  all=$(wc -l <"$work/traffic")
  bad=$(grep -cv '^200$' "$work/traffic")
  if [ "$all" -gt 0 ] && [ "$bad" = 0 ]; then pass "$1 ($all calls, all answered with 200)"
  else fail "$1" "$bad of $all calls failed: $(grep -v '^200$' "$work/traffic" | sort | uniq -c | tr '\n' ' ')"; fi
}

# instances N: the names of the carts that answered N calls
instances() {
  local i
  for ((i = 0; i < $1; i++)); do ask_as "$jwt" "$gateway/carts/alice"; header x-instance; done | sort | uniq -c
}
see_carts() { [ "$(instances $(($1 * 2)) | wc -l)" = "$1" ]; }

# ---- starting and stopping -------------------------------------------------------------------------------------------------

copy_config() {
  mkdir -p "$config"
  cp "$root/ocelot.json" "$root/ocelot.Development.json" "$config/"
  chmod -R a+rX "$work"
}

quickstart=''
start_quickstart() {
  command -v dotnet >/dev/null || die 'dotnet is not on PATH'
  copy_config
  dotnet build "$root/samples/Quickstart" --nologo --verbosity quiet >&2 || die 'the Quickstart does not build'
  dotnet run --no-build --project "$root/samples/Quickstart" -- --ports random --config "$config" >"$work/addresses" 2>"$work/log" &
  quickstart=$!
  ready_or_ended() { grep -q '^{' "$work/addresses" || ! kill -0 "$quickstart" 2>/dev/null; }
  eventually 180000 ready_or_ended
  grep -q '^{' "$work/addresses" || { cat "$work/log" >&2; die 'the Quickstart did not start'; }
  gateway=$(address gateway) management=$(address management) identity=$(address identity) spa_origin=$(address spa)
}
address() { sed -n "s/\"processes\".*//; s/.*\"$1\":\"\([^\"]*\).*/\1/p" "$work/addresses"; }
process() { sed -n "s/.*\"processes\".*\"$1\":\([0-9]*\).*/\1/p" "$work/addresses"; }

compose() { GATEWAY_CONFIG=$config docker compose --profile "$profile" --project-name $project --project-directory "$root" "${compose_files[@]}" "$@"; }
profile=
compose_files=(--file "$root/docker-compose.yml")
start_compose() {
  command -v docker >/dev/null || die 'docker is not on PATH'
  copy_config
  compose down --volumes --remove-orphans >/dev/null 2>&1
  compose up --build --detach >"$work/log" 2>&1 || { tail -n 40 "$work/log" >&2; die 'compose up failed'; }
  gateway=http://localhost:${GATEWAY_PORT:-8080} management=http://localhost:${MANAGEMENT_PORT:-8081}
  identity=http://localhost:${IDENTITY_PORT:-8082} spa_origin=http://localhost:${SPA_PORT:-8083}
}

start_scale() {
  command -v docker >/dev/null || die 'docker is not on PATH'
  profile=scale
  mkdir -p "$config"
  compose down --volumes --remove-orphans >/dev/null 2>&1
  compose up --build --detach front >"$work/log" 2>&1 || { tail -n 40 "$work/log" >&2; compose logs --no-color --tail 30 >&2; die 'compose up failed'; }
  gateway=http://localhost:${SCALE_PORT:-8084}
}

stop_everything() {
  local code=$?
  touch "$work/enough"
  if [[ $kind = compose || $kind = scale ]] && [ -d "$config" ]; then
    if [ "$failed" != 0 ] || [ "$code" -gt 1 ]; then compose logs --no-color --tail 60 >&2; fi
    [ -n "$keep" ] || compose down --volumes --remove-orphans >/dev/null 2>&1
  fi
  if [ -n "$quickstart" ]; then
    kill -TERM "$quickstart" 2>/dev/null; wait "$quickstart" 2>/dev/null
    [ "$failed" = 0 ] || tail -n 60 "$work/log" >&2
  fi
  [ -n "$keep" ] || rm -rf "$work"
}
trap stop_everything EXIT
trap 'exit 130' INT TERM

case $kind in
  quickstart) start_quickstart ;;
  compose) start_compose ;;
  scale) start_scale ;;
  running) if [ -z "$gateway" ] || [ -z "$identity" ]; then usage >&2; exit 2; fi ;;
esac

# ---- several gateways ------------------------------------------------------------------------------------------------------

# calls N PATH [CURL-ARGUMENT...]: that many, eight at a time; each one's status and gateway in a file
calls() {
  local n=$1 path=$2; shift 2
  seq "$n" | xargs -P 8 -I{} curl -s --max-time 20 -o /dev/null -w '%{http_code} %header{x-gateway}\n' "$gateway$path" "$@" >"$work/calls"
}
with_status() { grep -c "^$1" "$work/calls"; }
gateways() { awk '$2 { print $2 }' "$work/calls" | sort -u | wc -l; }
by_all() { calls 12 "$1"; [ "$(with_status 200)" = 12 ] && [ "$(gateways)" = "$2" ]; }

drive_scale() {
  local secret=${ADMINISTRATION_SECRET:-this one is for trying things out} admin killed
  jwt=none # the routes here are open
  eventually 30000 by_all /carts/alice 3
  verify 'three gateways answer behind one port' by_all /carts/alice 3

  calls 300 /limited/carts/alice -H 'X-Client: smoke'
  verify "a limit of 100 is 100 for all together ($(with_status 200) of 300 calls, by $(gateways) gateways)" \
    all test "$(with_status 200)" = 100 and test "$(with_status 429)" = 200 and test "$(gateways)" = 3

  ask "$gateway/administration/configuration"
  verify 'nobody administers without a token' refused 401
  admin=$(curl -s --max-time 20 "$gateway/administration/connect/token" -d grant_type=client_credentials -d client_id=admin \
    --data-urlencode "client_secret=$secret" -d scope=admin | sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p')
  sed 's#"/carts/{everything}",$#"/wagons/{everything}",#' "$root/samples/scale/replica/ocelot.json" | sed 's#"DownstreamPathTemplate": "/wagons#"DownstreamPathTemplate": "/carts#' >"$work/edited"
  ask_as "$admin" "$gateway/administration/configuration" --data-binary "@$work/edited" -H 'Content-Type: application/json'
  verify 'one gateway is given another configuration' answered 200
  eventually 5000 by_all /wagons/alice 3
  verify "and all follow it (after $took ms)" by_all /wagons/alice 3
  sed 's#"Limit": 100#"Limit": -1#' "$work/edited" >"$work/broken"
  ask_as "$admin" "$gateway/administration/configuration" --data-binary "@$work/broken" -H 'Content-Type: application/json'
  verify 'a broken one is refused with its place, and changes nothing' all answered 400 and body_has '"line":' and by_all /wagons/alice 3

  path=/wagons/alice
  traffic_starts
  compose stop redis >/dev/null 2>&1
  traffic_goes_on 40
  compose start redis >/dev/null 2>&1
  traffic_goes_on 40
  traffic_ends 'Redis stopped and started: no call failed'

  traffic_starts
  killed=$(compose ps --quiet replica | head -n 1)
  docker kill "$killed" >/dev/null
  traffic_goes_on 100
  traffic_ends 'one gateway killed: no call failed'
  eventually 10000 by_all /wagons/alice 2
  verify 'the other two go on' by_all /wagons/alice 2
}

if [ "$kind" = scale ]; then
  drive_scale
  finish
fi

# ---- the steps -------------------------------------------------------------------------------------------------------------

eventually 120000 status_is 200 "$identity/health"
verify 'the identity server is up' answered 200
if [ -n "$management" ]; then
  eventually 120000 status_is 200 "$management/health/ready"
  verify 'the gateway is ready' answered 200
else
  skip 'the gateway is ready' 'no --management'
fi
[ "$failed" = 0 ] || finish

jwt=$(token service 'cart payment mypage')
payment_only=$(token service payment)
reference=$(token reference-client cart)
verify 'the identity server hands out a JWT and a reference token' \
  all test "${jwt//[!.]/}" = .. and test -n "$reference" and test "${reference//[!.]/}" = ''

ask "$gateway/carts/alice"
verify '401 without a token, and WWW-Authenticate says what is wanted' all refused 401 and has_header www-authenticate Bearer
ask_as "${jwt%?????}AAAAA" "$gateway/carts/alice"
verify '401 with a forged token' refused 401
ask_as "$payment_only" "$gateway/carts/alice"
verify '403 without the scope' refused 403
ask_as "$jwt" "$gateway/carts"
verify '403 without the role' refused 403
ask_as "$jwt" "$gateway/carts/alice"
verify '200 with the scope' all answered 200 and body_has '"id":"alice"'
ask_as "$jwt" "$gateway/carts/alice/items" --json '{"sku":"book","quantity":2}'
verify 'a POST with a body passes' all answered 201 and body_has '"book"'
ask_as "$jwt" "$gateway/payments" --json '{"cartId":"alice","amount":12.50}'
verify 'a payment is made with scope and role' all answered 201 and body_has '"paid"'
ask "$gateway/nowhere"
verify '404 where no route fits' refused 404

ask_as "$reference" "$gateway/partner/carts/alice"
verify 'a reference token is accepted where only reference tokens are' answered 200
ask_as "$reference" "$gateway/carts/alice"
verify 'a reference token is accepted where JWTs are too' answered 200
ask_as "$jwt" "$gateway/partner/carts/alice"
verify 'a JWT is refused where only reference tokens are accepted' refused 401
curl -s --max-time 20 -o /dev/null "$identity/connect/revoke" -d client_id=reference-client \
  -d client_secret=reference-client-secret -d "token=$reference"
ask_as "$reference" "$gateway/partner/carts/alice"
verify 'the reference token is refused once it is revoked' refused 401

# The gateway reads keys again at most twice a minute, whoever comes with unknown ones; so this is looked at further down.
curl -s --max-time 20 -o /dev/null -X POST "$identity/demo/rollover"
rolled=$(token service cart)

ask_as "$jwt" "$gateway/mypage/alice"
verify 'my page is mediated: camel case, out of its envelope, digits kept' \
  all answered 200 and body_has '"bonusPoints":1280' and body_has '"orderId":9007199254740993' and body_lacks '"result"' and body_lacks '_'
verify 'my page is rid of internal fields' all answered 200 and body_lacks internal and body_lacks audit
ask_as "$jwt" "$gateway/raw/mypage/alice"
verify 'the raw page has them all' all answered 200 and body_has '"result"' and body_has '"internal_cost"' and body_has '"audit"'

preflight() { # ORIGIN
  ask "$gateway/carts/alice" -X OPTIONS -H "Origin: $1" -H 'Access-Control-Request-Method: GET' \
    -H 'Access-Control-Request-Headers: authorization'
}
preflight "$spa_origin"
verify 'the app may call across origins: its preflight needs no token' \
  all has_header access-control-allow-origin "$spa_origin" and test "${status:0:1}" = 2
preflight https://elsewhere.example
verify 'another origin may not' test -z "$(header access-control-allow-origin)"

for _ in 1 2 3 4; do ask_as "$jwt" "$gateway/limited/carts/alice"; done
verify '429 for the fourth call in ten seconds, with Retry-After' all answered 429 and test -n "$(header retry-after)"
ask "$gateway/broken"
verify '502 when nobody listens' refused 502

carts=$(instances 10)
verify "round robin: ten calls, five for each cart" test "$(awk '{print $1}' <<<"$carts" | tr '\n' ' ')" = '5 5 '

verify 'a token signed with a new key is accepted without a restart' \
  eventually 45000 status_is 200 "$gateway/carts/alice" -H "Authorization: Bearer $rolled"

# ---- changes of the configuration ------------------------------------------------------------------------------------------

if [ -d "$config" ] && [ -n "$management" ]; then
  traffic_starts
  sed 's#"/broken"#"/broken-anew"#' "$config/ocelot.json" >"$work/edited" && cp "$work/edited" "$config/ocelot.json"
  eventually 5000 status_is 502 "$gateway/broken-anew"
  verify "an edit of ocelot.json is in effect within a second ($took ms)" all answered 502 and test "$took" -le 1000

  sed 's#"Limit": 3,#"Limit": -3,#' "$work/edited" >"$config/ocelot.json"
  line=$(grep -n '"Limit"' "$config/ocelot.json" | cut -d: -f1)
  rejected() { ask "$management/health/ready"; all answered 200 and grep -qE "ocelot\.json:$line:[0-9]+" "$work/body"; }
  verify "a broken edit is refused with line and column (ocelot.json:$line)" eventually 5000 rejected
  verify 'what was in effect stays so' status_is 502 "$gateway/broken-anew"
  traffic_goes_on 20
  traffic_ends 'traffic goes on meanwhile'
  cp "$work/edited" "$config/ocelot.json"
  accepted() { ask "$management/health/ready"; all answered 200 and body_lacks "ocelot.json:$line:"; }
  verify 'the edit mended, the complaint is gone' eventually 5000 accepted
else
  skip 'changes of the configuration' 'the demo was not started here'
fi

# ---- parts that go away ----------------------------------------------------------------------------------------------------

if [ "$kind" = compose ]; then
  compose up --detach --no-recreate --scale cart=3 cart >/dev/null 2>&1
  # Counted from when the third cart has told Consul of itself.
  three_registered() {
    ask "http://localhost:${CONSUL_PORT:-8500}/v1/health/service/cart?passing"
    [ "$(grep -o '"Service": *{' "$work/body" | wc -l)" = 3 ]
  }
  eventually 30000 three_registered
  # The gateway's part ends when it knows the cart; a new process takes its own time over its first answer.
  three_known() { ask "$management/health/ready"; body_has '"service":"cart","provider":"Consul","instances":3'; }
  eventually 5000 three_known
  verify "the gateway has a third cart within a second ($took ms)" test "$took" -le 1000
  eventually 10000 see_carts 3
  verify "and the third cart answers (after $took ms)" see_carts 3

  traffic_starts
  docker stop "$(compose ps --quiet cart | head -n 1)" >/dev/null
  traffic_goes_on 40
  traffic_ends 'one cart stopped: no GET failed'
  traffic_starts
  docker kill "$(compose ps --quiet cart | head -n 1)" >/dev/null
  traffic_goes_on 40
  traffic_ends 'one cart killed: no GET failed'

  compose stop consul >/dev/null 2>&1
  traffic_starts
  traffic_goes_on 100
  traffic_ends 'Consul stopped: carts are still served'
  ask_as "$jwt" "$gateway/mypage/alice"
  verify 'Consul stopped: my page is still served' answered 200
  ask_as "$jwt" "$gateway/payments" --json '{"cartId":"alice","amount":1}'
  verify 'Consul stopped: payments are still made' answered 201
elif [ "$kind" = quickstart ]; then
  traffic_starts
  kill -TERM "$(process cart-2)"
  eventually 10000 grep -q 'cart-2 has been stopped' "$work/log"
  traffic_goes_on 40
  traffic_ends 'one cart stopped: no GET failed'
  skip 'a third cart, and Consul stopped' 'the Quickstart has neither containers nor Consul'
else
  skip 'parts that go away' 'the demo was not started here'
fi

finish
