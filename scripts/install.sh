#!/usr/bin/env bash
# Puts a built program on the PATH as "sluice", and takes it away again. Sudo is
# used where the folder is not ours.
#
#   PREFIX=/usr/local scripts/install.sh install bin/sluice            with its entry in the menu
#   PREFIX=/usr/local scripts/install.sh install bin/sluice-headless   the program alone
#   PREFIX=/usr/local scripts/install.sh uninstall
#
# DESTDIR, if set, is put before PREFIX, for packaging.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${PREFIX:?names the folder to install in}"
case "$PREFIX" in /*) ;; *) echo "install: PREFIX must be an absolute path, and is \"$PREFIX\"" >&2; exit 2 ;; esac

root=${DESTDIR:-}$PREFIX
program=bin/sluice
entry=share/applications/app.sluice.console.desktop
icon=share/icons/hicolor/scalable/apps/app.sluice.console.svg

fail() { printf 'install: %s\n' "$@" >&2; exit 1; }

# may runs a command, with sudo if the nearest folder that exists is not ours.
may() {
  local folder=$root
  while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
  if [ -w "$folder" ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    fail "$folder cannot be written, and sudo is not there. Run it as root, or choose another folder with PREFIX"
  fi
}

# put copies a file, so that a program that runs keeps its old one to its end.
put() { # from to mode
  may mkdir -p "$root/$(dirname "$2")"
  may cp "$1" "$root/$2.new"
  may chmod "$3" "$root/$2.new"
  may mv -f "$root/$2.new" "$root/$2"
  echo "installed $root/$2"
}

# ours tells whether a file is some version of Sluice, without running it.
ours() { "${GO:-go}" version -m "$1" 2>/dev/null | grep -q '^[[:space:]]*path[[:space:]]*sluice$'; }

check_ours() {
  [ ! -e "$root/$program" ] || ours "$root/$program" ||
    fail "$root/$program is another program, and stays. Choose another folder with PREFIX"
}

# menu_entry writes the entry of the desktop's menu from FyneApp.toml.
menu_entry() {
  value() { sed -n "s/^ *$1 = \"\(.*\)\"\$/\1/p" FyneApp.toml | head -n 1; }
  list() { sed -n "s/^ *$1 = \[\(.*\)\]\$/\1/p" FyneApp.toml | sed 's/", *"/;/g; s/"//g; s/$/;/'; }
  cat <<ENTRY
[Desktop Entry]
Type=Application
Name=$(value Name)
GenericName=$(value GenericName)
Comment=$(value Comment)
Exec="$PREFIX/$program"
Icon=$(value ID)
Terminal=false
StartupWMClass=$(value Name)
Categories=$(list Categories)
Keywords=$(list Keywords)
ENTRY
}

install_program() {
  [ -x "$1" ] || fail "$1 is not there: run make build, or make headless"
  check_ours
  put "$1" "$program" 755
  case "$1" in *-headless) ;; *)
    local file
    file=$(mktemp)
    menu_entry >"$file"
    put "$file" "$entry" 644
    rm -f "$file"
    put assets/icon.svg "$icon" 644 ;;
  esac
  refresh
  say_path
}

uninstall_program() {
  local file found=
  check_ours
  for file in "$program" "$entry" "$icon"; do
    [ -e "$root/$file" ] || continue
    may rm -f "$root/$file"
    echo "removed $root/$file"
    found=1
  done
  [ -n "$found" ] || fail "nothing is installed in $root: name the folder that it was installed in with PREFIX"
  refresh
  echo "Exports, settings and logs stay where they are."
}

# refresh tells the desktop, if there is one.
refresh() {
  [ -z "${DESTDIR:-}" ] || return 0
  ! command -v update-desktop-database >/dev/null 2>&1 || may update-desktop-database -q "$root/share/applications" 2>/dev/null || true
}

say_path() {
  local found
  case ":$PATH:" in
    *":$PREFIX/bin:"*) ;;
    *)
      echo "$PREFIX/bin is not on the PATH. For this shell: export PATH=\"$PREFIX/bin:\$PATH\""
      echo "For all shells put that line into ~/.profile; on Debian ~/.local/bin is there after the next login."
      return ;;
  esac
  found=$(command -v sluice || true)
  [ "$found" = "$PREFIX/$program" ] || echo "\"sluice\" still means $found: it comes first on the PATH"
}

case "${1:-}" in
  install) install_program "${2:?names the program}" ;;
  uninstall) uninstall_program ;;
  *) echo "usage: PREFIX=FOLDER scripts/install.sh install PROGRAM | uninstall" >&2; exit 2 ;;
esac
