#!/usr/bin/env bash
# Installs what is missing, by purpose, and is quiet when nothing is:
#
#   scripts/setup.sh headless   Go modules for the program without its window
#   scripts/setup.sh window     the same for the window, a C compiler and the headers of X11 and OpenGL
#   scripts/setup.sh test       all of that, and what the tests of the window, of the keyring and of SSH run
#
# What is missing is found by looking for it, not by names of packages. On Debian and
# its kin it is installed (with sudo where needed); elsewhere the names of the packages
# are told. It never waits for an answer where there is no terminal.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-test}
go=${GO:-go}

say() { echo "setup: $*"; }
fail() { printf 'setup: %s\n' "$@" >&2; exit 1; }

# Looked for, by purpose; then the package that holds it in Debian, Fedora and Arch.
needs() {
  case "$purpose" in headless | window | test) cat <<'LIST' ;; *) fail "the purpose is headless, window or test, not \"$purpose\"" ;; esac
headless  certificates                  ca-certificates   ca-certificates       ca-certificates
window    command:gcc                   gcc               gcc                   gcc
window    header:stdio.h                libc6-dev         glibc-devel           glibc
window    command:pkg-config            pkg-config        pkgconf-pkg-config    pkgconf
window    library:gl                    libgl-dev         libglvnd-devel        libglvnd
window    library:x11                   libx11-dev        libX11-devel          libx11
window    library:xrandr                libxrandr-dev     libXrandr-devel       libxrandr
window    library:xxf86vm               libxxf86vm-dev    libXxf86vm-devel      libxxf86vm
window    library:xi                    libxi-dev         libXi-devel           libxi
window    library:xcursor               libxcursor-dev    libXcursor-devel      libxcursor
window    library:xinerama              libxinerama-dev   libXinerama-devel     libxinerama
test      command:Xvfb                  xvfb              xorg-x11-server-Xvfb  xorg-server-xvfb
test      command:openbox               openbox           openbox               openbox
test      command:xdotool               xdotool           xdotool               xdotool
test      command:xdpyinfo              x11-utils         xdpyinfo              xorg-xdpyinfo
test      command:import                imagemagick       ImageMagick           imagemagick
test      command:dbus-run-session      dbus              dbus-daemon           dbus
test      command:gnome-keyring-daemon  gnome-keyring     gnome-keyring         gnome-keyring
test      command:secret-tool           libsecret-tools   libsecret             libsecret
test      command:sqlite3               sqlite3           sqlite                sqlite
test      command:sshd                  openssh-server    openssh-server        openssh
test      server:postgresql             postgresql        postgresql-server     postgresql
LIST
}

# wanted tells whether something with that purpose is needed for ours.
wanted() {
  case "$purpose $1" in *" headless" | "window window" | "test "*) return 0 ;; *) return 1 ;; esac
}

has() {
  case "$1" in
    certificates)
      for file in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem /etc/ssl/cert.pem "${SSL_CERT_FILE:-}"; do
        [ ! -e "$file" ] || return 0
      done
      return 1 ;;
    command:*) command -v "${1#*:}" >/dev/null 2>&1 || [ -x "/usr/sbin/${1#*:}" ] ;; # which is not on everybody's PATH
    header:*) [ -e "/usr/include/${1#*:}" ] ;;
    server:postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null 2>&1 ;;
    library:*) pkg-config --exists "${1#*:}" 2>/dev/null ;;
  esac
}

