#!/bin/bash
# Makes the release in this folder true on this server. Started by terrace-pull every few seconds, holding its lock (descriptor 9), so every path
# through it may run any number of times and may be cut off anywhere. No text here may hold a dollar or percent sign followed by a brace.
#
# Files below /var/lib/terrace:
#   wanted     the release that the channel asks for
#   applied    the last release that was healthy; what a failed one falls back to
#   switching  a release whose containers are being brought up; there only while that is unfinished
#   failed     the last release that was not healthy in time; it is not tried again
# shellcheck disable=SC2034 # variables are read in lib/
set -euo pipefail
umask 077

release=$(cd "$(dirname "$0")" && pwd)
root=$(printenv TERRACE_ROOT || true)
loopback=$(printenv TERRACE_LOOPBACK || echo 127.0.0.1)
pause=$(printenv TERRACE_PAUSE || echo 1)
etc=$root/etc/terrace
state=$root/var/lib/terrace
live=$state/live
wanted=$(basename "$release")
reason=
# shellcheck source-path=SCRIPTDIR
for part in state access health containers lease turn secrets prepare install; do
  # shellcheck source=/dev/null
  . "$release/lib/$part.sh"
done
applied=$(recall applied)
limit=$(doc .timing.healthLimit)

# Brings a release up and waits until it is healthy; false when it is not within the limit.
bring_up() {
  local candidate=$1 deadline=$(($(now) + limit))
  install_live "$candidate" &&
    start_database "$candidate" "$deadline" &&
    grant_rights "$candidate" "$deadline" &&
    start_containers "$candidate" "$deadline" &&
    reload_changed "$deadline" &&
    wait_until_healthy "$candidate" "$deadline"
}

switch() {
  remember switching "$wanted"
  if bring_up "$release"; then
    settle
  elif [ -z "$applied" ]; then
    # Nothing to fall back to: it stays up and is asked again in the next round.
    finish starting "not healthy yet: $reason"
  else
    remember failed "$wanted"
    remember failure "$reason"
    fall_back
  fi
}

settle() {
  remember applied "$wanted"
  forget switching
  forget failed
  applied=$wanted
  touch "$release"
  keep applied ""
}

fall_back() {
  if bring_up "$state/releases/$applied"; then
    forget switching
    finish rolled-back "$wanted was not healthy: $(recall failure)"
  else
    # Switching stays, so the next round tries again.
    finish down "$wanted was not healthy: $(recall failure); $applied does not come back: $reason"
  fi
}

# The containers of a release that has been applied are started again when they have stopped, and what it installs is there.
keep() {
  if [ "$applied" = "$wanted" ]; then install_rest; fi
  if steadily healthy "$state/releases/$applied"; then finish "$1" "$2" true; fi
  start_containers "$state/releases/$applied" $(($(now) + limit)) || true
  finish "$1" "$2"
}

main() {
  give_access
  if [ "$(doc '.database.backups == false')" = true ]; then note "the database on this server has no backups"; fi
  if [ "$(recall failed)" = "$wanted" ]; then
    if there switching; then fall_back; else keep rolled-back "$wanted was not healthy: $(recall failure)"; fi
  elif [ "$applied" = "$wanted" ] && ! there switching; then
    keep applied ""
  elif ! prepare; then
    finish preparing "$reason"
  elif needs_turn && ! has_turn; then
    finish waiting "$reason"
  else
    switch
  fi
}

main
