#!/usr/bin/env bash
# The main job on a demo snapshot: in the window where there is a display,
# else headless with its result printed. The demo has a home of its own: nothing
# of it comes into the home that a person uses, whatever the environment names.
set -euo pipefail
cd "$(dirname "$0")/.."

pages=${PAGES:-3000}
home=$PWD/demo
unset SLUICE_HOME SLUICE_SNAPSHOT
snapshot=$home/demo-$pages.db

has_display() {
  case "$(uname -s)" in
    Linux) [ -n "${DISPLAY:-}" ] && { ! command -v xdpyinfo >/dev/null 2>&1 || xdpyinfo >/dev/null 2>&1; } ;;
    *) return 0 ;;
  esac
}

if has_display; then
  make --no-print-directory build
  sluice=bin/sluice
else
  make --no-print-directory headless
  sluice=bin/sluice-headless
fi

(umask 077 && mkdir -p "$home")
[ -f "$snapshot" ] || "$sluice" demo "$snapshot" --pages "$pages"

if has_display; then
  "$sluice" --home "$home" --snapshot "$snapshot" && exit
  code=$?
  echo "run: without a window, the same export is shown by: DISPLAY= make run" >&2
  exit "$code"
fi

echo
echo "No display: the same export, headless."
echo
"$sluice" inspect "$snapshot"
echo
"$sluice" export --snapshot "$snapshot" --home "$home" --from-date 1990-01-01T00:00Z
folder=$(printf '%s\n' "$home"/data-pipeline/export/* | sort -V | tail -n 1)
for file in "$folder"/*.csv; do
  printf '\n%s\n' "${file##*/}"
  "$sluice" preview "$file" --rows 3
done
