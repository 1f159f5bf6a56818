# Shell functions of tools/quickstart and tools/check: steps with times, and errors. To be sourced.
# shellcheck shell=bash

# Terminal colours only where someone looks.
if [[ -t 1 ]]; then bold=$'\e[1m' red=$'\e[31m' plain=$'\e[0m'; else bold='' red='' plain=''; fi

say() { printf '%s\n' "$*"; }

die() {
  printf '%s%s: error:%s %s\n' "$red" "${0##*/}" "$plain" "$*" >&2
  exit 1
}

now() { date +%s.%N; }

since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f s", b - a }'; }

# step NAME COMMAND...: runs the command, with its name before and its time behind it. Does not return where
# the command fails.
step() {
  local name=$1 start status=0
  shift
  start=$(now)
  printf '%s==> %s%s\n' "$bold" "$name" "$plain"
  # Not `if "$@"`: that would switch `set -e` off inside the command.
  set +e
  (set -e; "$@")
  status=$?
  set -e
  ((status == 0)) || die "step '$name' failed after $(since "$start") (exit status $status)"
  printf '    %s: done in %s\n' "$name" "$(since "$start")"
}
