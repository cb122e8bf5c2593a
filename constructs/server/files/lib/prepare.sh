# shellcheck shell=bash disable=SC2154,SC2034 # variables of apply.sh; reason is read there
# Everything that can be done before the containers are touched: after it a switch needs no network.

prepare() {
  if [ -e "$release/prepared" ]; then return 0; fi
  if [ "$(recall retry-after)" -gt "$(now)" ] 2>/dev/null; then
    reason="$(recall retry-reason)"
    return 1
  fi
  if check_volume && make_secrets && fetch_secrets && render && log_in && fetch_compose && fetch_images && fetch_model; then
    touch "$release/prepared"
    forget retry-after
  else
    remember retry-after $(($(now) + 60))
    remember retry-reason "$reason"
    return 1
  fi
}

# Without its volume the database would begin anew on the disk below, and a model would lie where the volume then hides it.
check_volume() {
  local mount
  while read -r mount; do
    if ! mountpoint --quiet "$root$mount"; then
      reason="the volume is not mounted on $mount"
      return 1
    fi
    # The volume may have grown since.
    resize2fs "$(findmnt --noheadings --output SOURCE "$root$mount")" >/dev/null 2>&1 || true
  done < <({ doc '.database.mount // empty' && sed -n 's/^volume=[^ ]* //p' "$etc/server.conf"; } | sort -u)
}

secret() { if [ ! -s "$1" ]; then openssl rand -hex 24 >"$1.new" && mv "$1.new" "$1"; fi; }

# Passwords are made where they are used and are nowhere else.
make_secrets() {
  local mount folder
  reason="the passwords could not be made"
  mkdir -p "$state/secrets" && secret "$state/secrets/pooler" || return 1
  mount=$(doc '.database.mount // empty')
  if [ -z "$mount" ]; then return 0; fi
  folder=$root$mount/secrets
  mkdir -p "$folder" "$root$mount/postgres" && secret "$folder/superuser" && secret "$folder/app" || return 1
  if [ ! -s "$folder/server.crt" ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=postgres -keyout "$folder/server.key" -out "$folder/server.crt.new" 2>/dev/null && mv "$folder/server.crt.new" "$folder/server.crt" || return 1
  fi
  # User postgres of the image.
  chown "$(printenv TERRACE_POSTGRES_OWNER || echo 999:999)" "$root$mount/postgres" "$folder" "$folder"/* 2>/dev/null || [ "$(id -u)" -ne 0 ]
}

render() {
  local message
  if ! message=$(python3 "$release/render.py" "$release" "$state" "$root" 2>&1); then
    reason="the release cannot be rendered: $message"
    return 1
  fi
  install -D -m 0644 "$release/rendered/live/image/Dockerfile" "$live/image/Dockerfile" 2>/dev/null || true
}

# Docker Compose, where the distribution's archive has none: the plugin that lies in Docker's image of its own client. A release that names another
# image brings another.
fetch_compose() {
  local image plugin=/usr/local/libexec/docker/cli-plugins/docker-compose
  image=$(doc '.composeImage // empty')
  if [ -z "$image" ] || { [ -x "$root$plugin" ] && [ "$(recall compose-image)" = "$image" ]; }; then return 0; fi
  reason="Docker Compose could not be taken out of $image"
  docker rm --force terrace-compose >/dev/null 2>&1 || true
  install -d -m 0755 "$root$(dirname "$plugin")" &&
    timeout 1800 docker create --name terrace-compose "$image" >/dev/null &&
    docker cp "terrace-compose:$plugin" "$root$plugin.new" &&
    docker rm --force terrace-compose >/dev/null &&
    mv "$root$plugin.new" "$root$plugin" &&
    remember compose-image "$image" || return 1
  docker image rm "$image" >/dev/null 2>&1 || true
}

log_in() {
  if [ "$(doc '.registry != null')" = false ]; then return 0; fi
  if ! doc .registry.password | docker login --username "$(doc .registry.username)" --password-stdin "$(doc .registry.server)" >/dev/null 2>&1; then
    reason="the registry refuses the login"
    return 1
  fi
}

fetch_images() {
  if ! compose 1800 "$release" config --quiet; then
    reason="the compose file is not valid"
    return 1
  fi
  if ! compose 1800 "$release" pull --quiet --ignore-buildable; then
    reason="an image could not be pulled"
    return 1
  fi
  if [ "$(doc '[.compose.services[] | has("build")] | any')" = true ] && ! compose 1800 "$release" build --quiet; then
    reason="the database's image could not be built"
    return 1
  fi
}

fetch_model() {
  local url file digest
  file=$(doc '.model.file // empty')
  if [ -z "$file" ] || [ -e "$state/models/$file" ]; then return 0; fi
  url=$(doc .model.url)
  digest=$(doc '.model.sha256 // empty')
  mkdir -p "$state/models"
  chmod 0755 "$state/models"
  if ! curl --silent --fail --location --continue-at - --output "$state/models/$file.part" "$url"; then
    reason="the model could not be downloaded"
    return 1
  fi
  if [ -n "$digest" ] && ! sha256sum --check --status <<<"$digest  $state/models/$file.part"; then
    rm -f "$state/models/$file.part"
    reason="the model is not the one that was asked for: its SHA-256 differs"
    return 1
  fi
  chmod 0644 "$state/models/$file.part"
  mv "$state/models/$file.part" "$state/models/$file"
}
