#!/usr/bin/env bash
# Check a submission the way its validator does, and stop at the first check that fails:
#   1. POST /reset with {} answers 200 with JSON that holds an observation
#   2. docker build succeeds
#   3. openenv validate passes
#
# Usage: ./validate-submission.sh <ping_url> [repo_dir]
# Exits 0 only when all three pass. Time limits, in seconds, can be set from outside:
# PING_TIMEOUT (30), BUILD_TIMEOUT (600), VALIDATE_TIMEOUT (120).
set -euo pipefail

readonly CHECKS=3
readonly PING_TIMEOUT=${PING_TIMEOUT:-30}
readonly BUILD_TIMEOUT=${BUILD_TIMEOUT:-600}
readonly VALIDATE_TIMEOUT=${VALIDATE_TIMEOUT:-120}

usage() {
  printf 'Usage: %s <ping_url> [repo_dir]\n' "$0" >&2
  printf 'Example: %s https://user-space.hf.space .\n' "$0" >&2
  exit 2
}

passed() { printf 'PASSED  %s\n' "$1"; }

failed() { # failed CHECK HINT [LOG]
  printf 'FAILED  %s\n' "$1"
  if [ $# -ge 3 ] && [ -s "$3" ]; then
    printf '  Last lines:\n'
    tail -n 15 "$3" | sed 's/^/    /'
  fi
  printf '  Hint: %s\n' "$2"
  exit 1
}

need() { # need TOOL CHECK HINT
  command -v "$1" >/dev/null 2>&1 || failed "$2" "$1 is missing; $3"
}

[ $# -ge 1 ] && [ $# -le 2 ] || usage
case $1 in -h | --help | '') usage ;; esac
url=${1%/}
if ! repo=$(CDPATH='' cd -- "${2:-.}" 2>/dev/null && pwd); then
  printf '%s is no folder.\n' "${2:-.}" >&2
  exit 2
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

check="1/$CHECKS  POST $url/reset answers with an observation"
need curl "$check" "install it with your package manager."
need python3 "$check" "install Python 3.11 or newer."
code=$(curl --silent --show-error --location --max-time "$PING_TIMEOUT" \
  --request POST --header 'Content-Type: application/json' --data '{}' \
  --output "$scratch/reset.json" --write-out '%{http_code}' \
  "$url/reset" 2>"$scratch/curl.log") || true
if [ "$code" != 200 ]; then
  failed "$check" "the answer was HTTP ${code:-000}; is the server up, and is this its root URL?" \
    "$scratch/curl.log"
fi
if ! python3 - "$scratch/reset.json" 2>"$scratch/json.log" <<'PYTHON'; then
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    observation = json.load(file)["observation"]
if not isinstance(observation, dict) or not observation:
    sys.exit("observation is no object with fields")
PYTHON
  failed "$check" "the answer is no JSON object with an observation." "$scratch/json.log"
fi
passed "$check"

check="2/$CHECKS  docker build"
need docker "$check" "install Docker and start its engine."
need timeout "$check" "install GNU coreutils."
[ -f "$repo/Dockerfile" ] || failed "$check" "there is no Dockerfile in $repo."
docker info >/dev/null 2>&1 || failed "$check" "no Docker engine answers; start it."
if ! timeout "$BUILD_TIMEOUT" docker build --platform linux/amd64 "$repo" \
  >"$scratch/build.log" 2>&1; then
  failed "$check" "run 'docker build --platform linux/amd64 $repo' to see all of it." \
    "$scratch/build.log"
fi
passed "$check"

check="3/$CHECKS  openenv validate"
need openenv "$check" "pip install openenv (in an environment of its own)."
if ! (cd "$repo" && timeout "$VALIDATE_TIMEOUT" openenv validate) \
  >"$scratch/validate.log" 2>&1; then
  failed "$check" "run 'openenv validate' in $repo." "$scratch/validate.log"
fi
passed "$check"

printf 'All %s checks passed.\n' "$CHECKS"
