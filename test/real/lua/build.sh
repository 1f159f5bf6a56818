# The Lua interpreter. Errors and coroutines of the guest work through early returns, see wasi/setjmp.h.
# lua-noerror.wasm is the same without: an error ends it. It shows what the interpreter itself costs.
# shellcheck shell=bash disable=SC2034,SC2154
modules=(lua lua-noerror)

fetch() {
  fetch_source lua5.4
  need wasm-opt binaryen
}

build() {
  local -a files
  mapfile -t files < <(find "$source/src" -name '*.c' ! -name luac.c | sort)
  echo '#define DEB_HOST_MULTIARCH ""' >lua5.4-deb-multiarch.h  # Debian's own build makes this file.
  if [[ $1 == native ]]; then
    "${cc[@]}" -I. -DLUA_USE_POSIX "${files[@]}" "${libs[@]}" -o lua
    ln -f lua lua-noerror
  else
    files+=("$real_dir/lua/wasi/raise.c")
    # -mcpu=mvp: the features that Debian's wasm-opt knows.
    "${cc[@]}" -mcpu=mvp -I. -I"$real_dir/lua/wasi" "${files[@]}" "${libs[@]}" -o without-asyncify.wasm
    wasm-opt --asyncify -O2 without-asyncify.wasm -o lua.wasm
    "${cc[@]}" -DERRORS_END -I. -I"$real_dir/lua/wasi" "${files[@]}" "${libs[@]}" -o lua-noerror.wasm
  fi
}
