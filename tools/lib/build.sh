# Configures and builds with a preset of CMakePresets.json. To be sourced after steps.sh.
# shellcheck shell=bash

# configure PRESET [CMAKE_ARGUMENT...]
configure() {
  local preset=$1
  shift
  mkdir -p "build/$preset"
  cmake --preset "$preset" "$@" >"build/$preset/configure.log" 2>&1 || {
    cat "build/$preset/configure.log"
    return 1
  }
  say "    build/$preset, log in build/$preset/configure.log"
}

# build PRESET [TARGET...]
build() {
  local preset=$1
  shift
  NINJA_STATUS='    [%f/%t, %e s] ' cmake --build --preset "$preset" -j "$(nproc)" ${1:+--target "$@"}
}
