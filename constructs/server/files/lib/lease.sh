# shellcheck shell=bash disable=SC2154,SC2034 # variables of apply.sh; reason is read there
# The turn of a member of a group that grows and shrinks: a claim in a bucket of the group's own, see lease.py.

# What curl must not show in its command line: the key.
lease_request() {
  printf 'url = "%s/%s/%s"\n' "$(doc .lease.endpoint)" "$(doc .lease.bucket)" "$1"
  printf 'aws-sigv4 = "aws:amz:%s:s3"\n' "$(doc .lease.region)"
  printf 'user = "%s:%s"\n' "$(doc .lease.accessKeyId)" "$(doc .lease.secretKey)"
}

# ask_store PATH CURL OPTION...: at most five seconds, of which a claim's time to settle knows.
ask_store() {
  local path=$1
  shift
  lease_request "$path" | curl --config - --silent --fail --globoff --max-time 5 "$@"
}

next_step() {
  local date
  ask_store '?list-type=2' --dump-header "$state/lease.headers" --output "$state/lease.xml" || return 1
  date=$(sed -n 's/^[Dd]ate: //p' "$state/lease.headers" | tail -n 1 | tr -d '\r')
  python3 "$release/lib/lease.py" "$(recall claim)" "$date" "$(doc .lease.atOnce)" "$(doc .timing.window)" $((2 * limit + limit / 3)) "$(doc .lease.settle)" <"$state/lease.xml"
}

# A name of its own for each attempt: a deletion that arrives late cannot take away a later claim.
make_claim() {
  remember claim "$(name).$(openssl rand -hex 6)"
  ask_store "$(recall claim)" --request PUT --data claim --output /dev/null
}

has_lease() {
  local turn
  for turn in 1 2 3; do
    case $(next_step 2>/dev/null || echo unknown) in
      go) return 0 ;;
      claim) make_claim || break ;;
      settle) ;;
      withdraw)
        give_back
        reason="another server of the group is first"
        return 1
        ;;
      wait)
        reason="as many servers of the group as may are switching"
        return 1
        ;;
      *) break ;;
    esac
    sleep "$(doc .lease.settle)"
  done
  reason="the store of the group's turns does not answer"
  return 1
}

# What cannot be deleted ends by itself.
give_back() {
  if there claim && [ "$(doc '.lease != null')" = true ]; then ask_store "$(recall claim)" --request DELETE --output /dev/null || true; fi
  forget claim
}
