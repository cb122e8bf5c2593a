# shellcheck shell=bash disable=SC2154 # variables of apply.sh
# What a release leaves on the machine once it is healthy, and what it clears away.

install_rest() {
  if [ -e "$release/installed" ]; then return 0; fi
  install_commands
  install_units
  update_pull
  prune_releases
  touch "$release/installed"
}

install_commands() {
  local command
  mkdir -p "$root/usr/local/sbin"
  for command in "$release"/bin/*; do
    install -m 0755 "$command" "$root/usr/local/sbin/.terrace.new"
    mv "$root/usr/local/sbin/.terrace.new" "$root/usr/local/sbin/$(basename "$command")"
  done
}

# Timers of this release; those of an earlier one that are not in it go.
install_units() {
  local units=$root/etc/systemd/system unit
  mkdir -p "$units" "$release/units"
  for unit in $(recall units); do
    if [ ! -e "$release/units/$unit" ]; then
      systemctl disable --now "$unit" || true
      rm -f "$units/$unit"
    fi
  done
  find "$release/units" -type f -exec install -m 0644 {} "$units" \;
  remember units "$(find "$release/units" -type f -printf '%f\n')"
  systemctl daemon-reload
  find "$release/units" -name '*.timer' -printf '%f\n' | while read -r unit; do systemctl enable --now "$unit"; done
  first_backup
}

# WAL is archived from the first base backup on, so that one does not wait for its day.
first_backup() {
  if there backup-begun || [ ! -e "$release/units/terrace-backup-full.service" ]; then return 0; fi
  systemctl start --no-block terrace-backup-full.service
  touch "$state/backup-begun"
}

# The release may bring a newer terrace-pull. It takes the place of the old one only when it has fetched the document itself: a broken one could
# never be replaced by the channel again.
update_pull() {
  local pull=$root/usr/local/sbin/terrace-pull
  if cmp --quiet "$release/terrace-pull" "$pull"; then return 0; fi
  if "$release/terrace-pull" check; then
    install -m 0755 "$release/terrace-pull" "$pull.new"
    mv "$pull.new" "$pull"
  else
    note "the terrace-pull of this release cannot fetch the document and is not installed"
  fi
}

# The last three releases stay, and always the one that runs and the one that is wanted.
prune_releases() {
  local id
  find "$state/releases" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %f\n' | sort -rn | sed 1,3d | while read -r _ id; do
    if [ "$id" != "$applied" ] && [ "$id" != "$wanted" ]; then drop_release "$state/releases/$id"; fi
  done
}

# With the images that no kept release names.
drop_release() {
  local images
  images=$(jq -r '.compose.services[].image' "$1/document.json" 2>/dev/null || true)
  rm -rf "$1"
  comm -23 <(sort -u <<<"$images") <(jq -r '.compose.services[].image' "$state"/releases/*/document.json | sort -u) | while read -r image; do
    if [ -n "$image" ]; then docker image rm "$image" >/dev/null 2>&1 || true; fi
  done
}
