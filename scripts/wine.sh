#!/usr/bin/env bash
# Runs the Windows build of the headless program under Wine: a snapshot, a home with
# awkward names, the places of the system, and the list of rights that is given to what
# is made (Wine itself keeps no such lists). Installs Wine and a C compiler for Windows
# where they are missing (about 200 MB).
#
# The tests of most packages cannot run there: the Wine of Debian 12 lacks the call
# with which Go removes the folders of a test.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
for package in wine64 gcc-mingw-w64-x86-64-win32; do
  status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
  sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

work=$(mktemp -d)
wine=/usr/lib/wine/wine64
export WINEPREFIX=$work/prefix WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml=;winemenubuilder.exe=d"
trap '/usr/lib/wine/wineserver64 -k 2>/dev/null || true; rm -rf "$work"' EXIT

# Wine 8 lacks the library from which Go takes its random numbers.
cat >"$work/random.c" <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *data, SIZE_T size) { return SystemFunction036(data, (ULONG)size); }
C
x86_64-w64-mingw32-gcc -shared -o "$work/bcryptprimitives.dll" "$work/random.c" -ladvapi32
"$wine" wineboot -i >/dev/null 2>&1
cp "$work/bcryptprimitives.dll" "$WINEPREFIX/drive_c/windows/system32/"

export GOOS=windows GOARCH=amd64 CGO_ENABLED=0
go build -trimpath -tags headless -o "$work/sluice.exe" .
sluice() { "$wine" "$work/sluice.exe" "$@"; }

fail() { echo "wine: $*" >&2; exit 1; }
csv_rows() { sluice preview "$1" --count | tr -d '\r'; }

folder='C:\a b'
mkdir "$WINEPREFIX/drive_c/a b"
snapshot="$folder"'\demo #1 50%.db'
sluice demo "$snapshot" --pages 200 >/dev/null
sluice inspect "$snapshot" >/dev/null
for home in "$folder"'\home #2' ''; do # the second is the place of the system
  args=(export --snapshot "$snapshot" --from-date 2000-01-01T00:00Z --min-free-space -1)
  [ -z "$home" ] || args+=(--home "$home")
  sluice "${args[@]}" >/dev/null || fail "export to the home '$home' ends with $?"
done
for root in "$WINEPREFIX/drive_c/a b/home #2" "$WINEPREFIX"/drive_c/users/*/AppData/Local/sluice/data; do
  pages=("$root"/data-pipeline/export/1/pages_job1_*.csv)
  [ -f "${pages[0]}" ] && [ -f "$root/data-pipeline/export/1/manifest.json" ] || fail "no complete export in $root"
  rows=$(csv_rows "Z:${pages[0]}")
  [ "$rows" = 200 ] || fail "${pages[0]} has $rows rows instead of 200"
done
go test -exec "$wine" ./private ./places
echo "wine: everything works"
