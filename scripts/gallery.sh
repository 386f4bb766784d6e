#!/usr/bin/env bash
# Draws every screen of the window into bin/gallery, with as many processes at a time as there are
# processors: the toolkit has one window system each, and keeps something of every window that was
# drawn, so that each draws a small part and ends. Arguments go on to the test that draws.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p bin/gallery
CGO_ENABLED=0 ${GO:-go} test -c -trimpath -tags ci,migrated_fynedo -o bin/gallery.test ./ui
processors=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
parts=12
part() {
  local i=$1; shift
  (cd ui && exec ../bin/gallery.test -test.run '^TestGallery$' -test.timeout 30m -gallery ../bin/gallery -gallery-part "$i/$parts" "$@") \
    >"bin/gallery/part$i.log" 2>&1 || { echo "part $i of $parts:" >&2; grep -E '^ *--- FAIL|_test\.go:' "bin/gallery/part$i.log" >&2; return 1; }
}
failed=0
for ((i = 1; i <= parts; i++)); do
  part "$i" "$@" &
  if ((i >= processors)); then wait -n || failed=1; fi
done
while :; do
  wait -n && continue
  [ $? = 127 ] && break # none is left
  failed=1
done
rm -f bin/gallery.test bin/gallery/part*.log
echo "$PWD/bin/gallery/index.html"
exit $failed
