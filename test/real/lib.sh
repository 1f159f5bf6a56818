# What the tests of real programs share. A test is a bash script that sources this file and then reads as
#
#   program lua                       both sides of lua/build.sh: native, and wasm compiled by wasmc
#   inputs lua/strings.lua            files to start with, in a folder for each side
#   same lua strings.lua              runs both with these arguments; output, status and files must be equal
#
# ctest sets REAL_BIN (the tools) and REAL_OUT (where sources, programs and results are kept from run to run).
# shellcheck shell=bash
set -euo pipefail

real_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${REAL_BIN:?set it to the folder of wasmc and wasmrun}" "${REAL_OUT:?set it to a folder for programs and results}"
source "$real_dir/fetch.sh"

native_cc=(clang-22 -w ${REAL_NATIVE_FLAGS--O2})
guest_cc=(clang-22 --target=wasm32-wasi --no-wasm-opt -w ${REAL_GUEST_FLAGS--O2}
  -I"$real_dir/wasi" -include "$real_dir/wasi/posix.h"
  -D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_PROCESS_CLOCKS -D_WASI_EMULATED_GETPID -D_WASI_EMULATED_MMAN)
guest_libs=("$real_dir/wasi/posix.c" -lwasi-emulated-signal -lwasi-emulated-process-clocks -lwasi-emulated-getpid
  -lwasi-emulated-mman)
wasmc=("$REAL_BIN/wasmc" ${REAL_WASMC_FLAGS--O2})

wasmrun_options=()
ignored=

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# Ends the test as skipped; ctest knows the status, and the reason is the last line.
skip() {
  echo "skipped: $*"
  exit 77
}

# need COMMAND PACKAGE: a skip if the command is not installed.
need() { command -v "$1" >/dev/null || skip "$1 is not installed (Debian package $2)"; }

# up_to_date STAMP KEY: whether the step that wrote STAMP last did so for KEY.
up_to_date() { [[ -f $1 && $(<"$1") == "$2" ]]; }

# program NAME [MODULE...]: sources NAME/build.sh, which defines
#   fetch        gets the sources, or skips
#   build SIDE   makes executables in the current folder, with "${cc[@]}" and "${libs[@]}", and with the suffix $exe
#   modules      the names of the executables
# and compiles the modules named, or all. The steps are taken again when what they depend on has changed.
program() {
  programs=${REAL_PROGRAMS:-$REAL_OUT}/$1
  mkdir -p "$programs/native" "$programs/guest" "$programs/so"
  exec {lock}>"$programs/lock"
  flock "$lock"
  source "$real_dir/$1/build.sh"
  local key side module
  fetch
  key=$(find "$real_dir/$1" "$real_dir/wasi" -type f ! -name '*.test' ! -path '*/Inputs/*' -exec sha256sum {} + | sort
        echo "${native_cc[*]} ${guest_cc[*]}")
  for side in native guest; do
    build_side "$1" "$side" "$key"
  done
  (($# == 1)) || modules=("${@:2}")
  for module in "${modules[@]}"; do
    compile "$module"
  done
  exec {lock}>&-
}

build_side() {
  local stamp=$programs/$2.key
  up_to_date "$stamp" "$3" && return
  say "building $1 ($2)"
  (
    cd "$programs/$2"
    if [[ $2 == native ]]; then
      cc=("${native_cc[@]}") libs=(-lm) exe=
    else
      cc=("${guest_cc[@]}") libs=("${guest_libs[@]}") exe=.wasm
    fi
    build "$2"
  ) || fail "$1 ($2) does not build"
  printf '%s' "$3" >"$stamp"
}

# compile MODULE: wasm to a shared object, unless wasmc and the module are older than that.
compile() {
  local wasm=$programs/guest/$1.wasm so=$programs/so/$1.so start=$SECONDS
  [[ $so -nt $wasm && $so -nt ${wasmc[0]} && $(cat "$so.flags" 2>/dev/null) == "${wasmc[*]}" ]] && return
  say "compiling $1.wasm, $(stat -c %s "$wasm") bytes"
  "${wasmc[@]}" "$wasm" -o "$so" || fail "wasmc cannot compile $wasm"
  echo "${wasmc[*]}" >"$so.flags"
  say "compiled in $((SECONDS - start)) s"
}

# inputs FILE...: an empty folder for each side, with these files (paths from test/real) in it.
inputs() {
  work=$REAL_OUT/work/$(basename "$(dirname "$0")")-$(basename "$0" .test)
  rm -rf "$work"
  mkdir -p "$work/native" "$work/wasm"
  local file
  for file in "$@"; do
    [[ $file == /* ]] || file=$real_dir/$file
    cp -r "$file" "$work/native"
    cp -r "$file" "$work/wasm"
  done
}

# generate BYTES NAME: the file NAME with so many bytes, the same in each run, in the folder of each side.
generate() {
  make_data "$1" "$work/native/$2"
  cp "$work/native/$2" "$work/wasm/$2"
}

make_data() {
  local tool=$REAL_OUT/data
  [[ $tool -nt $real_dir/data/data.c ]] || clang-22 -O2 "$real_dir/data/data.c" -o "$tool.$$"
  [[ ! -e $tool.$$ ]] || mv "$tool.$$" "$tool"
  "$tool" "$1" >"$2"
}

# run SIDE MODULE ARGUMENT...: leaves output and status beside the side's folder. Standard input is what $input names,
# and $ignored is a sed script that removes what may differ from the output.
run() {
  local side=$1 module=$2 file status=0
  shift 2
  local -a command=()
  if [[ $side == native ]]; then
    file=$programs/native/$module
  else
    file=$programs/so/$module.so
    command=("$REAL_BIN/wasmrun" --dir . --env HOME=. "${wasmrun_options[@]}")
  fi
  (cd "$work/$side" && HOME=. exec "${command[@]}" "$file" "$@") \
    <"${input:-/dev/null}" >"$work/$side.stdout" 2>"$work/$side.stderr" || status=$?
  echo "$status" >"$work/$side.status"
  sed -i "s#$file#$module#g" "$work/$side.stderr"  # Programs put their own name before messages.
  sed -i -E "$ignored" "$work/$side.stdout"
}

# same MODULE ARGUMENT...: runs it on both sides; both must leave the same output, errors, status and files.
same() {
  run native "$@"
  run wasm "$@"
  local result
  for result in status stderr stdout; do
    cmp -s "$work/native.$result" "$work/wasm.$result" || {
      diff -u "$work/native.$result" "$work/wasm.$result" | head -n 40 >&2 || true
      fail "$*: $result differs, see $work"
    }
  done
  diff -r "$work/native" "$work/wasm" >&2 || fail "$*: files differ, see $work"
}

# succeeded: that the runs compared last ended with status 0, so that equal failures are no success.
succeeded() { [[ $(<"$work/native.status") == 0 ]] || fail "native ended with status $(<"$work/native.status"): $(<"$work/native.stderr")"; }
