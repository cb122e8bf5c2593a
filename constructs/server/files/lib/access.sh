# shellcheck shell=bash disable=SC2154 # variables of apply.sh
# Who may log in, and with which key this server reads the channel. Neither waits for a turn nor is rolled back: a person whose key was removed
# must not come back with an image that failed.

give_access() {
  rm -f "$state/notes"
  if [ "$(doc '.channelKeys != null')" = true ]; then
    store_channel_key
    forget_channel_keys
  fi
  admin_keys
}

store_channel_key() {
  local generation pair
  read -r generation pair < <(doc '.channelKeys.newest | "\(.generation) \(.accessKeyId):\(.secretKey)"')
  if [ "$(cat "$etc/keys/$generation" 2>/dev/null || true)" != "$pair" ]; then
    printf '%s\n' "$pair" >"$etc/keys/.incoming"
    mv "$etc/keys/.incoming" "$etc/keys/$generation"
  fi
}

# Only while a key that stays is seen to work.
forget_channel_keys() {
  local valid held
  valid=$(doc '.channelKeys.valid[]')
  if ! grep -qx "$(recall channel)" <<<"$valid"; then return 0; fi
  find "$etc/keys" -maxdepth 1 -type f -name '[1-9]*' -printf '%f\n' | while read -r held; do
    if ! grep -qx "$held" <<<"$valid"; then rm -f "$etc/keys/$held"; fi
  done
}

# The keys that look like public keys, one a line. Anything else could bring options or further lines into the file.
usable_keys() {
  jq -r '.adminKeys[] | select(test("\\A(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh.com|sk-ecdsa-sha2-nistp256@openssh.com) [A-Za-z0-9+/=]+( [^\\n\\r]*)?\\z"))' "$release/document.json"
}

admin_keys() {
  local keys=$root/etc/ssh/terrace/keys given used
  mkdir -p "$root/etc/ssh/terrace"
  chmod 0755 "$root/etc/ssh/terrace"
  usable_keys >"$keys.new"
  given=$(doc '.adminKeys | length')
  used=$(wc -l <"$keys.new")
  if [ "$given" -ne "$used" ]; then note "$((given - used)) of $given administrators' keys are no public keys and are left out"; fi
  chmod 0644 "$keys.new"
  mv "$keys.new" "$keys"
  if [ "$used" -gt 0 ]; then only_these_keys; fi
}

# From the first release with a key on, the keys that the server was created with count no more: they would outlive the person who left.
# An empty list does not bring them back. The way in is then the next release, or the provider's console.
only_these_keys() {
  local used conf=$root/etc/ssh/sshd_config.d/10-terrace.conf
  if grep -q '^AuthorizedKeysFile /etc/ssh/terrace/keys$' "$conf" 2>/dev/null; then
    if used=$(sshd -T 2>/dev/null) && ! grep -qx 'authorizedkeysfile /etc/ssh/terrace/keys' <<<"$used"; then
      note "sshd does not go by $conf: administrators' keys do not count, those that the server was created with may"
    fi
    return 0
  fi
  mkdir -p "$(dirname "$conf")"
  cp "$conf" "$state/sshd.before" 2>/dev/null || : >"$state/sshd.before"
  printf 'AuthorizedKeysFile /etc/ssh/terrace/keys\nPasswordAuthentication no\n' >"$conf"
  if sshd -t; then
    systemctl try-reload-or-restart "$(ssh_service)"
  else
    cp "$state/sshd.before" "$conf"
    note "sshd does not accept its configuration; the keys that the server was created with still count"
  fi
}

# Ubuntu and Amazon Linux call it differently.
ssh_service() { if systemctl cat ssh.service >/dev/null 2>&1; then echo ssh.service; else echo sshd.service; fi; }
