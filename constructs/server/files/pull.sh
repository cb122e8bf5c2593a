#!/bin/bash
# terrace-pull: fetches the release document of this server's group and runs the `apply` that came within it.
#   terrace-pull          one round: fetch, unpack, apply (the timer does this)
#   terrace-pull rekey    stores a key of the channel read from standard input, "GENERATION ACCESS_KEY SECRET_KEY", then does a round
#   terrace-pull check    says whether a document can be fetched; changes nothing
#   terrace-pull key      prints the role's key as lines for curl's configuration
# Part of the user data, therefore small; no text here may hold a dollar or percent sign followed by a brace (Terraform reads those).
set -euo pipefail
umask 077

root=$(printenv TERRACE_ROOT || true)
etc=$root/etc/terrace
state=$root/var/lib/terrace
keys=$etc/keys

say() { printf 'terrace-pull: %s\n' "$*" >&2; }

fact() { sed -n "s/^$1=//p" "$etc/server.conf"; }

# Where the machine's own role opens the channel there are no keys: "role" stands for the only way.
generations() {
  if [ "$(fact access)" = role ]; then echo role; else held; fi
}

held() { find "$keys" -maxdepth 1 -type f -name '[1-9]*' -printf '%f\n' | sort -rn; }

# metadata PATH [LINE...]: asks the machine's metadata service; further lines are for curl's configuration.
metadata() {
  local path=$1
  shift
  printf '%s\n' "url = \"$(printenv TERRACE_METADATA || echo http://169.254.169.254)/latest/$path\"" "$@" | curl --config - --silent --fail --max-time 5 --globoff
}

# The role's key of the hour, as lines for curl.
role_key() {
  local folder=meta-data/iam/security-credentials token
  token="header = \"X-aws-ec2-metadata-token: $(metadata api/token 'request = "PUT"' 'header = "X-aws-ec2-metadata-token-ttl-seconds: 60"')\""
  metadata "$folder/$(metadata "$folder/" "$token")" "$token" | jq -r '"user = \"\(.AccessKeyId):\(.SecretAccessKey)\"", "header = \"X-Amz-Security-Token: \(.Token)\""'
}

# What curl must not show in its command line: the key.
request() {
  printf 'url = "%s/%s/%s"\n' "$(fact endpoint)" "$(fact bucket)" "$(fact object)"
  printf 'aws-sigv4 = "aws:amz:%s:s3"\n' "$(fact region)"
  if [ "$1" = role ]; then role_key; else printf 'user = "%s"\n' "$(cat "$keys/$1")"; fi
}

# fetch GENERATION FOLDER [CURL OPTION...]: the answer's HTTP status, or 000 when no whole answer came.
fetch() {
  local generation=$1 folder=$2
  shift 2
  rm -f "$folder/document.json" "$folder/headers" "$folder/etag"
  if request "$generation" | curl --config - --silent --max-time 60 --globoff --dump-header "$folder/headers" \
    --output "$folder/document.json" --etag-save "$folder/etag" "$@"; then
    sed -n 's/^HTTP[^ ]* \([0-9][0-9]*\).*/\1/p' "$folder/headers" | tail -n 1
  else
    echo 000
  fi
}

whole() { jq -e 'type == "object" and has("version") and (.files | has("apply"))' "$1" >/dev/null 2>&1; }

# Newest key first. A key that the store refuses is passed over, so that a key can travel before it is valid and stay after it is not.
fetch_with_any_key() {
  local generation code
  for generation in $(generations); do
    code=$(fetch "$generation" "$@")
    case $code in
      200 | 304)
        echo "$generation" >"$state/channel"
        echo "$code"
        return
        ;;
      401 | 403) ;;
      *)
        say "no document: the store answered $code"
        echo "$code"
        return
        ;;
    esac
  done
  echo refused >"$state/channel"
  say "no document: the store refuses every key of this server; give it a valid one with: terrace-pull rekey"
  echo 403
}

# A release folder appears under its name only when it is complete.
unpack() {
  local document=$1 id folder path mode content
  id=$(sha256sum "$document" | cut -c 1-16)
  folder=$state/releases/$id
  if [ ! -d "$folder" ]; then
    rm -rf "$folder.partial"
    mkdir -p "$folder.partial"
    cp "$document" "$folder.partial/document.json"
    jq -r '.files | to_entries[] | [.key, .value.mode, (.value.content | @base64)] | @tsv' "$document" | while IFS=$'\t' read -r path mode content; do
      case /$path/ in
        //* | */../*)
          say "the document names a file outside of the release: $path"
          exit 1
          ;;
      esac
      mkdir -p "$folder.partial/$(dirname "$path")"
      base64 --decode <<<"$content" >"$folder.partial/$path"
      chmod "$mode" "$folder.partial/$path"
    done
    mv "$folder.partial" "$folder"
  fi
  echo "$id" >"$state/wanted.new"
  mv "$state/wanted.new" "$state/wanted"
}

receive() {
  local room=$state/incoming code
  mkdir -p "$room"
  code=$(fetch_with_any_key "$room" --etag-compare "$state/etag")
  [ "$code" = 200 ] || return 0
  if whole "$room/document.json"; then
    unpack "$room/document.json"
    mv "$room/etag" "$state/etag"
  else
    say "the document is not whole and is ignored"
  fi
}

round() {
  mkdir -p "$state/releases" "$keys"
  touch "$state/etag"
  exec 9>"$state/lock"
  if ! flock --nonblock 9; then
    say "another round is under way"
    return 0
  fi
  # In a shell of its own, so that the first thing that fails (a full disk) ends it.
  set +e
  (
    set -e
    receive
  )
  set -e
  if [ ! -s "$state/wanted" ]; then
    say "there is no release yet"
    return 0
  fi
  exec "$state/releases/$(cat "$state/wanted")/apply"
}

rekey() {
  local generation id secret
  read -r generation id secret || true
  case $generation in '' | *[!0-9]* | 0*)
    say "expected one line: GENERATION ACCESS_KEY SECRET_KEY"
    return 2
    ;;
  esac
  if [ -z "$secret" ]; then
    say "expected one line: GENERATION ACCESS_KEY SECRET_KEY"
    return 2
  fi
  mkdir -p "$keys"
  printf '%s:%s\n' "$id" "$secret" >"$keys/.incoming"
  mv "$keys/.incoming" "$keys/$generation"
  round
}

check() {
  local room result=1
  room=$(mktemp -d)
  if [ "$(fetch_with_any_key "$room")" = 200 ] && whole "$room/document.json"; then result=0; fi
  rm -rf "$room"
  return "$result"
}

case $* in
  '') round ;;
  rekey) rekey ;;
  check) check ;;
  key) role_key ;;
  *)
    say "usage: terrace-pull [rekey|check|key]"
    exit 2
    ;;
esac
