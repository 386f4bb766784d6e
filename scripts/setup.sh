#!/usr/bin/env bash
# Installs what building, running and testing Sluice needs and this machine lacks:
# Debian packages (with sudo where needed) and Go modules. Quiet when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

# The window's libraries and their headers, then the tools of the window test.
packages=(
  gcc libc6-dev pkg-config ca-certificates git make
  libgl-dev libgl1-mesa-dri libx11-dev libxrandr-dev libxxf86vm-dev libxi-dev libxcursor-dev libxinerama-dev
  xvfb xauth openbox xdotool imagemagick x11-utils dbus gnome-keyring libsecret-tools sqlite3
)

if ! command -v go >/dev/null 2>&1; then
  echo "setup: Go 1.26 or newer is needed and was not found on the PATH" >&2
  exit 1
fi

missing=()
if command -v dpkg-query >/dev/null 2>&1; then
  for package in "${packages[@]}"; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing+=("$package")
  done
fi

if [ "${#missing[@]}" -gt 0 ]; then
  echo "setup: installing ${missing[*]}"
  sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "setup: run as root, or install these packages by hand: ${missing[*]}" >&2; exit 1; }
    sudo=(sudo)
  fi
  export DEBIAN_FRONTEND=noninteractive
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

go mod download
