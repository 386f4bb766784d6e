#!/usr/bin/env bash
# Draws every screen of the window into bin/gallery, with as many processes as there are processors:
# the toolkit has one window system each. Arguments go on to the test that draws.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p bin/gallery
CGO_ENABLED=0 ${GO:-go} test -c -trimpath -tags ci,migrated_fynedo -o bin/gallery.test ./ui
parts=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
running=()
for ((i = 1; i <= parts; i++)); do
  (cd ui && exec ../bin/gallery.test -test.run '^TestGallery$' -test.timeout 30m -gallery ../bin/gallery -gallery-part "$i/$parts" "$@") \
    >"bin/gallery/part$i.log" 2>&1 &
  running+=($!)
done
failed=0
for i in "${!running[@]}"; do
  wait "${running[$i]}" || { failed=1; grep -E '^ *--- FAIL|_test\.go:' "bin/gallery/part$((i + 1)).log" >&2 || true; }
done
rm -f bin/gallery.test
echo "$PWD/bin/gallery/index.html"
exit $failed
