# shellcheck shell=bash disable=SC2154,SC2034 # variables of apply.sh; reason is read there
# Secrets that are in no release: the machine's role reads them where they are kept, when a release is prepared.

fetch_secrets() {
  local name id value
  if [ "$(doc '.managedSecrets != null')" = false ]; then return 0; fi
  echo '{}' >"$release/secrets.json"
  while IFS=$'\t' read -r name id; do
    if ! value=$(ask_for_secret "$id" | jq -e '{value: .SecretString} | select(.value != null)' 2>/dev/null); then
      reason="the secret $name cannot be read: put a value into it with aws secretsmanager put-secret-value"
      return 1
    fi
    jq --arg name "$name" --slurpfile found <(printf '%s' "$value") '.[$name] = $found[0].value' "$release/secrets.json" >"$release/secrets.new" || return 1
    mv "$release/secrets.new" "$release/secrets.json"
  done < <(doc '.managedSecrets.ids | to_entries[] | [.key, .value] | @tsv')
}

# What curl must not show in its command line: the key of the hour.
ask_for_secret() {
  {
    printf 'url = "%s/"\n' "$(doc .managedSecrets.endpoint)"
    printf 'aws-sigv4 = "aws:amz:%s:secretsmanager"\n' "$(doc .managedSecrets.region)"
    printf 'header = "%s"\n' 'Content-Type: application/x-amz-json-1.1' 'X-Amz-Target: secretsmanager.GetSecretValue'
    jq -nr --arg id "$1" '"data = \({SecretId: $id} | tojson | tojson)"'
    "$release/terrace-pull" key
  } | curl --config - --silent --fail --max-time 30 --globoff
}
