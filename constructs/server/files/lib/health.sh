# shellcheck shell=bash disable=SC2154,SC2034 # variables of apply.sh; reason is read there
# Whether containers work.

# One line for each check of a release: the service, then the address to ask or the words to run in it.
checks() {
  jq -r --arg host "$loopback" '.checks[] | .service + " " + (if has("http") then "http://" + $host + ":" + (.http.port | tostring) + .http.path else (.exec | join(" ")) end)' "$1/document.json"
}

probe() {
  case $2 in
    http://*) curl --silent --fail --globoff --max-time 5 --output /dev/null "$2" ;;
    *) timeout 5 xargs docker exec "terrace-$1-1" <<<"$2" ;;
  esac
}

healthy() {
  local service question
  while read -r service question; do
    if ! probe "$service" "$question" >/dev/null 2>&1; then
      reason="$service does not answer"
      return 1
    fi
  done < <(checks "$1")
}

# Whether requests are answered: by the app where there is one, else by everything.
serving() {
  local question
  question=$(checks "$1" | sed -n 's/^app //p')
  if [ -n "$question" ]; then probe app "$question" >/dev/null 2>&1; else healthy "$1"; fi
}

# steadily QUESTION RELEASE: no only when three answers in a row are no; one lost packet is no outage.
steadily() {
  local turn
  for turn in 1 2 3; do
    if "$@"; then return 0; fi
    [ "$turn" = 3 ] || sleep "$pause"
  done
  return 1
}

# Three times in a row: a container that restarts again and again answers in between.
wait_until_healthy() {
  local candidate=$1 deadline=$2 row=0
  while [ "$(now)" -lt "$deadline" ]; do
    if healthy "$candidate"; then row=$((row + 1)); else row=0; fi
    if [ "$row" -ge 3 ]; then return 0; fi
    sleep "$pause"
  done
  if [ "$row" -gt 0 ]; then reason="it was healthy too late"; fi
  return 1
}
