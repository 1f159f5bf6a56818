# Installs the packages of tools/packages.txt with apt. To be sourced after steps.sh.
# shellcheck shell=bash

listed_packages() { sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' tools/packages.txt; }

installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]] || command -v "$1" >/dev/null
}

missing_packages() {
  local package
  for package in $(listed_packages); do
    installed "$package" || echo "$package"
  done
}

# apt-get as root, asking nothing. Waits for another apt's lock instead of failing.
apt_get() {
  local -a as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "packages must be installed as root, and there is no sudo. Run as root once:
    apt-get update && apt-get install $(missing_packages | tr '\n' ' ')"
    as_root=(sudo)
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
    "$@" </dev/null
}

known_to_apt() { [[ -n $(apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: \([0-9].*\)/\1/p') ]]; }

all_known_to_apt() {
  local package
  for package in "$@"; do known_to_apt "$package" || return 1; done
}

ensure_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    die "this is not Debian (no dpkg-query, no apt-get). Install what tools/packages.txt lists, then:
    cmake --preset release && cmake --build --preset release"
  local -a missing
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]} == 0)); then
    say "    all $(listed_packages | wc -l) packages are there"
    return
  fi
  say "    to install: ${missing[*]}"

  local updated=no
  if ! all_known_to_apt "${missing[@]}"; then
    apt_get -q update || die "apt-get update failed: is there a network, and are the apt sources right?"
    updated=yes
  fi
  local package
  for package in "${missing[@]}"; do
    known_to_apt "$package" || die "apt knows no package '$package'. Either apt-get update failed (its messages are above: \
is there a network?), or the apt sources are not those of Debian 12 with bookworm-security, where LLVM 22 comes from. \
This is $(. /etc/os-release && echo "$PRETTY_NAME")"
  done
  if ! apt_get -q -y install --no-install-recommends "${missing[@]}"; then
    [[ $updated == no ]] || die "apt-get install failed; its messages are above"
    # The package lists may be older than the archive.
    apt_get -q update && apt_get -q -y install --no-install-recommends "${missing[@]}" ||
      die "apt-get install failed twice, before and after apt-get update; its messages are above"
  fi
  say "    installed ${#missing[@]} packages"
}
