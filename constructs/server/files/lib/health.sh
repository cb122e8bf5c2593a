# shellcheck shell=bash disable=SC2154,SC2034 # variables of apply.sh; reason is read there
# Whether containers work.

# probe CHECK: one check of a release, as JSON.
probe() {
  local service
  service=$(jq -r .service <<<"$1")
  if [ "$(jq 'has("http")' <<<"$1")" = true ]; then
    curl --silent --fail --globoff --max-time 5 --output /dev/null "http://$loopback:$(jq -r '.http | (.port | tostring) + .path' <<<"$1")"
  else
    jq -j '.exec | map(. + "\u0000") | add' <<<"$1" | timeout 5 xargs --null docker exec "terrace-$service-1"
  fi
}

healthy() {
  local check
  while IFS= read -r check; do
    if ! probe "$check" >/dev/null 2>&1 </dev/null; then
      reason="$(jq -r .service <<<"$check") does not answer"
      return 1
    fi
  done < <(jq -c '.checks[]' "$1/document.json")
}

# Whether requests are answered: the app where there is one, else everything.
serving() {
  local check
  check=$(jq -c '.checks[] | select(.service == "app")' "$1/document.json")
  if [ -n "$check" ]; then probe "$check" >/dev/null 2>&1; else healthy "$1"; fi
}

# steadily QUESTION RELEASE: no only when three answers in a row are no; one lost packet is no outage.
steadily() {
  local turn
  for turn in 1 2 3; do
    if "$@"; then return 0; fi
    [ "$turn" = 3 ] || sleep 1
  done
  return 1
}

# Three times in a row: a container that restarts again and again answers in between.
wait_until_healthy() {
  local candidate=$1 deadline=$2 row=0
  while [ "$(now)" -lt "$deadline" ]; do
    if healthy "$candidate"; then row=$((row + 1)); else row=0; fi
    if [ "$row" -ge 3 ]; then return 0; fi
    sleep 0.5
  done
  if [ "$row" -gt 0 ]; then reason="it was healthy too late"; fi
  return 1
}
