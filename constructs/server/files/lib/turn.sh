# shellcheck shell=bash disable=SC2154,SC2034 # variables of apply.sh; reason is read there
# When this server may take its containers down. Servers that the document names share the clock: time is cut into windows, one for each server in
# the order of the document. A switch begins only while its window has room for it and for the way back. Members that it cannot name take a lease.

# A release that changes no container (keys, addresses, Caddyfile) needs no turn; nor does a server that serves nobody.
needs_turn() {
  if [ -z "$applied" ]; then return 1; fi
  if ! there switching && cmp --quiet "$release/rendered/containers" "$state/releases/$applied/rendered/containers"; then return 1; fi
  steadily serving "$state/releases/$applied"
}

has_turn() {
  if [ "$(doc '.lease != null')" = true ]; then has_lease; else in_window && another_serves; fi
}

in_window() {
  local count slot window room phase
  count=$(doc '.servers | length')
  if [ "$count" -le 1 ]; then return 0; fi
  slot=$(jq --arg me "$(name)" '.servers | map(.name) | index($me)' "$release/document.json")
  if [ "$slot" = null ]; then
    reason="this server is not in the list of its group"
    return 1
  fi
  window=$(doc .timing.window)
  # Twice the limit (there and back), and a third of it for clocks that differ.
  room=$((window - 2 * limit - limit / 3))
  phase=$(($(now) % (count * window) - slot * window))
  if [ "$phase" -lt 0 ] || [ "$phase" -ge "$room" ]; then
    reason="it is not this server's turn"
    return 1
  fi
}

# A release must not take down the last server that answers.
another_serves() {
  local url others
  others=$(jq -r --arg me "$(name)" '
    .peerCheck as $check | select($check != null) | .servers[] | select(.name != $me and .address != null)
    | "http://" + .address + ":" + ($check.port | tostring) + $check.path' "$release/document.json")
  if [ -z "$others" ]; then return 0; fi
  while IFS= read -r url; do
    if curl --silent --fail --globoff --max-time 5 --output /dev/null "$url"; then return 0; fi
  done <<<"$others"
  reason="no other server of the group answers"
  return 1
}
