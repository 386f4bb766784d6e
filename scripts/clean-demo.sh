#!/usr/bin/env bash
# Removes the home of the demo with every export in it, after asking. Where nobody
# can be asked, the variable REMOVE_DEMO=yes must say so.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -e demo ] || { echo "There is no demo."; exit 0; }
jobs=$(find demo/data-pipeline/export -mindepth 1 -maxdepth 1 -type d 2>/dev/null | wc -l)
echo "$PWD/demo holds $jobs exports, $(du -sh demo | cut -f1) in all."
answer=${REMOVE_DEMO:-}
if [ -z "$answer" ] && [ -t 0 ]; then
  read -r -p "Remove it with all of them? Type yes: " answer
fi
if [ "$answer" != yes ]; then
  echo "Nothing was removed. Without a terminal: make clean-demo REMOVE_DEMO=yes" >&2
  exit 1
fi
rm -rf demo
echo "Removed."
