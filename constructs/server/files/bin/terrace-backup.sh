#!/bin/bash
# terrace-backup: base backups of the database on this server, by pgBackRest into the bucket `backups`.
#   terrace-backup full | diff   makes one (timers do this)
#   terrace-backup check         says whether WAL arrives in the bucket
#   terrace-backup list          what is there
set -euo pipefail

backrest() { docker exec --user postgres terrace-postgres-1 pgbackrest --stanza=main "$@"; }

case $* in
  full | diff)
    # Made once; does nothing afterwards.
    backrest stanza-create
    backrest --type="$1" backup
    ;;
  check) backrest check ;;
  list) backrest info ;;
  *)
    echo "usage: terrace-backup full|diff|check|list" >&2
    exit 2
    ;;
esac
