#!/bin/bash
# terrace-pooler: holds, changes and lets go the connections to the database.
#   terrace-pooler pause    waits for running transactions, then holds new ones (they wait, up to query_wait_timeout)
#   terrace-pooler reload   reads the configuration again; connections to a changed address are closed when their transaction ends
#   terrace-pooler resume   lets them go on
#   terrace-pooler status   its databases and pools
set -euo pipefail

console() {
  docker exec --user postgres terrace-pooler-1 psql --no-psqlrc --quiet --tuples-only --no-align --host /tmp --port 6432 --username pgbouncer --dbname pgbouncer --command "$1"
}

case $* in
  pause) console PAUSE ;;
  reload) console RELOAD ;;
  resume) console RESUME ;;
  status)
    console 'SHOW DATABASES'
    console 'SHOW POOLS'
    ;;
  *)
    echo "usage: terrace-pooler pause|reload|resume|status" >&2
    exit 2
    ;;
esac
