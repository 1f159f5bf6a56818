# The program bzip2.
# shellcheck shell=bash disable=SC2034,SC2154
modules=(bzip2)

fetch() { fetch_source bzip2; }

build() {
  local -a files
  mapfile -t files < <(printf "$source/%s.c\n" blocksort huffman crctable randtable compress decompress bzlib bzip2)
  "${cc[@]}" -D_FILE_OFFSET_BITS=64 "${files[@]}" "${libs[@]}" -o "bzip2$exe"
}
