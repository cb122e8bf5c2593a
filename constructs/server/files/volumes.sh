#!/bin/bash
# terrace-volumes: formats the server's volumes if they are empty, and mounts them. May run any number of times.
# No text here may hold a dollar or percent sign followed by a brace (Terraform reads those).
set -euo pipefail

root=$(printenv TERRACE_ROOT || true)
failed=0

say() { printf 'terrace-volumes: %s\n' "$*" >&2; }

# Three witnesses must agree, because a wrong answer costs the database: no signature that blkid knows, none that wipefs knows, and
# nothing but zeros in the first 64 MiB. A device that cannot be read fails the third.
is_empty() {
  local code=0
  blkid --probe "$1" >/dev/null 2>&1 || code=$?
  [ "$code" -eq 2 ] && [ -z "$(wipefs --no-act --noheadings "$1")" ] && cmp --quiet --bytes=67108864 "$1" /dev/zero
}

remember() {
  local device=$1 mount=$2
  if ! grep -qF " $mount ext4 " "$root/etc/fstab"; then
    printf '%s %s ext4 defaults,nofail,noatime,discard 0 2\n' "$device" "$mount" >>"$root/etc/fstab"
    # Docker waits for the data at every start of the machine.
    mkdir -p "$root/etc/systemd/system/docker.service.d"
    printf '[Unit]\nRequiresMountsFor=%s\n' "$mount" >"$root/etc/systemd/system/docker.service.d/terrace-$(basename "$mount").conf"
    systemctl daemon-reload
  fi
}

attach() {
  local device mount=$2
  case $1 in
    /*) device=$1 ;;
    *) device=/dev/disk/by-id/scsi-0DO_Volume_$1 ;;
  esac
  if mountpoint --quiet "$root$mount"; then return 0; fi
  if [ ! -e "$root$device" ]; then
    say "volume $1 is not attached yet"
    return 1
  fi
  if is_empty "$root$device"; then
    say "volume $1 is empty: making a filesystem"
    mkfs.ext4 -q "$root$device"
  fi
  remember "$device" "$mount"
  mkdir -p "$root$mount"
  if ! mount "$root$mount"; then
    say "volume $1 holds something that cannot be mounted; it is left as it is"
    return 1
  fi
}

while read -r name mount; do
  attach "$name" "$mount" </dev/null || failed=1
done < <(sed -n 's/^volume=//p' "$root/etc/terrace/server.conf")
exit "$failed"
