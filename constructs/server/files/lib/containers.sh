# shellcheck shell=bash disable=SC2154,SC2034 # variables of apply.sh; reason is read there
# Containers, and the files they see.

# compose SECONDS RELEASE ARGUMENT...: within a time, because a start that hangs would keep the server's turn.
compose() {
  local seconds=$1 candidate=$2
  shift 2
  timeout "$seconds" docker compose --ansi never --project-name terrace --file "$candidate/rendered/compose.yaml" "$@"
}

left() {
  local seconds=$(($1 - $(now)))
  if [ "$seconds" -gt 0 ]; then echo "$seconds"; else echo 1; fi
}

start_containers() {
  if ! compose "$(left "$2")" "$1" up --detach --remove-orphans --no-build; then
    reason="its containers could not be started"
    return 1
  fi
}

# The files that containers see, replaced one by one and whole. What changed is written down first, so that a reload is not lost with a crash.
install_live() {
  local source=$1/rendered/live path
  reason="its files could not be written"
  mkdir -p "$live" "$state/changed" "$state/data/caddy" "$state/models" || return 1
  (cd "$source" && find . -mindepth 1 -type d) | while IFS= read -r path; do
    mkdir -p "$live/$path" && chmod 0755 "$live/$path" || exit 1
  done || return 1
  (cd "$source" && find . -type f) | while IFS= read -r path; do
    cmp --quiet "$source/$path" "$live/$path" || replace_live "$source" "$path" || exit 1
  done || return 1
  (cd "$live" && find . -type f) | while IFS= read -r path; do
    [ -e "$source/$path" ] || rm -f "$live/$path"
  done
}

replace_live() {
  touch "$state/changed/$(cut -d / -f 2 <<<"$2")" && cp "$1/$2" "$live/$2.new" && chmod 0644 "$live/$2.new" && mv "$live/$2.new" "$live/$2"
}

reload() {
  case $1 in
    caddy) docker exec terrace-caddy-1 caddy reload --config /etc/caddy/Caddyfile ;;
    pooler) "$release/bin/terrace-pooler" reload ;;
    postgres) docker exec --user postgres terrace-postgres-1 psql --no-psqlrc --quiet --command 'select pg_reload_conf()' ;;
  esac
}

# A container that has just started may need a moment before it can be told to read its files again.
reload_changed() {
  local deadline=$1 service
  for service in caddy pooler postgres; do
    there "changed/$service" || continue
    until reload "$service" >/dev/null 2>&1; do
      if [ "$(now)" -ge "$deadline" ]; then
        reason="$service could not read its new configuration"
        return 1
      fi
      sleep 0.5
    done
    rm -f "$state/changed/$service"
  done
}

# The database first: its roles must be there before the pooler and the app ask.
start_database() {
  local candidate=$1 deadline=$2 mount
  mount=$(jq -r '.database.mount // empty' "$candidate/document.json")
  if [ -z "$mount" ]; then return 0; fi
  if ! compose "$(left "$deadline")" "$candidate" up --detach --no-build postgres; then
    reason="the database could not be started"
    return 1
  fi
  until set_roles "$candidate" "$root$mount" >/dev/null 2>&1; do
    if [ "$(now)" -ge "$deadline" ]; then
      reason="the database does not answer"
      return 1
    fi
    sleep 1
  done
}

# Once for each database: the user that a provider made may do nothing in it until its owner says so. Servers that begin together try again.
grant_rights() {
  local candidate=$1 deadline=$2 database
  database=$(granted_to "$candidate")
  if [ -z "$database" ] || [ "$(recall granted)" = "$database" ]; then return 0; fi
  until set_rights "$candidate" >/dev/null 2>&1; do
    if [ "$(now)" -ge "$deadline" ]; then
      reason="the database's owner cannot give the app its rights"
      return 1
    fi
    sleep 1
  done
  remember granted "$database"
}

# What the rights were given in; with a user that the owner makes, another password makes it another.
granted_to() {
  local database
  database=$(jq -r '.pooler.owner // empty | "\(.host)/\(.database)"' "$1/document.json")
  if makes_user "$1"; then database="$database $(jq -j .pooler.password "$1/document.json" | sha256sum | cut -c 1-16)"; fi
  echo "$database"
}

makes_user() { [ "$(jq -r '.pooler.owner.makesUser // false' "$1/document.json")" = true ]; }

rights() {
  if makes_user "$1"; then
    printf "\\\\set password '%s'\n" "$(jq -r .pooler.password "$1/document.json")"
    cat "$1/user.sql"
  fi
  cat "$1/rights.sql"
}

set_rights() {
  compose 30 "$1" run --rm --no-deps --no-TTY --env PGSERVICEFILE=/etc/pgbouncer/service.conf --entrypoint psql pooler \
    --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set app="$(jq -r .pooler.user "$1/document.json")" service=owner < <(rights "$1")
}

# The role that moves the database is there while a release gives it a password.
mover() {
  local password
  password=$(jq -r '.database.mover.password // empty' "$1/document.json")
  if [ -z "$password" ]; then
    cat "$1/no-mover.sql"
  else
    printf "\\\\set mover '%s'\n" "$password"
    cat "$1/mover.sql"
  fi
}

# The password comes by standard input: command lines are public on a machine.
set_roles() {
  {
    printf "\\\\set password '%s'\n" "$(cat "$2/secrets/app")"
    cat "$1/roles.sql"
    mover "$1"
  } | timeout 20 docker exec --interactive --user postgres terrace-postgres-1 psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname app
}
