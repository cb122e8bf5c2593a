#!/usr/bin/env bash
# Reviews what a pull request changes: synthesizes the base and the head, compares them, and shows the page as the one comment of each environment.
#   TERRACE_BASE          commit or branch that the change goes into (needed; its history must have been fetched)
#   TERRACE_ENVIRONMENTS  names of environments, separated by spaces                  (default: production)
#   TERRACE_FAIL_ON       high, medium or low: from which finding on the job fails    (default: high)
#   TERRACE_SETUP         what installs the project's packages                        (default: npm ci)
#   TERRACE_COMMAND       how terrace is started                                      (default: npx --no-install terrace)
# Ends with 0, with 3 when there are findings at or above TERRACE_FAIL_ON, or with 1 when it could not review.
set -euo pipefail

environments=${TERRACE_ENVIRONMENTS:-production}
fail_on=${TERRACE_FAIL_ON:-high}
setup=${TERRACE_SETUP:-npm ci}
read -ra terrace <<<"${TERRACE_COMMAND:-npx --no-install terrace}"
if [ -z "${TERRACE_BASE:-}" ]; then
  echo "TERRACE_BASE is not set: name the commit or branch that the change goes into." >&2
  exit 1
fi

head=$PWD
room=$(mktemp -d)
trap 'git -C "$head" worktree remove --force "$room/base" 2>/dev/null || true; rm -rf "$room"' EXIT
# The project may lie in a folder of the repository.
base=$room/base/$(git rev-parse --show-prefix)

# synthesize FOLDER ENVIRONMENT TO: an environment that a side does not have yet, or any more, is an empty folder there.
synthesize() {
  mkdir -p "$3"
  [ -e "$1/environments/$2.yaml" ] || return 0
  (cd "$1" && TERRACE_ENVIRONMENT=$2 "${terrace[@]}" synth >&2)
  cp -R "$1/cdktf.out/." "$3"
}

# show ENVIRONMENT: in the job's summary always, as a comment where there is a pull request and a token that may write one.
show() {
  local flags=() changes
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$room/$1.md" >>"$GITHUB_STEP_SUMMARY"; else cat "$room/$1.md"; fi
  if [ -z "${GITHUB_TOKEN:-}${GITLAB_TOKEN:-}" ]; then
    echo "No token was given, so no comment is written." >&2
    return 0
  fi
  changes=$(node -p 'const { changes, findings } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")); Object.values(changes).reduce((sum, each) => sum + each, 0) + findings.filter(({ existing, waived }) => !existing && waived === null).length' "$room/$1.json")
  [ "$changes" = 0 ] && flags=(--update-only)
  "${terrace[@]}" comment "$room/$1.md" --key "$1" "${flags[@]}" >&2
}

# review ENVIRONMENT: 0, or 3 with findings.
review() {
  local sides=(--base "$room/out/base/$1" --head "$room/out/head/$1") code=0
  # Its load, its budget, the rules about its tier, and the way to another one, where the change edits it.
  [ -e "environments/$1.yaml" ] && sides+=(--environment "$1")
  "${terrace[@]}" review "${sides[@]}" --fail-on "$fail_on" --format json >"$room/$1.json" || code=$?
  [ "$code" = 0 ] || [ "$code" = 3 ] || return "$code"
  "${terrace[@]}" review "${sides[@]}" --fail-on "$fail_on" --format markdown >"$room/$1.md" || [ $? = 3 ]
  show "$1"
  return "$code"
}

git worktree add --quiet --detach "$room/base" "$TERRACE_BASE"
(cd "$head" && bash -c "$setup" >&2)
(cd "$base" && bash -c "$setup" >&2)

worst=0
for environment in $environments; do
  synthesize "$base" "$environment" "$room/out/base/$environment"
  synthesize "$head" "$environment" "$room/out/head/$environment"
  code=0
  review "$environment" || code=$?
  [ "$code" = 0 ] || [ "$code" = 3 ] || exit "$code"
  [ "$code" -le "$worst" ] || worst=$code
done
exit "$worst"
