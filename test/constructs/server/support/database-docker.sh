#!/bin/bash
# A stand-in for Docker that plays the container `postgres` with the PostgreSQL, pgBackRest and PgBouncer of this machine. The mounts are played by
# replacing paths in copies of the configuration.
set -euo pipefail
root=$TERRACE_ROOT
inside=$root/container
data=$root/mnt/database/postgres/data
bin=$(dirname "$(find /usr/lib/postgresql/*/bin -name initdb | sort -V | tail -n 1)/x")
export PGHOST=$inside/run PGPORT=$TEST_PGPORT PGUSER=postgres PGBACKREST_CONFIG=$inside/etc/pgbackrest.conf PATH=$bin:$PATH
printf '%s\n' "$*" >>"$root/calls"

as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups env -C / "$@"; else "$@"; fi
}

owned() { if [ "$(id -u)" -eq 0 ]; then chown -R postgres:postgres "$@"; fi; }

mounts() {
  rm -rf "$inside/etc"
  mkdir -p "$inside/etc" "$inside/run"
  cp "$root"/var/lib/terrace/live/postgres/* "$inside/etc"
  sed -i -e "s#/run/terrace#$root/mnt/database/secrets#; s#/var/lib/postgresql/data#$data#; s#/etc/terrace#$inside/etc#; s#/tmp/pgbackrest#$inside/run/lock#; s#peer#trust#" "$inside"/etc/*
  # The local store's certificate carries no name that could be checked by; pg_isready and recovery find the server by these.
  printf "port = %s\nunix_socket_directories = '%s'\nlisten_addresses = '127.0.0.1'\nfsync = off\n" "$PGPORT" "$inside/run" >>"$inside/etc/postgresql.conf"
  printf "pg1-port=%s\n" "$PGPORT" >>"$inside/etc/pgbackrest.conf"
  owned "$inside"
}

up() {
  mounts
  if [ ! -e "$data/PG_VERSION" ]; then
    as_postgres initdb --pgdata "$data" --username postgres --auth trust --encoding UTF8 >/dev/null
    fresh=yes
  fi
  if ! as_postgres pg_ctl --pgdata "$data" status >/dev/null 2>&1; then
    as_postgres pg_ctl --pgdata "$data" --log "$inside/run/log" --silent -w -t 60 -o "-c config_file=$inside/etc/postgresql.conf -c hba_file=$inside/etc/pg_hba.conf" start >/dev/null 2>&1 9>&-
  fi
  if [ "$fresh" = yes ]; then as_postgres createdb app; fi
}

fresh=no
case $1 in
  compose)
    shift 6
    shift
    case $1 in
      up) up ;;
      stop) as_postgres pg_ctl --pgdata "$data" --mode fast --silent stop >/dev/null 2>&1 || true ;;
      run)
        while [ "$1" != postgres ] || [ "$2" = --entrypoint ]; do shift; done
        shift
        as_postgres pgbackrest "$@"
        ;;
    esac
    ;;
  exec)
    while [[ $1 != terrace-* ]]; do shift; done
    shift
    as_postgres "$@"
    ;;
  inspect) echo 0 ;;
esac
