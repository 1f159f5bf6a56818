# SQLite: its shell and its benchmark speedtest1, from the amalgamation that its own configure and make produce.
# shellcheck shell=bash disable=SC2034,SC2154
modules=(sqlite3 speedtest1)

fetch() {
  fetch_source sqlite3
  [[ -f $source/amalgamation/sqlite3.c ]] && return
  need tclsh tcl
  need make make
  mkdir -p "$source/amalgamation"
  (
    cd "$source/amalgamation"
    ../configure CC=clang-22 --disable-tcl --disable-readline --disable-load-extension && make sqlite3.c shell.c
  ) >"$source/amalgamation.log" 2>&1 || fail "sqlite3.c cannot be made, see $source/amalgamation.log"
}

build() {
  # unix-none: without file locks, which WASI has not.
  local -a flags=(-DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_WAL -DSQLITE_OMIT_POPEN
    -DSQLITE_NOHAVE_SYSTEM -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE -DSQLITE_ENABLE_MATH_FUNCTIONS
    "-DSQLITE_DEFAULT_UNIX_VFS=\"unix-none\"" -I"$source/amalgamation")
  "${cc[@]}" "${flags[@]}" -c "$source/amalgamation/sqlite3.c" -o sqlite3.o
  "${cc[@]}" "${flags[@]}" "$source/amalgamation/shell.c" sqlite3.o "${libs[@]}" -o "sqlite3$exe"
  "${cc[@]}" "${flags[@]}" "$source/test/speedtest1.c" sqlite3.o "${libs[@]}" -o "speedtest1$exe"
}
