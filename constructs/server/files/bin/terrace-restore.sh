#!/bin/bash
# terrace-restore: brings the database on this server back from the bucket `backups`.
#   terrace-restore latest                     to the last transaction that was archived
#   terrace-restore '2026-11-21 14:05:00+00'   to that moment
# The app waits meanwhile. The data that was there is kept beside, and put back when the restore fails.
set -euo pipefail

root=$(printenv TERRACE_ROOT || true)
state=$root/var/lib/terrace

say() { printf 'terrace-restore: %s\n' "$*" >&2; }

if [ $# -ne 1 ] || [ -z "$1" ]; then
  say "usage: terrace-restore latest | terrace-restore 'YYYY-MM-DD HH:MM:SS+00'"
  exit 2
fi

release=$state/releases/$(cat "$state/applied" 2>/dev/null || cat "$state/wanted")
mount=$(jq -r '.database.mount // empty' "$release/document.json")
if [ -z "$mount" ] || [ "$(jq .database.backups "$release/document.json")" != true ]; then
  say "this server holds no database with backups"
  exit 2
fi
data=$root$mount/postgres/data
aside=$root$mount/postgres/before-restore-$(date -u +%Y%m%dT%H%M%SZ)
# shellcheck source=/dev/null
. "$release/lib/containers.sh"

target() {
  if [ "$1" = latest ]; then
    compose 86400 "$release" run --rm --no-deps --user postgres --entrypoint pgbackrest postgres --stanza=main restore
  else
    compose 86400 "$release" run --rm --no-deps --user postgres --entrypoint pgbackrest postgres --stanza=main --type=time "--target=$1" --target-action=promote restore
  fi
}

ask() { docker exec --user postgres terrace-postgres-1 psql --no-psqlrc --quiet --tuples-only --no-align --command "$1" 2>/dev/null; }

# Docker starts a database that gives up again and again.
gave_up() { [ "$(docker inspect --format '{{.RestartCount}}' terrace-postgres-1 2>/dev/null || echo 0)" -ge 3 ]; }

wait_for_recovery() {
  until [ "$(ask 'select pg_is_in_recovery()')" = f ]; do
    if gave_up; then return 1; fi
    sleep 1
  done
}

put_back() {
  say "the restore failed; the data that was there is put back"
  compose 300 "$release" stop postgres
  rm -rf "$data"
  if [ -d "$aside" ]; then mv "$aside" "$data"; fi
  compose 300 "$release" up --detach --no-build
  exit 1
}

# Rounds of terrace-pull would start the containers again.
exec 9>"$state/lock"
flock 9
say "stopping the app and the database"
compose 300 "$release" stop
if [ -d "$data" ]; then mv "$data" "$aside"; fi
mkdir -m 0700 "$data"
chown --reference="$root$mount/postgres" "$data"
say "fetching the base backup"
target "$1" || put_back
say "replaying the log"
compose 300 "$release" up --detach --no-build postgres || put_back
wait_for_recovery || put_back
# The passwords in the backup may be those of another server.
set_roles "$release" "$root$mount" || put_back
compose 300 "$release" up --detach --no-build
say "done; the data that was there lies in $aside until you remove it"
