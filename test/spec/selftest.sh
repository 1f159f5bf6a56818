#!/usr/bin/env bash
# The conformance runner calls wrong what is wrong: a suite of our own, in which only the named lines are right.
#   selftest.sh WASMC_SPEC
set -euo pipefail
runner=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/good" "$work/bad" "$work/crash"

wat2wasm - -o "$work/good/good.0.wasm" <<'WAT'
(module
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "quiet") (result f32) (f32.const nan:0x600000))
  (func (export "canonical") (result f32) (f32.const -nan))
  (func (export "null") (result externref) (ref.null extern))
  (func (export "same") (param externref) (result externref) (local.get 0))
  (func (export "trap") unreachable))
WAT
cp "$work/good/good.0.wasm" "$work/bad/bad.0.wasm"
printf '\0asm\1\0\0\0\1' >"$work/good/good.1.wasm"

invoke() { printf '{"type": "invoke", "field": "%s", "args": [%s]}' "$1" "${2-}"; }
returns() { printf '{"type": "assert_return", "line": %s, "action": %s, "expected": [%s]},\n' "$1" "$2" "$3"; }
traps() { printf '{"type": "assert_trap", "line": %s, "action": %s, "text": "%s"},\n' "$1" "$2" "$3"; }
i32() { printf '{"type": "i32", "value": "%s"}' "$1"; }
f32() { printf '{"type": "f32", "value": "%s"}' "$1"; }
extern() { printf '{"type": "externref", "value": "%s"}' "$1"; }
refused() {
  printf '{"type": "assert_malformed", "line": %s, "filename": "%s", "module_type": "binary", "text": "x"},\n' "$1" "$2"
}
script() {
  { echo "{\"source_filename\": \"$1.wast\", \"commands\": [{\"type\": \"module\", \"line\": 1, \"filename\": \"$1.0.wasm\"},"
    cat
    echo '{"type": "action", "line": 99, "action": '"$(invoke null)"', "expected": []}]}'
  } >"$work/$1/$1.json"
}
add=$(invoke add "$(i32 2), $(i32 3)")

script good < <(
  returns 2 "$add" "$(i32 5)"
  returns 3 "$(invoke quiet)" "$(f32 nan:arithmetic)"
  returns 4 "$(invoke canonical)" "$(f32 nan:canonical)"
  returns 5 "$(invoke null)" "$(extern null)"
  returns 6 "$(invoke same "$(extern 7)")" "$(extern 7)"
  traps 7 "$(invoke trap)" unreachable
  refused 8 good.1.wasm
  returns 9 "$add" "{\"type\": \"either\", \"values\": [$(i32 4), $(i32 5)]}"
)
script bad < <(
  returns 2 "$add" "$(i32 6)"
  returns 3 "$(invoke quiet)" "$(f32 nan:canonical)"
  returns 4 "$add" "$(f32 5)"
  returns 5 "$(invoke null)" "$(extern 0)"
  returns 6 "$(invoke same "$(extern 7)")" "$(extern 8)"
  traps 7 "$(invoke trap)" "out of bounds memory access"
  traps 8 "$add" unreachable
  refused 9 bad.0.wasm
  returns 10 "$(invoke trap)" ""
  returns 11 "$add" ""
  returns 12 "$(invoke absent)" ""
  returns 13 "$add" "{\"type\": \"either\", \"values\": [$(i32 4), $(i32 6)]}"
)
echo '{' >"$work/crash/crash.json"

check() {
  local what=$1 wanted=$2 found=$3
  [[ $found == "$wanted" ]] || { echo "$what: found '$found', expected '$wanted'"; echo "$output"; exit 1; }
}
export WASMC_SPEC_DIR=$work
output=$("$runner" good) || true
check "a script in which all is right" "20 passed, 0 failed, 0 skipped" "$(tail -n 1 <<<"$output")"
output=$("$runner" -O0 bad) && check "exit status of failures" 1 0
check "a script in which all is wrong" "2 passed, 12 failed, 0 skipped" "$(tail -n 1 <<<"$output")"
output=$("$runner" -O0 crash) && check "exit status of a script that can not be read" 1 0
check "a script that can not be read" "0 passed, 1 failed, 0 skipped" "$(tail -n 1 <<<"$output")"
output=$("$runner" -O0) && check "exit status of rows that skip nothing" 1 0
grep -q 'skips nothing any more' <<<"$output" || check "rows of the manifest that skip nothing" reported silent
export WASMC_SPEC_DIR=$work/absent
output=$("$runner")
check "no suite" "skipped" "${output%%:*}"
