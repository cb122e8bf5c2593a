# shellcheck shell=bash disable=SC2154 # variables of apply.sh
# What this server remembers, and what it reports.

now() { date +%s; }

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

# finish STATE MESSAGE: writes the status and ends the round; the exit status says whether the server works.
finish() {
  local works=false
  if [ -n "$applied" ] && healthy "$state/releases/$applied"; then works=true; fi
  jq -n --arg server "$(sed -n 's/^server=//p' "$etc/server.conf")" --arg group "$(doc .group)" \
    --arg state "$1" --arg message "$2" --arg release "$applied" --arg wanted "$wanted" --argjson healthy "$works" \
    --arg channel "$(recall channel)" --argjson newest "$(doc .channelKeys.newest.generation)" --arg notes "$(notes)" \
    --argjson reboot "$([ -e "$root/var/run/reboot-required" ] && echo true || echo false)" --arg at "$(date -u +%Y-%m-%dT%H:%M:%SZ)" '
    { server: $server, group: $group, state: $state, message: $message, healthy: $healthy,
      release: (if $release == "" then null else $release end), wanted: $wanted,
      channelKey: { inUse: ($channel | tonumber? // null), newest: $newest, refused: ($channel == "refused") },
      notes: ($notes | split("\n") | map(select(. != ""))), rebootRequired: $reboot, checkedAt: $at }' >"$state/status.json.new"
  chmod 0644 "$state/status.json.new"
  mv "$state/status.json.new" "$state/status.json"
  case $1 in preparing | down) exit 1 ;; esac
  exit 0
}

note() { printf '%s\n' "$*" >>"$state/notes"; }

notes() { cat "$state/notes" 2>/dev/null || true; }
