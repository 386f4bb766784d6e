#!/usr/bin/env bash
# What a new user waits for: installs a bare Debian 12 with Go, git and make in a
# folder, and measures there what the first commands install and take. Needs root,
# debootstrap and a network; nothing outside the folder is changed.
#
#   scripts/first-hour.sh [REVISION…]     default: HEAD
#
# FIRST_HOUR_DIR (default: a temporary folder) keeps the bare Debian for the next
# run, STEPS (default: "run ratio window") says what is measured:
#   run     make run without a display, all caches cold, then warm, as root and as a
#           user with sudo (USERS="root dev"): packages, seconds, seconds of CPU
#   ratio   the same with an empty build cache only, against compiling
#           modernc.org/sqlite and net/http alone, ROUNDS times in turn (default 2)
#   window  make build from an empty build cache: packages, seconds, seconds of CPU
#   tests   make run and then make test, all caches cold, as root and as a user with
#           sudo (USERS="root dev")
set -euo pipefail
repo=$(cd "$(dirname "$0")/.." && pwd)
[ "$(id -u)" -eq 0 ] || { echo "first-hour: run it as root: it makes a bare Debian in a folder" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "first-hour: debootstrap is missing: apt-get install debootstrap" >&2; exit 1; }

work=${FIRST_HOUR_DIR:-$(mktemp -d)}
base=$work/base root=$work/root
goroot=$(go env GOROOT)

leave() {
  for mount in "$root/usr/local/go" "$root/dev/pts" "$root/proc"; do
    if mountpoint -q "$mount"; then umount "$mount"; fi
  done
  rm -rf "$root"
}
finish() {
  leave
  [ -n "${FIRST_HOUR_DIR:-}" ] || rm -rf "$work"
}
trap finish EXIT

# make_base is the machine before the first command: with git and make, as the
# README asks, and sudo.
make_base() {
  [ ! -d "$base" ] || return 0
  debootstrap --variant=minbase --include=ca-certificates,git,make,sudo bookworm "$base.new" >/dev/null
  cp /etc/resolv.conf "$base.new/etc/resolv.conf"
  # How this machine reaches the network, and whom it trusts there.
  cp /etc/apt/apt.conf.d/99* "$base.new/etc/apt/apt.conf.d/" 2>/dev/null || true
  cp /etc/ssl/certs/ca-certificates.crt "$base.new/etc/ssl/certs/"
  chroot "$base.new" useradd -m -s /bin/bash dev
  echo 'dev ALL=(ALL) NOPASSWD: ALL' >"$base.new/etc/sudoers.d/dev"
  mkdir -p "$base.new/usr/local/go"
  mv "$base.new" "$base"
}

# enter makes the machine new, with a clone of the revision in the user's home.
enter() { # user revision
  leave
  entered="$1 $2"
  cp -a "$base" "$root"
  mount -t proc proc "$root/proc"
  mount -t devpts devpts "$root/dev/pts"
  mount --bind "$goroot" "$root/usr/local/go"
  mount -o remount,bind,ro "$root/usr/local/go"
  local home
  home=$(chroot "$root" bash -c "echo ~$1")
  git clone -q "$repo" "$root$home/sluice"
  git -C "$root$home/sluice" -c advice.detachedHead=false checkout -q "$2"
  chroot "$root" chown -R "$1:" "$home/sluice"
}

# as runs a command in the clone, in the environment of a fresh login.
as() { # user command
  local home
  home=$(chroot "$root" bash -c "echo ~$1")
  chroot --userspec="$1:$1" "$root" /usr/bin/env -i HOME="$home" USER="$1" LANG=C.UTF-8 PATH=/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    GOPROXY="$(go env GOPROXY)" GOSUMDB="$(go env GOSUMDB)" nice -n 10 bash -c "cd ~/sluice && $2" </dev/null
}

packages() { chroot "$root" dpkg-query -W | wc -l; }

# measured runs a command and sets wall and cpu, in seconds.
measured() { # user command
  local TIMEFORMAT='%R %U %S' times
  if ! times=$( { time as "$1" "$2" >"$work/log" 2>&1; } 2>&1 ); then
    tail -n 20 "$work/log" >&2
    echo "first-hour: $2 failed" >&2
    exit 1
  fi
  read -r wall cpu <<<"$(awk '{ print $1, $2 + $3 }' <<<"$times")"
}

told() { # user what packages
  printf '%-5s %-44s %5s packages  %7.1f s  %7.1f s CPU\n' "$1" "$2" "$3" "$wall" "$cpu"
}

# first runs a command that may install packages, and tells how many it has.
first() { # user command what
  local before
  before=$(packages)
  measured "$1" "$2"
  told "$1" "$3" "$(($(packages) - before))"
}

step_run() {
  local user
  for user in ${USERS:-root dev}; do
    enter "$user" "$1"
    first "$user" 'make run' 'make run, all cold'
    cp "$work/log" "$work/run-$user.log"
    first "$user" 'make run' 'make run, again'
  done
}

step_ratio() {
  local round alone ratios=()
  if [ "${entered:-}" != "dev $1" ]; then # else the packages and modules are there
    enter dev "$1"
    measured dev 'make run'
  fi
  for ((round = 0; round < ${ROUNDS:-2}; round++)); do
    measured dev 'go clean -cache; CGO_ENABLED=0 go build modernc.org/sqlite net/http'
    told dev "modernc.org/sqlite and net/http alone" 0
    alone=$cpu
    measured dev 'go clean -cache; rm -rf demo bin; make run'
    told dev "make run, build cache cold" 0
    ratios+=("$(awk "BEGIN { printf \"%.2f\", $cpu / $alone }")")
  done
  echo "ratios of CPU: ${ratios[*]}"
}

step_window() {
  enter dev "$1"
  first dev 'make build' 'make build, all cold'
  first dev 'make build' 'make build, again'
}

step_tests() {
  local user
  for user in ${USERS:-root dev}; do
    enter "$user" "$1"
    first "$user" 'make run' 'make run, all cold'
    first "$user" 'make test' 'make test, after it'
  done
}

make_base
echo "$(uname -sr), $(nproc) cores, $(go env GOVERSION), load $(cut -d' ' -f1 /proc/loadavg)"
[ $# -gt 0 ] || set -- HEAD
for revision; do
  echo
  echo "$revision: $(git -C "$repo" log -1 --format=%s "$revision")"
  for step in ${STEPS:-run ratio window}; do "step_$step" "$(git -C "$repo" rev-parse "$revision")"; done
done