# older tells whether one version of Go comes before another.
older() { [ "$1" != "$2" ] && [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

check_go() {
  local want have found toolchain get
  want=$(sed -n 's/^go //p' go.mod)
  get="Get the newest from https://go.dev/dl and unpack it as it says there, usually in /usr/local; then: export PATH=/usr/local/go/bin:\$PATH"
  if ! command -v "$go" >/dev/null 2>&1; then
    [ ! -x /usr/local/go/bin/go ] || get="There is one in /usr/local/go that is not on the PATH: export PATH=/usr/local/go/bin:\$PATH"
    [ -z "${SUDO_USER:-}" ] || get="sudo hides the PATH of $SUDO_USER: run the command without sudo, it asks for it where it needs it"
    fail "Go $want or newer is needed, and no \"$go\" is on the PATH." "$get"
  fi
  # Away from go.mod: an old Go cannot even read ours, and a newer one would fetch another.
  have=$(cd / && GOTOOLCHAIN=local GOFLAGS='' "$go" env GOVERSION 2>/dev/null) || have=
  have=${have#go} have=${have%%[!0-9.]*}
  found="Go $want or newer is needed, and $(command -v "$go") is ${have:-older}."
  [ -n "$have" ] || have=0
  older "$have" "$want" || return 0
  older "$have" 1.21 && fail "$found" "$get"
  toolchain=$(cd / && "$go" env GOTOOLCHAIN)
  case "$toolchain" in
    auto | *+auto) ;;
    *) fail "$found" "$get" "Or let it fetch a newer one itself, about 70 MB: export GOTOOLCHAIN=auto (it is \"$toolchain\" here)" ;;
  esac
  say "$(command -v "$go") is Go $have and fetches Go $want itself, about 70 MB (once)"
  "$go" version >/dev/null || fail "$found It could not fetch a newer one." "$get"
}

# install_packages installs packages of Debian and shows how far it is.
install_packages() {
  local sudo=() sizes log
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || fail "sudo is not there. As root, run: apt-get install --no-install-recommends $*"
    sudo=(sudo)
    if ! { sudo -n true; } 2>/dev/null; then
      [ -t 0 ] || fail "sudo asks for a password, and there is no terminal to ask on. As root, run: apt-get install --no-install-recommends $*"
      say "packages are installed with sudo, which asks for your password"
    fi
  fi
  log=$(mktemp)
  # apt-get keeps the file that it tells its status to from the scripts of packages, and
  # sudo lets none but the first three through: so it is a second name of the output.
  # shellcheck disable=SC2016
  apt() { "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive sh -c 'exec apt-get -o APT::Status-Fd=3 -o Dpkg::Use-Pty=0 "$@" 3>&1' sh "$@" 2>&1 | tee -a "$log" | progress; }
  say "missing for the purpose \"$purpose\": $*"
  say "reading the lists of packages"
  "${sudo[@]}" apt-get update -qq >>"$log" 2>&1 || true # old lists may do
  # Answered with no, apt-get tells sizes and fails; it does not answer to a user.
  sizes=$({ "${sudo[@]}" env LC_ALL=C apt-get install --assume-no --no-install-recommends "$@" 2>/dev/null || true; } |
    sed -n 's/^.* \([0-9]*\) newly installed.*/\1 packages with what they need/p; s/^Need to get \([^/]*\).* of archives.*/\1 to download/p; s/^After this operation, \(.*\) of additional.*/\1 on disk/p' |
    paste -s -d ';' | sed 's/;/, /g')
  [ -z "$sizes" ] || say "$sizes"
  if ! apt install -y -qq --no-install-recommends "$@"; then
    grep -v '^\(dlstatus\|pmstatus\):' "$log" | tail -n 15 >&2
    fail "apt-get could not install the packages: its last lines are above, all of them in $log"
  fi
  rm -f "$log"
  say "the packages are installed"
}

# progress turns the status lines of apt-get into a line that counts, or into four
# lines where there is no terminal.
progress() {
  awk -F: -v tty="$([ -t 1 ] && echo 1)" '
    $1 == "dlstatus" || $1 == "pmstatus" {
      what = $1 == "dlstatus" ? "downloaded" : "installed"
      percent = int($3)
      if (what != last) { quarter = 0; last = what }
      if (tty) { printf "\rsetup: %3d %% %s ", percent, what; fflush(); drawn = 1 }
      else while (quarter < 100 && percent >= quarter + 25) { quarter += 25; if (percent < quarter + 25) { printf "setup: %d %% %s\n", quarter, what; fflush() } }
    }
    END { if (drawn) print "" }'
}

# elsewhere says what to install where there is no apt-get.
elsewhere() { # names of what is missing, then its packages in Fedora and Arch
  case "$(uname -s)" in
    Linux)
      fail "missing for the purpose \"$purpose\": $1" \
        "Fedora and its kin: sudo dnf install $2" \
        "Arch: sudo pacman -S --needed $3" \
        "Elsewhere: the packages with what is named in the first line (library:x11 is the headers of libX11, and so on)" ;;
    Darwin) fail "missing: a C compiler. Install the command line tools of Xcode: xcode-select --install" ;;
    *) fail "missing: a C compiler. On Windows install MSYS2 (https://www.msys2.org) and there: pacman -S git make mingw-w64-x86_64-gcc" ;;
  esac
}

# look_for fills names with what is missing, and the packages that hold it.
look_for() {
  local need what debian fedora arch
  names=() debs=() rpms=() archs=()
  while read -r need what debian fedora arch; do
    wanted "$need" || continue
    case "$(uname -s) $what" in
      Linux*) ! has "$what" || continue ;;
      *command:gcc) ! has command:cc || continue ;; # X11 and OpenGL are parts of other systems, or nothing to them
      *) continue ;;
    esac
    names+=("$what") debs+=("$debian") rpms+=("$fedora") archs+=("$arch")
  done < <(needs)
}

install_missing() {
  local names debs rpms archs
  look_for
  [ "${#names[@]}" -gt 0 ] || return 0
  command -v apt-get >/dev/null 2>&1 || elsewhere "${names[*]}" "${rpms[*]}" "${archs[*]}"
  install_packages "${debs[@]}"
  look_for
  [ "${#names[@]}" -eq 0 ] || fail "still missing after the packages were installed: ${names[*]}"
}

# list_packages names all Go packages of the purpose, for which it takes their modules.
list_packages() {
  case "$purpose" in
    headless) CGO_ENABLED=0 "$go" list -deps -tags headless . ;;
    *) "$go" list -deps -tags "${TAGS:-x11,migrated_fynedo}" . ;;
  esac >/dev/null || return 1
  [ "$purpose" != test ] || CGO_ENABLED=0 "$go" list -deps -test -tags ci,migrated_fynedo ./... >/dev/null
}

# fetch_modules fetches the Go modules of the purpose: the window takes several
# times what the rest does.
fetch_modules() {
  local cache before
  ! (export GOPROXY=off && list_packages) 2>/dev/null || return 0
  say "fetching Go modules"
  cache=$("$go" env GOMODCACHE)/cache/download
  before=$(kilobytes "$cache")
  list_packages || fail "Go modules could not be fetched: see above. Behind a proxy, set HTTPS_PROXY or GOPROXY"
  say "fetched $((($(kilobytes "$cache") - before) / 1024)) MB of Go modules"
}

kilobytes() { [ -d "$1" ] && du -sk "$1" | cut -f 1 || echo 0; }

needs >/dev/null
check_go
install_missing
fetch_modules
