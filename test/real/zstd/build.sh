# The program zstd, with one thread.
# shellcheck shell=bash disable=SC2034,SC2154
modules=(zstd)

fetch() { fetch_source libzstd; }

build() {
  local -a files
  mapfile -t files < <(find "$source"/lib/{common,compress,decompress,dictBuilder} "$source/programs" -name '*.c' | sort)
  "${cc[@]}" -DZSTD_DISABLE_ASM -DZSTD_NOTRACE -DBACKTRACE_ENABLE=0 "${files[@]}" "${libs[@]}" -o "zstd$exe"
}
