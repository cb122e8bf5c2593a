# shellcheck shell=bash disable=SC2154 # variables of apply.sh
# What this server remembers, and what it reports.

now() { date +%s; }

# The server's name: its host name where all members of a group share one text.
name() {
  local given
  given=$(sed -n 's/^server=//p' "$etc/server.conf")
  if [ -n "$given" ]; then echo "$given"; else hostname; fi
}

# doc FILTER: a value of the document of the release that is wanted.
doc() { jq -r "$1" "$release/document.json"; }

recall() { cat "$state/$1" 2>/dev/null || true; }

there() { [ -e "$state/$1" ]; }

forget() { rm -f "$state/$1"; }

# Complete or not at all, also when the power goes.
remember() {
  printf '%s\n' "$2" >"$state/$1.new"
  sync "$state/$1.new"
  mv "$state/$1.new" "$state/$1"
}

# finish STATE MESSAGE [HEALTHY]: writes the status and ends the round.
finish() {
  local works=false
  case $1 in applied | rolled-back) give_back ;; esac
  if [ $# -eq 3 ]; then
    works=$3
  elif [ -n "$applied" ] && healthy "$state/releases/$applied"; then
    works=true
  fi
  jq --arg server "$(name)" --arg state "$1" --arg message "$2" --arg release "$applied" \
    --arg wanted "$wanted" --argjson healthy "$works" --arg channel "$(recall channel)" --arg notes "$(recall notes)" \
    --argjson reboot "$([ -e "$root/var/run/reboot-required" ] && echo true || echo false)" --arg at "$(date -u +%Y-%m-%dT%H:%M:%SZ)" '
    { server: $server, group, state: $state, message: $message, healthy: $healthy,
      release: (if $release == "" then null else $release end), wanted: $wanted,
      channelKey: { inUse: ($channel | tonumber? // null), newest: .channelKeys.newest.generation, refused: ($channel == "refused") },
      notes: ($notes | split("\n") | map(select(. != ""))), rebootRequired: $reboot, checkedAt: $at }' "$release/document.json" >"$state/status.json.new"
  chmod 0644 "$state/status.json.new"
  mv "$state/status.json.new" "$state/status.json"
  case $1 in preparing | down) exit 1 ;; esac
  exit 0
}

note() { printf '%s\n' "$*" >>"$state/notes"; }
