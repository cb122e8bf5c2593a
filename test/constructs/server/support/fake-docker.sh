#!/bin/bash
# A stand-in for Docker: it plays the container `app` of one server. An image named *bad* never answers, *missing* cannot be pulled.
# $TERRACE_ROOT/docker: image (what runs), serving (there while the app answers), events ("<ns> down|up <image>"), calls; without-compose (there
# where the distribution has no package of Compose), created (a container that was only created, its image in it).
set -euo pipefail
home=$TERRACE_ROOT/docker
mkdir -p "$home"
printf '%s\n' "$*" >>"$home/calls"
# TERRACE_CUT=3 cuts the round off before its third call, 3+ after it, as a machine that loses its power would.
call=$(($(cat "$home/number" 2>/dev/null || echo 0) + 1))
echo "$call" >"$home/number"
cut=$(printenv TERRACE_CUT || true)
# Every process of the round's session: `timeout` has put this one into a group of its own.
power_off() { ps -o pid= -s "$(ps -o sid= -p $$ | tr -d ' ')" | xargs kill -9; }
if [ "$cut" = "$call" ]; then power_off; fi

event() { printf '%s %s %s\n' "$(date +%s%N)" "$1" "$2" >>"$home/events"; }

up() {
  local image definition
  image=$(jq -r '.services.app.image // empty' "$1")
  definition=$(jq -cS '.services' "$1" | sha256sum)
  if [ -e "$home/definition" ] && [ "$(cat "$home/definition")" = "$definition" ]; then return 0; fi
  event down "$image"
  rm -f "$home/serving" "$home/definition"
  sleep 0.1
  printf '%s\n' "$image" >"$home/image"
  jq -c '.services.app.environment' "$1" >"$home/environment"
  case $image in
    *hangs*) sleep 60 ;;
    *bad*) ;;
    *)
      touch "$home/serving"
      event up "$image"
      ;;
  esac
  printf '%s\n' "$definition" >"$home/definition"
}

plugin=/usr/local/libexec/docker/cli-plugins/docker-compose
case $1 in
  create)
    if [ -e "$home/created" ] || [[ $4 == *missing* ]]; then exit 1; fi
    printf '%s\n' "$4" >"$home/created"
    ;;
  cp)
    if [ "$2" != "terrace-compose:$plugin" ]; then exit 1; fi
    install -m 0755 "$home/created" "$3"
    ;;
  rm) rm "$home/created" ;;
esac
if [ "$1" = compose ]; then
  if [ -e "$home/without-compose" ] && [ ! -x "$TERRACE_ROOT$plugin" ]; then exit 1; fi
  file=$7
  case $8 in
    pull) if grep -q missing "$file"; then exit 1; fi ;;
    up) up "$file" ;;
  esac
fi
if [ "$cut" = "$call+" ]; then power_off; fi
