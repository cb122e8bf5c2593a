#!/bin/bash
# terrace-status: what this server runs, and with which generation of the channel's key it reads. Ends with 0 when it runs what is wanted and is healthy.
#   terrace-status        for a person
#   terrace-status --json one JSON object, for `ssh SERVER terrace-status --json`
set -euo pipefail

status=$(printenv TERRACE_ROOT || true)/var/lib/terrace/status.json
if [ ! -e "$status" ]; then
  echo "terrace-status: this server has not received a release yet" >&2
  exit 1
fi
if [ "$*" = --json ]; then
  cat "$status"
else
  jq -r '
    "server       \(.server) of group \(.group)",
    "state        \(.state)\(if .message == "" then "" else ": " + .message end)",
    "healthy      \(if .healthy then "yes" else "no" end)",
    "release      \(.release // "none")\(if .release == .wanted then "" else ", wanted " + .wanted end)",
    "channel key  \(if .channelKey.refused then "refused: every key this server holds" elif .channelKey.newest == null then "none: the machine'"'"'s own role" else "generation \(.channelKey.inUse) in use, newest \(.channelKey.newest)" end)",
    (.notes[] | "note         " + .),
    (if .rebootRequired then "note         a reboot is required by an upgrade" else empty end),
    "checked at   \(.checkedAt)"' "$status"
fi
jq -e '.healthy and .release == .wanted' "$status" >/dev/null
